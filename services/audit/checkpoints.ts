import { z } from 'zod';
import { instant, later, MINUTE_MS, type Clock } from '../clock.ts';
import { releasedLease } from '../storage/leases.ts';
import {
  StaleWriteError,
  StoreError,
  type Lease,
  type Partition,
  type RowChange,
  type Store,
} from '../storage/store.ts';
import { appendAudit, HEAD_KEY, headOf, readAudit, type AuditKey } from './audit-chain.ts';
import { CHECKPOINT_CHAINS, checkpointChain } from './chains.ts';
import {
  checkpointEvent,
  checkpointIn,
  COVERED_KEY,
  coveredBy,
  CheckpointPlace,
  NEXT_DAY_KEY,
  nextCheckpoint,
  nextDayOf,
  spanToCover,
  type Checkpoint,
  type DayBefore,
  type Grown,
} from './checkpoint.ts';
import { grownChains } from './marked-store.ts';

export const CHECKPOINT_EVERY_MS = 10 * MINUTE_MS;
/** So many heads in one checkpoint; more make another one. */
const HEADS_PER_CHECKPOINT = 500;

/** Where the work stands that writes checkpoints; whoever holds its lease writes them. */
export const CHECKPOINT_CLOCK = 'clock:checkpoint';
const CLOCK_KEY = 'due';

type CheckpointStore = Pick<Store, 'read' | 'commit' | 'due' | 'partitions'>;

export interface CheckpointParts {
  /** The store itself, without marking: what is written here marks nothing. */
  readonly store: CheckpointStore;
  readonly clock: Clock;
  readonly auditKey: AuditKey;
  /** Told of a chain that cannot be covered, because it cannot be read. */
  readonly onUnreadable: (chain: string, error: unknown) => void;
}

export interface Checkpoints {
  /** Has checkpoints written from now on. */
  start(): Promise<void>;
  /** Covers every chain that has grown, and is due again in ten minutes. */
  write(claim: { readonly lease: Lease }): Promise<void>;
}

interface Newest {
  readonly chain: string;
  readonly partition: Partition;
  readonly checkpoint: Checkpoint;
  /** The day that goes on, where this one is ended. */
  readonly next: string | undefined;
}
const NOTHING: Checkpoint = { chains: 0, heads: {} };

