import { setTimeout as delay } from 'node:timers/promises';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Clock } from '../clock.ts';
import type { Service, TokenSource } from '../partner-center/token-source.ts';
import type { AppRegistration } from './app-tokens.ts';
import type { Authority } from './authority.ts';
import { authOf } from './authorization-code.ts';
import { exchangeErrorOf } from './exchange-error.ts';
import { answeredInTime, keepToken, type IssuedToken, type KeptToken } from './kept-token.ts';
import { isPassing, type RefreshTokenPlace } from './refresh-token.ts';
import { PERSON_SCOPES } from './scopes.ts';

export interface ServiceAccountParts {
  /** The app that the account has given its consent to. */
  readonly registration: AppRegistration;
  readonly authority: Authority;
  readonly refreshToken: RefreshTokenPlace;
  readonly now: Clock;
  /** Told that there is no token, each time that one was asked for. */
  readonly onNoToken?: (error: unknown) => void;
  /** Told that a newer refresh token could not be stored: the one that is stored stays good, and it is tried again. */
  readonly onNotStored?: (error: unknown) => void;
  /** How pauses are waited (by the machine's clock, without keeping the process alive). */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** What is read of the library's cache: the refresh token that came with the newest answer. */
const Cache = z.object({ RefreshToken: z.record(z.string(), z.object({ secret: z.string().min(1) })) });

/**
 * Each token that is asked for comes with a newer refresh token, and the one before stays good for 90 days. The first one
 * of a process is stored, which shows that it can be, and from then on one a day: a vault keeps every version for ever.
 */
const STORED_EVERY_MS = DAY_MS;
/** Pauses after the first, second … time in a row that it could not be stored; the last one repeats. */
const STORED_AGAIN_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];

/**
 * One account for everybody, which has signed in once with a second factor: whatever the bot does, it does in that
 * account's name, by day and night. Partner Center then sees one person, whoever approved.
 *
 * @see "Secure Application Model framework"
 */
export function createServiceAccountTokens(parts: ServiceAccountParts): TokenSource {
  const { registration, authority, refreshToken, now, onNoToken } = parts;
  const store = createStoring(parts);
  /** Two at the same moment would each have what the other has replaced. */
  let turn: Promise<unknown> = Promise.resolve();

  /** What was read last. It is as good as before while nobody can be asked; not where somebody has taken it away. */
  let known: string | undefined;
  const read = async (): Promise<string> => {
    try {
      known = await refreshToken.read();
    } catch (error) {
      if (!isPassing(error)) known = undefined;
      if (known === undefined) throw error;
    }
    return known;
  };
  const ask = async (service: Service): Promise<IssuedToken> => {
    const used = await read();
    const { newer, ...issued } = await redeemRefreshToken(registration, authority, used, service);
    if (newer !== undefined) store(used, newer);
    return issued;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch((error: unknown) => onNoToken?.(error));
    return mine;
  };
  const kept = (service: Service): KeptToken => keepToken(() => inTurn(() => ask(service)), now);
  const tokens: Readonly<Record<Service, KeptToken>> = {
    'partner-center': kept('partner-center'),
    graph: kept('graph'),
  };

  return {
    tokenFor: (_actAs, service) => tokens[service].get(),
    canActAs: () => true,
    refused(_actAs, service, token, why) {
      tokens[service].drop(token);
      return why === undefined;
    },
  };
}

/** Stores newer refresh tokens, one at a time, and waits for nothing: nobody needs one before the next start. */
function createStoring({
  refreshToken,
  now,
  onNotStored,
  sleep = (ms) => delay(ms, undefined, { ref: false }),
}: ServiceAccountParts): (used: string, newer: string) => void {
  let storedAtMs = -Infinity;
  let isBusy = false;

  const storing = async (used: string, newer: string): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      try {
        // Whoever has overtaken has stored one that is as good.
        await refreshToken.replace(used, newer);
        storedAtMs = now().getTime();
        return;
      } catch (error) {
        onNotStored?.(error);
        await sleep(STORED_AGAIN_MS.at(failures) ?? STORED_AGAIN_MS.at(-1) ?? HOUR_MS);
      }
    }
  };
  return (used, newer) => {
    if (isBusy || now().getTime() - storedAtMs < STORED_EVERY_MS) return;
    isBusy = true;
    void storing(used, newer).finally(() => {
      isBusy = false;
    });
  };
}

/**
 * A token for a service, for a refresh token.
 *
 * @returns `newer`: the refresh token that came with it, where that is another one.
 * @throws {ExchangeError}
 */
export async function redeemRefreshToken(
  registration: AppRegistration,
  authority: Authority,
  refreshToken: string,
  service: Service,
): Promise<IssuedToken & { readonly newer?: string }> {
  const client = new ConfidentialClientApplication({ auth: await authOf(registration, authority) });
  const asked = {
    refreshToken,
    scopes: [PERSON_SCOPES[service]],
    // Without it the library keeps nothing of the answer, and the newer refresh token is lost.
    forceCache: true,
  };
  const answer = await answeredInTime(() => client.acquireTokenByRefreshToken(asked)).catch((error: unknown) => {
    throw exchangeErrorOf(error);
  });
  if (answer === null) throw new Error('the service account’s refresh token gave no token');
  const cache = Cache.safeParse(JSON.parse(client.getTokenCache().serialize())).data;
  const [newest] = Object.values(cache?.RefreshToken ?? {});
  return {
    token: answer.accessToken,
    expiresOnTimestamp: answer.expiresOn?.getTime() ?? 0,
    ...(newest !== undefined && newest.secret !== refreshToken && { newer: newest.secret }),
  };
}
