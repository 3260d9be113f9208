import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Clock } from '../../services/clock.ts';

const promised = createRequire(import.meta.url)('node:timers/promises') as {
  setTimeout: (ms?: number, value?: unknown, options?: object) => Promise<unknown>;
};

/** A clock that goes so many times as fast as the machine's, from a moment on that every process knows. */
export const quickClock =
  (startedAtMs: number, speed: number): Clock =>
  () =>
    new Date(startedAtMs + (Date.now() - startedAtMs) * speed);

/**
 * Whatever this process waits for comes so many times as quickly from now on. How long the other side may take
 * (`AbortSignal.timeout`) stays as it is: the other side is no quicker.
 */
export function hurry(speed: number): void {
  const { setTimeout: timeout, setInterval: interval } = globalThis;
  const { setTimeout: wait } = promised;
  const soon = (ms: number): number => ms / speed;
  Object.assign(globalThis, {
    setTimeout: Object.assign((run: () => void, ms = 0, ...rest: []) => timeout(run, soon(ms), ...rest), timeout),
    setInterval: (run: () => void, ms = 0, ...rest: []) => interval(run, soon(ms), ...rest),
  });
  promised.setTimeout = (ms = 0, value, options) => wait(soon(ms), value, options);
  syncBuiltinESMExports();
}
