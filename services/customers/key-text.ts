import type { Entry, Index } from './customer-index.ts';

/** The keys of all customers in one text, a line each: one text is looked through much faster than many are. */
interface KeyText {
  readonly text: string;
  /** Where each line begins. */
  readonly starts: readonly number[];
}

/** Before a name and before a domain; in neither of them, nor in what is looked for, since blanks are folded. */
const NAME = '\n';
const DOMAIN = '\t';

const texts = new WeakMap<Index, KeyText>();

function textOf(index: Index): KeyText {
  const known = texts.get(index);
  if (known !== undefined) return known;
  const lines = index.map(({ name, domain }) => NAME + name + DOMAIN + domain);
  let at = 0;
  const starts = lines.map(({ length }) => (at += length) - length);
  const made = { text: lines.join(''), starts };
  texts.set(index, made);
  return made;
}

/** Whether anybody's name or domain has the word somewhere. */
export const anybodyHas = (index: Index, word: string): boolean => textOf(index).text.includes(word);

/** In their order, all whose name or domain has the word somewhere. */
export const whoHave = (index: Index, word: string): Iterable<Entry> => entriesWith(index, [word]);

/** In their order, all whose name begins with one of the words. */
export const whoseNameBegins = (index: Index, words: readonly string[]): Iterable<Entry> =>
  entriesWith(
    index,
    words.map((word) => NAME + word),
  );

function* entriesWith(index: Index, pieces: readonly string[]): Generator<Entry> {
  const { text, starts } = textOf(index);
  const from = (piece: string, at: number): number => {
    const found = text.indexOf(piece, at);
    return found < 0 ? text.length : found;
  };
  const next = pieces.map((piece) => from(piece, 0));
  let at = 0;
  for (;;) {
    const first = Math.min(...next);
    if (first >= text.length) return;
    while ((starts[at + 1] ?? text.length) <= first) at += 1;
    const entry = index[at];
    if (entry === undefined) return;
    yield entry;
    const end = starts[at + 1] ?? text.length;
    for (const [n, piece] of pieces.entries()) if ((next[n] ?? 0) < end) next[n] = from(piece, end);
  }
}
