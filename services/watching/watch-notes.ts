import { DAY_MS, instant, later, type Clock } from '../clock.ts';
import type { CustomerId, UserId } from '../ids.ts';
import { changePartition } from '../storage/change-partition.ts';
import type { Partition, RowChange, Store } from '../storage/store.ts';

/** Names of the rows, each with the id of a customer behind it. */
const NOTE_KEY = 'watch:';
/** There where everything that a person watches is noted. */
const WHOLE_KEY = 'watches';
/** An older note is of no watch that is just being begun. */
const FORGOTTEN_AFTER_MS = DAY_MS;
/** Of how many customers a commit changes the notes. */
const MOST_AT_ONCE = 80;
const personPartition = (person: UserId): string => `person:${person}`;
const noteKey = (customer: CustomerId): string => `${NOTE_KEY}${customer}`;

/**
 * Which customers somebody watches, kept with the person, and noted before the watch itself is stored: so whoever asks for
 * them reads these alone. A note may be of a customer that is watched no longer, or not yet.
 */
export interface WatchNotes {
  note(person: UserId, customer: CustomerId): Promise<void>;
  /** @returns whether all of them are noted, too: what was watched before there were notes is not. */
  of(person: UserId): Promise<{ readonly customers: readonly CustomerId[]; readonly isWhole: boolean }>;
  /** Notes these as well, and that they are all. */
  complete(person: UserId, customers: readonly CustomerId[]): Promise<void>;
  /** Forgets those that are not watched, but for what was noted within a day: it may be about to be. */
  forget(person: UserId, customers: readonly CustomerId[]): Promise<void>;
}

export interface WatchNotesParts {
  readonly store: Pick<Store, 'read' | 'commit'>;
  readonly clock: Clock;
}

export function createWatchNotes({ store, clock }: WatchNotesParts): WatchNotes {
  const change = (person: UserId, decide: (rows: Partition['rows']) => readonly RowChange[]): Promise<void> =>
    changePartition(store, personPartition(person), ({ rows }) => ({ changes: decide(rows), result: undefined }));
  const noted = (customer: CustomerId): RowChange => ({
    key: noteKey(customer),
    row: { value: { at: instant(clock()) } },
  });

  return {
    note: (person, customer) => change(person, () => [noted(customer)]),
    async of(person) {
      const { rows } = await store.read(personPartition(person));
      const notes = [...rows.keys()].filter((key) => key.startsWith(NOTE_KEY));
      return { customers: notes.map((key) => key.slice(NOTE_KEY.length)), isWhole: rows.has(WHOLE_KEY) };
    },
    async complete(person, customers) {
      for (let from = 0; from < customers.length; from += MOST_AT_ONCE) {
        const some = customers.slice(from, from + MOST_AT_ONCE);
        await change(person, (rows) => some.filter((customer) => !rows.has(noteKey(customer))).map(noted));
      }
      await change(person, () => [{ key: WHOLE_KEY, row: { value: { since: instant(clock()) } } }]);
    },
    async forget(person, customers) {
      const before = later(clock(), -FORGOTTEN_AFTER_MS);
      await change(person, (rows) =>
        customers
          .slice(0, MOST_AT_ONCE)
          .map(noteKey)
          .filter((key) => {
            const note = rows.get(key);
            return note !== undefined && (note.value as { readonly at: string }).at < before;
          })
          .map((key) => ({ key, remove: true as const })),
      );
    },
  };
}
