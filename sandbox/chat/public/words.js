import { german } from './words-de.js';
import { english } from './words-en.js';
import { french } from './words-fr.js';
import { russian } from './words-ru.js';

/** @typedef {keyof typeof english} Word */

/** By the first part of a language tag. @type {Readonly<Record<string, typeof english>>} */
const LANGUAGES = { en: english, de: german, fr: french, ru: russian };

let locale = 'en-US';

/** @param {string} text @returns {text is Word} */
export const isWord = (text) => Object.hasOwn(english, text);

export const currentLocale = () => locale;
export const currentLanguage = () => locale.split('-')[0] ?? 'en';

/** @param {string} chosen Teams' language tag, as `ru-RU` */
export function chooseLocale(chosen) {
  locale = chosen;
  document.documentElement.lang = currentLanguage();
}

/**
 * A text of the page in the chosen language.
 *
 * @param {Word} word
 * @param {Record<string, string | number>} [values] put in for `{name}`
 */
export function say(word, values = {}) {
  const text = (LANGUAGES[currentLanguage()] ?? english)[word];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

/**
 * Writes the words into elements that ask for them: `data-words` as text, `data-label` as name, `data-placeholder`.
 *
 * @param {ParentNode} root
 */
export function writeWords(root) {
  for (const element of root.querySelectorAll('[data-words], [data-label], [data-placeholder]')) {
    const { words, label, placeholder } = /** @type {HTMLElement} */ (element).dataset;
    if (words !== undefined) element.textContent = say(/** @type {Word} */ (words));
    if (label !== undefined) element.setAttribute('aria-label', say(/** @type {Word} */ (label)));
    if (label !== undefined && element instanceof HTMLButtonElement) element.title = plainLabel(label);
    if (placeholder !== undefined) element.setAttribute('placeholder', say(/** @type {Word} */ (placeholder)));
  }
}

/** @param {string} label */
const plainLabel = (label) => say(/** @type {Word} */ (label)).replace(/ \([^)]*\)$/, '');

/** @param {string} instant ISO 8601 */
export const timeOfDay = (instant) =>
  new Date(instant).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });

/** @param {string} instant ISO 8601 */
export const longTime = (instant) =>
  new Date(instant).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });

/** Partner Center's clock, which counts in UTC. @param {string} instant ISO 8601 */
export const utcTime = (instant) =>
  new Date(instant).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });

/** A day of Partner Center, which counts in UTC. @param {string} instant ISO 8601 */
export const utcDay = (instant) =>
  new Date(instant).toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
