import { button, make } from './dom.js';
import { entryItem } from './entries.js';
import { emptyPart, noteParts } from './parts.js';
import { ask, download } from './service.js';
import { moment, say } from './words.js';

/** @import { Found, Named, Searchable } from './types.d.ts' */
/** @import { Place } from './app.js' */

const FIELDS = /** @type {const} */ ([
  ['from', 'date'],
  ['to', 'date'],
  ['request', 'text'],
  ['customer', 'text'],
  ['person', 'text'],
]);

const LABELS = /** @type {const} */ ({
  ...{ from: 'from', to: 'to', request: 'number', customer: 'customer', person: 'person-sought' },
});

/**
 * The record: what is looked for, what was found, and an export of it.
 *
 * @param {Place} place
 */
export async function recordView(place) {
  const { kinds, people, customers, notes } = /** @type {Searchable} */ (await ask('audit/kinds'));
  const action = make(
    'select',
    { name: 'action' },
    make('option', { value: '', text: say('any-action') }),
    ...kinds.map((kind) => make('option', { value: kind.action, text: kind.text })),
  );
  const form = make(
    'form',
    { class: 'fields' },
    ...FIELDS.map(([name, type]) =>
      field(
        say(LABELS[name]),
        make('input', {
          name,
          type,
          pattern: name === 'request' ? GUID : undefined,
          list: { person: 'people', customer: 'customers' }[String(name)],
          autocomplete: 'off',
          spellcheck: 'false',
        }),
      ),
    ),
    field(say('action'), action),
    make('button', { type: 'submit', class: 'button primary', text: say('search') }),
  );
  form.append(namesList('people', people), namesList('customers', customers));
  const offeredIn = { customer: customers, person: people };
  const offered = notes.map((text) => make('p', { class: 'faint', text }));
  const found = make('div', { class: 'found' });
  form.addEventListener('input', () => {
    for (const input of form.querySelectorAll('input')) input.setCustomValidity('');
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = valuesOf(form);
    // Ids are what is looked for; people and customers are known by their names.
    for (const name of /** @type {const} */ (['customer', 'person'])) {
      const id = idOf(wanted[name] ?? '', offeredIn[name]);
      if (id === undefined) {
        const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
        input.setCustomValidity(say('not-one-name'));
        input.reportValidity();
        return;
      }
      wanted[name] = id;
    }
    void place.act(() => search(place, wanted, found));
  });
  return [
    make('section', { class: 'panel' }, make('h2', { text: say('record') }), form, ...offered, found),
    make(
      'section',
      { class: 'panel' },
      make('h2', { text: say('export') }),
      make('p', { text: say('export-about') }),
      make(
        'div',
        { class: 'choices' },
        ...['csv', 'json'].map((format) =>
          button(say(`export-${format}`), () => {
            const { from, to, request } = valuesOf(form);
            const part = Object.entries({ from, to, request }).filter(([, value]) => value);
            void place.act(() => download('audit/export', { format, ...Object.fromEntries(part) }));
          }),
        ),
      ),
      make('p', { class: 'faint', text: say('export-recorded') }),
    ),
  ];
}

/**
 * @param {string} id
 * @param {readonly Named[]} named
 */
const namesList = (id, named) =>
  make('datalist', { id }, ...named.map((one) => make('option', { value: one.id, label: one.name })));

/**
 * The id that was given, or whose name it is part of; `undefined` where that is nobody or more than one.
 *
 * @param {string} given
 * @param {readonly Named[]} named
 */
function idOf(given, named) {
  if (given === '' || new RegExp(`^${GUID}$`).test(given)) return given;
  const matching = named.filter(({ name }) => name.toLowerCase().includes(given.toLowerCase()));
  return matching.length === 1 ? matching[0]?.id : undefined;
}

const GUID = '\\s*[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\s*';

/**
 * @param {string} label
 * @param {HTMLElement} input
 */
const field = (label, input) => make('label', { class: 'field' }, make('span', { text: label }), input);

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
const valuesOf = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

/**
 * @param {Place} place
 * @param {Readonly<Record<string, string>>} wanted
 * @param {HTMLElement} found
 */
async function search(place, wanted, found) {
  const list = make('ol', { class: 'time-line' });
  const below = make('div', { class: 'below' });
  // A hole that an earlier part has met is still one in the list.
  const leftOut = /** @type {Set<string>} */ (new Set());
  /** @param {string} [after] */
  const goOn = async (after) => {
    const { entries, next, lookedBackTo, ...part } = /** @type {Found} */ (await ask('audit', { ...wanted, after }));
    for (const name of part.leftOut) leftOut.add(name);
    const isWhole = leftOut.size === 0;
    list.append(...entries.map((entry) => entryItem(entry, place.open)));
    below.replaceChildren(
      ...(list.childElementCount === 0
        ? [emptyPart(say(next === undefined ? 'no-entries-at-all' : 'no-entries'))]
        : []),
      ...noteParts(isWhole ? [] : [`${say('left-out')} ${[...leftOut].join(', ')}`]),
      make('p', {
        ...{ class: 'faint', role: 'status' },
        text:
          lookedBackTo === undefined
            ? say(isWhole ? 'looked-all' : 'looked-all-but')
            : `${say('looked-back')} ${moment(lookedBackTo)}`,
      }),
      ...(next === undefined ? [] : [button(say('go-on'), () => void place.act(() => goOn(next)))]),
    );
  };
  await goOn();
  found.replaceChildren(list, below);
}
