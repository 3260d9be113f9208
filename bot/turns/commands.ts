import { WORDS, type Word } from '../../cards/texts/words.ts';
import { cleanText } from '../../services/clean-text.ts';

/** What somebody typed, if it begins with a word the bot knows; `rest` is what follows. */
export type Command =
  { readonly word: Word; readonly rest: string } | { readonly word: 'unknown'; readonly rest: string };

/** Nobody means more than this; a pasted book is cut. */
const LONGEST_TEXT = 400;

const KNOWN: ReadonlyMap<string, Word> = new Map(
  Object.values(WORDS).flatMap((words) =>
    (Object.entries(words) as [Word, readonly string[]][]).flatMap(([word, spellings]) =>
      spellings.map((spelling) => [spelling, word] as const),
    ),
  ),
);

/** In parts between blanks, the longest first. */
const SPELLING_LENGTHS = [2, 1];

/** Words that say something only by themselves: *help me find contoso* is no call for help. */
const ALONE: ReadonlySet<Word> = new Set(['help', 'requests', 'stop']);

/** Reads a typed message. Case, a leading slash, a mention of the bot and a full stop at the end do not matter. */
export function readCommand(typed: string): Command {
  const text = cleanText(typed.slice(0, LONGEST_TEXT * 4).replace(/<at>[^<]*<\/at>/gi, ' '), LONGEST_TEXT);
  const parts = text.replace(/^\//, '').split(' ');
  for (const length of SPELLING_LENGTHS) {
    const word = KNOWN.get(plain(parts.slice(0, length).join(' ')));
    const rest = parts.slice(length).join(' ');
    if (word !== undefined && !(ALONE.has(word) && rest !== '')) return { word, rest };
  }
  return { word: 'unknown', rest: text };
}

const plain = (word: string): string =>
  word === '?'
    ? word
    : word
        .toLocaleLowerCase('en')
        .replaceAll('ё', 'е')
        .replace(/[.!?,:;]+$/, '');
