import { z } from 'zod';
import { instant, MINUTE_MS, type Clock, type Instant } from '../../clock.ts';
import type { HoldingId, NewId, RequestId } from '../../ids.ts';
import { changePartition, type Decided } from '../../storage/change-partition.ts';
import { MAX_ROWS_PER_COMMIT, type Partition, type RowChange, type Store } from '../../storage/store.ts';
import { beginOf, dayAfter, dayOf, type Day } from '../days.ts';
import type { RequestStore } from '../request-store.ts';

const PARTITION = 'limits:suspensions';
/** So long what was taken counts without its steps, which are committed right after it. */
const UNBORN_MS = MINUTE_MS;
/** One is left for what is taken. */
const MOST_CHANGED = MAX_ROWS_PER_COMMIT - 1;

const Taken = z.object({
  requestId: z.string(),
  at: z.string(),
  /** How many; with their ids, as long as it is not known that they were stored. */
  count: z.number(),
  holdingIds: z.array(z.string()).exactOptional(),
});
type Taken = z.output<typeof Taken>;

export interface Left {
  readonly count: number;
  /** How many may be begun on one day. */
  readonly most: number;
  /** When the next day begins. */
  readonly next: Instant;
}

/** How many suspensions may be begun: so many on one day of UTC, of everybody together. */
export interface SuspensionsToday {
  left(): Promise<Left>;
  /**
   * Takes as many of these as may be begun today, the first ones first. What was taken and is not `stored` within a
   * minute is free again, as far as the request has no such steps.
   */
  take(
    requestId: RequestId,
    holdingIds: readonly HoldingId[],
  ): Promise<{ readonly taken: readonly HoldingId[]; readonly key: string }>;
  /** The steps are stored. */
  stored(key: string): Promise<void>;
  /** Deletes what was counted on days that are over. @returns how many. */
  deleteOld(): Promise<number>;
}

/** What was taken is a row of one partition, named by its day, and committed before its steps are. */
export function createSuspensionsToday(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly most: number;
}): SuspensionsToday {
  const { store, requests, clock, newId, most } = parts;

  /** What counts of a row whose steps may never have been stored. */
  const settled = async ({ holdingIds, ...taken }: Taken): Promise<Taken> => {
    const steps = (await requests.read(taken.requestId))?.steps ?? [];
    const begun = (holdingIds ?? []).filter((id) =>
      steps.some((step) => step.holdingId === id && step.action !== 'auto-renew-off' && step.askedAt >= taken.at),
    );
    return { ...taken, count: begun.length };
  };

  const countToday = async (
    { rows }: Pick<Partition, 'rows'>,
    now: Date,
  ): Promise<{ readonly count: number; readonly changes: readonly RowChange[] }> => {
    const today = dayOf(now);
    const changes: RowChange[] = [];
    let count = 0;
    for (const [key, row] of rows) {
      if (dayIn(key) !== today) continue;
      let taken = Taken.parse(row.value);
      const isOpen = taken.holdingIds !== undefined && now.getTime() - Date.parse(taken.at) >= UNBORN_MS;
      if (isOpen && changes.length < MOST_CHANGED) {
        taken = await settled(taken);
        changes.push(taken.count === 0 ? { key, remove: true } : { key, row: { value: taken } });
      }
      count += taken.count;
    }
    return { count, changes };
  };

  return {
    async left() {
      const now = clock();
      const { count } = await countToday(await store.read(PARTITION), now);
      return { count: Math.max(0, most - count), most, next: beginOf(dayAfter(dayOf(now))) };
    },
    take: (requestId, holdingIds) =>
      changePartition(
        store,
        PARTITION,
        async (stored): Promise<Decided<{ readonly taken: readonly HoldingId[]; readonly key: string }>> => {
          const now = clock();
          const { count, changes } = await countToday(stored, now);
          const taken = holdingIds.slice(0, Math.max(0, most - count));
          const key = `${dayOf(now)}:${newId()}`;
          if (taken.length === 0) return { changes: [], result: { taken, key } };
          const value = { requestId, at: instant(now), count: taken.length, holdingIds: [...taken] };
          return { changes: [...changes, { key, row: { value } }], result: { taken, key } };
        },
      ),
    stored: (key) =>
      changePartition(store, PARTITION, ({ rows }): Decided<undefined> => {
        const { data } = Taken.safeParse(rows.get(key)?.value);
        if (data === undefined) return { changes: [], result: undefined };
        const { requestId, at, count } = data;
        return { changes: [{ key, row: { value: { requestId, at, count } } }], result: undefined };
      }),
    deleteOld: () =>
      changePartition(store, PARTITION, ({ rows }): Decided<number> => {
        const today = dayOf(clock());
        const old = [...rows.keys()].filter((key) => dayIn(key) < today).slice(0, MOST_CHANGED);
        return { changes: old.map((key) => ({ key, remove: true })), result: old.length };
      }),
  };
}

const dayIn = (key: string): Day => key.slice(0, key.indexOf(':'));
