import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { MINUTE_MS, type Clock } from '../clock.ts';
import { SignInNeededError, type TokenSource } from './token-source.ts';

/** Tokens for any other audience are refused with 401/900420. */
export const PARTNER_CENTER_SCOPE = 'https://api.partnercenter.microsoft.com/.default';
/** A token is not used any more when it is about to lapse on the way. */
const MARGIN_MS = 5 * MINUTE_MS;

/** The part of `TokenCredential` of `@azure/identity` that is needed here. */
export interface Credential {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

export interface AppRegistration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: { readonly secret: string } | { readonly certificatePath: string };
}

/** The bot's own app registration at Partner Center. @see "Partner Center authentication" */
export const appCredential = ({ tenantId, clientId, credential }: AppRegistration): Credential =>
  'secret' in credential
    ? new ClientSecretCredential(tenantId, clientId, credential.secret)
    : new ClientCertificateCredential(tenantId, clientId, { certificatePath: credential.certificatePath });

/**
 * Tokens for the bot's own, app-only calls. Enough for customers, subscriptions, orders, transfers and
 * Azure entitlements; entitlements and every change of a relationship need a person, whom this source
 * cannot speak for. A token is kept in memory until five minutes before it lapses, and asked for once
 * however many calls wait for it.
 */
export function createEntraTokenSource(parts: { readonly credential: Credential; readonly now: Clock }): TokenSource {
  let kept: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const answer = await parts.credential.getToken(PARTNER_CENTER_SCOPE);
    if (answer === null) throw new Error('the credential gave no token');
    kept = answer;
    return answer.token;
  };

  return {
    async tokenFor(actAs) {
      if (actAs !== 'bot') throw new SignInNeededError(actAs);
      if (kept !== undefined && kept.expiresOnTimestamp - MARGIN_MS > parts.now().getTime()) return kept.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    canActAs: (actAs) => actAs === 'bot',
  };
}
