import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { instant, later, SECOND_MS, type Clock, type Instant } from '../../services/clock.ts';
import { OUTBOX_KEY } from '../../services/requests/change.ts';
import { changePartition, type Decided } from '../../services/storage/change-partition.ts';
import { LostLeaseError, type Claim } from '../../services/storage/claim.ts';
import { hasLapsed, releasedLease } from '../../services/storage/leases.ts';
import type { DueRow, KeyChoice, Lease, Row, Store } from '../../services/storage/store.ts';
import type { WakeUps } from '../../services/storage/wake-ups.ts';
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
  /** How often due work is looked for without being told (250 ms; 5 s where others may hear of it first). */
  readonly everyMs?: number;
  /** How others are told of what is left to them (not at all). */
  readonly wakeUps?: WakeUps;
  /** Whether it takes somebody's token that another process may have, and this one has not. */
  readonly isForOthers?: (row: Row) => boolean;
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
const LOOK_EVERY_MS = SECOND_MS / 4;
/** A look at a shared store costs transactions: it looks so far ahead, and is made again when the next row is due. */
const LOOK_EVERY_SHARED_MS = 5 * SECOND_MS;
/** Whoever can do it in somebody's name has done so by then. */
const LEFT_TO_OTHERS_MS = 5 * SECOND_MS;
/** What could not be claimed is not tried again sooner. */
const UNCLAIMED_MS = 5 * SECOND_MS;
/** Of a lease that others believe, so much is over at most before it is prolonged. */
const PROLONGED_AFTER = 1 / 2;
const KEPT_PER_COMMIT = 60;

