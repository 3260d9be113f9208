import { AuthenticationRequiredError, OnBehalfOfCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import type { Service } from '../partner-center/token-source.ts';
import type { AppRegistration } from './app-tokens.ts';
import { credentialOptions, type Authority } from './authority.ts';
import { ISSUING_MS, type IssuedToken } from './kept-token.ts';
import { PERSON_SCOPES } from './scopes.ts';
import { listOf } from './sign-on-token.ts';

/** Why Entra gave no token in a person's name. */
export type ExchangeFault =
  /** Nobody has consented to what the sign-in registration asks for. */
  | 'consent'
  /** The person has to do more than they have done: another factor, a managed device, an authentication context. */
  | 'interaction'
  /** The sign-on is over or was taken back. */
  | 'lapsed'
  /** What was given is another person's. */
  | 'not-yours'
  /** The sign-in registration cannot prove itself, or is not there: the operator's to put right. */
  | 'misconfigured'
  /** No answer, or one that does not tell. */
  | 'unavailable';

/** Carries no token, and none of what Entra said but its number. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly fault: ExchangeFault;
  /** What the person's next sign-in has to fulfil, as Entra wrote it. */
  readonly claims: string | undefined;
  constructor(fault: ExchangeFault, { aadsts, claims }: { readonly aadsts?: string; readonly claims?: string } = {}) {
    super(`no token in the person’s name: ${fault}${aadsts === undefined ? '' : ` (AADSTS${aadsts})`}`);
    this.fault = fault;
    this.claims = claims;
  }
}

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
          return await credential.getToken(PERSON_SCOPES[service], { abortSignal: AbortSignal.timeout(ISSUING_MS) });
        } catch (error) {
          throw faultOf(error);
        }
      },
    };
  };

export type CreateExchange = ReturnType<typeof createExchange>;

/** What the library's error holds of Entra's answer, by the names of `@azure/msal-common`. */
interface EntraAnswer {
  readonly errorCode?: unknown;
  readonly errorMessage?: unknown;
  readonly subError?: unknown;
  readonly claims?: unknown;
}

/** Consent is missing, was given for something else, or is an administrator's to give. */
const CONSENT: ReadonlySet<string> = new Set(['65001', '65004', '90094', '90008']);
/** The assertion has expired, was signed for a session that was revoked, or its user has changed the password. */
const LAPSED: ReadonlySet<string> = new Set(['50013', '500133', '50089', '50173', '70043', '700082', '700024']);
/** Client unknown, secret wrong or lapsed, certificate not registered. */
const CLIENT: ReadonlySet<string> = new Set(['700016', '7000215', '7000222', '700027', '7000218', '90002']);

/** @see "Microsoft Entra authentication and authorization error codes" */
function faultOf(error: unknown): ExchangeError {
  const answer = ((error as { readonly cause?: unknown }).cause ?? error) as EntraAnswer;
  const told = `${textOf(answer.errorMessage)} ${error instanceof Error ? error.message : ''}`;
  const aadsts = /AADSTS(\d+)/.exec(told)?.[1];
  const claims = textOf(answer.claims);
  const details = { ...(aadsts !== undefined && { aadsts }), ...(claims !== '' && { claims }) };
  if (aadsts !== undefined && CLIENT.has(aadsts)) return new ExchangeError('misconfigured', details);
  if (aadsts !== undefined && CONSENT.has(aadsts)) return new ExchangeError('consent', details);
  if (aadsts !== undefined && LAPSED.has(aadsts)) return new ExchangeError('lapsed', details);
  const code = textOf(answer.errorCode);
  if (code === 'consent_required' || textOf(answer.subError) === 'consent_required')
    return new ExchangeError('consent', details);
  if (claims !== '' || code === 'interaction_required' || code === 'login_required')
    return new ExchangeError('interaction', details);
  if (code === 'invalid_grant') return new ExchangeError('lapsed', details);
  if (code === 'invalid_client' || code === 'unauthorized_client') return new ExchangeError('misconfigured', details);
  return new ExchangeError('unavailable', error instanceof AuthenticationRequiredError ? details : {});
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

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
