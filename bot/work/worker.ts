import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { later, SECOND_MS, type Clock } from '../../services/clock.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { LostLeaseError, type Claim } from '../../services/storage/claim.ts';
import { hasLapsed } from '../../services/storage/leases.ts';
import { StaleWriteError, type KeyChoice, type Store } from '../../services/storage/store.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { createWorkSpans } from '../telemetry/work.ts';

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
  /** Pieces of work at the same time (24), of messages to people and of all else each. */
  readonly parallel?: number;
}

export interface Worker {
  start(): void;
  /** Looks for due work now. */
  nudge(): void;
  /** Begins work that was claimed in a commit, or has it wait for a place. */
  begin(claim: Claim): void;
  /** Claims nothing more, and waits for what is running, at most 10 s. What is left is due for the next process. */
  stop(): Promise<void>;
}

const LONGEST_STOP_MS = 10 * SECOND_MS;

/**
 * Claims due rows, each by compare-and-swap with a lease and a fencing number, and has them worked on. Work
 * that throws is due again when its lease has lapsed. Messages to people and all other work have places of their own,
 * so that however much there is of one, the other goes on.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { store, clock, boot, leaseMs, work, log, everyMs = 250, parallel = 24 } = parts;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isStopped = true;
  let lookAgain = false;
  const inWorkSpan = createWorkSpans();

  const tryWork = (claim: Claim, within: Context): Promise<void> =>
    inWorkSpan(claim, within, async (onFault) => {
      try {
        await work(claim);
      } catch (error) {
        if (error instanceof LostLeaseError) return;
        onFault(error);
        log.error('a piece of work failed, and is done again', { step: claim.key, error: loggableError(error) });
      }
    });
  const onFree = (): void => {
    nudge();
  };
  const messages = createPool({ places: parallel, keys: { beginning: OUTBOX_KEY }, work: tryWork, onFree });
  const others = createPool({ places: parallel, keys: { notBeginning: OUTBOX_KEY }, work: tryWork, onFree });
  const poolOf = ({ key }: RowName): Pool => (key.startsWith(OUTBOX_KEY) ? messages : others);

  /** @param within what it is a part of: nothing, for work that was found, whoever had it looked for. */
  const run = (claim: Claim, within: Context): void => {
    if (!isStopped) poolOf(claim).run(claim, within);
  };

  /** @returns `undefined` when somebody else was quicker, or there is nothing to do any more. */
  const claimRow = async (partition: string, key: string): Promise<Claim | undefined> => {
    const { version, rows } = await store.read(partition);
    const row = rows.get(key);
    const now = clock();
    if (row?.dueAt === undefined || row.dueAt > now.toISOString()) return undefined;
    if (!hasLapsed(row.lease, { boot, isShared: store.isShared, now })) return undefined;
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
    await Promise.all([messages, others].filter((pool) => pool.free() > 0).map(fill));
  };

  const fill = async (pool: Pool): Promise<void> => {
    // Some more than there are places: work that goes on after its lease has lapsed is due, too.
    const due = await store.due(clock(), pool.free() + pool.taken(), pool.keys);
    const mine = due.filter((row) => !pool.has(row)).slice(0, pool.free());
    await Promise.all(
      mine.map(async ({ partition, key }) => {
        const claim = await claimRow(partition, key);
        if (claim !== undefined) run(claim, ROOT_CONTEXT);
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
    begin: (claim) => {
      run(claim, context.active());
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      const ended = Promise.all([messages.end(), others.end()]);
      await looking;
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, LONGEST_STOP_MS);
      });
      await Promise.race([ended, late]);
      clearTimeout(limit);
    },
  };
}

type RowName = Pick<Claim, 'partition' | 'key'>;

/** Places for work: so many pieces at the same time, and none twice. */
interface Pool {
  /** Of which rows. */
  readonly keys: KeyChoice;
  free(): number;
  /** How many rows are being worked on, or wait for that. */
  taken(): number;
  /** Whether a row is being worked on, or waits for that. */
  has(row: RowName): boolean;
  /** Works on a row: now, or as soon as there is a place and the same row is done with. */
  run(claim: Claim, within: Context): void;
  /** Forgets what waits, and waits for what is running. */
  end(): Promise<void>;
}

function createPool({
  places,
  keys,
  work,
  onFree,
}: {
  readonly places: number;
  readonly keys: KeyChoice;
  readonly work: (claim: Claim, within: Context) => Promise<void>;
  readonly onFree: () => void;
}): Pool {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, { readonly claim: Claim; readonly within: Context }>();
  const nameOf = ({ partition, key }: RowName): string => `${partition} ${key}`;

  const run = (claim: Claim, within: Context): void => {
    const name = nameOf(claim);
    if (running.has(name) || running.size >= places) {
      waiting.set(name, { claim, within });
      return;
    }
    const done = work(claim, within).then(() => {
      running.delete(name);
      runNext();
    });
    running.set(name, done);
  };
  const runNext = (): void => {
    for (const [name, { claim, within }] of waiting) {
      if (running.has(name)) continue;
      waiting.delete(name);
      run(claim, within);
      return;
    }
    onFree();
  };

  return {
    keys,
    free: () => places - running.size,
    taken: () => running.size + waiting.size,
    has: (row) => running.has(nameOf(row)) || waiting.has(nameOf(row)),
    run,
    async end() {
      waiting.clear();
      await Promise.all(running.values());
    },
  };
}
