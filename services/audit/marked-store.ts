import { instant, type Clock } from '../clock.ts';
import type { DueRow, KeyChoice, RowChange, Store } from '../storage/store.ts';
import { HEAD_KEY } from './audit-chain.ts';
import { isChecked } from './chains.ts';

/**
 * A store in which each chain that has grown is marked, in the very commit that made it grow: its head is due until
 * a checkpoint covers it. So a checkpoint finds what has changed, after a crash too, without reading anything else.
 * To everybody else the marks are no due work.
 */
export const markedStore = (store: Store, clock: Clock): Store => ({
  read: (partition) => store.read(partition),
  isKept: (partition) => store.isKept(partition),
  commit: (partition, version, changes) =>
    store.commit(partition, version, isChecked(partition) ? changes.map((change) => marked(change, clock())) : changes),
  due: (at, limit, keys) => store.due(at, limit, withoutMarks(keys)),
  get origin() {
    return store.origin;
  },
  isShared: store.isShared,
  partitions: (kind) => store.partitions(kind),
  archive: (partition, version, month) => store.archive(partition, version, month),
  archiveMonths: () => store.archiveMonths(),
  archived: (month, wanted) => store.archived(month, wanted),
  isReachable: () => store.isReachable(),
  hasRoom: () => store.hasRoom(),
  close: () => store.close(),
});

/** The chains that have grown since a checkpoint covered them, the longest ago first. */
export async function grownChains(store: Pick<Store, 'due'>, now: Date): Promise<readonly string[]> {
  const due = await store.due(now, Number.MAX_SAFE_INTEGER, { beginning: HEAD_KEY });
  return due.filter(isMark).map(({ partition }) => partition);
}

/** The same, and what was marked by a clock that is ahead: however far. @param store with marking or without. */
export const markedChains = (store: Pick<Store, 'due'>): Promise<readonly string[]> => grownChains(store, END_OF_TIME);
const END_OF_TIME = new Date('9999-12-31T23:59:59.999Z');

/** Nothing but a mark is due under the key of a head. */
function withoutMarks(keys: KeyChoice | undefined): KeyChoice {
  if (keys === undefined) return { notBeginning: HEAD_KEY };
  if ('beginning' in keys) return keys;
  return { notBeginning: [keys.notBeginning, HEAD_KEY].flat() };
}

const isMark = ({ partition, key }: DueRow): boolean => key === HEAD_KEY && isChecked(partition);

const marked = (change: RowChange, now: Date): RowChange =>
  'row' in change && change.key === HEAD_KEY ? { ...change, row: { ...change.row, dueAt: instant(now) } } : change;
