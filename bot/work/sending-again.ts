import { HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../services/clock.ts';
import type { SendError } from '../channel/messenger.ts';

/** What becomes of a message that could not be sent. */
export type NotSent =
  { readonly kind: 'later'; readonly ms: number; readonly failed: boolean } | { readonly kind: 'never' };

/** Since when it waits, and how often it was tried. */
export interface Waiting {
  readonly since: Instant;
  readonly tries: number;
}

/** Pauses after the first, second … try; the last one repeats. */
const RETRY_MS = [1, 2, 5, 15, 30, 60].map((seconds) => seconds * SECOND_MS);
/** For somebody who has not the app, or has blocked it. */
const UNREACHABLE_MS = MINUTE_MS;
/** After that nobody waits for it. */
export const GIVE_UP_MS = 72 * HOUR_MS;

export function afterFailure(error: SendError, waiting: Waiting, now: Date): NotSent {
  switch (error.fault) {
    case 'too-large':
    case 'refused':
      return { kind: 'never' };
    case 'not-installed':
    case 'gone':
      return whileUnreachable(waiting, now);
    case 'throttled':
    case 'unavailable': {
      const ms = RETRY_MS[Math.min(waiting.tries, RETRY_MS.length - 1)] ?? MINUTE_MS;
      return { kind: 'later', ms: Math.max(ms, error.retryAfterMs ?? 0), failed: true };
    }
  }
}

/** Tried again for three days: the person may add the app. */
export function whileUnreachable({ since }: Waiting, now: Date): NotSent {
  const isOld = now.getTime() - new Date(since).getTime() > GIVE_UP_MS;
  return isOld ? { kind: 'never' } : { kind: 'later', ms: UNREACHABLE_MS, failed: true };
}
