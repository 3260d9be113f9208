import { StaleWriteError, type Partition, type RowChange, type Store } from './store.ts';

/** What is to be stored, and what the caller is told. No changes: nothing is stored. */
export interface Decided<Result> {
  readonly changes: readonly RowChange[];
  readonly result: Result;
}

/**
 * Decides on a partition as it is stored, and stores the decision in one commit. When somebody else wrote in
 * between, it reads and decides again, so `decide` may be called more than once and does nothing itself.
 *
 * @returns the result of the decision that was stored. What `decide` throws is thrown, and nothing is stored.
 */
export async function changePartition<Result>(
  store: Pick<Store, 'read' | 'commit'>,
  partition: string,
  decide: (stored: Partition) => Decided<Result> | Promise<Decided<Result>>,
): Promise<Result> {
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
}
