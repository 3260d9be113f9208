import { HEAD_KEY, type AuditKey } from '../audit/audit-chain.ts';
import { TOMBSTONE_KEY, tombstoneFor } from '../audit/tombstone.ts';
import { DAY_MS, instant, later, type Clock } from '../clock.ts';
import { hasDueRows } from '../storage/rows.ts';
import { MAX_ROWS_PER_COMMIT, StaleWriteError, type Partition, type RowChange, type Store } from '../storage/store.ts';
import { isFinal } from './life.ts';
import type { RemovalRequest } from './request.ts';
import { recordOf } from './request-rows.ts';

/** So long after its end a request stays among those that a start reads. What can be undone is asked about until day 80. */
const ARCHIVED_AFTER_DAYS = 90;
/** The month under which a request is archived now, or `undefined` while it is not to be. */
export function archiveMonth({ state, stateSince }: RemovalRequest, now: Date): string | undefined {
  if (!isFinal(state) || later(new Date(stateSince), ARCHIVED_AFTER_DAYS * DAY_MS) > instant(now)) return undefined;
  return stateSince.slice(0, 7);
}

/** Whether the last day of a month is so many months behind us. */
export function isOver(month: string, now: Date, retentionMonths: number): boolean {
  const [year = 0, monthOfYear = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, monthOfYear + retentionMonths, 1)) <= now;
}

/**
 * One commit on the way from a request to its tombstone. The request itself goes first, and the record's head
 * stays; a crash in between is gone on from.
 *
 * @returns nothing where there is only the tombstone left.
 */
export function buried(partition: string, stored: Partition, now: Date, key: AuditKey): readonly RowChange[] {
  const { rows } = stored;
  const left = [...rows.keys()].filter((key) => key !== TOMBSTONE_KEY && key !== HEAD_KEY).sort(requestFirst);
  if (left.length === 0) return [];
  const request = recordOf(partition.slice(partition.indexOf(':') + 1), stored)?.request;
  const removed = left.slice(0, MAX_ROWS_PER_COMMIT - 1).map((key): RowChange => ({ key, remove: true }));
  if (request === undefined) return removed;
  const { state, stateSince: endedAt } = request;
  const said = { deletedAt: instant(now), state, endedAt, rows: rows.size };
  const value = tombstoneFor(partition, stored, said, key);
  return [...removed, { key: TOMBSTONE_KEY, row: { value } }];
}

const requestFirst = (a: string, b: string): number => Number(b === 'request') - Number(a === 'request');

export interface Archiving {
  /** Archives the requests that ended long ago. @returns how many. */
  archiveClosed(): Promise<number>;
  /** Deletes what was archived longer ago than it is to be kept, all but its tombstones. @returns how many. */
  deleteOld(): Promise<number>;
}

/** Keeps the working set small, and what is over no longer than it is to be kept. Both may be ended anywhere, and go on. */
export function createArchiving(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly retentionMonths: number;
  readonly auditKey: AuditKey;
}): Archiving {
  const { store, clock, retentionMonths, auditKey } = parts;
  const buriedMonths = new Set<string>();

  const archive = async (partition: string): Promise<boolean> => {
    const stored = await store.read(partition);
    const request = recordOf(partition.slice(partition.indexOf(':') + 1), stored)?.request;
    const month = request && archiveMonth(request, clock());
    if (month === undefined || hasDueRows(stored.rows)) return false;
    return unlessOvertaken(() => store.archive(partition, stored.version, month));
  };
  const bury = async (partition: string): Promise<boolean> => {
    for (let commits = 0; ; commits += 1) {
      const stored = await store.read(partition);
      const changes = buried(partition, stored, clock(), auditKey);
      if (changes.length === 0) return commits > 0;
      await unlessOvertaken(() => store.commit(partition, stored.version, changes));
    }
  };

  return {
    async archiveClosed() {
      let count = 0;
      for (const partition of await Array.fromAsync(store.partitions('request')))
        if (await archive(partition)) count += 1;
      return count;
    },
    async deleteOld() {
      let count = 0;
      for (const month of await store.archiveMonths()) {
        if (buriedMonths.has(month) || !isOver(month, clock(), retentionMonths)) continue;
        for await (const partition of store.archived(month)) if (await bury(partition)) count += 1;
        buriedMonths.add(month);
      }
      return count;
    },
  };
}

/** @returns whether nobody else was quicker; what they changed is looked at the next time. */
async function unlessOvertaken(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof StaleWriteError) return false;
    throw error;
  }
}
