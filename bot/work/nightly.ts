import { setTimeout as delay } from 'node:timers/promises';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { EVERY_NIGHT, type WhoseNight } from './whose-night.ts';

/** What is done once a night; `run` says how much was done. */
export interface Chore {
  readonly name: string;
  readonly run: () => Promise<number>;
}

export interface Nightly {
  start(): void;
  /** Begins nothing more, and waits for a chore that is running, at most 5 s. One that is ended goes on the next night. */
  stop(): Promise<void>;
}

/** In UTC. */
const HOUR_OF_NIGHT = 2;
const LONGEST_STOP_MS = 5 * SECOND_MS;

export function nextNight(now: Date): Date {
  const tonight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), HOUR_OF_NIGHT);
  return new Date(tonight > now.getTime() ? tonight : tonight + DAY_MS);
}

/**
 * Does chores one after another every night, and an hour after a start, for a bot that is never up at night. One that
 * fails does not keep the others from being done, and is tried again within the hour.
 */
export function createNightly(parts: {
  readonly chores: readonly Chore[];
  readonly clock: Clock;
  readonly log: Log;
  /** Who does it tonight, of several processes (this one). */
  readonly whoseNight?: WhoseNight;
  /** How often it is looked whether it is time (1 min). */
  readonly everyMs?: number;
}): Nightly {
  const { chores, clock, log, whoseNight = EVERY_NIGHT, everyMs = MINUTE_MS } = parts;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running: Promise<void> | undefined;
  let next = new Date(clock().getTime() + HOUR_MS);

  const isDone = async ({ name, run }: Chore): Promise<boolean> => {
    try {
      const count = await run();
      log.info('a nightly chore was done', { work: name, count });
      return true;
    } catch (error) {
      log.error('a nightly chore failed, and is tried again within the hour', {
        work: name,
        error: loggableError(error),
      });
      return false;
    }
  };
  const allDone = async (): Promise<boolean> => {
    let areAllDone = true;
    for (const chore of chores) {
      if (isStopped) return false;
      if (!(await isDone(chore))) areAllDone = false;
    }
    return areAllDone;
  };
  const doAll = async (): Promise<void> => {
    const whose = await whoseNight.take();
    const areAllDone = whose === 'mine' ? await allDone() : whose === 'done';
    if (whose === 'mine') await whoseNight.end(areAllDone);
    next = areAllDone ? nextNight(clock()) : new Date(clock().getTime() + HOUR_MS);
  };
  const look = (): void => {
    if (running !== undefined || clock() < next) return;
    running = doAll()
      .catch((error: unknown) => {
        next = new Date(clock().getTime() + HOUR_MS);
        log.error(
          'it could not be seen whether the nightly chores are to be done, which is tried again within the hour',
          {
            error: loggableError(error),
          },
        );
      })
      .finally(() => {
        running = undefined;
      });
  };

  return {
    start() {
      timer = setInterval(look, everyMs);
      timer.unref();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      if (running === undefined) return;
      const waiting = new AbortController();
      const late = delay(LONGEST_STOP_MS, undefined, waiting).catch(() => undefined);
      await Promise.race([running, late]);
      waiting.abort();
    },
  };
}
