import type { Store } from '../storage/store.ts';
import type { RecordSource } from './verify-record.ts';

type Working = Pick<Store, 'read' | 'partitions' | 'archiveMonths' | 'archived'>;

/** The record in a store that is at work, what was archived included. */
export const wholeRecord = (store: Working): RecordSource => ({
  read: (chain) => store.read(chain),
  async *partitions(kind) {
    yield* store.partitions(kind);
    for (const month of await store.archiveMonths())
      for await (const name of store.archived(month, { kind })) yield name;
  },
});
