import { callerOf } from './caller.ts';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidInput, notFound, refuse, throttled, type Answer } from './answers.ts';
import type { Call } from './call.ts';
import { answerOf, type Faults, type Rule } from '../control/faults.ts';
import { headersOf, readBody, send, sendHalf, write } from './http.ts';
import { isObject, parseJson, type Json, type JsonObject } from '../json.ts';
import { codeOf, keptBody, type CallLog, type LogEntry } from '../control/log.ts';
import { findRoute } from './routes.ts';
import type { Waits } from '../../control/waits.ts';
import type { Throttle } from './throttle.ts';
import type { World } from '../world/world.ts';

/** What a call passes through before and after its handler. */
export interface ApiParts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly throttle: Throttle;
  /** Answers to changes, by `MS-RequestId`, so that a repeated one is answered again and not done again. */
  readonly answered: Map<string, Answer>;
  /** Cut when the world starts again or the server closes: what waits then is never done. */
  readonly waits: Waits;
}

/** Answers one call of the API, with everything that is to go wrong going wrong. */
export async function answerCall(
  parts: ApiParts,
  request: IncomingMessage,
  response: ServerResponse,
  address: URL,
): Promise<void> {
  const began = performance.now();
  const text = await readBody(request);
  const { call, entry } = openCall(parts, request, address, text);
  const rule = parts.faults.strike(call.method, call.path);
  if (rule !== undefined) entry.fault = rule.id ?? rule.kind;

  const appliesFirst = rule?.kind.startsWith('apply') ?? false;
  const delayMs = rule?.delayMs ?? 0;
  if (!(await parts.waits.wait(parts.faults.latencyMs + (appliesFirst ? 0 : delayMs)))) return void response.destroy();
  if (rule?.kind === 'reset') return void response.destroy();
  if (rule?.kind === 'hang') return;

  const injected = rule?.kind === 'answer' ? answerOf(rule) : undefined;
  const answer = injected ?? handle(parts, call, entry, text);
  if (rule !== undefined && appliesFirst) {
    entry.applied = answer.status;
    if (!(await parts.waits.wait(delayMs))) return void response.destroy();
    if (rule.kind === 'apply-then-hang') return;
    if (rule.kind === 'apply-then-reset') return void response.destroy();
  }
  deliver(parts, call, entry, { rule, answer, began }, response);
}

function deliver(
  { world }: ApiParts,
  call: Call,
  entry: LogEntry,
  { rule, answer, began }: { rule: Rule | undefined; answer: Answer; began: number },
  response: ServerResponse,
): void {
  const seen = rule?.kind === 'apply-then-answer' ? (answerOf(rule) ?? answer) : answer;
  const reported = reportMfa(call, seen);
  const text = write(reported, world.switches);
  const headers = responseHeaders(call);
  entry.status = reported.status;
  entry.ms = Math.round(performance.now() - began);
  const { body } = reported;
  const code = isObject(body) ? codeOf(body) : undefined;
  if (code !== undefined) entry.code = code;
  if (text !== '') entry.responseBody = keptBody(body ?? text, text.length);
  if (rule?.kind === 'truncate') sendHalf(response, reported, text, headers);
  else send(response, reported, text, headers);
}

function openCall(
  { world, log }: ApiParts,
  request: IncomingMessage,
  address: URL,
  text: string | undefined,
): { readonly call: Call; readonly entry: LogEntry } {
  const headers = headersOf(request);
  const method = request.method ?? 'GET';
  const requestId = headers['ms-requestid'] ?? randomUUID();
  const correlationId = headers['ms-correlationid'] ?? randomUUID();
  const application = headers['ms-partnercenter-application'];
  const ifMatch = headers['if-match'];
  const authorization = headers['authorization'] ?? '';
  const caller = callerOf(authorization);
  const body: Json | undefined = text === undefined || text === '' ? undefined : (parseJson(text) ?? text);
  const entry = log.open({
    at: world.clock.now().toISOString(),
    method,
    path: address.pathname,
    query: Object.fromEntries(address.searchParams),
    requestId,
    correlationId,
    ...(ifMatch !== undefined && { ifMatch }),
    authorization: authorization === '' ? 'none' : 'bearer',
    ...(caller.name !== undefined && { caller: caller.name }),
    ...(application !== undefined && { application }),
    ...(body !== undefined && { body: keptBody(body, text?.length ?? 0) }),
  });
  const call: Call = {
    world,
    method,
    origin: address.origin,
    path: address.pathname,
    params: {},
    query: address.searchParams,
    headers,
    body: isObject(body) ? body : {},
    appOnly: world.switches.appOnly || caller.appOnly,
    requestId,
    correlationId,
    application,
  };
  return { call, entry };
}

