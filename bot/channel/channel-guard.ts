import type { IncomingMessage } from 'node:http';
import type { Activity } from 'botbuilder';
import type { Clock } from '../../services/clock.ts';
import type { Log } from '../log.ts';
import { admitActivity, type ActivityRules } from './activity-guard.ts';
import { createChannelTokens, type ChannelClaims, type TokenVerdict } from './channel-token.ts';
import { createRefusalLimit } from './refusal-limit.ts';
import { createRefusalLog } from './refusal-log.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Too many refused requests came from there. */
export const TOO_MANY = 429;

export interface Admitted {
  readonly kind: 'admitted';
  readonly activity: Activity;
  /** What Teams has signed; missing where nobody has to sign. */
  readonly claims?: ChannelClaims;
}

export type Guarded = Admitted | { readonly kind: 'refused'; readonly status: number };

/** Stands between strangers and the bot. Everything is decided here, before the SDK sees a request. */
export interface ChannelGuard {
  /**
   * Looks at a request before its body is read. Never rejects.
   *
   * @returns the status to refuse it with at once.
   */
  knock(request: IncomingMessage): number | undefined | Promise<number | undefined>;
  /** Notes that a request is refused for what it is made of, or asks for. @returns the status to refuse it with. */
  refuse(request: IncomingMessage, status: number, what: 'body' | 'page'): number;
  /**
   * Says what becomes of a request with this body: 400 for what is no activity, 401 for what Teams has not signed, 403
   * for what is not for this bot.
   */
  admit(request: IncomingMessage, body: unknown): Guarded;
}

export interface ChannelGuardParts {
  readonly rules: ActivityRules;
  readonly log: Log;
  readonly now: Clock;
  /** Missing where nobody has to sign, and whoever reaches the port is believed. */
  readonly signed?: { readonly appId: string; readonly keys: Pick<SigningKeys, 'find' | 'known'> };
}

export function createChannelGuard({ rules, log, now, signed }: ChannelGuardParts): ChannelGuard {
  const tell = createRefusalLog(log, now);
  const limit = createRefusalLimit(now);
  const tokens = signed && createChannelTokens({ ...signed, now });
  const verdicts = new WeakMap<IncomingMessage, TokenVerdict>();
  const addressOf = ({ socket }: IncomingMessage): string => socket.remoteAddress ?? '';

  const refuse = (request: IncomingMessage, status: number, why: string): Guarded => {
    tell(status, why);
    if (signed !== undefined) limit.count(addressOf(request));
    return { kind: 'refused', status };
  };

  const tooMany = (): number => {
    tell(TOO_MANY, 'too many refusals');
    return TOO_MANY;
  };

  const answerKnock = (request: IncomingMessage, verdict: TokenVerdict): number | undefined => {
    verdicts.set(request, verdict);
    return verdict.kind === 'refused' && limit.isReached(addressOf(request)) ? tooMany() : undefined;
  };

  return {
    knock(request) {
      const verdict = tokens?.judge(request);
      if (verdict === undefined) return undefined;
      return 'kind' in verdict ? answerKnock(request, verdict) : verdict.then((then) => answerKnock(request, then));
    },

    refuse(request, status, what) {
      if (signed !== undefined && limit.isReached(addressOf(request))) return tooMany();
      refuse(request, status, `${what} ${status}`);
      return status;
    },

    admit(request, body) {
      const admission = admitActivity(body, rules);
      const isRefused = admission.kind === 'refused';
      if (isRefused && admission.status === 400) return refuse(request, 400, admission.why);
      if (signed === undefined) return isRefused ? refuse(request, admission.status, admission.why) : admission;
      const verdict = verdicts.get(request) ?? { kind: 'refused', why: 'no token' };
      if (verdict.kind === 'refused') return refuse(request, 401, verdict.why);
      if (isRefused) return refuse(request, admission.status, admission.why);
      const { activity } = admission;
      if (verdict.claims.serviceurl !== activity.serviceUrl) return refuse(request, 401, 'token serviceurl');
      return { kind: 'admitted', activity, claims: verdict.claims };
    },
  };
}
