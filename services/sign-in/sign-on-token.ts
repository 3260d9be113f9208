import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { DAY_MS, MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';
import { sameCase, type UserId } from '../ids.ts';
import { issuersOf, keysUrlOf, type Authority } from './authority.ts';

/** What Teams single sign-on has said about a person. */
export interface SignOn {
  /** What is exchanged for tokens in that person's name. */
  readonly assertion: string;
  readonly expiresOnTimestamp: number;
  /** Conditional Access authentication contexts that were met (`acrs`). */
  readonly authContexts: readonly string[];
}

/** Why a token was not taken for a person's. */
export type SignOnRefusal =
  /** It is another person's, or of another tenant. */
  | 'not-yours'
  /** It is over. */
  | 'lapsed'
  /** It is no token for this bot: its signature, issuer, audience, kind or scope. */
  | 'not-valid'
  /** Entra's keys cannot be had, so that nobody can tell. */
  | 'unavailable';

export interface SignOnParts {
  readonly authority: Authority;
  readonly tenantId: string;
  /** The sign-in registration; its tokens name either of these as their audience. */
  readonly appId: string;
  readonly appUri: string;
  readonly now: Clock;
  /** Entra's signing keys (as it publishes them). */
  readonly keys?: JWTVerifyGetKey;
}

/** The permission that the sign-in registration exposes. */
export const SIGN_ON_SCOPE = 'access_as_user';
const CLOCKS_DIFFER_S = 60;

/** Reads a sign-on token for the person that the channel has attested. */
export type ReadSignOn = (token: string, person: UserId) => Promise<SignOn | SignOnRefusal>;

/** Reads a sign-on token of whomever it was issued to, where nothing but the token says who asks. */
export type ReadSignedOn = (token: string) => Promise<SignedOn | SignOnRefusal>;

/** A sign-on, and whose it is. */
export interface SignedOn extends SignOn {
  readonly person: UserId;
}

/** A sign-on token counts only for who sent it: it was issued to the very person of the activity. */
export const ofThePerson =
  (readSignedOn: ReadSignedOn): ReadSignOn =>
  async (token, person) => {
    const signedOn = await readSignedOn(token);
    if (typeof signedOn === 'string') return signedOn;
    const { person: whose, ...signOn } = signedOn;
    return whose === sameCase(person) ? signOn : 'not-yours';
  };

/**
 * A sign-on token is signed by Entra, and issued for this bot's sign-in registration and the partner's tenant. It does not
 * say how that person has signed in.
 *
 * @see "Enable SSO for your bot", "Enable SSO for your tab app", "Access token claims reference"
 */
export function createReadSignedOn({ authority, tenantId, appId, appUri, now, keys }: SignOnParts): ReadSignedOn {
  const published =
    keys ??
    createRemoteJWKSet(keysUrlOf(authority, tenantId), {
      timeoutDuration: 5 * SECOND_MS,
      cooldownDuration: MINUTE_MS,
      cacheMaxAge: DAY_MS,
    });

  return async (token) => {
    const verified = await jwtVerify(token, published, {
      algorithms: ['RS256'],
      issuer: [...issuersOf(authority, tenantId)],
      audience: [appId, appUri],
      requiredClaims: ['exp', 'oid', 'tid', 'scp'],
      clockTolerance: CLOCKS_DIFFER_S,
      currentDate: now(),
    }).catch(whyRefused);
    if (typeof verified === 'string') return verified;
    const { payload } = verified;
    if (!scopesOf(payload).includes(SIGN_ON_SCOPE)) return 'not-valid';
    if (sameCase(textOf(payload['tid'])) !== sameCase(tenantId)) return 'not-yours';
    const person = sameCase(textOf(payload['oid']));
    if (person === '') return 'not-yours';
    return {
      person,
      assertion: token,
      expiresOnTimestamp: (payload.exp ?? 0) * SECOND_MS,
      authContexts: listOf(payload['acrs']),
    };
  };
}

function whyRefused(error: unknown): SignOnRefusal {
  if (error instanceof errors.JWTExpired) return 'lapsed';
  if (error instanceof errors.JWKSTimeout) return 'unavailable';
  const isAboutToken =
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys;
  // The keys were not answered for, or with something else than keys.
  return isAboutToken ? 'not-valid' : 'unavailable';
}

const textOf = (claim: unknown): string => (typeof claim === 'string' ? claim : '');
const scopesOf = ({ scp }: JWTPayload): readonly string[] => textOf(scp).split(' ');

/** A claim of several texts, which comes as a list, or as one text. */
export const listOf = (claim: unknown): readonly string[] =>
  Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : typeof claim === 'string' ? [claim] : [];