/** The service itself: who calls, how often, what for; and never the same change twice. */
function handle(
  { world, throttle, answered }: ApiParts,
  call: Call,
  entry: LogEntry,
  text: string | undefined,
): Answer {
  if (text === undefined) return refuse(413, '413', 'The request body is too large.');
  const stranger = notLetIn(call);
  if (stranger !== undefined) return stranger;
  const { requestsPerMinute, repeatedRequestId } = world.switches;
  const waitSeconds = throttle.count(call.path, world.clock.now().getTime(), requestsPerMinute);
  if (waitSeconds !== undefined) return throttled(waitSeconds);

  const found = findRoute(call.method, call.path);
  if (found.kind === 'unknown') return notFound('The resource');
  if (found.kind === 'wrong-method') {
    const refusal = refuse(405, '405', `${call.method} is not allowed here.`);
    return { ...refusal, headers: { Allow: found.allowed.join(', ') } };
  }
  if (call.method !== 'GET' && text !== '' && !isObject(parseJson(text)))
    return invalidInput('the body is not a JSON object');

  const key = `${call.headers['ms-requestid'] ?? ''} ${call.method} ${call.path}`.toLowerCase();
  const isRepeatable = call.method !== 'GET' && call.headers['ms-requestid'] !== undefined;
  const before = isRepeatable && repeatedRequestId === 'honours' ? answered.get(key) : undefined;
  if (before !== undefined) {
    entry.replayed = true;
    return before;
  }
  const answer = found.handler({ ...call, params: found.params });
  if (isRepeatable) answered.set(key, answer);
  return answer;
}

function notLetIn(call: Call): Answer | undefined {
  const { world, headers, appOnly } = call;
  const { requireToken, noMfa, mfaEnforced } = world.switches;
  const authorization = headers['authorization'] ?? '';
  const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  if ((requireToken || authorization !== '') && !/^bearer \S/i.test(authorization))
    return { ...refuse(401, '400', 'Access denied.'), headers: challenge };
  const { audience, noMfa: hasNone } = callerOf(authorization);
  if (audience !== undefined && !isFor(audience, call))
    return { ...refuse(401, '900420', 'The token was issued for another audience.'), headers: challenge };
  if (!appOnly && mfaEnforced && (noMfa || hasNone))
    return { ...refuse(401, '900421', 'Unauthorized: the token does not carry the MFA claim.'), headers: challenge };
  return undefined;
}

/** Graph is served here too, below `/v1.0`. */
const isFor = (audience: string, { path }: Call): boolean =>
  audience.replace(/\/$/, '') ===
  (path.startsWith('/v1.0/') ? 'https://graph.microsoft.com' : 'https://api.partnercenter.microsoft.com');

const asksForMfa = ({ headers }: Call): boolean => headers['validatemfa']?.toLowerCase() === 'true';
const hasMfa = ({ world, headers }: Call): boolean =>
  !world.switches.noMfa && !callerOf(headers['authorization'] ?? '').noMfa;

/** @see "Mandating multifactor authentication for your partner tenant" */
function reportMfa(call: Call, answer: Answer): Answer {
  if (!asksForMfa(call) || call.method !== 'GET' || !isObject(answer.body) || answer.status !== 200) return answer;
  const body: JsonObject = { ...answer.body, isMfaCompliant: hasMfa(call) };
  return { ...answer, body };
}

const responseHeaders = (call: Call): Readonly<Record<string, string>> => ({
  'MS-RequestId': call.requestId,
  'MS-CorrelationId': call.correlationId,
  'MS-CV': `${Buffer.from(call.correlationId.slice(0, 12)).toString('base64')}.0`,
  'X-Locale': 'en-US',
  ...(asksForMfa(call) && { isMfaCompliant: String(hasMfa(call)) }),
});
