import { HOUR_MS, SECOND_MS, type Clock } from '../../services/clock.ts';

/** So many writes within so long. */
export interface Rate {
  readonly writes: number;
  readonly withinMs: number;
}

/** What Teams takes from one bot in one conversation. @see "Optimize your bot with rate limiting in Teams" */
export const CONVERSATION_RATES: readonly Rate[] = [
  { writes: 7, withinMs: SECOND_MS },
  { writes: 8, withinMs: 2 * SECOND_MS },
  { writes: 60, withinMs: 30 * SECOND_MS },
  { writes: 1_800, withinMs: HOUR_MS },
];

/** What Teams takes from one bot in one tenant, and some room for whoever has not heard of a new process yet (50 a second). */
export const TENANT_RATES: readonly Rate[] = [{ writes: 40, withinMs: SECOND_MS }];

/** Two writes may come closer together at Teams than they were sent, since no two take equally long to get there. */
const JITTER_MS = 100;

/** When one may write: after so many milliseconds, or not soon enough to be waited for. */
export type Turn =
  { readonly kind: 'taken'; readonly afterMs: number } | { readonly kind: 'too-late'; readonly afterMs: number };

/**
 * The next moment at which rates allow a write.
 *
 * @param booked moments of the writes before it, in order: all that are younger than the longest of the rates.
 */
export function nextMoment(
  booked: readonly number[],
  nowMs: number,
  rates: readonly Rate[] = CONVERSATION_RATES,
  jitterMs = JITTER_MS,
): number {
  const free = rates.map(({ writes, withinMs }) => (booked.at(-writes) ?? -Infinity) + withinMs + jitterMs);
  return Math.max(nowMs, booked.at(-1) ?? nowMs, ...free);
}

/** The part of rates that one of several processes may use. @param part from 0 to 1. */
export const shareOf = (rates: readonly Rate[], part: number): readonly Rate[] =>
  rates.map(({ writes, withinMs }) => ({ writes: Math.max(1, Math.floor(writes * part)), withinMs }));

/** Books writes so that each conversation stays within the rates. First come, first served. */
export class SendRates {
  readonly #rates: () => readonly Rate[];
  readonly #longestMs: number;
  /** Moments of writes, the past ones and those that are booked, in order. */
  readonly #booked = new Map<string, number[]>();

  /** @param part how much of them may be used here (all). */
  constructor(rates: readonly Rate[] = CONVERSATION_RATES, part?: () => number) {
    this.#rates = part === undefined ? () => rates : () => shareOf(rates, part());
    this.#longestMs = Math.max(...rates.map(({ withinMs }) => withinMs)) + JITTER_MS;
  }

  /**
   * Books the next write.
   *
   * @param mostMs whoever would have to wait longer gets no turn, and has booked nothing.
   */
  book(conversationId: string, nowMs: number, mostMs: number): Turn {
    const booked = (this.#booked.get(conversationId) ?? []).filter((at) => at > nowMs - this.#longestMs);
    const at = nextMoment(booked, nowMs, this.#rates());
    const afterMs = at - nowMs;
    if (afterMs > mostMs) return { kind: 'too-late', afterMs };
    this.#booked.delete(conversationId);
    this.#booked.set(conversationId, [...booked, at]);
    this.#forgetOldest(nowMs);
    return { kind: 'taken', afterMs };
  }

  /** Conversations stand in the order of their last booking, so the oldest are at the front. */
  #forgetOldest(nowMs: number): void {
    for (const [conversationId, booked] of this.#booked) {
      if ((booked.at(-1) ?? 0) > nowMs - this.#longestMs) return;
      this.#booked.delete(conversationId);
    }
  }
}

export interface PaceParts {
  readonly now: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly rates?: SendRates;
  /** From then on nobody waits for a turn any more: what was to be written is stored, and is written later. */
  readonly stopping?: AbortSignal;
}

/** Waits for a turn in a conversation. @returns milliseconds after which to ask again, when no turn was to be had. */
export type TakeTurn = (conversationId: string, mostMs: number) => Promise<number | undefined>;

export function createTurns({ now, sleep, rates = new SendRates(), stopping }: PaceParts): TakeTurn {
  const stopped = new Promise<void>((resolve) => {
    stopping?.addEventListener('abort', () => {
      resolve();
    });
  });
  return async (conversationId, mostMs) => {
    const turn = rates.book(conversationId, now().getTime(), mostMs);
    if (turn.kind === 'too-late') return turn.afterMs;
    if (turn.afterMs === 0) return undefined;
    await Promise.race([sleep(turn.afterMs), stopped]);
    return stopping?.aborted === true ? turn.afterMs : undefined;
  };
}
