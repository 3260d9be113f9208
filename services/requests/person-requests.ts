import type { RequestId, UserId } from '../ids.ts';
import { changePartition } from '../storage/change-partition.ts';
import type { Store } from '../storage/store.ts';

/** Names of the rows, each with the id of a request behind it. */
export const PERSON_REQUEST_KEY = 'request:';
export const personPartition = (person: UserId): string => `person:${person}`;

/** Which requests a person has opened. A name here may be of a request that was never stored. */
export interface PersonRequests {
  note(person: UserId, request: RequestId, at: string): Promise<void>;
  /** Newest first. */
  of(person: UserId): Promise<readonly RequestId[]>;
}

/** Kept with the person, noted before the request itself is stored. */
export function createPersonRequests(store: Store): PersonRequests {
  return {
    note: (person, request, at) =>
      changePartition(store, personPartition(person), () => ({
        changes: [{ key: `${PERSON_REQUEST_KEY}${request}`, row: { value: { at } } }],
        result: undefined,
      })),
    async of(person) {
      const { rows } = await store.read(personPartition(person));
      const at = (key: string): string => (rows.get(key)?.value as { readonly at: string }).at;
      return [...rows.keys()]
        .filter((key) => key.startsWith(PERSON_REQUEST_KEY))
        .sort((a, b) => (at(a) < at(b) ? 1 : -1))
        .map((key) => key.slice(PERSON_REQUEST_KEY.length));
    },
  };
}
