import { SECOND_MS } from '../services/clock.ts';

export interface ReadinessParts {
  readonly isTimeInDoubt: () => boolean;
  readonly store: { readonly isReachable: () => Promise<boolean> };
  /** Missing where no other process works with the store. */
  readonly wakeUps?: { readonly isReachable: () => Promise<boolean> } | undefined;
  /** By a clock that nobody sets. */
  readonly elapsedMs: () => number;
}

/** Each look at the store writes something, and whoever asks is a stranger. */
const GOOD_FOR_MS = SECOND_MS;

/** Whether all is there that the bot works with. What was found well stays so for a second; anything else is looked at anew. */
export function createIsReady({ isTimeInDoubt, store, wakeUps, elapsedMs }: ReadinessParts): () => Promise<boolean> {
  let wellUntilMs = -Infinity;

  const isStoreThere = async (): Promise<boolean> => {
    const nowMs = elapsedMs();
    if (nowMs < wellUntilMs) return true;
    const isThere = await store.isReachable();
    wellUntilMs = isThere ? nowMs + GOOD_FOR_MS : -Infinity;
    return isThere;
  };
  return async () =>
    !isTimeInDoubt() && (await isStoreThere()) && (wakeUps === undefined || (await wakeUps.isReachable()));
}
