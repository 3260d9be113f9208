import { cut } from './cut.ts';
import type { Texts } from './texts/texts.ts';

const LONGEST_NAME = 80;

/** So many names within a sentence, each cut where it is very long; the rest is counted. Foreign text. */
export function someNames(names: readonly string[], most: number, texts: Texts): string {
  const shown = names.slice(0, most).map((name) => cut(name, LONGEST_NAME));
  const count = names.length - shown.length;
  return texts.list([...shown, ...(count === 0 ? [] : [texts.say('line.more', { count })])]);
}
