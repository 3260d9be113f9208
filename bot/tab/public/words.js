/** @type {Readonly<Record<string, string>>} */
let words = {};
let language = 'en';

/**
 * Fetches the words of a language.
 *
 * @param {string} locale Teams' tag of whoever reads, as `de-DE`
 */
export async function loadWords(locale) {
  const response = await fetch('/tab/words', { headers: { 'Accept-Language': locale } });
  const loaded = /** @type {{ language: string, words: Record<string, string> }} */ (await response.json());
  ({ words, language } = loaded);
  document.documentElement.lang = language;
}

/** @param {string} key */
export const say = (key) => words[key] ?? key;

/** @param {string} instant */
export const moment = (instant) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));

/**
 * To the second and in UTC, as the record is searched.
 *
 * @param {string} instant
 */
export const exactMoment = (instant) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  );

/** @param {number} count */
export const number = (count) => new Intl.NumberFormat(language).format(count);

/** @param {readonly string[]} names */
export const anyOf = (names) => new Intl.ListFormat(language, { type: 'disjunction' }).format(names);

/**
 * A month of the archive.
 *
 * @param {string} month `yyyy-mm`
 */
export const monthName = (month) =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  );

/** How long ago something was, in the largest unit that fits. @param {string} instant */
export function ago(instant) {
  const seconds = Math.max(0, (Date.now() - new Date(instant).getTime()) / 1000);
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [Infinity, 'second'];
  // Less than a minute is *now*.
  const numeric = unit === 'second' ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(language, { numeric }).format(-Math.floor(seconds / size), unit);
}

/** @type {readonly (readonly [number, Intl.RelativeTimeFormatUnit])[]} */
const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
];
