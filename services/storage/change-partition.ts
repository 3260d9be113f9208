import { applyChanges, checkedChanges } from './rows.ts';
import {
  MAX_ROWS_PER_COMMIT,
  StaleWriteError,
  StoreError,
  type Partition,
  type RowChange,
  type Store,
} from './store.ts';

/** What is to be stored, and what the caller is told. No changes: nothing is stored. */
export interface Decided<Result> {
  readonly changes: readonly RowChange[];
  readonly result: Result;
}

type Changeable = Pick<Store, 'read' | 'commit'>;
type Decide = (stored: Partition) => Decided<unknown> | Promise<Decided<unknown>>;
/** Somebody who wants to change a partition, and waits for it. */
interface Wish {
  readonly decide: Decide;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** Who waits in this process, by store and partition. */
const queues = new WeakMap<Changeable, Map<string, Wish[]>>();

/**
 * Decides on a partition as it is stored, and stores the decision in one commit. When somebody else wrote in
 * between, it reads and decides again, so `decide` may be called more than once and does nothing itself; it changes no
 * partition either, since others wait for it. Those who come while a commit is under way decide one after the other, each
 * on what the one before has decided, and are stored together: nobody is told of anything before it is stored. What is
 * too large together is stored one by one.
 *
 * @returns the result of the decision that was stored. What `decide` throws is thrown, and nothing of it is stored.
 */
export function changePartition<Result>(
  store: Changeable,
  partition: string,
  decide: (stored: Partition) => Decided<Result> | Promise<Decided<Result>>,
): Promise<Result> {
  return new Promise<Result>((resolve, failed) => {
    const done = resolve as (result: unknown) => void;
    const ofStore = queues.get(store) ?? new Map<string, Wish[]>();
    queues.set(store, ofStore);
    const queue = ofStore.get(partition);
    if (queue !== undefined) {
      queue.push({ decide, done, failed });
      return;
    }
    const begun = [{ decide, done, failed }];
    ofStore.set(partition, begun);
    void workOff(store, partition, begun, ofStore);
  });
}

async function workOff(
  store: Changeable,
  partition: string,
  queue: Wish[],
  ofStore: Map<string, Wish[]>,
): Promise<void> {
  /** So many are stored one by one. */
  let alone = 0;
  while (queue.length > 0) {
    const tooMany = await storeTogether(store, partition, queue, alone > 0 ? 1 : Infinity);
    alone = Math.max(alone - 1, tooMany);
  }
  ofStore.delete(partition);
}

/**
 * Stores what those who wait want, as many of them as fit into one commit; the others stay in the queue. Never rejects.
 *
 * @returns how many of them were too large together.
 */
async function storeTogether(store: Changeable, partition: string, queue: Wish[], most: number): Promise<number> {
  const waiting = queue.splice(0, most);
  const granted: { readonly wish: Wish; readonly result: unknown }[] = [];
  try {
    const { version, rows: stored } = await store.read(partition);
    const changes = new Map<string, RowChange>();
    let rows = stored;
    for (let wish = waiting[0]; wish !== undefined; wish = waiting[0]) {
      const decided = await decidedBy(wish, { version, rows });
      const added = decided?.changes.filter(({ key }) => !changes.has(key)) ?? [];
      if (changes.size + added.length > MAX_ROWS_PER_COMMIT) break;
      waiting.shift();
      if (decided === undefined) continue;
      for (const change of decided.changes) changes.set(change.key, change);
      rows = applyChanges(rows, decided.changes);
      granted.push({ wish, result: decided.result });
    }
    queue.unshift(...waiting.splice(0));
    if (changes.size > 0) await store.commit(partition, version, [...changes.values()]);
    for (const { wish, result } of granted) wish.done(result);
  } catch (error) {
    const all = [...granted.map(({ wish }) => wish), ...waiting];
    const isTooMuch = error instanceof StoreError && error.fault === 'too-large' && all.length > 1;
    if (error instanceof StaleWriteError || isTooMuch) queue.unshift(...all);
    else for (const { failed } of all) failed(error);
    if (isTooMuch) return all.length;
  }
  return 0;
}

/** @returns `undefined` where nothing can be stored of it, and whoever wanted it was told why. */
async function decidedBy({ decide, failed }: Wish, stored: Partition): Promise<Decided<unknown> | undefined> {
  try {
    const { changes, result } = await decide(stored);
    return { changes: changes.length === 0 ? changes : checkedChanges(changes), result };
  } catch (error) {
    failed(error);
    return undefined;
  }
}
