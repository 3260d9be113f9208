import { readFile, rename, writeFile } from 'node:fs/promises';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Service, TokenSource } from '../partner-center/token-source.ts';
import type { AppRegistration } from './app-tokens.ts';
import type { Authority } from './authority.ts';
import { authOf } from './authorization-code.ts';
import { keepToken, type IssuedToken, type KeptToken } from './kept-token.ts';
import { PERSON_SCOPES } from './scopes.ts';

export interface ServiceAccountParts {
  /** The app that the account has given its consent to. */
  readonly registration: AppRegistration;
  readonly authority: Authority;
  /** Holds the refresh token and nothing else; a newer one is written there. */
  readonly tokenFile: string;
  readonly now: Clock;
}

/** What is read of the library's cache: the refresh token that came with the newest answer. */
const Cache = z.object({ RefreshToken: z.record(z.string(), z.object({ secret: z.string().min(1) })) });

/**
 * One account for everybody, which has signed in once with a second factor: whatever the bot does, it does in that
 * account's name, by day and night. Partner Center then sees one person, whoever approved.
 *
 * @see "Secure Application Model framework"
 */
export function createServiceAccountTokens({
  registration,
  authority,
  tokenFile,
  now,
}: ServiceAccountParts): TokenSource {
  /** Two at the same moment would each write what the other has replaced. */
  let turn: Promise<unknown> = Promise.resolve();

  const ask = async (service: Service): Promise<IssuedToken> => {
    const { newer, ...issued } = await redeemRefreshToken(registration, authority, tokenFile, service);
    if (newer !== undefined) await replace(tokenFile, newer);
    return issued;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
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

/**
 * A token for a service, for the refresh token in a file. The file is left as it is.
 *
 * @returns `newer`: the refresh token that came with it, where that is another one.
 */
export async function redeemRefreshToken(
  registration: AppRegistration,
  authority: Authority,
  tokenFile: string,
  service: Service,
): Promise<IssuedToken & { readonly newer?: string }> {
  const client = new ConfidentialClientApplication({ auth: await authOf(registration, authority) });
  const refreshToken = (await readFile(tokenFile, 'utf8')).trim();
  const answer = await client.acquireTokenByRefreshToken({
    refreshToken,
    scopes: [PERSON_SCOPES[service]],
    // Without it the library keeps nothing of the answer, and the newer refresh token is lost.
    forceCache: true,
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

async function replace(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, file);
}
