import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';

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
export const ISSUING_MS = 10 * SECOND_MS;

/** Keeps a token until five minutes before it lapses; asks once, however many wait for it. */
export function keepToken(ask: () => Promise<IssuedToken>, now: Clock): KeptToken {
  let kept: IssuedToken | undefined;
  let asking: Promise<string> | undefined;

  const isFresh = (): boolean => kept !== undefined && kept.expiresOnTimestamp - MARGIN_MS > now().getTime();

  return {
    get() {
      if (kept !== undefined && isFresh()) return Promise.resolve(kept.token);
      asking ??= ask()
        .then((issued) => {
          kept = issued;
          return issued.token;
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
