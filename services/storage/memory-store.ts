import { instant } from '../clock.ts';
import { checkArchiving } from './archiving.ts';
import { createDueIndex } from './due-index.ts';
import { partitionName } from './partition-name.ts';
import { applyChanges, checkedChanges, hasDueRows, inOrder } from './rows.ts';
import { NEVER_WRITTEN, StaleWriteError } from './store.ts';
import type { Partition, Store } from './store.ts';
import type { StoreOptions } from './store-options.ts';

/** Rows that were committed cannot be changed any more, so they are given out as they are. */
const NOTHING: Partition = { version: NEVER_WRITTEN, rows: new Map() };

/** A store that forgets at the end of the process. Keeps the same contract as those that do not. */
export function createMemoryStore({ boot, now = () => new Date() }: StoreOptions): Store {
  const kept = new Map<string, Partition>();
  const months = new Map<string, string>();
  const index = createDueIndex(boot);
  let isClosed = false;

  function get(partition: string): Partition {
    if (isClosed) throw new Error('the store is closed');
    partitionName(partition);
    return kept.get(partition) ?? NOTHING;
  }

  return {
    origin: { id: boot, createdAt: instant(now()) },
    isShared: false,
    async read(partition) {
      return get(partition);
    },
    async isKept(partition) {
      return kept.has(partition);
    },
    async commit(partition, version, changes) {
      const checked = checkedChanges(changes);
      const stored = get(partition);
      if (stored.version !== version) throw new StaleWriteError(partition);

      const rows = applyChanges(stored.rows, checked);
      const next = String(Number(version) + 1);
      kept.set(partition, { version: next, rows: inOrder(rows) });
      if (hasDueRows(rows)) months.delete(partition);
      if (!months.has(partition)) index.put(partition, rows);
      return next;
    },
    async due(at, limit, keys) {
      return index.due(at, limit, keys);
    },
    async *partitions(kind) {
      yield* index.partitions(kind);
    },
    async archive(partition, version, month) {
      const stored = get(partition);
      checkArchiving(stored, { partition, version, month });
      if (!months.has(partition)) months.set(partition, month);
      index.remove(partition);
    },
    async archiveMonths() {
      return [...new Set(months.values())].sort();
    },
    async *archived(month, wanted) {
      const names = [...months].flatMap(([partition, one]) => (one === month ? [partition] : []));
      if (wanted === undefined) yield* names;
      else
        yield* names
          .filter((name) => name.startsWith(`${wanted.kind}:`) && name > (wanted.after ?? ''))
          .sort()
          .slice(0, wanted.limit);
    },
    async hasRoom() {
      return true;
    },
    async isReachable() {
      return !isClosed;
    },
    async close() {
      isClosed = true;
    },
  };
}
