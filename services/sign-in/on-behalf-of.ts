import { OnBehalfOfCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import type { Service } from '../partner-center/token-source.ts';
import type { AppRegistration } from './app-tokens.ts';
import { credentialOptions, type Authority } from './authority.ts';
import { exchangeErrorOf } from './exchange-error.ts';
import { issuedInTime, type IssuedToken } from './kept-token.ts';
import { PERSON_SCOPES } from './scopes.ts';
import { listOf } from './sign-on-token.ts';

/** A sign-on exchanged for tokens of services in the same person's name. */
export interface Exchange {
  /** @throws {ExchangeError} */
  token(service: Service): Promise<IssuedToken>;
}

/**
 * Exchanges a sign-on. Every call makes a credential of its own, which serves one sign-on of one person and nobody else.
 *
 * @see "OAuth 2.0 On-Behalf-Of flow", `OnBehalfOfCredential`
 */
export const createExchange =
  ({ tenantId, clientId, proof }: AppRegistration, authority: Authority) =>
  (assertion: string): Exchange => {
    const common = { tenantId, clientId, userAssertionToken: assertion, ...credentialOptions(authority) };
    const credential =
      'secret' in proof
        ? new OnBehalfOfCredential({ ...common, clientSecret: proof.secret })
        : new OnBehalfOfCredential({
            ...common,
            certificatePath: proof.certificatePath,
            sendCertificateChain: true,
          });
    return {
      async token(service) {
        try {
          return await issuedInTime(() => credential.getToken(PERSON_SCOPES[service]));
        } catch (error) {
          throw exchangeErrorOf(error);
        }
      },
    };
  };

export type CreateExchange = ReturnType<typeof createExchange>;

/** What can be read in an access token for another service, which promises no shape. */
export function readableClaims(token: string): {
  readonly personId?: string;
  /** How the person has signed in; missing where it is not told. */
  readonly methods?: readonly string[];
} {
  try {
    const { oid, amr } = decodeJwt(token);
    return {
      ...(typeof oid === 'string' && { personId: oid.toLowerCase() }),
      ...(amr !== undefined && { methods: listOf(amr) }),
    };
  } catch {
    return {};
  }
}
