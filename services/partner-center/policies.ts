import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import type { Pace, Sleep } from './lanes.ts';
import type { CallIds } from './partner-center.ts';
import { retryAfterMs } from './retry-after.ts';

/** No answer came, or it broke off. Says nothing about whether the request was carried out. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly why: 'timed-out' | 'stopped' | 'network';
  constructor(why: NoAnswerError['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** The answer is larger than any honest one. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

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

/** Whatever the token source throws comes out as it is, and nothing is sent. */
export const authorise = (token: () => Promise<string | undefined>): PipelinePolicy => ({
  name: 'authorise',
  async sendRequest(request, next) {
    const bearer = await token();
    if (bearer !== undefined) request.headers.set('Authorization', `Bearer ${bearer}`);
    return next(request);
  },
});

/** Waits before the second, third and fourth sending, in ms. */
const BACKOFF_MS = [300, 1_000, 2_000];
/** A longer wait is handed to the caller, who can do something else meanwhile. */
const LONGEST_WAIT_MS = 10_000;
const TRANSIENT = new Set([500, 502, 503, 504]);

export interface RetryOptions {
  readonly sleep: Sleep;
  readonly now: Clock;
}

/**
 * Sends a read again that was throttled, could not be served or got no answer, at most four times in all
 * and never earlier than the service asks. A read that took the whole time-out is not sent again: whoever
 * waits for it has waited long enough.
 *
 * A change passes through untouched: what became of it has to be read before it is sent again.
 */
export const retryReads = ({ sleep, now }: RetryOptions): PipelinePolicy => ({
  name: 'retry-reads',
  async sendRequest(request, next) {
    if (request.method !== 'GET') return next(request);
    for (const backoffMs of BACKOFF_MS) {
      const answer = await answerOrFault(request, next);
      const waitMs = waitBeforeNext(answer, backoffMs, now());
      if (waitMs === undefined || waitMs > LONGEST_WAIT_MS) return settled(answer);
      await sleep(waitMs, request.abortSignal as AbortSignal | undefined).catch(() => {
        throw new NoAnswerError('stopped', 'the call was stopped while it waited');
      });
    }
    return next(request);
  },
});

type Answer = PipelineResponse | NoAnswerError;
type Next = (request: PipelineRequest) => Promise<PipelineResponse>;

async function answerOrFault(request: PipelineRequest, next: Next): Promise<Answer> {
  try {
    return await next(request);
  } catch (error) {
    if (error instanceof NoAnswerError) return error;
    throw error;
  }
}

function settled(answer: Answer): PipelineResponse {
  if (answer instanceof NoAnswerError) throw answer;
  return answer;
}

function waitBeforeNext(answer: Answer, backoffMs: number, now: Date): number | undefined {
  if (answer instanceof NoAnswerError) return answer.why === 'network' ? backoffMs : undefined;
  const askedMs = retryAfterMs(answer.headers.get('Retry-After'), now);
  if (answer.status === 429) return askedMs ?? Math.max(1_000, backoffMs);
  return TRANSIENT.has(answer.status) ? (askedMs ?? backoffMs) : undefined;
}

/** Holds every sending back until its turn comes. */
export const pace = (wait: Pace): PipelinePolicy => ({
  name: 'pace',
  async sendRequest(request, next) {
    await wait(request.method !== 'GET', request.abortSignal as AbortSignal | undefined).catch(() => {
      throw new NoAnswerError('stopped', 'the call was stopped before it was sent');
    });
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

/**
 * The innermost layer: one sending, within its time, its body read whole and no longer than it may be.
 *
 * @throws {NoAnswerError} when no whole answer came.
 * @throws {BodyTooLargeError}
 */
export const withinBounds = (timeoutMs: number, maxBytes: number): PipelinePolicy => ({
  name: 'within-bounds',
  async sendRequest(request, next) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const stop = request.abortSignal as AbortSignal | undefined;
    request.abortSignal = stop === undefined ? timeout : AbortSignal.any([stop, timeout]);
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const response = await next(request);
      response.bodyAsText = await wholeBody(response, maxBytes);
      return response;
    } catch (error) {
      if (error instanceof BodyTooLargeError) throw error;
      if (stop?.aborted === true) throw new NoAnswerError('stopped', 'the call was stopped');
      if (timeout.aborted) throw new NoAnswerError('timed-out', `no whole answer within ${timeoutMs} ms`);
      // Only the words are kept: the error of the library holds the request, and that holds the token.
      throw new NoAnswerError('network', error instanceof Error ? error.message : 'unknown fault');
    } finally {
      if (stop === undefined) delete request.abortSignal;
      else request.abortSignal = stop;
    }
  },
});

async function wholeBody(response: PipelineResponse, maxBytes: number): Promise<string> {
  const { readableStreamBody: stream, bodyAsText } = response;
  if (stream === undefined) {
    if (Buffer.byteLength(bodyAsText ?? '') > maxBytes) throw new BodyTooLargeError();
    return bodyAsText ?? '';
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    bytes += part.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError();
    chunks.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
