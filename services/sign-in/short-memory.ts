import type { Clock } from '../clock.ts';

/** What is kept for a while, in this process only; a flood pushes out the oldest. */
export interface ShortMemory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  /** @returns what was there. */
  take(key: string): T | undefined;
}

export function createShortMemory<T>(parts: {
  readonly lastsMs: number;
  /** How much is kept at one time. */
  readonly most: number;
  readonly clock: Clock;
}): ShortMemory<T> {
  const { lastsMs, most, clock } = parts;
  /** The oldest first: whatever is set anew goes to the end. */
  const kept = new Map<string, { readonly value: T; readonly endsMs: number }>();

  const get = (key: string): T | undefined => {
    const found = kept.get(key);
    return found !== undefined && found.endsMs > clock().getTime() ? found.value : undefined;
  };
  return {
    get,
    set(key, value) {
      const nowMs = clock().getTime();
      kept.delete(key);
      for (const [old, { endsMs }] of kept) if (endsMs <= nowMs || kept.size >= most) kept.delete(old);
      kept.set(key, { value, endsMs: nowMs + lastsMs });
    },
    take(key) {
      const value = get(key);
      kept.delete(key);
      return value;
    },
  };
}
