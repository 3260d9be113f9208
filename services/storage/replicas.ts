import { z } from 'zod';
import { later, SECOND_MS, type Clock } from '../clock.ts';
import { changePartition } from './change-partition.ts';
import type { RowChange, Store } from './store.ts';

/** How many processes work with a store, and how much of what they have together is each one's. */
export interface Replicas {
  /** Joins, and stays in until `stop`. Never rejects: where the store does not answer it is tried again. */
  start(): Promise<void>;
  /** Whether somebody else works with the store, as far as is known. */
  hasOthers(): boolean;
  /** What this process may use of a rate that all of them share, from 0 to 1. */
  share(): number;
  stop(): Promise<void>;
}

const PARTITION = 'clock:replicas';
/** How often each says that it is still there, and counts the others. */
export const RENEW_EVERY_MS = 15 * SECOND_MS;
/** Whoever has said nothing for so long is gone. */
const GONE_AFTER_MS = 45 * SECOND_MS;
/** Until everybody has heard of a new one: they still use what will be its share. */
const HEARD_AFTER_MS = RENEW_EVERY_MS + 5 * SECOND_MS;
/** Rates are kept so far below what is allowed that there is room for it. */
const NEW_SHARE = 1 / 2;
const MOST_REMOVED = 50;

const Alive = z.object({ until: z.string() });

export const ALONE: Replicas = {
  start: () => Promise.resolve(),
  hasOthers: () => false,
  share: () => 1,
  stop: () => Promise.resolve(),
};

export interface ReplicasParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly boot: string;
  readonly renewEveryMs?: number;
}

/** Everybody has a row with how long they are still counted for. */
export function createReplicas({ store, clock, boot, renewEveryMs = RENEW_EVERY_MS }: ReplicasParts): Replicas {
  let count = 1;
  let joinedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let renewing: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    const alive = await changePartition(store, PARTITION, ({ rows }) => {
      const now = clock();
      const gone = [...rows].flatMap(([key, { value }]): RowChange[] => {
        const until = Alive.safeParse(value).data?.until;
        return key !== boot && (until === undefined || until <= now.toISOString()) ? [{ key, remove: true }] : [];
      });
      const own: RowChange = { key: boot, row: { value: { until: later(now, GONE_AFTER_MS) } } };
      return {
        changes: [...gone.slice(0, MOST_REMOVED), own],
        result: rows.size - gone.length + (rows.has(boot) ? 0 : 1),
      };
    });
    count = alive;
    joinedAt ??= clock().getTime();
  };
  const tryToRenew = (): Promise<void> => {
    renewing = renewing.then(renew).catch(() => undefined);
    return renewing;
  };

  return {
    async start() {
      clearInterval(timer);
      timer = setInterval(() => void tryToRenew(), renewEveryMs);
      timer.unref();
      await tryToRenew();
    },
    hasOthers: () => count > 1,
    share() {
      if (count === 1) return 1;
      const isNew = joinedAt === undefined || clock().getTime() - joinedAt < HEARD_AFTER_MS;
      return (isNew ? NEW_SHARE : 1) / count;
    },
    async stop() {
      clearInterval(timer);
      await renewing;
      await changePartition(store, PARTITION, ({ rows }) => ({
        changes: rows.has(boot) ? [{ key: boot, remove: true }] : [],
        result: undefined,
      })).catch(() => undefined);
    },
  };
}
