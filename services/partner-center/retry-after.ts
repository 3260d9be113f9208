import { SECOND_MS } from '../clock.ts';

const SHORTEST_MS = SECOND_MS;
const LONGEST_MS = 300 * SECOND_MS;

/**
 * How long the service asks us to stay away: `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3),
 * taken as it is between 1 s and 300 s, and never longer or shorter than that.
 *
 * @returns milliseconds; `undefined` when nothing readable is said.
 * @see "API throttling guidance"
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now.getTime() : seconds * SECOND_MS;
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms));
}
