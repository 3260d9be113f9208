import { later, SECOND_MS, type Clock } from '../../services/clock.ts';
import { LostLeaseError, type Claim } from '../../services/requests/request-store.ts';
import { hasLapsed } from '../../services/storage/leases.ts';
import { StaleWriteError, type Store } from '../../services/storage/store.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';

export interface WorkerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly boot: string;
  readonly leaseMs: number;
  /** Does one piece of work; what it leaves due is done again. */
  readonly work: (claim: Claim) => Promise<unknown>;
  readonly log: Log;
  /** How often due work is looked for without being told (250 ms). */
  readonly everyMs?: number;
  /** Pieces of work at the same time (24). */
  readonly parallel?: number;
}

export interface Worker {
  start(): void;
  /** Looks for due work now. */
  nudge(): void;
  /** Begins work that was claimed in a commit. */
  begin(claim: Claim): void;
  /** Claims nothing more, and waits for what is running, at most 10 s. What is left is due for the next process. */
  stop(): Promise<void>;
}

const LONGEST_STOP_MS = 10 * SECOND_MS;

/**
 * Claims due rows, each by compare-and-swap with a lease and a fencing number, and has them worked on. Work
 * that throws is due again when its lease has lapsed.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { store, clock, boot, leaseMs, work, log, everyMs = 250, parallel = 24 } = parts;
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isStopped = true;
  let lookAgain = false;

  const nameOf = ({ partition, key }: Pick<Claim, 'partition' | 'key'>): string => `${partition} ${key}`;

  /** Claimed while the same row was still being worked on: it goes on right afterwards. */
  const waiting = new Map<string, Claim>();

  const run = (claim: Claim): void => {
    const name = nameOf(claim);
    if (isStopped) return;
    if (running.has(name)) {
      waiting.set(name, claim);
      return;
    }
    const done = work(claim)
      .then(
        () => undefined,
        (error: unknown) => {
          if (!(error instanceof LostLeaseError))
            log.error('a piece of work failed, and is done again', { step: claim.key, error: loggableError(error) });
        },
      )
      .then(() => {
        running.delete(name);
        const next = waiting.get(name);
        waiting.delete(name);
        if (next === undefined) nudge();
        else run(next);
      });
    running.set(name, done);
  };

  /** @returns `undefined` when somebody else was quicker, or there is nothing to do any more. */
  const claimRow = async (partition: string, key: string): Promise<Claim | undefined> => {
    const { version, rows } = await store.read(partition);
    const row = rows.get(key);
    const now = clock();
    if (row?.dueAt === undefined || row.dueAt > now.toISOString() || !hasLapsed(row.lease, boot, now)) return undefined;
    const lease = { owner: boot, until: later(now, leaseMs), fence: (row.lease?.fence ?? 0) + 1 };
    try {
      await store.commit(partition, version, [{ key, row: { ...row, lease } }]);
      return { partition, key, lease };
    } catch (error) {
      if (error instanceof StaleWriteError) return undefined;
      throw error;
    }
  };

  const look = async (): Promise<void> => {
    const free = parallel - running.size;
    if (free <= 0) return;
    const due = await store.due(clock(), free + running.size);
    const mine = due.filter((row) => !running.has(nameOf(row))).slice(0, free);
    await Promise.all(
      mine.map(async ({ partition, key }) => {
        const claim = await claimRow(partition, key);
        if (claim !== undefined) run(claim);
      }),
    );
  };

  const nudge = (): void => {
    if (isStopped) return;
    if (looking !== undefined) {
      lookAgain = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => {
        log.error('due work could not be claimed', { error: loggableError(error) });
      })
      .finally(() => {
        looking = undefined;
        if (!lookAgain) return;
        lookAgain = false;
        nudge();
      });
  };

  return {
    start() {
      isStopped = false;
      timer = setInterval(nudge, everyMs);
      nudge();
    },
    nudge,
    begin: run,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await looking;
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, LONGEST_STOP_MS);
      });
      await Promise.race([Promise.all(running.values()), late]);
      clearTimeout(limit);
    },
  };
}
