import { SECOND_MS, type Clock } from '../../clock.ts';
import type { RequestId } from '../../ids.ts';
import { within } from '../../people/within.ts';
import { severalAtATime } from '../../several-at-a-time.ts';
import type { Store } from '../../storage/store.ts';
import { isFinal } from '../life.ts';
import type { RequestRecord } from '../request.ts';
import type { RequestStore } from '../request-store.ts';
import { newestFirst, summaryOf, type RequestSummary } from './request-summary.ts';

/** Every request of the working set, as far as it was read. */
export interface AllRequests {
  /** Notes what was just stored. */
  note(record: RequestRecord): void;
  /** Begins to read what is not known yet, and waits for it, but not for long. Never rejects. */
  look(): Promise<void>;
  /** Whether it is known which there are. Until then, all that follows is a part of them, and nobody knows of how many. */
  isListed(): boolean;
  /** How many of those that are listed were not read yet. */
  unread(): number;
  /** Those that were read, the newest first. */
  summaries(): readonly RequestSummary[];
}

export interface AllRequestsParts {
  readonly store: Pick<Store, 'partitions' | 'isShared'>;
  readonly requests: Pick<RequestStore, 'read'>;
  readonly clock: Clock;
  /** Told when something could not be read; it is tried again with a later look. */
  readonly onFault?: (error: unknown) => void;
}

/** So many are read at a time, so that turns are not kept waiting. */
const READ_AT_A_TIME = 4;
/** Somebody who looks waits no longer than this for what was not read yet. */
const LONGEST_WAIT_MS = 2 * SECOND_MS;
/** What others have written to a shared store is looked for no more often than this. */
const LOOKED_EVERY_MS = 10 * SECOND_MS;

/**
 * What is in memory of every request, so that a list of all of them scans nothing: read once, after somebody has asked for
 * it, a few at a time, and then kept up by what this process stores. In a shared store what is open is read again, since others
 * write there too; what has ended does not change any more. Archived requests are not among them.
 */
export function createAllRequests({ store, requests, clock, onFault }: AllRequestsParts): AllRequests {
  const known = new Map<RequestId, RequestSummary>();
  /** Until something of it changes. */
  let inOrder: readonly RequestSummary[] | undefined;
  let unread: ReadonlySet<RequestId> = new Set();
  let isListed = false;
  let isWanted = false;
  let lookedAtMs = -Infinity;
  let looking: Promise<void> | undefined;

  const namesNow = async (): Promise<ReadonlySet<RequestId>> => {
    const ids = new Set<RequestId>();
    for await (const name of store.partitions('request')) ids.add(name.slice(name.indexOf(':') + 1));
    return ids;
  };

  const list = async (): Promise<ReadonlySet<RequestId>> => {
    // What is stored while the names are read may be among them or not.
    const before = [...known.keys()];
    try {
      const ids = await namesNow();
      for (const id of before) if (!ids.has(id)) known.delete(id);
      inOrder = undefined;
      isListed = true;
      return ids;
    } catch (error) {
      isListed = false;
      lookedAtMs = -Infinity;
      throw error;
    }
  };

  const read = async (): Promise<void> => {
    const ids = await list();
    const isOld = (id: RequestId): boolean => {
      const summary = known.get(id);
      return summary === undefined || (store.isShared && !isFinal(summary.state));
    };
    const wanted = [...ids].filter(isOld);
    const left = new Set(wanted.filter((id) => !known.has(id)));
    unread = left;
    await severalAtATime(wanted, READ_AT_A_TIME, async (id) => {
      try {
        const before = known.get(id);
        const record = await requests.read(id);
        // What was stored meanwhile is newer.
        if (record !== undefined && known.get(id) === before) put(summaryOf(record));
        left.delete(id);
      } catch (error) {
        onFault?.(error);
      }
    });
  };

  const put = (summary: RequestSummary): void => {
    known.set(summary.id, summary);
    inOrder = undefined;
  };
  const sorted = (): readonly RequestSummary[] => (inOrder ??= [...known.values()].sort(newestFirst));

  return {
    note(record) {
      if (isWanted) put(summaryOf(record));
    },
    async look() {
      isWanted = true;
      const now = clock().getTime();
      const isRecent = now - lookedAtMs < LOOKED_EVERY_MS && now >= lookedAtMs;
      if (looking === undefined && !isRecent) {
        lookedAtMs = now;
        looking = read()
          .catch((error: unknown) => onFault?.(error))
          .finally(() => {
            looking = undefined;
          });
      }
      if (looking !== undefined) await within(looking, LONGEST_WAIT_MS);
    },
    isListed: () => isListed,
    unread: () => unread.size,
    summaries: sorted,
  };
}
