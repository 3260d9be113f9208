import { createPrivateKey, randomUUID } from 'node:crypto';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { ClientAssertionCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { SignJWT } from 'jose';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Credential } from '../../services/sign-in/app-tokens.ts';
import { credentialOptions, type Authority } from '../../services/sign-in/authority.ts';
import type { BotConfig } from '../config/bot.ts';

const ASSERTION_MS = 10 * MINUTE_MS;

export type Certificate = NonNullable<BotConfig['certificate']>;

export interface CredentialWorld {
  /** The Entra that the bot is registered in. */
  readonly authority: Authority;
  /** Towards Entra (its library's own). */
  readonly http: HttpClient | undefined;
  readonly now: Clock;
}

/**
 * With what the bot asks Entra for its own token: as a managed identity, with its password, or with its certificate.
 *
 * @throws {Error} when the bot has no identity.
 */
export function botCredential(config: BotConfig, { authority, http, now }: CredentialWorld): Credential {
  const { appId, appType, appTenantId, password, certificate } = config;
  const client = http === undefined ? {} : { httpClient: http };
  if (appId !== undefined && appId !== '') {
    if (appType === 'UserAssignedMSI') return new ManagedIdentityCredential({ clientId: appId, ...client });
    if (appType === 'SingleTenant' && appTenantId !== undefined) {
      const options = { ...credentialOptions(authority), ...client };
      if (password !== undefined) return new ClientSecretCredential(appTenantId, appId, password.reveal(), options);
      const assertion = certificate && (() => assertionOf({ appId, appTenantId, certificate, authority, now }));
      if (assertion !== undefined) return new ClientAssertionCredential(appTenantId, appId, assertion, options);
    }
  }
  throw new Error('the bot has no identity');
}

/**
 * What a certificate proves. The SDK's variables hold the certificate's thumbprint and its key, and not the certificate
 * itself, without which `ClientCertificateCredential` cannot do.
 *
 * @see "Microsoft identity platform application authentication certificate credentials"
 */
function assertionOf(parts: {
  readonly appId: string;
  readonly appTenantId: string;
  readonly certificate: Certificate;
  readonly authority: Authority;
  readonly now: Clock;
}): Promise<string> {
  const { appId, appTenantId, certificate, authority } = parts;
  const thumbprint = Buffer.from(certificate.thumbprint, 'hex').toString('base64url');
  const isSha1 = certificate.thumbprint.length === 40;
  const nowS = Math.floor(parts.now().getTime() / SECOND_MS);
  return new SignJWT()
    .setProtectedHeader(isSha1 ? { alg: 'RS256', x5t: thumbprint } : { alg: 'PS256', 'x5t#S256': thumbprint })
    .setAudience(`${authority.url}/${appTenantId}/oauth2/v2.0/token`)
    .setIssuer(appId)
    .setSubject(appId)
    .setJti(randomUUID())
    .setNotBefore(nowS)
    .setExpirationTime(nowS + ASSERTION_MS / SECOND_MS)
    .sign(createPrivateKey(certificate.privateKey.reveal()));
}
