import { MINUTE_MS, type Instant } from '../clock.ts';
import type { HoldingClass } from '../readiness/readiness.ts';
import type { SourceName } from '../readiness/holdings.ts';
import { findWatched, type FindWatchedParts } from './find-watched.ts';
import type { Watched } from './watches.ts';

/** What stands in the way at all customers that are watched, as their newest looks have seen it. */
export interface BlockersByKind {
  /** Watched customers. */
  readonly customers: number;
  /** Nothing known stands in the way there. */
  readonly clear: number;
  /** Something could not be read there, so that more may stand in the way. */
  readonly incomplete: number;
  /** Nobody has looked there yet. */
  readonly notLooked: number;
  /** The oldest look that is counted. */
  readonly oldestLook?: Instant;
  /** Those at the most customers first. `kind`: `before` where a look of an earlier version did not keep what it is. */
  readonly kinds: readonly KindCount[];
  /** What could not be read, at how many customers; `signInNeeded` where at all of them that only takes a person's sign-in. */
  readonly unread: readonly { readonly source: SourceName; readonly customers: number; readonly signInNeeded?: true }[];
  /** Whether there are more watched customers than were counted. */
  readonly isCut: boolean;
  /** Which customers those are, by what stands in the way there; those with the most purchases of it first. */
  readonly customersOf: ReadonlyMap<BlockerKey, readonly BlockedCustomer[]>;
}

/** A kind, or what could not be read. */
export type BlockerKey = KindCount['kind'] | `unread-${SourceName}`;

export interface BlockedCustomer {
  /** `companyName` is foreign text. */
  readonly customer: Watched['customer'];
  /** None where something could not be read. */
  readonly purchases: number;
  readonly lookedAt: Instant;
}

/** Where a customer stands among those with the same kind: by ids and numbers alone, so that it can be in an address. */
export const blockedPlace = ({ purchases, customer }: BlockedCustomer): string =>
  `${String(purchases).padStart(6, '0')} ${customer.id}`;

/** A part of such a list. `next` is given as `after` to go on, and missing at the end. */
export function pageOfBlocked(
  sorted: readonly BlockedCustomer[],
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): { readonly shown: readonly BlockedCustomer[]; readonly next?: string } {
  const left = after === undefined ? sorted : sorted.filter((one) => blockedPlace(one) < after);
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  return { shown, ...(left.length > limit && last !== undefined && { next: blockedPlace(last) }) };
}

export interface KindCount {
  readonly kind: HoldingClass | 'before';
  readonly customers: number;
  readonly purchases: number;
}

/** Counts what was seen. Pure. */
export function countBlockers(watched: readonly Watched[], isCut = false): BlockersByKind {
  const seen = watched.flatMap((one) => one.seen ?? []);
  const customersOf = new Map<BlockerKey, BlockedCustomer[]>();
  const put = (key: BlockerKey, one: BlockedCustomer): void => {
    const some = customersOf.get(key);
    if (some === undefined) customersOf.set(key, [one]);
    else some.push(one);
  };
  const kinds = new Map<KindCount['kind'], { customers: number; purchases: number }>();
  const sources = new Map<SourceName, { customers: number; signInNeeded: boolean }>();
  for (const { customer, seen: look } of watched) {
    if (look === undefined) continue;
    const { blockers, unread, signInNeeded = [], readAt: lookedAt } = look;
    const here = Map.groupBy(blockers, ({ kind = 'before' as const }) => kind);
    for (const [kind, { length }] of here) {
      const { customers, purchases } = kinds.get(kind) ?? { customers: 0, purchases: 0 };
      kinds.set(kind, { customers: customers + 1, purchases: purchases + length });
      put(kind, { customer, purchases: length, lookedAt });
    }
    for (const source of new Set(unread)) {
      const before = sources.get(source) ?? { customers: 0, signInNeeded: true };
      sources.set(source, {
        customers: before.customers + 1,
        signInNeeded: before.signInNeeded && signInNeeded.includes(source),
      });
      put(`unread-${source}`, { customer, purchases: 0, lookedAt });
    }
  }
  for (const some of customersOf.values()) some.sort((a, b) => (blockedPlace(a) < blockedPlace(b) ? 1 : -1));
  const [oldestLook] = seen.map(({ readAt }) => readAt).sort();
  return {
    customers: watched.length,
    clear: seen.filter(({ isClear }) => isClear).length,
    incomplete: seen.filter(({ unread }) => unread.length > 0).length,
    notLooked: watched.length - seen.length,
    ...(oldestLook !== undefined && { oldestLook }),
    kinds: [...kinds]
      .map(([kind, counts]) => ({ kind, ...counts }))
      .sort((a, b) => b.customers - a.customers || b.purchases - a.purchases || (a.kind < b.kind ? -1 : 1)),
    unread: [...sources]
      .map(([source, { customers, signInNeeded }]) => ({ source, customers, ...(signInNeeded && { signInNeeded }) }))
      .sort((a, b) => b.customers - a.customers || (a.source < b.source ? -1 : 1)),
    isCut,
    customersOf,
  };
}

/** A count is kept for so many times as long as it took, so that counting takes little of the time however often somebody asks. */
const KEPT_TIMES = 60;
const LONGEST_KEPT_MS = MINUTE_MS;

/**
 * Counts what the newest looks at all watched customers have seen. Whoever asks meanwhile, or soon after, is told the same.
 */
export function createWatchedBlockers(parts: FindWatchedParts): () => Promise<BlockersByKind> {
  const { clock } = parts;
  let kept: { readonly counted: BlockersByKind; readonly sinceMs: number; readonly untilMs: number } | undefined;
  let counting: Promise<BlockersByKind> | undefined;

  const countNow = async (): Promise<BlockersByKind> => {
    const begun = clock();
    const { watched, isCut } = await findWatched(parts);
    const counted = countBlockers(watched, isCut);
    const sinceMs = clock().getTime();
    const keptMs = Math.min(LONGEST_KEPT_MS, KEPT_TIMES * Math.max(0, sinceMs - begun.getTime()));
    kept = { counted, sinceMs, untilMs: sinceMs + keptMs };
    return counted;
  };

  return () => {
    const now = clock().getTime();
    if (kept !== undefined && now >= kept.sinceMs && now < kept.untilMs) return Promise.resolve(kept.counted);
    counting ??= countNow().finally(() => {
      counting = undefined;
    });
    return counting;
  };
}

export type WatchedBlockers = ReturnType<typeof createWatchedBlockers>;
