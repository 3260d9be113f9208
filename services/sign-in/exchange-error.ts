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
  /** Entra's own number of it, AADSTS. */
  readonly aadsts: number | undefined;
  /** What the person's next sign-in has to fulfil, as Entra wrote it. */
  readonly claims: string | undefined;
  constructor(fault: ExchangeFault, { aadsts, claims }: { readonly aadsts?: number; readonly claims?: string } = {}) {
    super(`no token in the person’s name: ${fault}${aadsts === undefined ? '' : ` (AADSTS${aadsts})`}`);
    this.fault = fault;
    this.aadsts = aadsts;
    this.claims = claims;
  }
}

/** What MSAL's error holds of Entra's answer. */
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

/** @param error MSAL's, one of our own, or one of `@azure/identity`, which wraps it in one of its own that says nothing. */
export function exchangeErrorOf(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const { errorCode, errorNo, claims } = ((error as { readonly cause?: unknown }).cause ?? error) as EntraAnswer;
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

/** Whether there was only nobody to ask: what was got before still counts. */
export function isNobodyThere(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'isPassing' in error ? error.isPassing === true : exchangeErrorOf(error).fault === 'unavailable';
}
