import { setTimeout as delay } from 'node:timers/promises';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { fetchPublishedKeys, type PublishedKeys, type SigningKey } from './published-keys.ts';

/** The keys with which the channel signs, as they were last published. */
export interface SigningKeys {
  /** Begins to fetch them, and to fetch them anew from then on. Waits for nothing. */
  start(): void;
  /** Ends that, and whatever is under way. */
  stop(): void;
  /**
   * @returns the key of that id; `undefined` when nobody publishes it, or when it cannot be known. May take as long as
   * fetching them; never rejects.
   */
  find(kid: string): Promise<SigningKey | undefined>;
  /** The same among the keys that are at hand. */
  known(kid: string): SigningKey | undefined;
}

export interface SigningKeysParts {
  readonly openIdMetadataUrl: string;
  readonly fetch: typeof fetch;
  readonly now: Clock;
  readonly log: Log;
  /** How long fetching them may take (5 s). */
  readonly timeoutMs?: number;
  /** How pauses are waited (by the machine's clock, without keeping the process alive). */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const TIMEOUT_MS = 5 * SECOND_MS;
const REFRESH_MS = 24 * HOUR_MS;
/** How old keys may become while newer ones cannot be had. */
const STALE_MS = 5 * 24 * HOUR_MS;
/** How often a key that nobody knows may lead to a look for newer ones. */
const LOOK_MS = MINUTE_MS;
/** Pauses after the first, second … failure in a row; the last one repeats. */
const RETRY_MS = [1, 2, 5, 15, 30, 60].map((seconds) => seconds * SECOND_MS);

const machineSleep = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal, ref: false });

/**
 * Fetches the channel's keys at the start and once a day, and keeps those it has for up to five days while newer ones
 * cannot be had. Strangers decide which keys their tokens name, so one that is not known leads to one look for newer
 * ones a minute, however many ask; whoever asks while one is under way waits for that one.
 */
export function createSigningKeys(parts: SigningKeysParts): SigningKeys {
  const { now, log, sleep = machineSleep } = parts;
  const stopping = new AbortController();
  let known: { readonly keys: PublishedKeys; readonly atMs: number } | undefined;
  let fetching: Promise<boolean> | undefined;
  let lookedAtMs = -Infinity;
  let isStarted = false;

  const usable = (): PublishedKeys | undefined =>
    known !== undefined && now().getTime() - known.atMs <= STALE_MS ? known.keys : undefined;

  const load = async (): Promise<boolean> => {
    const inTime = AbortSignal.any([stopping.signal, AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS)]);
    try {
      const keys = await fetchPublishedKeys(parts.openIdMetadataUrl, parts.fetch, inTime);
      known = { keys, atMs: now().getTime() };
      log.info('the signing keys of the channel were fetched', { count: keys.size });
      return true;
    } catch (error) {
      if (stopping.signal.aborted) return false;
      const fields = { error: loggableError(error) };
      if (usable() === undefined) log.error('there are no signing keys of the channel: nobody is believed', fields);
      else log.warn('newer signing keys of the channel could not be fetched', fields);
      return false;
    }
  };
  const refresh = (): Promise<boolean> => {
    fetching ??= load().finally(() => {
      fetching = undefined;
    });
    return fetching;
  };

  const keepFresh = async ({ signal }: AbortController): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      failures = (await refresh()) ? 0 : failures + 1;
      const pauseMs = failures === 0 ? REFRESH_MS : (RETRY_MS.at(failures - 1) ?? RETRY_MS.at(-1) ?? MINUTE_MS);
      await sleep(pauseMs, signal).catch(() => undefined);
    }
  };

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      void keepFresh(stopping);
    },
    stop() {
      stopping.abort();
    },
    known: (kid) => usable()?.get(kid),
    async find(kid) {
      const atOnce = usable()?.get(kid);
      if (atOnce !== undefined) return atOnce;
      if (fetching !== undefined) {
        await fetching;
        const then = usable()?.get(kid);
        if (then !== undefined) return then;
      }
      const nowMs = now().getTime();
      if (nowMs - lookedAtMs >= LOOK_MS && !stopping.signal.aborted) {
        lookedAtMs = nowMs;
        void refresh();
      }
      await fetching;
      return usable()?.get(kid);
    },
  };
}
