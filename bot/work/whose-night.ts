import { z } from 'zod';
import { HOUR_MS, instant, later, type Clock } from '../../services/clock.ts';
import { changePartition, type Decided } from '../../services/storage/change-partition.ts';
import { hasLapsed, releasedLease } from '../../services/storage/leases.ts';
import type { Store } from '../../services/storage/store.ts';

/** Which of several processes does what is done every night. */
export interface WhoseNight {
  /** `mine`: this one does it now. `done`: there is nothing to do tonight. `theirs`: somebody else is at it. */
  take(): Promise<'mine' | 'done' | 'theirs'>;
  /** What came of it. */
  end(areAllDone: boolean): Promise<void>;
}

/** Only one process works with the store. */
export const EVERY_NIGHT: WhoseNight = {
  take: () => Promise.resolve('mine'),
  end: () => Promise.resolve(),
};

const PARTITION = 'clock:nightly';
const ROW = 'night';
/** A start of another process in between makes no second night. */
const ENOUGH_MS = 20 * HOUR_MS;
/** Whoever has died over it is waited for no longer. */
const LONGEST_MS = 2 * HOUR_MS;

const Night = z.object({ doneAt: z.string().exactOptional() });

/** Whoever claims the night does its chores; they stand a second one at the same time, but nobody needs it. */
export function createWhoseNight(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly boot: string;
}): WhoseNight {
  const { store, clock, boot } = parts;
  return {
    take: () =>
      changePartition(store, PARTITION, ({ rows }): Decided<'mine' | 'done' | 'theirs'> => {
        const row = rows.get(ROW);
        const now = clock();
        const { doneAt } = Night.safeParse(row?.value).data ?? {};
        if (doneAt !== undefined && now.getTime() - Date.parse(doneAt) < ENOUGH_MS)
          return { changes: [], result: 'done' };
        if (!hasLapsed(row?.lease, { boot, isShared: true, now })) return { changes: [], result: 'theirs' };
        const lease = { owner: boot, until: later(now, LONGEST_MS), fence: (row?.lease?.fence ?? 0) + 1 };
        return { changes: [{ key: ROW, row: { value: row?.value ?? {}, lease } }], result: 'mine' };
      }),
    end: (areAllDone) =>
      changePartition(store, PARTITION, ({ rows }) => {
        const row = rows.get(ROW);
        if (row?.lease?.owner !== boot) return { changes: [], result: undefined };
        const lease = releasedLease(row.lease, clock());
        const value = areAllDone ? { doneAt: instant(clock()) } : row.value;
        return { changes: [{ key: ROW, row: { value, ...(lease && { lease }) } }], result: undefined };
      }),
  };
}
