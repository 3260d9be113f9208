import distanceOf from 'damerau-levenshtein';
import { REQUEST_FILTERS, type RequestFilter } from '../../cards/actions.ts';
import { ALL_WORDS, FILTER_WORDS, SMALL_TALK, WORDS, type Word } from '../../cards/texts/words.ts';
import { cleanText } from '../../services/clean-text.ts';

/** What somebody typed, if it begins with a word the bot knows; `rest` is what follows. */
export type Command =
  { readonly word: Word; readonly rest: string } | { readonly word: 'unknown'; readonly rest: string };

/** Nobody means more than this; a pasted book is cut. */
const LONGEST_TEXT = 400;

const KNOWN: ReadonlyMap<string, Word> = new Map(
  Object.values(WORDS).flatMap((words) =>
    (Object.entries(words) as [Word, readonly string[]][]).flatMap(([word, spellings]) =>
      spellings.map((spelling) => [plain(spelling), word] as const),
    ),
  ),
);

/** In parts between blanks, the longest first. */
const SPELLING_LENGTHS = [2, 1];

/** Words that say something only by themselves: *help me find contoso* is no call for help. */
const ALONE: ReadonlySet<Word> = new Set(['help', 'requests', 'watches', 'stop']);

/** Which requests are meant by what stands behind that word, whatever the language. */
export const filterOf = (rest: string): RequestFilter | undefined =>
  REQUEST_FILTERS.find((filter) =>
    Object.values(FILTER_WORDS).some((words) => words[filter].some((one) => plain(one) === plain(rest))),
  );

/** Whether all requests are meant by what stands behind that word. */
export const meansAll = (rest: string): boolean =>
  rest === '' || Object.values(ALL_WORDS).some((words) => words.some((one) => plain(one) === plain(rest)));

const SMALL: ReadonlySet<string> = new Set(Object.values(SMALL_TALK).flat().map(plain));

/** Whether somebody has said no more than yes, no or thanks, or nothing in letters at all. */
export const isSmallTalk = (typed: string): boolean =>
  plain(cleanText(typed, LONGEST_TEXT))
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .every((part) => part === '' || SMALL.has(part));

/** Reads a typed message. Case, accents on Latin letters, a leading slash, a mention of the bot, a full stop at the end and quotes around what follows do not matter. */
export const readCommand = (typed: string): Command => read(typed, (words) => KNOWN.get(words));

/** Reads a typed message that is no word of ours as the one word that it is a slip of, if there is just one. */
export const guessCommand = (typed: string): Command => read(typed, guessed);

function read(typed: string, wordOf: (words: string) => Word | undefined): Command {
  const text = cleanText(typed.slice(0, LONGEST_TEXT * 4).replace(/<at>[^<]*<\/at>/gi, ' '), LONGEST_TEXT);
  const parts = text.replace(/^\//, '').split(' ');
  for (const length of SPELLING_LENGTHS) {
    const word = wordOf(plain(parts.slice(0, length).join(' ')));
    const rest = unquoted(parts.slice(length).join(' '));
    const isMeant =
      rest === '' ||
      !ALONE.has(word ?? 'help') ||
      (word === 'requests' && (meansAll(rest) || filterOf(rest) !== undefined));
    if (word !== undefined && isMeant) return { word, rest };
  }
  return { word: 'unknown', rest: text };
}

/**
 * What follows the word of ours that a message begins with, with its lines as they were typed or pasted. It begins with the
 * first line that has something on it, whether that is the word's own line or one further down.
 */
export function textAfterWord(typed: string): string {
  const text = typed.replace(/<at>[^<]*<\/at>/gi, ' ').replace(/^[\s/]+/, '');
  for (const length of SPELLING_LENGTHS) {
    const said = new RegExp(`^(?:\\S+\\s+){${length - 1}}\\S+`).exec(text)?.[0];
    if (said !== undefined && KNOWN.has(plain(cleanText(said, LONGEST_TEXT))))
      return text.slice(said.length).replace(EMPTY_LINES, '');
  }
  return text;
}
const EMPTY_LINES = /^(?:[^\S\r\n\u2028\u2029]*(?:\r\n?|[\n\u0085\u2028\u2029]))+/;

/** Shorter ones are too much like others. */
const SHORTEST_GUESSED = 4;
const LONG = 7;

/** One letter too many, missing, wrong or in its neighbour's place; two of these in a long word. */
function guessed(words: string): Word | undefined {
  if (words.length < SHORTEST_GUESSED) return undefined;
  const near = [...KNOWN].flatMap(([spelling, word]) => {
    const most = Math.min(words.length, spelling.length) >= LONG ? 2 : 1;
    // What differs more in length alone need not be compared: a pasted text costs nothing.
    if (spelling.length < SHORTEST_GUESSED || Math.abs(words.length - spelling.length) > most) return [];
    const { steps } = distanceOf(words, spelling);
    return steps <= most ? [{ word, steps }] : [];
  });
  const nearest = Math.min(...near.map(({ steps }) => steps));
  const meant = new Set(near.filter(({ steps }) => steps === nearest).map(({ word }) => word));
  return meant.size === 1 ? [...meant][0] : undefined;
}

/** Whoever copies a name may copy its quotes. */
const unquoted = (rest: string): string =>
  /^(["'“”„«»‘’])\s*(?<name>[^"“”„«»]+?)\s*(["'“”„«»‘’])$/.exec(rest)?.groups?.['name'] ?? rest;

function plain(word: string): string {
  if (word === '?') return word;
  return (
    word
      .toLocaleLowerCase('en')
      .normalize('NFD')
      .replaceAll('ё'.normalize('NFD'), 'е')
      // An accent on a Latin letter is often left out. In Russian it makes another letter.
      .replace(/(?<=[a-z])\p{M}+/gu, '')
      .normalize('NFC')
      .replace(/[.!?,:;\s]+$/, '')
  );
}
