import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelinePolicy,
  type PipelineResponse,
  type SendRequest,
} from '@azure/core-rest-pipeline';
import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Lanes, Pace, Sleep } from './lanes.ts';
import { PartnerCenterError, type CallIds, type CallOptions, type PartnerCenterFault } from './partner-center.ts';
import { meaningOf } from './known-codes.ts';
import {
  authorise,
  identify,
  notLater,
  pace,
  tell,
  TooLateToSendError,
  type Bearer,
  type CallLog,
} from './policies.ts';
import { retryAfterMs } from './retry-after.ts';
import { retryReads } from './retry-reads.ts';
import { SignInNeededError, type Service, type TokenSource } from './token-source.ts';
import { createCallDurations, traced } from './traced.ts';
import { isErrorInDisguise, readError } from './wire-answers.ts';
import { BodyTooLargeError, NoAnswerError, withinBounds } from './within-bounds.ts';

export interface TransportParts {
  /** Origin of the service, without a path. */
  readonly url: string;
  /** Whose tokens it takes. */
  readonly service: Service;
  /** What every path begins with (`/v1`). */
  readonly prefix?: string;
  readonly tokens: TokenSource;
  readonly http: HttpClient;
  readonly newId: NewId;
  readonly now: Clock;
  readonly sleep: Sleep;
  readonly lanes: Lanes;
  readonly pace: Pace;
  readonly log: (entry: CallLog) => void;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface Call {
  /** What is being done, for an error's message; no ids and no names. */
  readonly operation: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** Parts of the path after the prefix. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  /** The parsed body; `undefined` when it is empty. */
  readonly json: unknown;
  readonly ids: CallIds;
  /** For what the answer turns out not to be. */
  malformed(): PartnerCenterError;
}

export type Transport = (call: Call, options: CallOptions) => Promise<Answer>;

/**
 * Sends calls to Partner Center, in somebody's name, and turns everything that is not an answer of 200 or 202 (to a
 * POST 201 too) with JSON or nothing in it into a {@link PartnerCenterError}.
 */
export function createTransport(parts: TransportParts): Transport {
  const base = new URL(parts.url);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname);
  if (base.protocol !== 'https:' && !isLoopback) throw new Error('a service is asked over https only');

  const durations = createCallDurations();

  return async (call, options) => {
    const ids: CallIds = {
      requestId: options.requestId ?? parts.newId(),
      correlationId: options.correlationId ?? parts.newId(),
    };
    const failed = failureOf(call.operation, ids);
    const path = `${parts.prefix ?? '/v1'}/${call.path.map(segment).join('/')}`;
    const request = createPipelineRequest({
      url: `${base.origin}${path}${queryOf(call.query)}`,
      method: call.method,
      headers: createHttpHeaders(call.headers),
      allowInsecureConnection: isLoopback,
      ...(options.signal && { abortSignal: options.signal }),
    });
    if (call.body !== undefined) {
      request.headers.set('Content-Type', 'application/json; charset=utf-8');
      request.body = JSON.stringify(call.body);
    }

    // Calls for one customer share its lanes; the list of customers has lanes of its own.
    const lane = call.path[1] ?? '';
    const send = through(parts.http, [
      identify(ids),
      authorise(bearerOf(parts, options, failed)),
      retryReads(parts),
      pace(parts.pace, options.isForDecision === true),
      notLater(options.sendBefore, parts.now),
      traced(call, ids, durations),
      tell(parts.log, ids, path),
      oneAtATime(lane, parts),
      withinBounds(parts.timeoutMs, parts.maxBytes),
    ]);

    const response = await parts
      .lanes(lane, () => send(request))
      .catch((error: unknown) => {
        if (error instanceof NoAnswerError) throw failed('unavailable', {}, { cause: error });
        if (error instanceof TooLateToSendError) throw failed('not-sent', {}, { cause: error });
        if (error instanceof BodyTooLargeError) throw failed('malformed', {}, { cause: error });
        throw error;
      });
    return answerOf(response, ids, failed, parts.now());
  };
}

