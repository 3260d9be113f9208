import type { CustomerId, UserId } from '../ids.ts';
import { severalAtATime } from '../several-at-a-time.ts';
import type { Partition, Store } from '../storage/store.ts';
import { createWatchNotes, type WatchNotesParts } from './watch-notes.ts';
import { customerPartition, watchedIn, watchersIn, type Watched } from './watches.ts';

export interface WatchedByParts extends WatchNotesParts {
  readonly store: Pick<Store, 'read' | 'commit' | 'partitions'>;
}

/** All that somebody watches, in no particular order. */
export type WatchedBy = (person: UserId) => Promise<readonly Watched[]>;

const READ_AT_A_TIME = 8;

/**
 * Reads what somebody watches, customer by customer, by what is noted of it with the person. Where that is not all, since there
 * were no notes when the watch was begun, all customers are looked through, once.
 */
export function createWatchedBy(parts: WatchedByParts): WatchedBy {
  const { store } = parts;
  const notes = createWatchNotes(parts);

  const read = async (
    partitions: Iterable<string>,
    look: (partition: string, rows: Partition['rows']) => void,
  ): Promise<void> => {
    await severalAtATime(partitions, READ_AT_A_TIME, async (partition) => {
      look(partition, (await store.read(partition)).rows);
    });
  };

  const lookedThrough = async (person: UserId): Promise<readonly CustomerId[]> => {
    const found: CustomerId[] = [];
    const kept = await Array.fromAsync(store.partitions(CUSTOMERS));
    await read(kept, (partition, rows) => {
      if (watchersIn(rows).includes(person)) found.push(partition.slice(CUSTOMERS.length + 1));
    });
    return found;
  };

  return async (person) => {
    if (!(await notes.of(person)).isWhole) await notes.complete(person, await lookedThrough(person));
    const { customers } = await notes.of(person);
    const watched: Watched[] = [];
    const isWatched = new Set<string>();
    await read(customers.map(customerPartition), (partition, rows) => {
      if (!watchersIn(rows).includes(person)) return;
      isWatched.add(partition);
      watched.push(...watchedIn(rows));
    });
    const over = customers.filter((customer) => !isWatched.has(customerPartition(customer)));
    if (over.length > 0) await notes.forget(person, over);
    return watched;
  };
}

const CUSTOMERS = 'customer';
