import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';
import { isNobodyThere } from './exchange-error.ts';

/** A token as it was issued. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/** A token that is kept in memory, and asked for again before it lapses. */
export interface KeptToken {
  /** Whatever asking for it throws, once for all who wait for it. */
  get(): Promise<string>;
  /** Whether one is at hand that lasts a while. */
  isFresh(): boolean;
  /** What is at hand, if anything. */
  peek(): IssuedToken | undefined;
  /** It is not used any more, if it still is the one at hand. */
  drop(token: string): void;
}

/** A token is not used any more when it is about to lapse on the way. */
const MARGIN_MS = 5 * MINUTE_MS;
/** Whoever issues tokens answers in this time, or is not there. */
const ISSUING_MS = 10 * SECOND_MS;

/**
 * Credentials of `@azure/identity` wait for ever for a token endpoint that hangs, and hold a refusal against it for a
 * minute after; so each token is asked for with a credential of its own, and not longer than 10 s.
 *
 * @throws {TooLongError} and whatever else asking throws.
 */
export async function issuedInTime(
  ask: () => Promise<IssuedToken | null>,
  options?: { readonly withinMs?: number },
): Promise<IssuedToken> {
  const issued = await answeredInTime(ask, options);
  if (issued === null) throw new Error('the credential gave no token');
  return issued;
}

/** The same for whatever else Entra is asked. */
export async function answeredInTime<T>(
  ask: () => Promise<T>,
  { withinMs = ISSUING_MS }: { readonly withinMs?: number } = {},
): Promise<T> {
  const timer = new AbortController();
  const late = delay(withinMs, undefined, { signal: timer.signal }).then(() => {
    throw new TooLongError();
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}

/** No token came in time. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
  constructor() {
    super('no token was issued in time');
  }
}

/** Until then one that is at hand is used on while there is nobody to ask. */
const LAST_MS = MINUTE_MS;

/**
 * Keeps a token until five minutes before it lapses; asks once, however many wait for it. Where nobody answers who could give
 * another one, it is used for four minutes more; not where it was refused.
 */
export function keepToken(ask: () => Promise<IssuedToken>, now: Clock): KeptToken {
  let kept: IssuedToken | undefined;
  let asking: Promise<string> | undefined;

  const lasts = (ms: number): boolean => kept !== undefined && kept.expiresOnTimestamp - ms > now().getTime();
  const isFresh = (): boolean => lasts(MARGIN_MS);

  return {
    get() {
      if (kept !== undefined && isFresh()) return Promise.resolve(kept.token);
      asking ??= ask()
        .then((issued) => {
          kept = issued;
          return issued.token;
        })
        .catch((error: unknown) => {
          if (kept === undefined || !lasts(LAST_MS) || !isNobodyThere(error)) throw error;
          return kept.token;
        })
        .finally(() => {
          asking = undefined;
        });
      return asking;
    },
    isFresh,
    peek: () => kept,
    drop(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}
