import { later, SECOND_MS, type Instant } from '../../clock.ts';
import type { RemovalRequest } from '../request.ts';

/**
 * So long a reading counts for what cannot be taken back. Nothing of Partner Center's says how long it may be relied upon, so the
 * bound is our own: short against the minutes in which somebody could buy something, long against a reading of some
 * hundred calls. `docs/policy.md` promises it.
 */
export const READING_COUNTS_MS = 60 * SECOND_MS;

/** So often everything is read in one go where that takes so long; then it is waited, as for what cannot be read. */
export const MOST_READINGS = 2;

/** Whether a reading that began then still counts. One from the future does not: the clock was put right meanwhile. */
export function countsStill(readAt: Instant, now: Date): boolean {
  const ageMs = now.getTime() - Date.parse(readAt);
  return ageMs >= 0 && ageMs < READING_COUNTS_MS;
}

/** Before when the first byte has to be sent of what rests on a reading and on an approval; later it is given up. */
export function sendingEnds({ executeBy }: Pick<RemovalRequest, 'executeBy'>, readAt: Instant): Instant {
  const ends = later(new Date(readAt), READING_COUNTS_MS);
  return executeBy !== undefined && executeBy < ends ? executeBy : ends;
}
