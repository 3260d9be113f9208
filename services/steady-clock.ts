import { instant, MINUTE_MS, type Clock } from './clock.ts';

/** A clock that is set to the right time differs from the one before by less than this. */
export const LARGEST_CORRECTION_MS = 5 * MINUTE_MS;
/** For so long nothing must jump again before a clock is believed. */
const QUIET_MS = 5 * MINUTE_MS;

export interface SteadyClockParts {
  /** The machine's clock, which somebody may set, or which may be wrong and be put right. */
  readonly wall: Clock;
  /** Milliseconds since any moment, by what nobody can set. */
  readonly elapsedMs: () => number;
  /** Told when the clock has jumped: by how much, ahead or (below zero) back. */
  readonly onJump?: (ms: number) => void;
  /** Told when the time is certain again. */
  readonly onCertain?: () => void;
}

export interface SteadyClock {
  /** The time: the machine's, and while that is in doubt the time that has passed since it was not. */
  readonly now: Clock;
  /** Whether nothing may be carried out whose time could be over, or could not have come. */
  isInDoubt(): boolean;
}

/**
 * Time that does not jump. Small corrections of the machine's clock are followed. After a larger jump the time is in
 * doubt, and goes on as it would have without it, until
 *
 * - the clock is back where it would be, for some minutes; or
 * - it has run on ahead for some minutes: the machine may have slept, and what is judged by the later time
 *   can only be over too early; or
 * - the process is started anew.
 */
export function createSteadyClock({ wall, elapsedMs, onJump, onCertain }: SteadyClockParts): SteadyClock {
  let anchor = { wallMs: wall().getTime(), elapsedMs: elapsedMs() };
  /** By how much the clock is off, and since when by that much. */
  let off: { readonly ms: number; readonly since: number } | undefined;

  const look = (): number => {
    const here = { wallMs: wall().getTime(), elapsedMs: elapsedMs() };
    const steadyMs = anchor.wallMs + here.elapsedMs - anchor.elapsedMs;
    const offMs = here.wallMs - steadyMs;
    if (off === undefined) {
      if (Math.abs(offMs) <= LARGEST_CORRECTION_MS) {
        anchor = here;
        return here.wallMs;
      }
      off = { ms: offMs, since: here.elapsedMs };
      onJump?.(offMs);
      return steadyMs;
    }
    // Also where it is set right again, nearly.
    const isNearAgain = Math.abs(offMs) <= LARGEST_CORRECTION_MS && Math.abs(off.ms) > LARGEST_CORRECTION_MS;
    if (isNearAgain || Math.abs(offMs - off.ms) > LARGEST_CORRECTION_MS) {
      off = { ms: offMs, since: here.elapsedMs };
      onJump?.(offMs);
    }
    const isPlausible = off.ms >= -LARGEST_CORRECTION_MS;
    if (!isPlausible || here.elapsedMs - off.since < QUIET_MS) return steadyMs;
    off = undefined;
    anchor = here;
    onCertain?.();
    return here.wallMs;
  };

  return {
    now: () => new Date(look()),
    isInDoubt() {
      look();
      return off !== undefined;
    },
  };
}

/** Whether something is dated so far ahead that the clock must have been set back since. */
export const isFromTheFuture = (at: string, now: Date): boolean =>
  at > instant(new Date(now.getTime() + LARGEST_CORRECTION_MS));
