import { DAY_MS, later, type Clock } from '../clock.ts';
import { severalAtATime } from '../several-at-a-time.ts';
import type { Store } from '../storage/store.ts';
import { watchedIn, WATCH_KEY, type Watched } from './watches.ts';

export interface FindWatchedParts {
  readonly store: Pick<Store, 'due' | 'read'>;
  readonly clock: Clock;
  /** How often a customer is looked at, in ms: each has its next look due within that. */
  readonly everyMs: number;
}

/** So many customers are looked through; more are watched nowhere. */
const MOST_CUSTOMERS = 5_000;
const READ_AT_A_TIME = 8;

/**
 * Finds the watched customers by their next looks, which the store knows by heart, and reads what is kept of each, in no
 * particular order.
 *
 * @returns whether there are more than were looked through, too.
 */
export async function findWatched({
  store,
  clock,
  everyMs,
}: FindWatchedParts): Promise<{ readonly watched: readonly Watched[]; readonly isCut: boolean }> {
  const horizon = new Date(later(clock(), everyMs + DAY_MS));
  const due = await store.due(horizon, MOST_CUSTOMERS + 1, { beginning: WATCH_KEY });
  const watched: Watched[] = [];
  await severalAtATime(due.slice(0, MOST_CUSTOMERS), READ_AT_A_TIME, async ({ partition }) => {
    watched.push(...watchedIn((await store.read(partition)).rows));
  });
  return { watched, isCut: due.length > MOST_CUSTOMERS };
}
