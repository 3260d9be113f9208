import { DAY_MS, instant, type Instant } from '../clock.ts';
import { isGuid, type CustomerId, type UserId } from '../ids.ts';
import { severalAtATime } from '../several-at-a-time.ts';
import { StoreError } from '../storage/store.ts';
import { readAudit, type AuditEntry } from './audit-chain.ts';
import { dayOfChain, isChecked, REQUEST_CHAINS } from './chains.ts';
import { newestChains, type NewestChains, type RecordIndex } from './newest-chains.ts';

/** Which entries are looked for; what is left out does not matter. */
export interface WantedEntries {
  readonly person?: UserId;
  readonly action?: string;
  /** Whatever happened to requests for this customer, or names it. */
  readonly customer?: CustomerId;
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
  /** Chains that could not be read. */
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
  readonly index: RecordIndex;
  readonly now: Date;
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
 * search keeps others waiting. Only chains are read that may hold what comes next. What is found is not verified.
 *
 * What a part leaves for the next one is told by times and names alone, so that nothing is left out or found twice, whatever
 * has happened in between.
 */
export async function searchRecord(
  { index, now, mayHold = () => true, most = MOST_ENTRIES }: SearchParts,
  wanted: WantedEntries,
  after?: RecordPlace,
): Promise<SearchedRecord> {
  const { from = '', before } = wanted;
  const last = [after?.at, before].filter((one) => one !== undefined).sort()[0];
  const looked = new Set<string>();
  const found: FoundEntry[] = [];
  const unreadable: string[] = [];
  let read = 0;
  let isWhole = true;
  const open = async (chain: string): Promise<void> => {
    read += 1;
    const entries = await entriesOf(index, chain, unreadable);
    found.push(...entries.filter((entry) => isAfter(entry, after) && isWanted(entry, wanted)));
  };

  for await (const { chains, until, unreadable: gone = [] } of candidates(index, now, wanted, last)) {
    if (until < from) break;
    const isPast = found.filter(({ at }) => at > until);
    isWhole = isPast.length < most;
    if (!isWhole) break;
    if (read >= MOST_CHAINS && (last === undefined || until < last))
      return { entries: isPast.sort(newestFirst), next: { at: until }, unreadable };
    unreadable.push(...gone);
    const fresh = chains.filter((chain) => !looked.has(chain) && isInTime(chain, from, last) && mayHold(chain));
    for (const chain of fresh) looked.add(chain);
    await severalAtATime(fresh, READ_AT_A_TIME, open);
  }

  const entries = found.sort(newestFirst).slice(0, most);
  const end = entries.at(-1);
  const hasMore = !isWhole || found.length > most;
  return { entries, ...(hasMore && end !== undefined && { next: placeOf(end) }), unreadable };
}

async function* candidates(
  index: RecordIndex,
  now: Date,
  { chain }: WantedEntries,
  last: Instant | undefined,
): AsyncGenerator<NewestChains> {
  if (chain === undefined) yield* newestChains(index, now, last);
  else yield { chains: [chain], until: last ?? '9999' };
}

async function entriesOf(
  source: Pick<RecordIndex, 'read'>,
  chain: string,
  unreadable: string[],
): Promise<readonly FoundEntry[]> {
  try {
    const entries = readAudit((await source.read(chain)).rows);
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

/** A chain of a day holds nothing that happened later, and what has waited to be stored is not older than a day. */
function isInTime(chain: string, from: Instant, last: Instant | undefined): boolean {
  const day = dayOfChain(chain);
  if (day === undefined) return true;
  const begins = Date.parse(day);
  return (
    instant(new Date(begins + DAY_MS)) > from && (last === undefined || instant(new Date(begins - DAY_MS)) <= last)
  );
}

const isWanted = (
  { actor, action, at, target, customer: of }: FoundEntry,
  { person, action: wanted, customer, from = '', before }: WantedEntries,
): boolean =>
  (person === undefined || actor === `person:${person}`) &&
  (wanted === undefined || action === wanted) &&
  (customer === undefined || of?.id === customer || target === customer) &&
  at >= from &&
  (before === undefined || at < before);
