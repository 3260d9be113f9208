import { find, make } from './dom.js';
import { hostConfig, readingContext } from './teams-cards.js';

/** @import { Card } from './types.d.ts' */
/** @typedef {{ id: string, title: string, group: string, card: Card }} HungCard */
/** @typedef {{ languages: string[], whose: string[], cards: HungCard[] }} Hung */

const { AdaptiveCard, ExecuteAction, OpenUrlAction } = AdaptiveCards;

const NAMES = /** @type {Record<string, string>} */ ({
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  ru: 'Русский',
  pseudo: 'Nobody’s (strange and long)',
});

const main = find(document, '#cards');
/** @type {HTMLFormElement} */
const form = find(document, '#choices');
/** What is looked at; each of these stands in the address. */
const chosen = { language: 'en', whose: 'everyday', group: 'all', width: '320', theme: 'light' };
/** @typedef {keyof typeof chosen} Choice */
/** Names of a few cards, with commas between, where no others are wanted. */
const only = new URLSearchParams(location.search).get('only')?.split(',');

const asked = new URLSearchParams(location.search);
for (const name of /** @type {Choice[]} */ (Object.keys(chosen))) chosen[name] = asked.get(name) ?? chosen[name];

form.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const name = /** @type {Choice} */ (target.name);
  chosen[name] = target.value;
  history.replaceState(null, '', `?${new URLSearchParams(chosen)}${location.hash}`);
  if (name === 'theme' || name === 'width') dress();
  else void show();
});

dress();
await show();

/** Colours and widths are the page’s: no card is drawn anew for them. */
function dress() {
  document.documentElement.dataset.theme = chosen.theme;
  main.style.setProperty('--width', `${chosen.width}px`);
}

async function show() {
  main.setAttribute('aria-busy', 'true');
  const { language, whose } = chosen;
  const answer = await fetch(`cards?${new URLSearchParams({ language, whose })}`);
  if (!answer.ok) {
    tell('There are no such cards.');
    return;
  }
  /** @type {Hung} */
  const hung = await answer.json();
  offer('language', hung.languages);
  offer('whose', hung.whose);
  offer('group', ['all', ...new Set(hung.cards.map(({ group }) => group))]);
  offer('width');
  offer('theme');
  const shown = hung.cards.filter(
    ({ id, group }) => (only?.includes(id) ?? true) && (chosen.group === 'all' || chosen.group === group),
  );
  main.replaceChildren(...shown.map(hang));
  tell(`${shown.length} of ${hung.cards.length} cards`);
  main.removeAttribute('aria-busy');
  // To the card that the address names, which was not there before.
  if (location.hash !== '') location.replace(location.hash);
}

/** @param {string} text */
function tell(text) {
  find(document, '#count').textContent = text;
}

/** @param {Choice} name @param {string[]} [values] left out where they stand in the page */
function offer(name, values) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  if (values !== undefined)
    select.replaceChildren(
      ...values.map((value) =>
        make('option', { value, text: value === 'all' ? 'All cards' : (NAMES[value] ?? value) }),
      ),
    );
  select.value = chosen[name];
}

/** @param {HungCard} hung */
function hang({ id, title, card }) {
  const pressed = make('p', { class: 'pressed', role: 'status' });
  const drawn = new AdaptiveCard();
  drawn.hostConfig = hostConfig;
  drawn.parse({ ...card }, readingContext());
  drawn.onExecuteAction = (action) => {
    if (action instanceof ExecuteAction) pressed.textContent = JSON.stringify(action.data);
    else if (action instanceof OpenUrlAction) pressed.textContent = action.url ?? '';
  };
  const link = make('a', { href: `#${id}`, text: title });
  return make(
    'section',
    { class: 'hung', id, 'aria-label': title },
    make('h2', {}, link),
    make('div', { class: 'card' }, drawn.render() ?? make('p', { text: card.fallbackText ?? '' })),
    pressed,
  );
}
