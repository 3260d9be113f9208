import { z } from 'zod';
import { instant, MINUTE_MS, type Clock } from '../../clock.ts';
import type { RequestId } from '../../ids.ts';
import { changePartition, type Decided } from '../../storage/change-partition.ts';
import { MAX_ROWS_PER_COMMIT, type Row, type RowChange, type Store } from '../../storage/store.ts';
import { dayAfter, dayOf, type Day } from '../days.ts';
import { isFinal } from '../life.ts';
import type { RequestStore } from '../request-store.ts';

const PARTITION = 'limits:removals';
/** So long a place may be without its request saying so, which is committed right after it. */
const UNBORN_MS = MINUTE_MS;
/** Some are left for the place that is taken, and for those that the same request had on other days. */
const MOST_REMOVED = MAX_ROWS_PER_COMMIT - 10;

const Place = z.object({ at: z.string() });

export interface RemovalDay {
  readonly day: Day;
  /** Whether the request may be sent now. */
  readonly isToday: boolean;
  /** How many removals may be sent on one day. */
  readonly most: number;
}

/** On which day a request for a removal may be sent: so many on one day of UTC, of everybody together. */
export interface RemovalDays {
  /** The place of a request: the one it has, or the first that is free from today on. */
  take(id: RequestId): Promise<RemovalDay>;
  /** Deletes the places of days that are over. @returns how many. */
  deleteOld(): Promise<number>;
}

/**
 * Places are rows of one partition, named by day and request, and committed before the request is sent or planned. One
 * is free again once its request has come to nothing, or where it was never sent or planned for that day.
 */
export function createRemovalDays(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  readonly most: number;
}): RemovalDays {
  const { store, requests, clock, most } = parts;

  const isHeld = async (day: Day, id: RequestId, row: Row, now: Date): Promise<boolean> => {
    const request = (await requests.read(id))?.request;
    const { at } = Place.parse(row.value);
    const isFresh = now.getTime() - Date.parse(at) < UNBORN_MS;
    if (request === undefined) return isFresh;
    const { state, plannedFor } = request;
    if (state === 'draft') return isFresh || plannedFor?.day === day;
    return !isFinal(state) || state === 'done' || state === 'closed';
  };

  return {
    take: (id) =>
      changePartition(store, PARTITION, async ({ rows }): Promise<Decided<RemovalDay>> => {
        const now = clock();
        const today = dayOf(now);
        const freed: string[] = [];
        for (let day = today; ; day = dayAfter(day)) {
          const taken = [...rows].filter(([key]) => key.startsWith(`${day}:`));
          const isOwn = rows.has(keyOf(day, id));
          const others = taken.filter(([key]) => key !== keyOf(day, id));
          let held = others.length;
          for (const [key, row] of isOwn ? [] : others) {
            if (held < most || freed.length >= MOST_REMOVED) break;
            if (await isHeld(day, idOf(key), row, now)) continue;
            freed.push(key);
            held -= 1;
          }
          if (!isOwn && held >= most) continue;
          const own: RowChange = { key: keyOf(day, id), row: { value: { at: instant(now) } } };
          // It has one place, whatever was planned before.
          const former = [...rows.keys()].filter((key) => idOf(key) === id && key !== own.key && !freed.includes(key));
          return {
            changes: [...[...freed, ...former].map((key): RowChange => ({ key, remove: true })), own],
            result: { day, isToday: day === today, most },
          };
        }
      }),
    deleteOld: () =>
      changePartition(store, PARTITION, ({ rows }): Decided<number> => {
        const today = dayOf(clock());
        const old = [...rows.keys()].filter((key) => dayIn(key) < today).slice(0, MOST_REMOVED);
        return { changes: old.map((key) => ({ key, remove: true })), result: old.length };
      }),
  };
}

const keyOf = (day: Day, id: RequestId): string => `${day}:${id}`;
const dayIn = (key: string): Day => key.slice(0, key.indexOf(':'));
const idOf = (key: string): RequestId => key.slice(key.indexOf(':') + 1);
