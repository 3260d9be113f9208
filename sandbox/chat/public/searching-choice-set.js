import { make } from './dom.js';
import { say } from './words.js';

/** @import { Choice } from './types.d.ts' */

const { ChoiceSetInput } = AdaptiveCards;

let rendered = 0;

/**
 * A choice whose results the bot looks up while the person types (`choices.data`).
 *
 * The library's own one sends a result's title back; Teams sends its value. It also hides results that do not hold the
 * typed text, has no names for a screen reader, and stays open until something is chosen.
 */
export class SearchingChoiceSet extends ChoiceSetInput {
  /** @type {HTMLInputElement | undefined} */
  #box;
  #list = make('ul');
  /** @type {Choice[]} */
  #found = [];
  /** @type {Choice | undefined} */
  #chosen;
  #highlighted = -1;
  #debounce = 0;

  /** @override */
  internalRender() {
    if (!this.isDynamicTypeahead()) return super.internalRender();
    const id = `choices-${++rendered}`;
    this.#list = make('ul', { class: 'choices', role: 'listbox', id, hidden: '' });
    this.#box = make('input', {
      type: 'text',
      class: 'ac-input',
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id,
      'aria-required': this.isRequired ? 'true' : undefined,
      placeholder: this.placeholder,
      'aria-label': this.placeholder,
    });
    this.#chosen = this.#offered().find(({ value }) => value === this.defaultValue);
    this.#box.value = this.#chosen?.title ?? '';
    this.#box.addEventListener('input', () => this.#typed());
    this.#box.addEventListener('click', () => this.#open());
    this.#box.addEventListener('blur', () => this.#close());
    this.#box.addEventListener('keydown', (event) => this.#pressed(event));
    // Pressing on a choice must not take the focus away, or the list would close before it is a click.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    return make('div', { class: 'searching' }, this.#box, this.#list);
  }

  /** @override */
  get value() {
    if (this.#box === undefined) return super.value;
    const text = this.#box.value;
    return (this.#chosen ?? this.#offered().find(({ title }) => title === text))?.value;
  }

  /** @override */
  isValid() {
    if (this.#box === undefined) return super.isValid();
    return this.#box.value === '' || this.value !== undefined;
  }

  /** Nothing is looked for once something is chosen. @override */
  getFilterForDynamicSearch() {
    return this.#chosen === undefined ? this.#box?.value.trim() : undefined;
  }

  /** @override */
  showLoadingIndicator() {
    if (this.#list.hidden || this.#found.length === 0) this.#tell(say('searching'));
  }

  /** @override @param {string} filter @param {Choice[]} found */
  renderChoices(filter, found) {
    if (filter !== this.getFilterForDynamicSearch()) return;
    this.#found = found;
    if (this.#shownChoices().length === 0) this.#tell(say('nothingFound'));
    else this.#open();
  }

  /** @override @param {string} filter @param {string} error */
  showErrorIndicator(filter, error) {
    if (filter === this.getFilterForDynamicSearch()) this.#tell(error);
  }

  /** @override */
  removeLoadingIndicator() {
    this.#close();
  }

  /** @override */
  showValidationFailureCue() {
    this.#box?.classList.add('ac-input-validation-failed');
    this.#box?.setAttribute('aria-invalid', 'true');
  }

  /** @override */
  removeValidationFailureCue() {
    this.#box?.classList.remove('ac-input-validation-failed');
    this.#box?.removeAttribute('aria-invalid');
  }

  /** @override */
  updateInputControlAriaLabelledBy() {
    super.updateInputControlAriaLabelledBy();
    if (this.#box === undefined) return;
    this.renderedInputControlElement?.removeAttribute('aria-labelledby');
    const ids = this.getAllLabelIds();
    if (ids.length > 0) this.#box.setAttribute('aria-labelledby', ids.join(' '));
  }

  /** @override */
  focus() {
    if (this.#box === undefined) super.focus();
    else this.#box.focus();
  }

  /** Those in the card and those the bot has found. @returns {Choice[]} */
  #offered() {
    const inCard = this.choices.map(({ title = '', value = '' }) => ({ title, value }));
    return [...inCard, ...this.#found.filter(({ value }) => !inCard.some((one) => one.value === value))];
  }

  /** The bot's results are shown as they are: it may have found them by more than their title. */
  #shownChoices() {
    const text = this.#chosen === undefined ? (this.#box?.value.trim().toLowerCase() ?? '') : '';
    return this.#offered().filter((one) => this.#found.includes(one) || one.title.toLowerCase().includes(text));
  }

  #typed() {
    this.#chosen = undefined;
    clearTimeout(this.#debounce);
    if (this.#box?.value.trim() === '') {
      this.#found = [];
      this.#open();
      this.valueChanged();
      return;
    }
    this.#debounce = setTimeout(() => this.valueChanged(), this.hostConfig.inputs.debounceTimeInMilliSeconds);
  }

  #open() {
    const choices = this.#shownChoices();
    this.#list.replaceChildren(
      ...choices.map((choice, index) => {
        const option = make('li', { id: `${this.#list.id}-${index}`, role: 'option', text: choice.title });
        option.setAttribute('aria-selected', String(choice === this.#chosen));
        option.addEventListener('click', () => this.#choose(choice));
        return option;
      }),
    );
    this.#highlight(-1);
    this.#reveal(choices.length > 0);
  }

  /** @param {string} text */
  #tell(text) {
    this.#list.replaceChildren(make('li', { class: 'choices-note', role: 'option', 'aria-disabled': 'true', text }));
    this.#highlight(-1);
    this.#reveal(true);
  }

  #close() {
    this.#reveal(false);
  }

  /** @param {boolean} isOpen */
  #reveal(isOpen) {
    this.#list.hidden = !isOpen;
    this.#box?.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.#list.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Choice} choice */
  #choose(choice) {
    this.#chosen = choice;
    clearTimeout(this.#debounce);
    if (this.#box !== undefined) this.#box.value = choice.title;
    this.#close();
    this.valueChanged();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const options = this.#list.querySelectorAll('li:not(.choices-note)');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.#list.hidden) this.#open();
      else if (options.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : this.#highlighted < 0 ? 0 : -1;
        this.#highlight((this.#highlighted + step + options.length) % options.length);
      }
    } else if (event.key === 'Enter' && !this.#list.hidden) {
      event.preventDefault();
      const option = options[this.#highlighted];
      if (option instanceof HTMLElement) option.click();
    } else if (event.key === 'Escape' && !this.#list.hidden) {
      event.stopPropagation();
      this.#close();
    }
  }

  /** @param {number} index */
  #highlight(index) {
    this.#highlighted = index;
    const options = [...this.#list.children];
    for (const [at, option] of options.entries()) option.classList.toggle('is-highlighted', at === index);
    const option = options[index];
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) this.#box?.removeAttribute('aria-activedescendant');
    else this.#box?.setAttribute('aria-activedescendant', option.id);
  }
}
