import { createHash } from 'node:crypto';
import { z } from 'zod';
import { HOUR_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { NewId } from '../../services/ids.ts';
import { changePartition } from '../../services/storage/change-partition.ts';
import { StaleWriteError, StoreError, type Store } from '../../services/storage/store.ts';
import { SendError } from './messenger.ts';
import type { ConversationTurns, TurnWanted } from './conversation-turns.ts';
import { nextMoment } from './send-rates.ts';

const ROW = 'booked';
/** The clocks of two machines differ a little, too. */
const JITTER_MS = 250;
const KEPT_MS = HOUR_MS + JITTER_MS;
/** One call takes ten seconds at most. */
const LONGEST_CHANGE_MS = 12 * SECOND_MS;
const LOOK_AGAIN_MS = 150;

const Booked = z.object({
  /** Moments of writes, the past ones and those that are booked, in order; milliseconds of the epoch. */
  at: z.array(z.number()),
  /** Messages that are being changed: by whom, and until when at most. */
  changing: z.record(z.string(), z.object({ by: z.string(), untilMs: z.number() })),
});
type Booked = z.output<typeof Booked>;

const partitionOf = (conversationId: string): string =>
  `pace:${createHash('sha256').update(conversationId).digest('hex')}`;

export interface SharedTurnsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly newId: NewId;
  /** From then on nobody waits for a turn any more. */
  readonly stopping?: AbortSignal;
}

/** A conversation's writes are booked in the store, where every process sees them. */
export function createSharedTurns({ store, clock, sleep, newId, stopping }: SharedTurnsParts): ConversationTurns {
  type Taken =
    | { readonly kind: 'taken'; readonly at: number; readonly version: string; readonly booked: Booked }
    | { readonly kind: 'busy' | 'stale' }
    | { readonly kind: 'too-late'; readonly afterMs: number };

  const tryToTake = async (partition: string, { mostMs, changed }: TurnWanted, by: string): Promise<Taken> => {
    const { version, rows } = await store.read(partition);
    const stored = Booked.safeParse(rows.get(ROW)?.value).data ?? { at: [], changing: {} };
    const nowMs = clock().getTime();
    const changing = Object.entries(stored.changing).filter(([, { untilMs }]) => untilMs > nowMs);
    if (changed !== undefined && changing.some(([message]) => message === changed)) return { kind: 'busy' };
    const before = stored.at.filter((at) => at > nowMs - KEPT_MS);
    const at = nextMoment(before, nowMs, undefined, JITTER_MS);
    if (at - nowMs > mostMs) return { kind: 'too-late', afterMs: at - nowMs };
    const own = changed === undefined ? [] : [[changed, { by, untilMs: at + LONGEST_CHANGE_MS }] as const];
    const booked = { at: [...before, at], changing: Object.fromEntries([...changing, ...own]) };
    try {
      const next = await store.commit(partition, version, [{ key: ROW, row: { value: booked } }]);
      return { kind: 'taken', at, version: next, booked };
    } catch (error) {
      if (error instanceof StaleWriteError) return { kind: 'stale' };
      throw error;
    }
  };

  const take = async (partition: string, wanted: TurnWanted, by: string): Promise<Taken & { kind: 'taken' }> => {
    const began = clock().getTime();
    for (;;) {
      const taken = await tryToTake(partition, wanted, by).catch((error: unknown) => {
        if (error instanceof StoreError) throw new SendError('unavailable', {}, { cause: error });
        throw error;
      });
      if (taken.kind === 'taken') return taken;
      if (taken.kind === 'too-late') throw new SendError('throttled', { retryAfterMs: taken.afterMs });
      if (stopping?.aborted === true || clock().getTime() - began > wanted.mostMs)
        throw new SendError('throttled', { retryAfterMs: SECOND_MS });
      if (taken.kind === 'busy') await sleep(LOOK_AGAIN_MS);
    }
  };

  /** Best effort: whoever waits for it goes on when its time is over. */
  const giveBack = async (partition: string, changed: string, by: string, taken: Taken & { kind: 'taken' }) => {
    const without = ({ at, changing }: Booked): Booked => ({
      at,
      changing: Object.fromEntries(
        Object.entries(changing).filter(([message, one]) => message !== changed || one.by !== by),
      ),
    });
    try {
      await store.commit(partition, taken.version, [{ key: ROW, row: { value: without(taken.booked) } }]);
    } catch (error) {
      if (!(error instanceof StaleWriteError)) return;
      await changePartition(store, partition, ({ rows }) => {
        const stored = Booked.safeParse(rows.get(ROW)?.value).data;
        return { changes: stored ? [{ key: ROW, row: { value: without(stored) } }] : [], result: undefined };
      }).catch(() => undefined);
    }
  };

  const stopped = new Promise<void>((resolve) => {
    stopping?.addEventListener('abort', () => {
      resolve();
    });
  });

  return async (conversationId, wanted, write) => {
    const [partition, by] = [partitionOf(conversationId), newId()];
    const taken = await take(partition, wanted, by);
    const { changed } = wanted;
    try {
      const afterMs = taken.at - clock().getTime();
      if (afterMs > 0) await Promise.race([sleep(afterMs), stopped]);
      if (afterMs > 0 && stopping?.aborted === true) throw new SendError('throttled', { retryAfterMs: SECOND_MS });
      return await write();
    } finally {
      if (changed !== undefined) await giveBack(partition, changed, by, taken);
    }
  };
}
