import { SECOND_MS } from '../../clock.ts';
import type { WakeListener, WakeUps } from '../wake-ups.ts';
import { QueueError, type WakeQueue } from './wake-queue.ts';

export interface QueueWakeUpsParts {
  readonly queue: WakeQueue;
  /** Whether there is anybody else to call or to be called by. */
  readonly hasOthers: () => boolean;
  /** Ends early when it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly elapsedMs: () => number;
  /** Told once when the queue cannot be used any more, and once when it can again. */
  readonly onFault: (error: QueueError) => void;
  readonly onBack: () => void;
}

const LISTEN_EVERY_MS = SECOND_MS;
/** While the queue is away it is asked more and more rarely. */
const LONGEST_PAUSE_MS = 15 * SECOND_MS;
/** What is called for in quick succession is one call. */
const BETWEEN_CALLS_MS = SECOND_MS / 2;
/** What was seen of the queue so long ago still tells whether it can be reached. */
const SEEN_FOR_MS = 5 * SECOND_MS;

/** Calls by messages of a queue. Without the queue everything goes on, a few seconds later. */
export function createQueueWakeUps(parts: QueueWakeUpsParts): WakeUps {
  const { queue, hasOthers, sleep, elapsedMs, onFault, onBack } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopped = (): boolean => signal.aborted;
  let seen: { readonly at: number; readonly isThere: boolean } | undefined;
  let failures = 0;
  let isCalled = false;
  let calling: Promise<void> | undefined;
  let listening: Promise<void> | undefined;

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      // Somebody may have deleted it.
      if (failures > 0) await queue.make();
      const result = await work();
      seen = { at: elapsedMs(), isThere: true };
      if (failures > 0) onBack();
      failures = 0;
      return result;
    } catch (error) {
      if (!(error instanceof QueueError)) throw error;
      seen = { at: elapsedMs(), isThere: false };
      failures += 1;
      if (failures === 1) onFault(error);
      return undefined;
    }
  };
  const look = async (): Promise<true> => {
    if (!(await queue.exists())) throw new QueueError(`${queue.name} cannot be used: there is no such queue`);
    return true;
  };
  const pause = async (ms: number): Promise<void> => {
    await sleep(ms, signal).catch(() => undefined);
  };

  const callAll = async (): Promise<void> => {
    while (isCalled) {
      isCalled = false;
      await attempt(() => queue.put());
      if (isStopped()) return;
      await pause(BETWEEN_CALLS_MS);
    }
  };
  const listen = async ({ onCall, hasTime }: WakeListener): Promise<void> => {
    await attempt(() => queue.make());
    while (!isStopped()) {
      await pause(Math.min(LISTEN_EVERY_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS));
      if (isStopped() || !hasOthers() || !hasTime()) continue;
      const taken = await attempt(() => queue.take());
      if (taken !== undefined && taken > 0) onCall();
    }
  };

  return {
    call() {
      if (isStopped() || !hasOthers()) return;
      isCalled = true;
      calling ??= callAll().finally(() => {
        calling = undefined;
      });
    },
    start(listener) {
      listening ??= listen(listener);
    },
    async isReachable() {
      if (seen !== undefined && elapsedMs() - seen.at < SEEN_FOR_MS) return seen.isThere;
      return (await attempt(look)) === true;
    },
    async stop() {
      stopping.abort();
      await Promise.all([calling, listening]);
    },
  };
}
