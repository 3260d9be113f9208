import { IntlMessageFormat } from 'intl-messageformat';
import { de } from './de.ts';
import { en, type TextKey } from './en.ts';
import { fr } from './fr.ts';
import { ru } from './ru.ts';

/** The languages there are, by their Teams tags' first part. The first one is the fallback. */
export const LANGUAGES = { en, de, fr, ru } as const satisfies Record<string, Readonly<Record<TextKey, string>>>;
export type Language = keyof typeof LANGUAGES;
export const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text);

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  ru: 'Русский',
};

type Values = Readonly<Record<string, string | number>>;

/** The words of one language. */
export interface Texts {
  readonly language: Language;
  /** A text with its values put in. Values may be foreign text, and then so is the result. */
  say(key: TextKey, values?: Values): string;
  /** A day of Partner Center, which counts in UTC, and says so. */
  day(instant: string): string;
  /** The same in a letter to somebody who does not ask by which clock: written out, and nothing else. */
  plainDay(instant: string): string;
  /** A moment in UTC, which says so: for what is read anywhere. */
  time(instant: string): string;
  /** A moment in the reader's own time; Teams works it out, and in a `TextBlock` only. */
  moment(instant: string): string;
  list(items: readonly string[]): string;
}

const made = new Map<Language, Texts>();

/**
 * @param locale Teams' tag of the person, as `ru-RU`.
 * @param fallback the operator's `DEFAULT_LOCALE`, for a person whose language is none of ours.
 */
export function textsFor(locale: string, fallback: Language = 'en'): Texts {
  const wanted = locale.toLowerCase().split('-')[0] ?? '';
  const language = isLanguage(wanted) ? wanted : fallback;
  const texts = made.get(language) ?? createTexts(language);
  made.set(language, texts);
  return texts;
}

function createTexts(language: Language): Texts {
  const messages = new Map<TextKey, IntlMessageFormat>();
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const plainDays = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });

  return {
    language,
    say(key, values = {}) {
      const message = messages.get(key) ?? new IntlMessageFormat(LANGUAGES[language][key], language);
      messages.set(key, message);
      return String(message.format(values));
    },
    day: (instant) => `${days.format(new Date(instant))} UTC`,
    // Within a sentence the Russian year is written out: its short form ends in a full stop of its own.
    plainDay: (instant) => plainDays.format(new Date(instant)).replace(/\sг\.$/u, ' года'),
    time: (instant) => `${times.format(new Date(instant))} UTC`,
    moment(instant) {
      const second = `${new Date(instant).toISOString().slice(0, 19)}Z`;
      return `{{DATE(${second}, SHORT)}} {{TIME(${second})}}`;
    },
    list: (items) => lists.format(items),
  };
}
