import { createPrivateKey, randomUUID } from 'node:crypto';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { ClientAssertionCredential, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { SignJWT } from 'jose';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Credential } from '../../services/sign-in/app-tokens.ts';
import type { BotConfig } from '../config/bot.ts';

const ENTRA = 'https://login.microsoftonline.com';
const ASSERTION_MS = 10 * MINUTE_MS;

export type Certificate = NonNullable<BotConfig['certificate']>;

/**
 * With what the bot asks Entra for its own token: as a managed identity, with its password, or with its certificate.
 *
 * @throws {Error} when the bot has no identity.
 */
export function botCredential(config: BotConfig, http: HttpClient | undefined, now: Clock): Credential {
  const { appId, appType, appTenantId, password, certificate } = config;
  const options = http === undefined ? {} : { httpClient: http };
  if (appId !== undefined && appId !== '') {
    if (appType === 'UserAssignedMSI') return new ManagedIdentityCredential({ clientId: appId, ...options });
    if (appType === 'SingleTenant' && appTenantId !== undefined) {
      if (password !== undefined) return new ClientSecretCredential(appTenantId, appId, password.reveal(), options);
      const assertion = certificate && (() => assertionOf({ appId, appTenantId, certificate, now }));
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
  readonly now: Clock;
}): Promise<string> {
  const { appId, appTenantId, certificate } = parts;
  const thumbprint = Buffer.from(certificate.thumbprint, 'hex').toString('base64url');
  const isSha1 = certificate.thumbprint.length === 40;
  const nowS = Math.floor(parts.now().getTime() / SECOND_MS);
  return new SignJWT()
    .setProtectedHeader(isSha1 ? { alg: 'RS256', x5t: thumbprint } : { alg: 'PS256', 'x5t#S256': thumbprint })
    .setAudience(`${ENTRA}/${appTenantId}/oauth2/v2.0/token`)
    .setIssuer(appId)
    .setSubject(appId)
    .setJti(randomUUID())
    .setNotBefore(nowS)
    .setExpirationTime(nowS + ASSERTION_MS / SECOND_MS)
    .sign(createPrivateKey(certificate.privateKey.reveal()));
}
