import { OnBehalfOfCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import type { Service } from '../partner-center/token-source.ts';
import type { AppRegistration } from './app-tokens.ts';
import { credentialOptions, type Authority } from './authority.ts';
import { issuedInTime, type IssuedToken } from './kept-token.ts';
import { PERSON_SCOPES } from './scopes.ts';
import { listOf } from './sign-on-token.ts';

/** Why Entra gave no token in a person's name. */
export type ExchangeFault =
  /** Nobody has consented to what the sign-in registration asks for. */
  | 'consent'
  /** The person has to do more than they have done: another factor, a managed device, an authentication context. */
  | 'interaction'
  /** A policy does not let the person in, whatever they do; or the account is disabled. */
  | 'blocked'
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
  constructor(fault: ExchangeFault, { aadsts, claims }: { readonly aadsts?: number; readonly claims?: string } = {}) {
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
          return await issuedInTime(() => credential.getToken(PERSON_SCOPES[service]));
        } catch (error) {
          throw faultOf(error);
        }
      },
    };
  };

export type CreateExchange = ReturnType<typeof createExchange>;

/** What MSAL's error holds of Entra's answer; the library wraps it in one of its own, which says nothing. */
interface EntraAnswer {
  readonly errorCode?: unknown;
  /** An AADSTS number; a number, whatever the types say. */
  readonly errorNo?: unknown;
  readonly claims?: unknown;
}

/** @see "Microsoft Entra authentication and authorization error codes" */
const FAULTS: Readonly<Record<Exclude<ExchangeFault, 'interaction' | 'not-yours' | 'unavailable'>, readonly number[]>> =
  {
    // Missing, given for something else, or an administrator's to give.
    consent: [65001, 65004, 90008, 90094],
    blocked: [50057, 53000, 53001, 53003],
    // Over, signed by an unknown key, taken back by a changed password, meant for another app, nobody's.
    lapsed: [50013, 50089, 50173, 70043, 500131, 500133, 700024, 700082, 7000114],
    // The client unknown, its secret wrong or lapsed, its certificate not registered; tenant or resource unknown.
    misconfigured: [90002, 500011, 700016, 700027, 7000215, 7000218, 7000222],
  };

function faultOf(error: unknown): ExchangeError {
  const { errorCode, errorNo, claims } = ((error as { readonly cause?: unknown }).cause ?? {}) as EntraAnswer;
  const aadsts = Number(errorNo);
  const details = {
    ...(aadsts > 0 && { aadsts }),
    ...(typeof claims === 'string' && claims !== '' && { claims }),
  };
  const named = (Object.keys(FAULTS) as (keyof typeof FAULTS)[]).find((fault) => FAULTS[fault].includes(aadsts));
  if (named !== undefined) return new ExchangeError(named, details);
  if (details.claims !== undefined || errorCode === 'interaction_required')
    return new ExchangeError('interaction', details);
  if (errorCode === 'invalid_grant') return new ExchangeError('lapsed', details);
  if (errorCode === 'invalid_client' || errorCode === 'unauthorized_client')
    return new ExchangeError('misconfigured', details);
  return new ExchangeError('unavailable', details);
}

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
