import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfidentialClientApplication, ResponseMode, type Configuration } from '@azure/msal-node';
import type { AppRegistration } from './app-tokens.ts';
import { msalAuthority, type Authority } from './authority.ts';
import { exchangeErrorOf } from './exchange-error.ts';
import { answeredInTime } from './kept-token.ts';
import { SIGN_ON_SCOPE } from './sign-on-token.ts';

/** The sign-in of a person in a browser, for the bot's own sign-in registration. */
export interface AuthorizationCode {
  /** Where the person signs in. @param claims what has to be fulfilled there. */
  startUrl(parts: { readonly state: string; readonly verifier: string; readonly claims?: string }): Promise<string>;
  /**
   * @returns the sign-on token that the code stands for; a code is good for one.
   * @throws {ExchangeError}
   */
  redeem(code: string, verifier: string): Promise<string>;
}

/**
 * Authorization code with PKCE. The registration asks for a token for itself, which Entra gives only under its client
 * id, and exchanges it like one of Teams single sign-on. Nothing is kept: each sign-in has a client of its own.
 *
 * @see "OAuth 2.0 authorization code flow"; AADSTS90009
 */
export function createAuthorizationCode(
  registration: AppRegistration,
  authority: Authority,
  redirectUri: string,
): AuthorizationCode {
  const { clientId } = registration;
  const scopes = [`${clientId}/${SIGN_ON_SCOPE}`];
  const client = async (): Promise<ConfidentialClientApplication> =>
    new ConfidentialClientApplication({ auth: await authOf(registration, authority) });

  return {
    async startUrl({ state, verifier, claims }) {
      const app = await client();
      return answeredInTime(() =>
        app.getAuthCodeUrl({
          ...{ scopes, redirectUri, state },
          responseMode: ResponseMode.QUERY,
          codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
          codeChallengeMethod: 'S256',
          ...(claims !== undefined && { claims }),
        }),
      );
    },
    async redeem(code, verifier) {
      const app = await client();
      try {
        const asked = { code, scopes, redirectUri, codeVerifier: verifier };
        return (await answeredInTime(() => app.acquireTokenByCode(asked))).accessToken;
      } catch (error) {
        throw exchangeErrorOf(error);
      }
    },
  };
}

/** What a registration proves itself with, for `@azure/msal-node`. */
export async function authOf(
  { tenantId, clientId, proof }: AppRegistration,
  authority: Authority,
): Promise<Configuration['auth']> {
  const common = { clientId, ...msalAuthority(authority, tenantId) };
  if ('secret' in proof) return { ...common, clientSecret: proof.secret };
  const pem = await readFile(proof.certificatePath, 'utf8');
  const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  return { ...common, clientCertificate: { thumbprintSha256, privateKey: pem, x5c: pem } };
}
