import type { AuditKey } from '../audit/audit-chain.ts';
import { CHECKPOINT_CHAINS, dayOfChain, PROCESS_CHAINS } from '../audit/chains.ts';
import { DAY_MS, instant, later, type Clock } from '../clock.ts';
import { isFinal } from '../requests/life.ts';
import type { RemovalRequest } from '../requests/request.ts';
import { recordOf } from '../requests/request-rows.ts';
import { hasDueRows } from '../storage/rows.ts';
import { StaleWriteError, type Partition, type Store } from '../storage/store.ts';
import { buried } from './burying.ts';

/** So long after its end a request stays among those that a start reads. What can be undone is asked about until day 80. */
export const ARCHIVED_AFTER_DAYS = 90;

const isLongAgo = (ended: string, now: Date): boolean =>
  later(new Date(ended), ARCHIVED_AFTER_DAYS * DAY_MS) <= instant(now);

/** The month under which a request is archived now, or `undefined` while it is not to be. */
export function archiveMonth({ state, stateSince }: RemovalRequest, now: Date): string | undefined {
  return isFinal(state) && isLongAgo(stateSince, now) ? stateSince.slice(0, 7) : undefined;
}

/** The same for a chain of the record that belongs to a day. */
export function archiveMonthOfChain(chain: string, now: Date): string | undefined {
  const day = dayOfChain(chain);
  return day !== undefined && isLongAgo(`${day}T23:59:59.999Z`, now) ? day.slice(0, 7) : undefined;
}

/** Whether the last day of a month is so many months behind us. */
export function isOver(month: string, now: Date, retentionMonths: number): boolean {
  const [year = 0, monthOfYear = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, monthOfYear + retentionMonths, 1)) <= now;
}

export interface Archiving {
  /** Archives the requests that ended long ago, and the record of days long ago. @returns how many partitions. */
  archiveClosed(): Promise<number>;
  /**
   * Deletes what was archived longer ago than it is to be kept, all but its tombstones. Checkpoints stay: they hold
   * names of chains and what these sum up to, and without them nobody could tell whether a chain is missing.
   *
   * @returns how many.
   */
  deleteOld(): Promise<number>;
}

/** Keeps the working set small, and what is over no longer than it is to be kept. Both may be ended anywhere, and go on. */
export function createArchiving(parts: {
  readonly store: Store;
  readonly clock: Clock;
  /** So many months after the month in which something ended. */
  readonly retentionMonths: number;
  readonly auditKey: AuditKey;
}): Archiving {
  const { store, clock, retentionMonths, auditKey } = parts;
  /** Months of which only tombstones are left, so that they are not read every night. */
  const buriedMonths = new Set<string>();

  const archive = async (partition: string, monthOf: (stored: Partition) => string | undefined): Promise<boolean> => {
    const stored = await store.read(partition);
    const month = monthOf(stored);
    if (month === undefined || hasDueRows(stored.rows)) return false;
    return unlessOvertaken(() => store.archive(partition, stored.version, month));
  };
  /** The newest checkpoints stay where the next one is put after them. */
  const chainsOf = async (kind: string): Promise<readonly string[]> => {
    const chains = (await Array.fromAsync(store.partitions(kind))).sort();
    return kind === CHECKPOINT_CHAINS ? chains.slice(0, -1) : chains;
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
      for (const partition of await Array.fromAsync(store.partitions('request'))) {
        const monthOf = (stored: Partition): string | undefined => {
          const request = recordOf(partition.slice(partition.indexOf(':') + 1), stored)?.request;
          return request && archiveMonth(request, clock());
        };
        if (await archive(partition, monthOf)) count += 1;
      }
      for (const kind of [PROCESS_CHAINS, CHECKPOINT_CHAINS])
        for (const chain of await chainsOf(kind))
          if (archiveMonthOfChain(chain, clock()) !== undefined)
            if (await archive(chain, () => archiveMonthOfChain(chain, clock()))) count += 1;
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
