import { isGuid, sameCase, type CustomerId } from '../ids.ts';
import type { Customer } from '../partner-center/partner-center.ts';
import type { Entry, Index } from './customer-index.ts';
import { fold } from './fold.ts';
import { anybodyHas, whoHave, whoseNameBegins } from './key-text.ts';

export interface Found {
  readonly matches: readonly Customer[];
  /** Whether there are more than were asked for. */
  readonly more: boolean;
}

/** Better ones first: the beginning of the name, the beginning of a word, another part, the beginning of the domain. */
const NAME_START = 0;
const WORD_START = 1;
const NAME_PART = 2;
const DOMAIN_START = 3;
const RANKS = [NAME_START, WORD_START, NAME_PART, DOMAIN_START];

/**
 * Customers of which every word is any part of the name or the beginning of the domain, whatever the case
 * and the accents. No words find everybody.
 */
export function searchIndex(index: Index, words: string, limit: number): Found {
  const wanted = fold(words)
    .split(' ')
    .filter((word) => word !== '');
  if (!wanted.every((word) => anybodyHas(index, word))) return { matches: [], more: false };
  const byRank: Customer[][] = RANKS.map(() => []);
  const best = byRank[NAME_START] ?? [];
  // As a rule there are enough of the best ones, and they are found by looking at how names begin.
  for (const entry of wanted.length === 0 ? index : whoseNameBegins(index, wanted)) {
    if (rankOf(entry, wanted) === NAME_START) best.push(entry.customer);
    if (best.length > limit) break;
  }
  // All of the best are known by now, so that enough of the next ones are enough.
  const isFull = (): boolean => best.length + (byRank[WORD_START]?.length ?? 0) > limit;
  for (const entry of isFull() || wanted.length === 0 ? [] : whoHave(index, longest(wanted))) {
    const rank = rankOf(entry, wanted);
    const others = rank === undefined || rank === NAME_START ? undefined : byRank[rank];
    // One more than was asked for says that there are more; so many of the best need no others.
    if (others !== undefined && others.length <= limit) others.push(entry.customer);
    if (isFull()) break;
  }
  const all = byRank.flat();
  return { matches: all.slice(0, limit), more: all.length > limit };
}

const longest = (words: readonly string[]): string =>
  words.reduce((one, other) => (other.length > one.length ? other : one), '');

/** The tenant id that these words are, braces or not. */
export function tenantIdIn(words: string): CustomerId | undefined {
  const bare = words.trim().replace(/^\{(.*)\}$/, '$1');
  return isGuid(bare) ? sameCase(bare) : undefined;
}

/** @returns `undefined` when a word is missing. The worst word decides, except that one at the very beginning lifts other beginnings. */
function rankOf(entry: Entry, words: readonly string[]): number | undefined {
  let best = DOMAIN_START;
  let worst = NAME_START;
  for (const word of words) {
    const rank = rankOfWord(entry, word);
    if (rank === undefined) return undefined;
    if (rank < best) best = rank;
    if (rank > worst) worst = rank;
  }
  return best === NAME_START && worst === WORD_START ? NAME_START : worst;
}

function rankOfWord({ name, domain }: Entry, word: string): number | undefined {
  let at = name.indexOf(word);
  if (at === 0) return NAME_START;
  if (at < 0) return domain.startsWith(word) ? DOMAIN_START : undefined;
  for (; at > 0; at = name.indexOf(word, at + 1)) if (!isInWord(name, at)) return WORD_START;
  return NAME_PART;
}

/** Whether the character before belongs to a word. Folded names are mostly plain letters, so these go first. */
function isInWord(name: string, at: number): boolean {
  const code = name.charCodeAt(at - 1);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return /[\p{L}\p{N}]/u.test(name.charAt(at - 1));
}
