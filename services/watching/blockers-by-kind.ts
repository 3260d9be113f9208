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
  /** What could not be read, at how many customers. */
  readonly unread: readonly { readonly source: SourceName; readonly customers: number }[];
  /** Whether there are more watched customers than were counted. */
  readonly isCut: boolean;
}

export interface KindCount {
  readonly kind: HoldingClass | 'before';
  readonly customers: number;
  readonly purchases: number;
}

/** Counts what was seen. Pure. */
export function countBlockers(watched: readonly Watched[], isCut = false): BlockersByKind {
  const seen = watched.flatMap((one) => one.seen ?? []);
  const kinds = new Map<KindCount['kind'], { customers: number; purchases: number }>();
  const sources = new Map<SourceName, number>();
  for (const { blockers, unread } of seen) {
    const here = Map.groupBy(blockers, ({ kind = 'before' as const }) => kind);
    for (const [kind, { length }] of here) {
      const { customers, purchases } = kinds.get(kind) ?? { customers: 0, purchases: 0 };
      kinds.set(kind, { customers: customers + 1, purchases: purchases + length });
    }
    for (const source of new Set(unread)) sources.set(source, (sources.get(source) ?? 0) + 1);
  }
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
      .map(([source, customers]) => ({ source, customers }))
      .sort((a, b) => b.customers - a.customers || (a.source < b.source ? -1 : 1)),
    isCut,
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