/** Checkpoints over the heads of all chains: a chain of them for each day, each day following the one before. */
export function createCheckpoints({ store, clock, auditKey, onUnreadable }: CheckpointParts): Checkpoints {
  const change = async (partition: string, decide: (stored: Partition) => readonly RowChange[]): Promise<void> => {
    for (;;) {
      const stored = await store.read(partition);
      const changes = decide(stored);
      if (changes.length === 0) return;
      try {
        await store.commit(partition, stored.version, changes);
        return;
      } catch (error) {
        if (!(error instanceof StaleWriteError)) throw error;
      }
    }
  };

  const readGrown = async (chain: string): Promise<Grown | undefined> => {
    try {
      const { rows } = await store.read(chain);
      const head = headOf(rows);
      if (head === undefined) throw new StoreError('damaged', `the chain "${chain}" has no head`);
      const span = spanToCover(rows);
      return { chain, ...head, ...(span && { span }), isNew: coveredBy(rows) === undefined };
    } catch (error) {
      onUnreadable(chain, error);
      return undefined;
    }
  };

  /** @returns the newest checkpoint there is then. */
  const cover = async (grown: readonly Grown[], unread: readonly string[]): Promise<CheckpointPlace | undefined> => {
    const newest = await newestCheckpoint(store);
    const today = checkpointChain(clock());
    // A clock that was put back does not make days change places.
    const chain = newest?.next ?? (newest !== undefined && newest.chain > today ? newest.chain : today);
    const isFollowing = newest?.chain === chain;
    const after = newest === undefined || isFollowing ? undefined : endOf(newest);
    const checkpoint = nextCheckpoint(newest?.checkpoint ?? NOTHING, { grown, unread }, after);
    const before = isFollowing ? newest.partition : await store.read(chain);
    if (!isFollowing && headOf(before.rows) !== undefined) throw new StaleWriteError(chain);
    if (checkpoint && newest && !isFollowing) await end(newest, chain);
    const covered = checkpoint ? await append(chain, before, checkpoint) : newest && placeOf(newest);
    if (covered) await Promise.all(grown.map((one) => settle(one, covered)));
    return covered;
  };

  /**
   * Nothing is added to a day that the next one follows: whoever has read it before, and whose lease has run out, may not
   * any more.
   *
   * @throws {StaleWriteError}
   */
  const end = async ({ chain, partition, next }: Newest, following: string): Promise<void> => {
    if (next !== undefined) return;
    await store.commit(chain, partition.version, [{ key: NEXT_DAY_KEY, row: { value: { chain: following } } }]);
  };

  /**
   * @param before what the checkpoint follows on: somebody may have written another one since, whose lease has run out.
   * @throws {StaleWriteError}
   */
  const append = async (
    chain: string,
    { version, rows }: Partition,
    checkpoint: Checkpoint,
  ): Promise<CheckpointPlace> => {
    await store.commit(chain, version, appendAudit(rows, [checkpointEvent(checkpoint)], clock(), chain, auditKey));
    return { chain, seq: (headOf(rows)?.entries ?? 0) + 1 };
  };

  /** Takes the mark off a chain, unless it has grown again. */
  const settle = ({ chain, head, entries }: Grown, covered: CheckpointPlace): Promise<void> =>
    change(chain, ({ rows }) => {
      const stored = rows.get(HEAD_KEY);
      return [
        { key: COVERED_KEY, row: { value: { ...covered, entries } } },
        ...(stored !== undefined && headOf(rows)?.head === head
          ? [{ key: HEAD_KEY, row: { value: stored.value } }]
          : []),
      ];
    });

  /** First what the newest checkpoint has covered and may never have heard of it: only the very next one knows of that. */
  const unheardFirst = async (chains: readonly string[]): Promise<readonly string[]> => {
    if (chains.length <= HEADS_PER_CHECKPOINT) return chains;
    const { heads } = (await newestCheckpoint(store))?.checkpoint ?? NOTHING;
    return chains.toSorted((a, b) => Number(b in heads) - Number(a in heads));
  };

  return {
    start: () =>
      change(CHECKPOINT_CLOCK, ({ rows }) =>
        rows.has(CLOCK_KEY) ? [] : [{ key: CLOCK_KEY, row: { value: {}, dueAt: instant(clock()) } }],
      ),
    async write({ lease }) {
      const chains = await unheardFirst(await grownChains(store, clock()));
      let newest: CheckpointPlace | undefined;
      const unread: string[] = [];
      for (let at = 0; at < chains.length; at += HEADS_PER_CHECKPOINT) {
        const some = chains.slice(at, at + HEADS_PER_CHECKPOINT);
        const grown = (await Promise.all(some.map(readGrown))).filter((one) => one !== undefined);
        const isRead = new Set(grown.map(({ chain }) => chain));
        unread.push(...some.filter((chain) => !isRead.has(chain)));
        newest = await cover(grown, unread);
      }
      await change(CHECKPOINT_CLOCK, ({ rows }) => {
        const row = rows.get(CLOCK_KEY);
        if (row?.lease?.owner !== lease.owner || row.lease.fence !== lease.fence) return [];
        const now = clock();
        const released = releasedLease(row.lease, now);
        const dueAt = later(now, CHECKPOINT_EVERY_MS);
        const value = newest === undefined ? row.value : { newest };
        return [{ key: CLOCK_KEY, row: { value, dueAt, ...(released && { lease: released }) } }];
      });
    },
  };
}

const Noted = z.object({ newest: CheckpointPlace });

/** The checkpoint that was written last, as it is noted apart from it: so it is seen where that is gone. */
export const newestCovering = async (store: Pick<Store, 'read'>): Promise<CheckpointPlace | undefined> =>
  Noted.safeParse((await store.read(CHECKPOINT_CLOCK)).rows.get(CLOCK_KEY)?.value).data?.newest;

/** @throws {StoreError} `damaged`, where the newest checkpoint is none: nothing is put after it. */
async function newestCheckpoint(store: CheckpointStore): Promise<Newest | undefined> {
  let chain: string | undefined;
  for await (const name of store.partitions(CHECKPOINT_CHAINS)) if (chain === undefined || name > chain) chain = name;
  if (chain === undefined) return undefined;
  const partition = await store.read(chain);
  const last = readAudit(partition.rows).at(-1);
  const checkpoint = last && checkpointIn(last);
  if (checkpoint === undefined) throw new StoreError('damaged', `the last entry of "${chain}" is no checkpoint`);
  return { chain, partition, checkpoint, next: nextDayOf(chain, partition.rows) };
}

function endOf({ chain, partition }: Newest): DayBefore {
  const head = headOf(partition.rows);
  if (head === undefined) throw new StoreError('damaged', `the chain "${chain}" has no head`);
  return { chain, ...head };
}

const placeOf = (newest: Newest): CheckpointPlace => ({ chain: newest.chain, seq: endOf(newest).entries });
