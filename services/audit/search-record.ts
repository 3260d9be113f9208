import { DAY_MS, instant, type Instant } from '../clock.ts';
import { isGuid, type UserId } from '../ids.ts';
import { StoreError, type Store } from '../storage/store.ts';
import { readAudit, type AuditEntry } from './audit-chain.ts';
import { dayOfChain, isChecked, PROCESS_CHAINS } from './chains.ts';

/** Which entries are looked for; what is left out does not matter. */
export interface WantedEntries {
  readonly person?: UserId;
  readonly action?: string;
  /** The first instant, and the one after the last. */
  readonly from?: Instant;
  readonly before?: Instant;
}

export interface FoundEntry extends AuditEntry {
  readonly chain: string;
}

export interface SearchedRecord {
  /** Chain by chain, the newest entry of each first. */
  readonly entries: readonly FoundEntry[];
  /** Where to go on: the last entry that was looked at. Missing at the end. */
  readonly next?: RecordPlace;
  /** How many chains were looked through so far, and how many there are. */
  readonly looked: number;
  readonly chains: number;
  /** Chains that could not be read. */
  readonly unreadable: readonly string[];
}

/** `seq`: entries with this number and higher ones were looked at; with 0 all of the chain were. */
export interface RecordPlace {
  readonly chain: string;
  readonly seq: number;
}

/** So much is looked through in one go, and so many entries are shown. */
const MOST_CHAINS = 200;
const MOST_ENTRIES = 100;

/**
 * The order in which chains are looked through: what belongs to no request first, the newest day first; then requests by
 * their number. A name tells it alone, so it stays the same from one part of a search to the next, whatever has happened since.
 */
export function inSearchOrder(a: string, b: string): number {
  const [ofProcess, other] = [a, b].map((chain) => chain.startsWith(`${PROCESS_CHAINS}:`));
  if (ofProcess !== other) return ofProcess === true ? -1 : 1;
  if (a === b) return 0;
  return a < b === (ofProcess === true) ? 1 : -1;
}

/** Whether there can be such a chain, and it is one of those that are searched. */
export const isSearched = (chain: string): boolean =>
  isChecked(chain) && (dayOfChain(chain) !== undefined || isGuid(chain.slice(chain.indexOf(':') + 1)));

/**
 * Looks through a record from a place on, and stops once it has found enough, or read enough: nobody's search keeps others
 * waiting. What is found is not verified.
 *
 * @param names all chains, in any order.
 * @param after a place in any chain: if that is not there any more, the search goes on where it would have been.
 */
export async function searchRecord(
  source: Pick<Store, 'read'>,
  names: Iterable<string>,
  wanted: WantedEntries,
  after?: RecordPlace,
): Promise<SearchedRecord> {
  const chains = [...new Set(names)].sort(inSearchOrder);
  const begin = after === undefined ? 0 : chains.filter((chain) => inSearchOrder(chain, after.chain) < 0).length;
  const entries: FoundEntry[] = [];
  const unreadable: string[] = [];
  let read = 0;
  for (let at = begin; at < chains.length; at += 1) {
    const chain = chains[at] ?? '';
    const told = { chains: chains.length, unreadable };
    const isBegun = after?.chain === chain;
    if (isBegun && after.seq === 0) continue;
    if (!mayHold(chain, wanted)) continue;
    if (read >= MOST_CHAINS) return { entries, looked: at, ...told, next: { chain: chains[at - 1] ?? '', seq: 0 } };
    read += 1;
    const found = (await entriesOf(source, chain, unreadable)).filter(
      (entry) => (!isBegun || entry.seq < after.seq) && isWanted(entry, wanted),
    );
    for (const entry of found.reverse()) {
      entries.push({ ...entry, chain });
      if (entries.length >= MOST_ENTRIES) return { entries, looked: at + 1, ...told, next: { chain, seq: entry.seq } };
    }
  }
  return { entries, looked: chains.length, chains: chains.length, unreadable };
}

async function entriesOf(
  source: Pick<Store, 'read'>,
  chain: string,
  unreadable: string[],
): Promise<readonly AuditEntry[]> {
  try {
    return readAudit((await source.read(chain)).rows);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    unreadable.push(chain);
    return [];
  }
}

/** A chain of a day holds nothing that happened later, and what has waited to be stored is not older than a day. */
function mayHold(chain: string, { from, before }: WantedEntries): boolean {
  const day = dayOfChain(chain);
  if (day === undefined) return true;
  const begins = Date.parse(day);
  const ends = instant(new Date(begins + DAY_MS));
  const oldest = instant(new Date(begins - DAY_MS));
  return (from === undefined || ends > from) && (before === undefined || oldest < before);
}

const isWanted = (
  { actor, action, at }: AuditEntry,
  { person, action: wanted, from = '', before }: WantedEntries,
): boolean =>
  (person === undefined || actor === `person:${person}`) &&
  (wanted === undefined || action === wanted) &&
  at >= from &&
  (before === undefined || at < before);
