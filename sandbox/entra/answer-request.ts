import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../partner-center/api/answers.ts';
import { readBody } from '../partner-center/api/http.ts';
import type { Waits } from '../control/waits.ts';
import { authorize, refuseSignIn } from './authorize.ts';
import type { LogEntry } from './control/log.ts';
import { instanceDiscovery, openIdConfiguration } from './metadata.ts';
import { Refusal, refusalAnswer } from './refusal.ts';
import { nowOf, type Tenant } from './tenant.ts';
import { giveTokens, grantOf } from './token-endpoint.ts';
import { issuerOf } from './tokens/issued.ts';

type Endpoint = 'token' | 'authorize' | 'keys' | 'metadata';

const ENDPOINTS: readonly (readonly [Endpoint, RegExp])[] = [
  ['token', /^\/([^/]+)\/oauth2\/v2\.0\/token$/],
  ['authorize', /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/],
  ['keys', /^\/([^/]+)\/discovery\/v2\.0\/keys$/],
  ['metadata', /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/],
  ['metadata', /^\/([^/]+)\/discovery\/instance$/],
];

/** Names of no tenant in particular. */
const ANY_TENANT = new Set(['common', 'organizations']);

/** Where there is to be no answer: never, or with the line cut. */
export type NoAnswer = 'hang' | 'cut';

/** What a request is answered; it is in the log before. */
export async function answerRequest(
  tenant: Tenant,
  waits: Waits,
  request: IncomingMessage,
  address: URL,
): Promise<Answer | NoAnswer> {
  const method = request.method ?? 'GET';
  const path = address.pathname;
  const entry = tenant.log.open({ at: nowOf(tenant).toISOString(), method, path });
  const form = new URLSearchParams(method === 'POST' ? await readBody(request) : address.search);
  note(entry, form);
  const answer = await answerForm(tenant, waits, { path, form, entry });
  if (typeof answer !== 'string') entry.status = answer.status;
  return answer;
}

function note(entry: LogEntry, form: URLSearchParams): void {
  const grant = grantOf(form);
  if (grant !== '') entry.grant = grant;
  const [clientId, scope, claims, correlation] = ['client_id', 'scope', 'claims', 'client-request-id'].map(
    (name) => form.get(name) ?? undefined,
  );
  if (clientId !== undefined) entry.clientId = clientId;
  if (scope !== undefined) entry.scope = scope;
  if (claims !== undefined) entry.claims = claims;
  entry.correlationId = correlation ?? randomUUID();
}

interface Asked {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly entry: LogEntry;
}

async function answerForm(tenant: Tenant, waits: Waits, { path, form, entry }: Asked): Promise<Answer | NoAnswer> {
  const found = ENDPOINTS.map(([endpoint, pattern]) => ({ endpoint, match: pattern.exec(path) })).find(
    ({ match }) => match !== null,
  );
  if (found === undefined) return { status: 404, text: '' };
  const { endpoint, match } = found;
  const named = match?.[1] ?? '';

  try {
    const rule = tenant.faults.strike(endpoint, entry.grant);
    if (rule !== undefined) {
      entry.fault = rule.kind;
      switch (rule.kind) {
        case 'hang':
          return 'hang';
        case 'reset':
          return 'cut';
        case 'slow':
          if (!(await waits.wait(rule.delayMs))) return 'cut';
          break;
        case 'down':
          throw new Refusal(90033, retryAfter(rule.retryAfterSeconds));
        case 'throttled':
          throw new Refusal(90055, retryAfter(rule.retryAfterSeconds ?? 1));
        case 'not-json':
          return { status: 502, text: '<html><body>Bad gateway</body></html>', contentType: 'text/html' };
        case 'refuse':
          throw new Refusal(rule.code);
      }
    }
    const isOwn = named.toLowerCase() === tenant.tenantId.toLowerCase();
    if (!isOwn && !ANY_TENANT.has(named)) throw new Refusal(90002, { about: `Tenant: ${named}.` });
    return answerAt(tenant, endpoint, { path, form, entry }, named);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    entry.code = error.code;
    entry.error = error.known.error;
    const { correlationId = '' } = entry;
    return endpoint === 'authorize'
      ? refuseSignIn(tenant, form, error, correlationId)
      : refusalAnswer(error, correlationId, nowOf(tenant));
  }
}

function answerAt(tenant: Tenant, endpoint: Endpoint, { path, form, entry }: Asked, named: string): Answer {
  const { url, signInUrl, tenantId, keys } = tenant;
  switch (endpoint) {
    case 'token':
      return {
        status: 200,
        body: giveTokens(tenant, form, entry),
        headers: { 'Cache-Control': 'no-store, no-cache', 'client-request-id': entry.correlationId ?? '' },
      };
    case 'keys':
      return { status: 200, body: keys.published(issuerOf(url, tenantId)) };
    case 'metadata':
      return {
        status: 200,
        body: path.endsWith('/instance')
          ? instanceDiscovery(url, tenantId)
          : openIdConfiguration(url, signInUrl, named, tenantId),
      };
    case 'authorize':
      return authorize(tenant, form, entry);
  }
}

const retryAfter = (seconds: number | undefined): { retryAfterSeconds?: number } =>
  seconds === undefined ? {} : { retryAfterSeconds: seconds };