/**
 * What a request passes through, in this order. The library's own pipeline sorts its policies anew for each call, by phases
 * that none of ours has.
 */
const through = (http: HttpClient, policies: readonly PipelinePolicy[]): SendRequest =>
  policies.reduceRight<SendRequest>(
    (next, policy) => (request) => policy.sendRequest(request, next),
    (request) => http.sendRequest(request),
  );

/** Once the service has asked to slow down: one call after another, until it can be asked as before. */
const oneAtATime = (lane: string, { lanes, now }: TransportParts): PipelinePolicy => ({
  name: 'one-at-a-time',
  async sendRequest(request, next) {
    const response = await next(request);
    if (response.status === 429) {
      const waitMs = retryAfterMs(response.headers.get('Retry-After'), now()) ?? SECOND_MS;
      lanes.narrow(lane, new Date(now().getTime() + waitMs + MINUTE_MS));
    }
    return response;
  },
});

type Failed = (
  fault: PartnerCenterFault,
  answer?: ConstructorParameters<typeof PartnerCenterError>[2],
  options?: ErrorOptions,
) => PartnerCenterError;

const failureOf =
  (operation: string, ids: CallIds): Failed =>
  (fault, answer, options) =>
    new PartnerCenterError(fault, { operation, ids }, answer, options);

/** Tokens in somebody's name. Signing in without a second factor is not put right by another token of the same sign-in. */
function bearerOf({ tokens, service }: TransportParts, { actAs }: CallOptions, failed: Failed): Bearer {
  return {
    async token() {
      try {
        return await tokens.tokenFor(actAs, service);
      } catch (error) {
        throw failed(error instanceof SignInNeededError ? 'sign-in-needed' : 'unavailable', {}, { cause: error });
      }
    },
    refused(token, body) {
      const { code } = readError(jsonOf(body ?? ''));
      const why = meaningOf(401, code) === 'needs-mfa' ? ('needs-mfa' as const) : undefined;
      return tokens.refused(actAs, service, token, why);
    },
  };
}

function answerOf(response: PipelineResponse, ids: CallIds, failed: Failed, now: Date): Answer {
  const { status } = response;
  const json = jsonOf(response.bodyAsText ?? '');
  if (status === 200 || status === 202 || (status === 201 && response.request.method === 'POST')) {
    if (json === NOT_JSON) throw failed('malformed', { status });
    // What is called done and says no at the same time is no answer to a change: reading tells what became of it.
    const inDisguise = response.request.method === 'GET' ? 'refused' : 'malformed';
    if (isErrorInDisguise(json)) throw failed(inDisguise, { status, ...readError(json) });
    return { status, json, ids, malformed: () => failed('malformed', { status }) };
  }
  const waitMs = retryAfterMs(response.headers.get('Retry-After'), now);
  throw failed(faultOf(status), {
    status,
    ...readError(json),
    retryAfterMs: status === 429 ? (waitMs ?? 1_000) : waitMs,
  });
}

const NOT_JSON = Symbol('not JSON');

function jsonOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NOT_JSON;
  }
}

/** 408 is a time-out on their side: like a 5xx it leaves open what became of a change. */
function faultOf(status: number): PartnerCenterFault {
  if (status >= 500 || status === 408) return 'unavailable';
  if (status < 400) return 'malformed';
  const named: Readonly<Record<number, PartnerCenterFault>> = {
    401: 'unauthorised',
    403: 'forbidden',
    404: 'not-found',
    429: 'throttled',
  };
  return named[status] ?? 'refused';
}

/** An id as one part of a path, whatever characters it holds. */
function segment(part: string): string {
  if (part === '' || part === '.' || part === '..') throw new Error('an id that would change the address');
  return encodeURIComponent(part);
}

const queryOf = (query: Call['query'] = {}): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};
