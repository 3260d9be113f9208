import { HOUR_MS, instant, type Instant } from '../clock.ts';

/** So many refused tries of one person are recorded each; what comes within the same hour is counted. */
export const RECORDED_PER_HOUR = 10;

/** One person's refused tries in the hour that began with the first of them. */
export interface Tries {
  readonly since: Instant;
  readonly recorded: number;
  /** Beyond those that are recorded each. */
  readonly more: number;
}

export interface Tried {
  readonly tries: Tries;
  /** Whether this try is recorded by itself. */
  readonly isRecorded: boolean;
  /** An hour that is over, and in which tries were only counted. */
  readonly over?: Tries;
}

/** One more refused try. */
export function tried(before: Tries | undefined, now: Date): Tried {
  if (before === undefined || isOver(before, now)) {
    const over = before !== undefined && before.more > 0 && { over: before };
    return { tries: { since: instant(now), recorded: 1, more: 0 }, isRecorded: true, ...over };
  }
  return before.recorded < RECORDED_PER_HOUR
    ? { tries: { ...before, recorded: before.recorded + 1 }, isRecorded: true }
    : { tries: { ...before, more: before.more + 1 }, isRecorded: false };
}

export const isOver = ({ since }: Tries, now: Date): boolean => now.getTime() - Date.parse(since) >= HOUR_MS;
