import { ClientCertificateCredential, ClientSecretCredential, type TokenCredential } from '@azure/identity';
import type { Clock } from '../clock.ts';
import type { Service } from '../partner-center/token-source.ts';
import { credentialOptions, type Authority } from './authority.ts';
import { issuedInTime, keepToken, type KeptToken } from './kept-token.ts';
import { APP_SCOPES } from './scopes.ts';

/** How a registration proves itself: with a secret, or with a certificate and its key in one PEM file. */
export type AppProof = { readonly secret: string } | { readonly certificatePath: string };

/** An app registration in Entra. */
export interface AppRegistration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: AppProof;
}

/** The part of `TokenCredential` of `@azure/identity` that is needed here. */
export type Credential = Pick<TokenCredential, 'getToken'>;

/** Tokens of the bot's own, in nobody's name. */
export interface AppTokens {
  tokenFor(service: Service): Promise<string>;
  /** One was not accepted: another one is asked for. */
  refused(service: Service, token: string): void;
}

/** A registration in its own name. @see "Partner Center authentication", app-only */
export const appCredential = ({ tenantId, clientId, proof }: AppRegistration, authority: Authority): Credential =>
  'secret' in proof
    ? new ClientSecretCredential(tenantId, clientId, proof.secret, credentialOptions(authority))
    : new ClientCertificateCredential(
        tenantId,
        clientId,
        { certificatePath: proof.certificatePath },
        credentialOptions(authority),
      );

/**
 * Tokens for the bot's own, app-only calls. Enough for customers, subscriptions, orders, transfers and Azure
 * entitlements; entitlements and every change of a relationship need a person.
 *
 * @param newCredential one for each time that a token is asked for.
 */
export function createAppTokens(newCredential: () => Credential, now: Clock): AppTokens {
  const kept = (service: Service): KeptToken =>
    keepToken(() => issuedInTime(() => newCredential().getToken(APP_SCOPES[service])), now);
  const tokens: Readonly<Record<Service, KeptToken>> = {
    'partner-center': kept('partner-center'),
    graph: kept('graph'),
  };
  return {
    tokenFor: (service) => tokens[service].get(),
    refused: (service, token) => {
      tokens[service].drop(token);
    },
  };
}
