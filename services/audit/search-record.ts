import type { Instant } from '../clock.ts';
import { isGuid, type CustomerId, type UserId } from '../ids.ts';
import { severalAtATime } from '../several-at-a-time.ts';
import { StoreError, type Store } from '../storage/store.ts';
import { headOf, readAudit, type AuditEntry } from './audit-chain.ts';
import type { ChainTimes, Grown } from './chain-times.ts';
import { dayOfChain, isChecked, REQUEST_CHAINS } from './chains.ts';
import { tombstoneOf } from './tombstone.ts';

/** Which entries are looked for; what is left out does not matter. */
export interface WantedEntries {
  readonly person?: UserId;
  /** A `SoughtAction`, or what another version has written. */
  readonly action?: string;
  /** Whatever happened to requests for this customer, or names it. */
  readonly customer?: CustomerId;
  /** Whoever or whatever has this id: who did it, the request, its customer, what an entry names. */
  readonly anyId?: string;
  /** Entries of this chain only. */
  readonly chain?: string;
  /** The first instant, and the one after the last. */
  readonly from?: Instant;
  readonly before?: Instant;
}

export interface FoundEntry extends AuditEntry {
  readonly chain: string;
  /** Whom its request is for, as the request's first entry says. `domain` is foreign text. */
  readonly customer?: { readonly id: CustomerId; readonly domain?: string };
}

export interface SearchedRecord {
  /** Of all chains together, the newest first. */
  readonly entries: readonly FoundEntry[];
  /** Where to go on. Missing at the end. */
  readonly next?: RecordPlace;
  /** Chains that could not be read, or not all of them: what is in them may be missing. */
  readonly unreadable: readonly string[];
}

/**
 * What comes before it was looked at: entries of a later time, and of the same time those of chains that come first by name, and in
 * its own chain those with a higher number. Without a chain: all of a later time.
 */
export interface RecordPlace {
  readonly at: Instant;
  readonly entry?: { readonly chain: string; readonly seq: number };
}

export interface SearchParts {
  readonly store: Pick<Store, 'read'>;
  readonly times: () => Promise<ChainTimes>;
  /** Chains that are known to hold nothing of what is wanted need not be read. */
  readonly mayHold?: (chain: string) => boolean;
  /** So many entries are wanted at most (50). */
  readonly most?: number;
}

/** So much is looked through in one go, where that is a way forward, and so many entries are shown. */
const MOST_CHAINS = 200;
const MOST_ENTRIES = 50;
const READ_AT_A_TIME = 8;

/** Whether there can be such a chain, and it is one of those that are searched. */
export const isSearched = (chain: string): boolean =>
  isChecked(chain) && (dayOfChain(chain) !== undefined || isGuid(chain.slice(chain.indexOf(':') + 1)));

/**
 * Looks through a record from a place on, the newest entries first, and stops once it has found enough, or read enough: nobody's
 * search keeps others waiting. A chain is left out only where it is told of all its entries that they happened at another time, by the
 * times that stand with them, so that no clock has to be right for it. What is found is not verified.
 *
 * What a part leaves for the next one is told by times and names alone, so that nothing is left out or found twice, whatever
 * has happened in between.
 */
export async function searchRecord(
  { store, times, mayHold = () => true, most = MOST_ENTRIES }: SearchParts,
  wanted: WantedEntries,
  after?: RecordPlace,
): Promise<SearchedRecord> {
  const { chain: only, from = '' } = wanted;
  const last = [after?.at, wanted.before].filter((one) => one !== undefined).sort()[0];
  const found: FoundEntry[] = [];
  const unreadable: string[] = [];
  const read = async (chains: readonly string[]): Promise<void> =>
    severalAtATime(chains, READ_AT_A_TIME, async (chain) => {
      const entries = await entriesOf(store, chain, unreadable);
      found.push(...entries.filter((entry) => isAfter(entry, after) && isWanted(entry, wanted)));
    });

  const { grown, uncertain, lost } = only === undefined ? await times() : { grown: [], uncertain: [only], lost: [] };
  unreadable.push(...lost);
  await read(uncertain.filter(mayHold));
  const chains = newestGrown(grown, from, last).filter(({ chain }) => mayHold(chain));
  for (let at = 0; at < chains.length; at += READ_AT_A_TIME) {
    const some = chains.slice(at, at + READ_AT_A_TIME);
    const until = some[0]?.to ?? '';
    const isPast = found.filter((entry) => entry.at > until);
    if (isPast.length >= most) return partOf(isPast, most, unreadable);
    if (at >= MOST_CHAINS && until !== last)
      return { entries: isPast.sort(newestFirst), next: { at: until }, unreadable };
    await read(some.map(({ chain }) => chain));
  }
  const hasMore = found.length > most;
  const { next, ...part } = partOf(found, most, unreadable);
  return { ...part, ...(hasMore && next && { next }) };
}

