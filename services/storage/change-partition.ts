import { StaleWriteError, type Partition, type RowChange, type Store } from './store.ts';
import { Turns } from './turns.ts';

/** What is to be stored, and what the caller is told. No changes: nothing is stored. */
export interface Decided<Result> {
  readonly changes: readonly RowChange[];
  readonly result: Result;
}

/** Those who change a partition of one store in this process wait for each other, and so decide once. */
const inTurn = new WeakMap<object, Turns>();

/**
 * Decides on a partition as it is stored, and stores the decision in one commit. When somebody else wrote in
 * between, it reads and decides again, so `decide` may be called more than once and does nothing itself; it changes no
 * partition either, since others wait for it.
 *
 * @returns the result of the decision that was stored. What `decide` throws is thrown, and nothing is stored.
 */
export function changePartition<Result>(
  store: Pick<Store, 'read' | 'commit'>,
  partition: string,
  decide: (stored: Partition) => Decided<Result> | Promise<Decided<Result>>,
): Promise<Result> {
  const turns = inTurn.get(store) ?? new Turns(Number.POSITIVE_INFINITY);
  inTurn.set(store, turns);
  return turns.take(partition, async () => {
    for (;;) {
      const stored = await store.read(partition);
      const { changes, result } = await decide(stored);
      if (changes.length === 0) return result;
      try {
        await store.commit(partition, stored.version, changes);
        return result;
      } catch (error) {
        if (!(error instanceof StaleWriteError)) throw error;
      }
    }
  });
}
