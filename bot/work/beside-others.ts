import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../services/clock.ts';
import { createQueueWakeUps } from '../../services/storage/azure/queue-wake-ups.ts';
import type { WakeQueue } from '../../services/storage/azure/wake-queue.ts';
import { ALONE, createReplicas, type Replicas } from '../../services/storage/replicas.ts';
import type { Store } from '../../services/storage/store.ts';
import type { WakeUps } from '../../services/storage/wake-ups.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';

/** What this process shares with others that work with the same store. */
export interface BesideOthers {
  readonly replicas: Replicas;
  /** Missing where nobody is called. */
  readonly wakeUps?: WakeUps;
}

export function createBesideOthers(parts: {
  readonly store: Store;
  readonly queue?: WakeQueue | undefined;
  readonly clock: Clock;
  readonly boot: string;
  readonly log: Log;
}): BesideOthers {
  const { store, queue, clock, boot, log } = parts;
  if (!store.isShared) return { replicas: ALONE };
  const replicas = createReplicas({ store, clock, boot });
  if (queue === undefined) return { replicas };
  const wakeUps = createQueueWakeUps({
    queue,
    hasOthers: () => replicas.hasOthers(),
    sleep: async (ms, signal) => delay(ms, undefined, { signal, ref: false }),
    elapsedMs: () => performance.now(),
    onFault: (error) => {
      log.warn(
        'the queue that other processes are called by cannot be used: work that is left to them waits seconds longer',
        {
          error: loggableError(error),
        },
      );
    },
    onBack: () => {
      log.info('the queue that other processes are called by can be used again');
    },
  });
  return { replicas, wakeUps };
}
