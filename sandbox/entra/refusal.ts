import { randomUUID } from 'node:crypto';
import type { Answer } from '../partner-center/api/answers.ts';

interface Known {
  readonly error: string;
  readonly text: string;
  /** 400 unless told otherwise. */
  readonly status?: number;
  readonly suberror?: string;
}

const invalidGrant = (text: string, suberror?: string): Known => ({
  error: 'invalid_grant',
  text,
  ...(suberror !== undefined && { suberror }),
});
const invalidClient = (text: string): Known => ({ error: 'invalid_client', text, status: 401 });
const invalidRequest = (text: string): Known => ({ error: 'invalid_request', text });
const interaction = (text: string): Known => ({ error: 'interaction_required', text, suberror: 'basic_action' });

/**
 * The errors of the token service by number, with Entra's own words shortened.
 *
 * @see "Microsoft Entra authentication and authorization error codes"
 */
const KNOWN = {
  28000: invalidRequest('Provided value for the input parameter scope is not valid: more than one resource.'),
  50013: invalidGrant('Assertion failed signature validation. [Reason - The key was not found.]'),
  50011: invalidRequest(
    'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  ),
  50034: invalidGrant('The user account does not exist in the directory.'),
  50057: invalidGrant('The user account is disabled.'),
  50058: { error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  50076: interaction(
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  ),
  50079: interaction(
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.',
  ),
  50173: invalidGrant(
    'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    'bad_token',
  ),
  53003: {
    error: 'interaction_required',
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    suberror: 'message_only',
  },
  54005: invalidGrant('OAuth2 Authorization code was already redeemed, please retry with a new valid code.'),
  65001: invalidGrant(
    'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
    'consent_required',
  ),
  65004: { error: 'access_denied', text: 'User declined to consent to access the app.', suberror: 'cancel' },
  70000: invalidGrant('Provided grant is invalid or malformed.'),
  70003: { error: 'unsupported_grant_type', text: 'The app requested an unsupported grant type.' },
  70008: invalidGrant('The provided authorization code or refresh token has expired due to inactivity.'),
  70011: { error: 'invalid_scope', text: 'The provided value for the input parameter scope is not valid.' },
  90002: invalidRequest('The tenant was not found. Check to make sure you have the correct tenant ID.'),
  90014: invalidRequest('A required field is missing from the request body.'),
  90033: {
    error: 'temporarily_unavailable',
    text: 'A transient error has occurred. Please try again.',
    status: 503,
  },
  90055: { error: 'temporarily_unavailable', text: 'Too many requests. Try again later.', status: 429 },
  500011: {
    error: 'invalid_resource',
    text: 'The resource principal was not found in the tenant.',
  },
  500112: invalidClient('The reply address does not match the one provided when requesting Authorization code.'),
  500131: invalidGrant('Assertion audience does not match the Client app presenting the assertion.'),
  500133: invalidGrant(
    'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
  ),
  501491: invalidRequest('Invalid size or method of Code_Challenge parameter.'),
  501481: invalidGrant('The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  700016: {
    error: 'unauthorized_client',
    text: 'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant.',
  },
  700054: { error: 'unsupported_response_type', text: 'The response_type is not supported for the application.' },
  700024: invalidClient('Client assertion is not within its valid time range.'),
  700027: invalidClient('Client assertion failed signature validation.'),
  700082: invalidGrant('The refresh token has expired due to inactivity.'),
  7000114: invalidGrant('The application is not allowed to make application on-behalf-of calls.'),
  7000215: invalidClient(
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
  ),
  7000218: invalidClient(
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ),
  7000222: invalidClient('The provided client secret keys for the app are expired.'),
} as const satisfies Readonly<Record<number, Known>>;

export type Code = keyof typeof KNOWN;
export const isCode = (code: number): code is Code => Object.hasOwn(KNOWN, code);

export interface RefusalDetails {
  /** What stands after Entra's sentence. */
  readonly about?: string;
  /** A claims request as JSON text, for whoever asks again at the sign-in page. */
  readonly claims?: string | undefined;
  readonly retryAfterSeconds?: number;
}

/** Why there is no token. Thrown wherever it is found, and answered in one place. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly details: RefusalDetails;

  constructor(code: Code, details: RefusalDetails = {}) {
    super(`AADSTS${code}`);
    this.code = code;
    this.details = details;
  }

  get known(): Known {
    return KNOWN[this.code];
  }
}

/** `2026-05-31 14:03:22Z` */
const stamp = (now: Date): string => `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** The sentence with which every description ends. */
export function describe(
  { code, known, details }: Refusal,
  ids: { trace: string; correlation: string },
  now: Date,
): string {
  const about = details.about === undefined ? '' : ` ${details.about}`;
  return `AADSTS${code}: ${known.text}${about} Trace ID: ${ids.trace} Correlation ID: ${ids.correlation} Timestamp: ${stamp(now)}`;
}

/** A refusal as the token service writes one. */
export function refusalAnswer(refusal: Refusal, correlation: string, now: Date): Answer {
  const { known, details } = refusal;
  const trace = randomUUID();
  return {
    status: known.status ?? 400,
    body: {
      error: known.error,
      error_description: describe(refusal, { trace, correlation }, now),
      error_codes: [refusal.code],
      timestamp: stamp(now),
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
      ...(known.suberror !== undefined && { suberror: known.suberror }),
      ...(details.claims !== undefined && { claims: details.claims }),
    },
    ...(details.retryAfterSeconds !== undefined && {
      headers: { 'Retry-After': String(details.retryAfterSeconds) },
    }),
  };
}
