import type { SourceName } from '../services/readiness/holdings.ts';
import type { Texts } from './texts/texts.ts';

/** What a look at a watched customer has not read. */
interface Unread {
  readonly unread: readonly SourceName[];
  /** Of these, what only takes a person's sign-in. */
  readonly signInNeeded?: readonly SourceName[];
}

/**
 * A sentence for what could not be read, and another for what only takes the reader's sign-in: that is no trouble.
 *
 * @param of which of the two cards says it, each in its own words.
 */
export function unreadTexts(
  { unread, signInNeeded = [] }: Unread,
  of: 'watch' | 'watches',
  texts: Texts,
): readonly string[] {
  const others = unread.filter((source) => !signInNeeded.includes(source));
  const say = (key: 'unread' | 'sign-in-needed', sources: readonly SourceName[]): readonly string[] =>
    sources.length === 0
      ? []
      : [texts.say(`${of}.${key}`, { sources: texts.list(sources.map((source) => texts.say(`source.${source}`))) })];
  return [...say('unread', others), ...say('sign-in-needed', signInNeeded)];
}
