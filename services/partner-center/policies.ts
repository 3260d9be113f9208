import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { instant, type Clock, type Instant } from '../clock.ts';
import type { Pace } from './lanes.ts';
import type { CallIds } from './partner-center.ts';
import { NoAnswerError } from './within-bounds.ts';

/** One sending of a call, for a log: what went where, and what came of it. Never a body, a query or a token. */
export interface CallLog {
  readonly method: string;
  readonly path: string;
  /** Missing when no answer came. */
  readonly status?: number;
  readonly fault?: string;
  readonly ids: CallIds;
  /** 1 for the first sending. */
  readonly attempt: number;
  readonly ms: number;
}

/** Headers that name the call and the caller. @see "Partner Center REST headers" */
export const identify = (ids: CallIds): PipelinePolicy => ({
  name: 'identify',
  sendRequest(request, next) {
    request.headers.set('MS-RequestId', ids.requestId);
    request.headers.set('MS-CorrelationId', ids.correlationId);
    request.headers.set('MS-PartnerCenter-Application', 'reseller-offboarding');
    request.headers.set('X-Locale', 'en-US');
    request.headers.set('Accept', 'application/json');
    return next(request);
  },
});

/** Where one call's token comes from. */
export interface Bearer {
  readonly token: () => Promise<string | undefined>;
  /** Told that the answer was 401. @returns whether another token may be had. */
  readonly refused: (token: string, body: string | null | undefined) => boolean;
}

/**
 * Whatever the token source throws comes out as it is, and nothing is sent. A token that is not accepted is asked for
 * once more: what was answered with 401 was not carried out.
 */
export const authorise = ({ token, refused }: Bearer): PipelinePolicy => ({
  name: 'authorise',
  async sendRequest(request, next) {
    const bearer = await token();
    if (bearer === undefined) return next(request);
    request.headers.set('Authorization', `Bearer ${bearer}`);
    const response = await next(request);
    if (response.status !== 401 || !refused(bearer, response.bodyAsText)) return response;
    const another = await token();
    if (another === undefined || another === bearer) return response;
    request.headers.set('Authorization', `Bearer ${another}`);
    return next(request);
  },
});

/** Holds every sending back until its turn comes. */
export const pace = (wait: Pace, isForDecision: boolean): PipelinePolicy => ({
  name: 'pace',
  async sendRequest(request, next) {
    const kind = request.method !== 'GET' ? 'change' : isForDecision ? 'decision' : 'read';
    await wait(kind, request.abortSignal as AbortSignal | undefined).catch(() => {
      throw new NoAnswerError('stopped', 'the call was stopped before it was sent');
    });
    return next(request);
  },
});

/** The time of a call was over before it was sent. */
export class TooLateToSendError extends Error {
  override readonly name = 'TooLateToSendError';
}

/** Gives a call up that has waited too long; whoever has to wait does so before. @throws {TooLateToSendError} */
export const notLater = (before: Instant | undefined, now: Clock): PipelinePolicy => ({
  name: 'not-later',
  sendRequest(request, next) {
    if (before !== undefined && instant(now()) >= before) throw new TooLateToSendError();
    return next(request);
  },
});

/** Tells a log about every sending. */
export const tell = (log: (entry: CallLog) => void, ids: CallIds, path: string): PipelinePolicy => {
  let attempt = 0;
  return {
    name: 'tell',
    async sendRequest(request, next) {
      const began = performance.now();
      const entry = { method: request.method, path, ids, attempt: ++attempt };
      const ms = (): number => Math.round(performance.now() - began);
      try {
        const response = await next(request);
        log({ ...entry, status: response.status, ms: ms() });
        return response;
      } catch (error) {
        log({ ...entry, fault: error instanceof NoAnswerError ? error.why : 'unexpected', ms: ms() });
        throw error;
      }
    },
  };
};
