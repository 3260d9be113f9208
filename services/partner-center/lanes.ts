import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS, type Clock } from '../clock.ts';

/** Waits; ends early, with a rejection, when the signal is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;
/** By the machine's clock. */
export const machineSleep: Sleep = (ms, signal) => delay(ms, undefined, signal && { signal });

/** Runs work when fewer than `limit` pieces of work of the same key are running; the first to ask is the first to run. */
export interface Lanes {
  <T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Leaves one lane of a key, until then. */
  narrow(key: string, until: Date): void;
}

/** Keeps the number of parallel calls within bounds, for each key by itself. */
export function createLanes(limit: number, now: Clock = () => new Date()): Lanes {
  const running = new Map<string, { count: number; readonly waiting: (() => void)[] }>();
  const narrowUntil = new Map<string, number>();
  const limitOf = (key: string): number => {
    if ((narrowUntil.get(key) ?? 0) > now().getTime()) return 1;
    narrowUntil.delete(key);
    return limit;
  };
  const run = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const lane = running.get(key) ?? { count: 0, waiting: [] };
    running.set(key, lane);
    if (lane.count >= limitOf(key)) await new Promise<void>((start) => lane.waiting.push(start));
    else lane.count++;
    try {
      return await work();
    } finally {
      lane.count--;
      while (lane.waiting.length > 0 && lane.count < limitOf(key)) {
        lane.count++;
        lane.waiting.shift()?.();
      }
      if (lane.count === 0) running.delete(key);
    }
  };
  return Object.assign(run, {
    narrow(key: string, until: Date) {
      narrowUntil.set(key, until.getTime());
    },
  });
}

/** What a call is sent for. `decision`: a read that somebody's decision waits for, who has pressed the button. */
export type CallKind = 'change' | 'decision' | 'read';
/** Waits until one more call may be sent. */
export type Pace = (kind: CallKind, signal?: AbortSignal) => Promise<void>;

export interface PaceOptions {
  /** Calls in any 60 seconds, in all. */
  readonly perMinute: number;
  /** How many of these reads leave alone, so that a change does not queue behind them. */
  readonly keptForChanges: number;
  /** How many of these other reads leave alone, so that a decision does not queue behind them (none). */
  readonly keptForDecisions?: number;
  /** How much of both is for this process, from 0 to 1 (all). */
  readonly share?: () => number;
  readonly now: Clock;
  readonly sleep: Sleep;
}

/**
 * Spreads calls so that we do not throttle ourselves: the service allows 500 a minute for each customer
 * and answers 429 above that, and rejected calls count too.
 *
 * @see "API throttling guidance"
 */
export function createPace({
  perMinute,
  keptForChanges,
  keptForDecisions = 0,
  share = () => 1,
  now,
  sleep,
}: PaceOptions): Pace {
  let starts: Start[] = [];
  const limitOf = (kind: CallKind): number => {
    if (kind === 'change') return perMinute;
    return perMinute - keptForChanges - (kind === 'decision' ? 0 : keptForDecisions);
  };
  return async (wanted, signal) => {
    const nowMs = now().getTime();
    starts = starts.filter(({ at }) => at > nowMs - MINUTE_MS).sort((one, other) => one.at - other.at);
    const decisions = starts.filter(({ kind }) => kind === 'decision').length;
    const kind = wanted === 'decision' && decisions >= Math.floor(keptForDecisions * share()) ? 'read' : wanted;
    // Reads that are still to come hold up nobody but reads.
    const counted = kind === 'read' ? starts : starts.filter((start) => start.at <= nowMs || start.kind !== 'read');
    const limit = Math.max(1, Math.floor(limitOf(kind) * share()));
    const blocking = counted.at(-limit);
    const at = blocking === undefined ? nowMs : Math.max(nowMs, blocking.at + MINUTE_MS);
    const start: Start = { at, kind };
    starts.push(start);
    if (at <= nowMs) return;
    // Who is stopped while they wait send nothing: held on to, their places would keep all others waiting.
    await sleep(at - nowMs, signal).catch((error: unknown) => {
      starts = starts.filter((one) => one !== start);
      throw error;
    });
  };
}

/** When a call is sent, or was. */
interface Start {
  readonly at: number;
  readonly kind: CallKind;
}
