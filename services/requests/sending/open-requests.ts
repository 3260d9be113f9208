import { z } from 'zod';
import { DAY_MS, instant, MINUTE_MS, type Clock, type Instant } from '../../clock.ts';
import type { RequestId, UserId } from '../../ids.ts';
import { changePartition, type Decided } from '../../storage/change-partition.ts';
import { MAX_ROWS_PER_COMMIT, type Partition, type Row, type RowChange, type Store } from '../../storage/store.ts';
import { isFinal } from '../life.ts';
import { PERSON_REQUEST_KEY, personPartition } from '../person-requests.ts';
import type { RequestStore } from '../request-store.ts';

/** So long a place may be without its request being sent, which is committed right after it. */
const UNSENT_MS = MINUTE_MS;
/** A request that is not stored so long after its name was noted is not stored any more under this note. */
const NEVER_STORED_MS = DAY_MS;
/** One is left for the place that is taken. */
const MOST_CHANGED = MAX_ROWS_PER_COMMIT - 1;

const Noted = z.object({
  at: z.string(),
  /** When a place was taken for it. */
  placeAt: z.string().exactOptional(),
  /** Those that were asked for together have one place together. */
  batch: z.string().exactOptional(),
  /** It is over, and need not be read to know that. */
  isOver: z.boolean().exactOptional(),
});

export interface OpenRequests {
  /**
   * How many a person has on their way; drafts are none, since nobody but them has anything to do with those, and those of
   * one batch are one together. @param batch is not counted.
   */
  of(person: UserId, batch?: string): Promise<{ readonly count: number; readonly most: number }>;
  /** Takes a place for a request that is sent right afterwards. @returns whether there was one. */
  take(person: UserId, request: RequestId, batch?: string): Promise<boolean>;
}

/** Places are kept with the person, beside the names of the requests they have opened. */
export function createOpenRequests(parts: {
  readonly store: Store;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  readonly most: number;
}): OpenRequests {
  const { store, requests, clock, most } = parts;

  const look = async (
    { rows }: Pick<Partition, 'rows'>,
    now: Date,
  ): Promise<{ readonly open: readonly Open[]; readonly over: readonly RowChange[] }> => {
    const open: Open[] = [];
    const over: RowChange[] = [];
    for (const [key, row] of rows) {
      if (!key.startsWith(PERSON_REQUEST_KEY)) continue;
      const noted = Noted.parse(row.value);
      if (noted.isOver === true) continue;
      const id = key.slice(PERSON_REQUEST_KEY.length);
      const request = (await requests.read(id))?.request;
      const isFresh = noted.placeAt !== undefined && !isOlder(noted.placeAt, UNSENT_MS, now);
      const isOver = request === undefined ? isOlder(noted.at, NEVER_STORED_MS, now) : isFinal(request.state);
      if (isOver) {
        if (over.length < MOST_CHANGED) over.push({ key, row: asOver(row, noted) });
        continue;
      }
      const isSent = request !== undefined && (request.state !== 'draft' || request.sendingSince !== undefined);
      if (isSent || isFresh) open.push({ id, place: noted.batch ?? id });
    }
    return { open, over };
  };

  return {
    of: (person, batch) =>
      changePartition(
        store,
        personPartition(person),
        async (stored): Promise<Decided<{ count: number; most: number }>> => {
          const { open, over } = await look(stored, clock());
          return { changes: over, result: { count: placesIn(open, batch), most } };
        },
      ),
    take: (person, request, batch) =>
      changePartition(store, personPartition(person), async (stored): Promise<Decided<boolean>> => {
        const now = clock();
        const { open, over } = await look(stored, now);
        const key = `${PERSON_REQUEST_KEY}${request}`;
        const row = stored.rows.get(key);
        const place = batch ?? request;
        const hasPlace = open.some((one) => one.place === place);
        const others = open.filter(({ id }) => id !== request);
        if (!hasPlace && placesIn(others) >= most) return { changes: over, result: false };
        const value = {
          at: Noted.safeParse(row?.value).data?.at ?? instant(now),
          placeAt: instant(now),
          ...(batch !== undefined && { batch }),
        };
        return { changes: [...over, { key, row: { ...row, value } }], result: true };
      }),
  };
}

/** A request that is on its way, and the place that it has, with others perhaps. */
interface Open {
  readonly id: RequestId;
  readonly place: string;
}

const placesIn = (open: readonly Open[], but?: string): number =>
  new Set(open.map(({ place }) => place).filter((place) => place !== but)).size;

const asOver = (row: Row, noted: z.output<typeof Noted>): Row => ({ ...row, value: { at: noted.at, isOver: true } });

const isOlder = (at: Instant, ms: number, now: Date): boolean => now.getTime() - Date.parse(at) >= ms;