function partOf(found: readonly FoundEntry[], most: number, unreadable: readonly string[]): SearchedRecord {
  const entries = found.toSorted(newestFirst).slice(0, most);
  const end = entries.at(-1);
  return { entries, ...(end && { next: placeOf(end) }), unreadable };
}

/** Each chain once, where it has grown last at the time that is wanted, the newest first. */
function newestGrown(grown: readonly Grown[], from: Instant, last: Instant | undefined): readonly Grown[] {
  const newest = new Map<string, Grown>();
  for (const one of grown) {
    if (one.to < from || (last !== undefined && one.from > last)) continue;
    const to = last !== undefined && one.to > last ? last : one.to;
    const known = newest.get(one.chain);
    if (known === undefined || to > known.to) newest.set(one.chain, { ...one, to });
  }
  return [...newest.values()].sort((a, b) => (a.to === b.to ? 0 : a.to < b.to ? 1 : -1));
}

async function entriesOf(
  store: Pick<Store, 'read'>,
  chain: string,
  unreadable: string[],
): Promise<readonly FoundEntry[]> {
  try {
    const { rows } = await store.read(chain);
    const entries = readAudit(rows);
    const isWhole = entries.length > 0 && entries.length === headOf(rows)?.entries;
    // What was deleted at the end of its time is not missing.
    if (!isWhole && tombstoneOf({ rows }) === undefined) unreadable.push(chain);
    const customer = chain.startsWith(`${REQUEST_CHAINS}:`) ? customerIn(entries[0]) : undefined;
    return entries.map((entry) => ({ ...entry, chain, ...(customer && { customer }) }));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    unreadable.push(chain);
    return [];
  }
}

function customerIn(first: AuditEntry | undefined): FoundEntry['customer'] {
  const { target, detail } = first ?? {};
  if (target === undefined) return undefined;
  const domain = detail?.['domain'];
  return { id: target, ...(typeof domain === 'string' && { domain }) };
}

/** The place behind an entry. */
export const placeOf = ({ at, chain, seq }: FoundEntry): RecordPlace => ({ at, entry: { chain, seq } });

/** Two entries of the same time are told apart by their chains and numbers. */
export function newestFirst(a: FoundEntry, b: FoundEntry): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.chain !== b.chain) return a.chain < b.chain ? -1 : 1;
  return b.seq - a.seq;
}

function isAfter({ at, chain, seq }: FoundEntry, after: RecordPlace | undefined): boolean {
  if (after === undefined) return true;
  if (at !== after.at) return at < after.at;
  const { entry } = after;
  return entry === undefined || (chain === entry.chain ? seq < entry.seq : chain > entry.chain);
}

/** Where a search and an export say what of. */
const NAMED = ['customer', 'person', 'request', 'id'];

const isWanted = (
  { chain, actor, action, at, target, detail, customer: of }: FoundEntry,
  { person, action: wanted, customer, anyId, from = '', before }: WantedEntries,
): boolean =>
  (person === undefined || actor === `person:${person}`) &&
  (wanted === undefined || action === wanted || stepIn(action, detail) === wanted) &&
  (customer === undefined || [of?.id, target, detail?.['customer']].includes(customer)) &&
  (anyId === undefined ||
    actor === `person:${anyId}` ||
    chain === `${REQUEST_CHAINS}:${anyId}` ||
    [of?.id, target, ...NAMED.map((name) => detail?.[name])].includes(anyId)) &&
  at >= from &&
  (before === undefined || at < before);

/** What happened to which kind of step, as it is looked for. */
const stepIn = (action: string, detail: FoundEntry['detail']): string | undefined =>
  typeof detail?.['step'] === 'string' ? `${action}:${detail['step']}` : undefined;
