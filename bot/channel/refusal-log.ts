import { SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Log } from '../log.ts';

const EVERY_MS = 10 * SECOND_MS;

/** Tells a log what was refused and why. @param why one of a few words of ours */
export type TellRefusal = (status: number, why: string) => void;

/**
 * Tells of refused requests at most once in ten seconds for each reason, with how many there were since: strangers
 * decide how many requests there are, and do not get to fill a log.
 */
export function createRefusalLog(log: Log, now: Clock, sentence = 'requests were refused'): TellRefusal {
  const told = new Map<string, { atMs: number; count: number }>();
  return (status, why) => {
    const nowMs = now().getTime();
    const last = told.get(why) ?? { atMs: -Infinity, count: 0 };
    last.count++;
    told.set(why, last);
    if (nowMs - last.atMs < EVERY_MS) return;
    log.warn(sentence, { status, kind: why, count: last.count });
    last.atMs = nowMs;
    last.count = 0;
  };
}