/**
 * Claims due rows, each by compare-and-swap with a lease and a fencing number, and has them worked on. Work
 * that throws is due again when its lease has lapsed. Messages to people and all other work have places of their own,
 * so that however much there is of one, the other goes on. Of a store that several processes share, what is more than
 * there are places for is left to the others, who are told; what is worked on here, or waits for a place, stays
 * ours for as long as this process is alive.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { store, clock, boot, leaseMs, work, log, wakeUps, isForOthers, parallel = 24 } = parts;
  const everyMs = parts.everyMs ?? (store.isShared ? LOOK_EVERY_SHARED_MS : LOOK_EVERY_MS);
  const aheadMs = store.isShared ? everyMs : 0;
  let timer: NodeJS.Timeout | undefined;
  let nextTimer: NodeJS.Timeout | undefined;
  let keepTimer: NodeJS.Timeout | undefined;
  let keeping: Promise<void> = Promise.resolve();
  /** Rows that are left to others or could not be claimed, and until when they are left alone. */
  const leftUntil = new Map<string, number>();
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
    else void giveBack([claim]);
  };

  /** What was claimed and not begun is somebody else's at once; whoever owns a store alone finds it at the next start. */
  const giveBack = async (claims: readonly Claim[]): Promise<void> => {
    if (!store.isShared || claims.length === 0) return;
    const released = claims.map(({ partition, key, lease: { owner, fence } }) =>
      changePartition(store, partition, ({ rows }) => {
        const row = rows.get(key);
        const isOurs = row?.lease?.owner === owner && row.lease.fence === fence;
        const lease = releasedLease(row?.lease, clock());
        return { changes: isOurs && lease ? [{ key, row: { ...row, lease } }] : [], result: undefined };
      }),
    );
    // What fails is due when its lease has lapsed.
    await Promise.allSettled(released);
    wakeUps?.call();
  };

  /**
   * Prolongs the leases of what is worked on here or waits for a place, before others take us for dead. What has been
   * released, or was claimed by somebody else since, is left as it is.
   */
  const keepLeases = async (): Promise<void> => {
    const young = later(clock(), leaseMs * PROLONGED_AFTER);
    const kept = [messages, others].flatMap((pool) => pool.claims()).filter(({ lease }) => lease.until < young);
    await Promise.allSettled(
      Array.from(
        Map.groupBy(kept, ({ partition }) => partition),
        async ([partition, claims]) => {
          for (let at = 0; at < claims.length; at += KEPT_PER_COMMIT)
            await prolong(partition, claims.slice(at, at + KEPT_PER_COMMIT));
        },
      ),
    );
  };
  const prolong = (partition: string, claims: readonly Claim[]): Promise<void> =>
    changePartition(store, partition, ({ rows }) => {
      const now = clock();
      const until = later(now, leaseMs);
      const isAging = ({ until: ends }: Lease): boolean =>
        ends > instant(now) && ends < later(now, leaseMs * PROLONGED_AFTER);
      const changes = claims.flatMap(({ key, lease: { owner, fence } }) => {
        const row = rows.get(key);
        const isOurs = row?.lease?.owner === owner && row.lease.fence === fence;
        return isOurs && isAging(row.lease) ? [{ key, row: { ...row, lease: { ...row.lease, until } } }] : [];
      });
      return { changes, result: undefined };
    });

  /** Claims what is due of these rows in one commit, so that they are not in each other's way. */
  const claimRows = (partition: string, keys: readonly string[]): Promise<readonly Claim[]> =>
    changePartition(store, partition, ({ rows }): Decided<readonly Claim[]> => {
      const now = clock();
      const claimed = keys.flatMap((key) => {
        const row = rows.get(key);
        if (row?.dueAt === undefined || row.dueAt > now.toISOString()) return [];
        if (!hasLapsed(row.lease, { boot, isShared: store.isShared, now })) return [];
        if (isLeftToOthers({ partition, key }, row, row.dueAt, now)) return [];
        const lease = { owner: boot, until: later(now, leaseMs), fence: (row.lease?.fence ?? 0) + 1 };
        return [{ key, row: { ...row, lease } }];
      });
      return { changes: claimed, result: claimed.map(({ key, row: { lease } }) => ({ partition, key, lease })) };
    });

  /** Only while nobody is known to have died over it: that has taken long enough. */
  const isLeftToOthers = (name: RowName, { lease, ...row }: Row, dueAt: Instant, now: Date): boolean => {
    if (isForOthers?.(row) !== true || (lease !== undefined && lease.until > dueAt)) return false;
    const until = Date.parse(dueAt) + LEFT_TO_OTHERS_MS;
    if (until <= now.getTime()) return false;
    leftUntil.set(nameOf(name), until);
    return true;
  };
  const isLeft = (row: RowName, now: Date): boolean => (leftUntil.get(nameOf(row)) ?? 0) > now.getTime();

  const look = async (): Promise<void> => {
    const now = clock().getTime();
    for (const [name, until] of leftUntil) if (until <= now) leftUntil.delete(name);
    const pools = [messages, others];
    const found = await Promise.all(pools.filter((pool) => pool.free() > 0).map(fill));
    if (found.length < pools.length || found.some(({ isMore }) => isMore)) wakeUps?.call();
    const next = Math.min(...leftUntil.values(), ...found.map(({ nextAt }) => nextAt));
    clearTimeout(nextTimer);
    if (isStopped || aheadMs === 0 || next === Infinity) return;
    nextTimer = setTimeout(nudge, Math.max(0, next - clock().getTime()));
  };

  /** @returns whether there is more than could be begun, and when the next row that is known of is due. */
  const fill = async (pool: Pool): Promise<{ readonly isMore: boolean; readonly nextAt: number }> => {
    const now = clock();
    // Some more than there are places: work that goes on after its lease has lapsed is due, too.
    const most = pool.free() + pool.taken() + leftUntil.size + 1;
    const found = await store.due(new Date(now.getTime() + aheadMs), most, pool.keys);
    const open = found.filter((row) => !pool.has(row) && !isLeft(row, now));
    const [due, ahead] = [open.filter(isDueAt(now)), open.find((row) => !isDueAt(now)(row))];
    const mine = due.slice(0, pool.free());
    await Promise.all(
      Array.from(
        Map.groupBy(mine, ({ partition }) => partition),
        async ([partition, rows]) => {
          const keys = rows.map(({ key }) => key);
          try {
            for (const claim of await claimRows(partition, keys)) run(claim, ROOT_CONTEXT);
          } catch (error) {
            log.error('due work could not be claimed', { work: partition, error: loggableError(error) });
            const until = clock().getTime() + UNCLAIMED_MS;
            for (const row of rows) leftUntil.set(nameOf(row), until);
          }
        },
      ),
    );
    return { isMore: due.length > mine.length, nextAt: ahead === undefined ? Infinity : Date.parse(ahead.dueAt) };
  };

  const nudge = (): void => {
    if (isStopped) {
      // Something was stored at the very end.
      wakeUps?.call();
      return;
    }
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
      if (store.isShared)
        keepTimer = setInterval(() => {
          keeping = keeping.then(keepLeases);
        }, leaseMs / 4);
      wakeUps?.start({ onCall: nudge, hasTime: () => messages.free() > 0 && others.free() > 0 });
      nudge();
    },
    nudge,
    begin: (claim) => {
      run(claim, context.active());
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      clearInterval(keepTimer);
      clearTimeout(nextTimer);
      const ended = Promise.all(
        [messages.end(), others.end()].map(async ({ left, done }) => {
          await giveBack(left);
          await done;
        }),
      );
      await Promise.all([looking, keeping]);
      clearTimeout(nextTimer);
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, LONGEST_STOP_MS);
      });
      await Promise.race([ended, late]);
      clearTimeout(limit);
      await wakeUps?.stop();
    },
  };
}

type RowName = Pick<Claim, 'partition' | 'key'>;
const nameOf = ({ partition, key }: RowName): string => `${partition} ${key}`;
const isDueAt =
  (now: Date) =>
  ({ dueAt }: DueRow): boolean =>
    dueAt <= instant(now);

/** Places for work: so many pieces at the same time, and none twice. */
interface Pool {
  /** Of which rows. */
  readonly keys: KeyChoice;
  free(): number;
  /** How many rows are being worked on, or wait for that. */
  taken(): number;
  /** Whether a row is being worked on, or waits for that. */
  has(row: RowName): boolean;
  /** What is being worked on, or waits for that. */
  claims(): readonly Claim[];
  /** Works on a row: now, or as soon as there is a place and the same row is done with. */
  run(claim: Claim, within: Context): void;
  /** Begins nothing more. @returns what has waited, and when all is done that is running. */
  end(): { readonly left: readonly Claim[]; readonly done: Promise<unknown> };
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
  const running = new Map<string, { readonly claim: Claim; readonly done: Promise<void> }>();
  const waiting = new Map<string, { readonly claim: Claim; readonly within: Context }>();

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
    running.set(name, { claim, done });
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
    claims: () => [...running.values(), ...waiting.values()].map(({ claim }) => claim),
    run,
    end() {
      const left = [...waiting.values()].map(({ claim }) => claim);
      waiting.clear();
      return { left, done: Promise.all([...running.values()].map(({ done }) => done)) };
    },
  };
}
