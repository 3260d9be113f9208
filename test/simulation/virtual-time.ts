import { createRequire, syncBuiltinESMExports } from 'node:module';

/** What strikes once, again and again, or gives up on a call that has not been answered. */
export type TimerKind = 'once' | 'interval' | 'deadline';
interface Timer {
  readonly kind: TimerKind;
  at: number;
  readonly everyMs: number | undefined;
  readonly run: () => void;
  readonly order: number;
}

const promised = createRequire(import.meta.url)('node:timers/promises') as {
  setTimeout: (ms?: number, value?: unknown, options?: { readonly signal?: AbortSignal }) => Promise<unknown>;
};
const setImmediateOfTheMachine = setImmediate;
/** So many rounds of the event loop without anything happening, and nothing more happens by itself. */
const QUIET_ROUNDS = 4;

const stopped = new DOMException('stopped', 'AbortError');

/** Whose time it is, if not the machine's. */
let inCharge: VirtualTime | undefined;
let isReplaced = false;

/** Once, since modules that have it already get another one only at some cost; the machine's own comes behind it. */
function replacePromised(): void {
  if (isReplaced) return;
  isReplaced = true;
  const real = promised.setTimeout;
  promised.setTimeout = (ms, value, options) => inCharge?.sleep(ms, value, options?.signal) ?? real(ms, value, options);
  syncBuiltinESMExports();
}

/**
 * Time that stands still until it is moved. While installed it takes the place of the machine's timers, so that a
 * bot that waits for days is waited for in no time, and the same seed meets the same order of events.
 */
export class VirtualTime {
  /** Milliseconds since the beginning. A jump of the clock on the wall is no part of it. */
  nowMs = 0;
  /** By how much the clock on the wall is off. */
  wallOffsetMs = 0;
  readonly #startedAt: number;
  #timers = new Map<number, Timer>();
  #order = 0;
  #happened = 0;
  #restore: (() => void) | undefined;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  readonly clock = (): Date => new Date(this.#startedAt + this.nowMs + this.wallOffsetMs);

  /** Something has happened: the event loop is not quiet yet. */
  touch(): void {
    this.#happened += 1;
  }

  install(): void {
    const before = {
      setTimeout: globalThis.setTimeout,
      clearTimeout: globalThis.clearTimeout,
      setInterval: globalThis.setInterval,
      clearInterval: globalThis.clearInterval,
      abort: AbortSignal.timeout.bind(AbortSignal),
    };
    const start = (everyMs: number | undefined, run: (...args: unknown[]) => void, ms = 0, args: unknown[] = []) => {
      const id = this.#add(everyMs === undefined ? 'once' : 'interval', ms, everyMs, () => {
        run(...args);
      });
      const handle = { id, ref: () => handle, unref: () => handle, hasRef: () => true, [Symbol.toPrimitive]: () => id };
      return handle;
    };
    const end = (handle: unknown): void => {
      if (typeof handle === 'object' && handle !== null && 'id' in handle) this.#timers.delete(handle.id as number);
    };
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms?: number, ...args: unknown[]) => start(undefined, run, ms, args),
      setInterval: (run: () => void, ms = 1, ...args: unknown[]) => start(Math.max(1, ms), run, ms, args),
      clearTimeout: end,
      clearInterval: end,
    });
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      this.#add('deadline', ms, undefined, () => {
        controller.abort(new DOMException('too late', 'TimeoutError'));
      });
      return controller.signal;
    };
    replacePromised();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the modules that sleep have no other way to it
    inCharge = this;
    this.#restore = () => {
      const { abort, ...timers } = before;
      Object.assign(globalThis, timers);
      AbortSignal.timeout = abort;
      inCharge = undefined;
    };
  }

  sleep(ms = 0, value?: unknown, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(stopped);
        return;
      }
      const id = this.#add('once', ms, undefined, () => {
        resolve(value);
      });
      signal?.addEventListener('abort', () => {
        this.#timers.delete(id);
        reject(stopped);
      });
    });
  }

  uninstall(): void {
    this.#timers.clear();
    this.#restore?.();
    this.#restore = undefined;
  }

  /** The process is gone, and whatever it was waiting for. */
  forgetTimers(): void {
    this.#timers.clear();
  }

  /** When the next timer of a kind strikes. */
  nextAt(of: TimerKind): number | undefined {
    let next: number | undefined;
    for (const { at, kind } of this.#timers.values()) if (kind === of && (next === undefined || at < next)) next = at;
    return next;
  }

  /** Moves to this moment; what strikes on the way strikes once, as on a machine that slept. */
  moveTo(ms: number): void {
    this.nowMs = Math.max(this.nowMs, ms);
    const due = [...this.#timers]
      .filter(([, { at }]) => at <= this.nowMs)
      .sort(([, a], [, b]) => a.at - b.at || a.order - b.order);
    for (const [id, timer] of due) {
      if (!this.#timers.has(id)) continue;
      if (timer.everyMs === undefined) this.#timers.delete(id);
      else timer.at = this.nowMs + timer.everyMs;
      timer.run();
    }
  }

  /** Lets everything happen that needs no time. */
  async quiet(): Promise<void> {
    for (let rounds = 0; rounds < QUIET_ROUNDS; rounds++) {
      const before = this.#happened;
      await new Promise((resolve) => setImmediateOfTheMachine(resolve));
      if (this.#happened !== before) rounds = -1;
    }
  }

  #add(kind: TimerKind, ms: number, everyMs: number | undefined, run: () => void): number {
    this.touch();
    const order = ++this.#order;
    // What is waited for no time at all still comes after what happens now.
    this.#timers.set(order, { kind, at: this.nowMs + Math.max(1, Number.isFinite(ms) ? ms : 1), everyMs, run, order });
    return order;
  }
}
