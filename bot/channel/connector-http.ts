import type { ConnectorClientOptions } from 'botframework-connector';
import type { Clock } from '../../services/clock.ts';
import { retryAfterMs } from '../../services/partner-center/retry-after.ts';
import { SendError, type SendFault } from './messenger.ts';
import { isAllowedServiceUrl, type ServiceHosts } from './service-hosts.ts';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;
type HttpRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

export interface ConnectorHttpParts {
  readonly fetch: typeof fetch;
  readonly serviceHosts: ServiceHosts;
  /** How long one call may take, its answer included. */
  readonly timeoutMs: number;
  readonly now: Clock;
}

/**
 * How the SDK's connector client calls Teams: once, within a time, at an allowed address, and without following
 * redirects, which would carry the token elsewhere.
 *
 * Left to itself the SDK waits for ever, and sends a message up to four times when the answer is that of a service in
 * trouble, so that it may arrive as often. Whatever is not an answer of 2xx leaves here as a {@link SendError}, which
 * the SDK's own policies let through untouched.
 */
export const createConnectorHttp = (parts: ConnectorHttpParts): HttpClient => ({
  async sendRequest(request) {
    const { origin, pathname } = new URL(request.url);
    if (!isAllowedServiceUrl(origin + pathname, parts.serviceHosts)) throw new SendError('refused');
    const { status, headers, body } = await call(parts, request);
    if (status < 200 || status > 299) {
      const wait = retryAfterMs(headers.get('Retry-After') ?? undefined, parts.now());
      throw new SendError(faultOf(status), { status, retryAfterMs: wait });
    }
    return responseOf(request, status, body);
  },
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

async function call({ fetch: send, timeoutMs }: ConnectorHttpParts, request: HttpRequest): Promise<Answer> {
  try {
    const response = await send(request.url, {
      method: request.method,
      headers: request.headers.toJson(),
      ...(typeof request.body === 'string' && { body: request.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    throw new SendError('unavailable', {}, { cause: error });
  }
}

/** What an answer that is not one of 2xx says. @see "Bot API error codes" of Microsoft Teams */
export function faultOf(status: number): SendFault {
  switch (status) {
    case 403:
      return 'not-installed';
    case 404:
      return 'gone';
    case 412:
    case 429:
      return 'throttled';
    case 413:
      return 'too-large';
    case 401:
    case 408:
      return 'unavailable';
    default:
      return status >= 500 ? 'unavailable' : 'refused';
  }
}

function responseOf(request: HttpRequest, status: number, bodyAsText: string): HttpResponse {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  headers.set('content-type', 'application/json');
  return { request, status, headers, bodyAsText };
}
