import { DAY_MS, later, type Clock, type Instant } from '../clock.ts';
import type { RequestId, UserId } from '../ids.ts';
import { changePartition } from '../storage/change-partition.ts';
import type { Store } from '../storage/store.ts';
import type { Work } from './change.ts';

/** Names of the rows, each with the id of a request behind it. */
export const PERSON_REQUEST_KEY = 'request:';
const ASKED_KEY = 'asked:';
const RUN: Work = 'run';
export const personPartition = (person: UserId): string => `person:${person}`;

export interface NotedRequest {
  readonly id: RequestId;
  readonly at: Instant;
  /** It is known to have ended; where that is missing it may have ended all the same. */
  readonly isOver: boolean;
}

/** Which requests a person has a part in. A name here may be of a request that was never stored. */
export interface PersonRequests {
  note(person: UserId, request: RequestId, at: string): Promise<void>;
  /** Newest first. */
  of(person: UserId): Promise<readonly RequestId[]>;
  /** The same with what is noted of each. */
  notedOf(person: UserId): Promise<readonly NotedRequest[]>;
  forget(person: UserId, requests: readonly RequestId[]): Promise<void>;
}

/** What a person has opened: kept with the person, noted before the request itself is stored. */
export const createPersonRequests = (store: Store): PersonRequests => namesOf(store, PERSON_REQUEST_KEY);

/** What a person was asked to decide: noted before they are shown it, forgotten some time after it has ended. */
export const createAskedOf = (store: Store): PersonRequests => namesOf(store, ASKED_KEY);

/** So many of the requests that are being carried out are looked at. */
const MOST_RUNNING = 100;

/** Requests that are being carried out or are to be, whoever is waited for: the store knows them by when they are looked at next. */
export const createRunning =
  ({ store, clock }: { readonly store: Pick<Store, 'due'>; readonly clock: Clock }) =>
  async (): Promise<readonly RequestId[]> => {
    const due = await store.due(new Date(later(clock(), DAY_MS)), MOST_RUNNING, { beginning: RUN });
    return due.map(({ partition }) => partition.slice(partition.indexOf(':') + 1));
  };

function namesOf(store: Store, beginning: string): PersonRequests {
  const notedOf = async (person: UserId): Promise<readonly NotedRequest[]> => {
    const { rows } = await store.read(personPartition(person));
    return [...rows]
      .filter(([key]) => key.startsWith(beginning))
      .map(([key, { value }]) => {
        const { at, isOver = false } = value as { readonly at: string; readonly isOver?: boolean };
        return { id: key.slice(beginning.length), at, isOver };
      })
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  };
  return {
    note: (person, request, at) =>
      changePartition(store, personPartition(person), () => ({
        changes: [{ key: `${beginning}${request}`, row: { value: { at } } }],
        result: undefined,
      })),
    of: async (person) => (await notedOf(person)).map(({ id }) => id),
    notedOf,
    forget: (person, requests) =>
      changePartition(store, personPartition(person), ({ rows }) => ({
        changes: requests
          .map((request) => `${beginning}${request}`)
          .filter((key) => rows.has(key))
          .map((key) => ({ key, remove: true as const })),
        result: undefined,
      })),
  };
}
