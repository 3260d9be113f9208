import { instant } from '../clock.ts';
import type { Instant } from '../clock.ts';
import { isLeaseOf } from './leases.ts';
import { partitionName } from './partition-name.ts';
import type { Rows } from './rows.ts';
import { isChosen, type DueRow, type KeyChoice, type Row } from './store.ts';

/** What a store knows by heart: the names of its partitions, and which of their rows are due when. */
export interface DueIndex {
  /** Notes a partition as it is stored now. */
  put(partition: string, rows: Rows): void;
  /** Forgets a partition. */
  remove(partition: string): void;
  has(partition: string): boolean;
  partitions(kind: string): Iterable<string>;
  /** Rows that are due, the longest first; `dueAt` is since when, which a lease may have put off. */
  due(at: Date, limit: number, keys?: KeyChoice): readonly DueRow[];
}

/** @param boot id of this process's boot; the leases of any other have lapsed. */
export function createDueIndex(boot: string): DueIndex {
  if (boot === '' || boot.includes('/')) throw new RangeError(`"${boot}" is no boot id`);
  const names = new Map<string, Set<string>>();
  const dueRows = new Map<string, readonly DueRow[]>();

  return {
    put(partition, rows) {
      const { kind } = partitionName(partition);
      names.set(kind, (names.get(kind) ?? new Set()).add(partition));
      const due = dueRowsOf(partition, rows, boot);
      if (due.length > 0) dueRows.set(partition, due);
      else dueRows.delete(partition);
    },
    remove(partition) {
      names.get(partitionName(partition).kind)?.delete(partition);
      dueRows.delete(partition);
    },
    has: (partition) => names.get(partitionName(partition).kind)?.has(partition) ?? false,
    partitions: (kind) => names.get(kind) ?? [],
    due(at, limit, keys) {
      if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`no list has ${limit} rows`);
      const now = instant(at);
      const due: DueRow[] = [];
      for (const rows of dueRows.values())
        for (const row of rows) if (row.dueAt <= now && isChosen(row.key, keys)) due.push(row);
      return due.sort(longestDueFirst).slice(0, limit);
    },
  };
}

function dueRowsOf(partition: string, rows: Rows, boot: string): DueRow[] {
  const due: DueRow[] = [];
  for (const [key, row] of rows) {
    const dueAt = dueInstant(row, boot);
    if (dueAt !== undefined) due.push({ partition, key, dueAt });
  }
  return due;
}

/** When a row is due. */
function dueInstant({ dueAt, lease }: Row, boot: string): Instant | undefined {
  if (dueAt === undefined || lease === undefined) return dueAt;
  return isLeaseOf(lease, boot) && lease.until > dueAt ? lease.until : dueAt;
}

export function longestDueFirst(a: DueRow, b: DueRow): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  if (a.partition !== b.partition) return a.partition < b.partition ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
