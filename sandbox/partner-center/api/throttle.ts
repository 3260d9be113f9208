import { MINUTE_MS } from '../world/clock.ts';

/** Counts calls of the last minute by customer, or by partner for what belongs to no customer. */
export class Throttle {
  readonly #calls = new Map<string, number[]>();

  /**
   * Counts one call; refused ones count too.
   *
   * @returns how long to stay away, in whole seconds, when that was one too many.
   * @see "API throttling guidance"
   */
  count(path: string, nowMs: number, perMinute: number | null): number | undefined {
    if (perMinute === null) return undefined;
    const key = /^\/v1\/customers\/([0-9a-f-]{36})/i.exec(path)?.[1]?.toLowerCase() ?? 'partner';
    const recent = (this.#calls.get(key) ?? []).filter((at) => nowMs - at < MINUTE_MS);
    recent.push(nowMs);
    this.#calls.set(key, recent);
    const free = recent[recent.length - 1 - perMinute];
    return free === undefined ? undefined : Math.max(1, Math.ceil((free + MINUTE_MS - nowMs) / 1_000));
  }

  clear(): void {
    this.#calls.clear();
  }
}
