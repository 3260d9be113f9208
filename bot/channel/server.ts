import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import restify from 'restify';
import { SECOND_MS } from '../../services/clock.ts';
import { pathOf, wayOf, type MoreAddresses } from './addresses.ts';
import { readJsonBody } from './json-body.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { ConfigError } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import type { Forms, Page, PageRequest, Pages } from './page.ts';

type Knock = (request: IncomingMessage) => number | undefined | Promise<number | undefined>;

export interface ServerParts {
  /**
   * Looks at a request that wants to bring something, before its body is read. A status refuses it.
   */
  readonly onKnock?: Knock;
  /** Hears of a request that is refused for its body, or for the page it asks for. @returns the status to refuse it with. */
  readonly onRefused?: (request: IncomingMessage, status: number, what: 'body' | 'page') => number;
  /** Answers an activity. The body is JSON of any shape. */
  readonly onActivity: (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<void>;
  /** Whether all is there that the bot works with. A rejection is a no. */
  readonly isReady: () => Promise<boolean>;
  /** Pages for browsers (none). */
  readonly pages?: Pages;
  /** What these pages may send (nothing). */
  readonly forms?: Forms;
  readonly log: Log;
  readonly limits?: Partial<ServerLimits>;
}

export interface ServerLimits {
  /** How long the headers of a request may take (10 s). */
  readonly headersMs: number;
  /** How long a whole request may take (15 s). */
  readonly requestMs: number;
  /** How often connections are looked at for the two above (1 s). */
  readonly checkEveryMs: number;
  /**
   * How long a connection may stay open without a request (75 s), as long as there is room for others. What stands in front keeps
   * its connections for a minute, as a rule: if ours ended first, an activity that is sent at that moment would be lost.
   */
  readonly idleMs: number;
  readonly sockets: number;
  /** How long running requests may still take once the server closes (10 s). */
  readonly closingMs: number;
}

const LIMITS: ServerLimits = {
  headersMs: 10 * SECOND_MS,
  requestMs: 15 * SECOND_MS,
  checkEveryMs: SECOND_MS,
  idleMs: 75 * SECOND_MS,
  sockets: 1_000,
  closingMs: 10 * SECOND_MS,
};

export interface BotServer {
  /**
   * @param port 0 takes any free port.
   * @throws {PortTakenError}
   * @throws {ConfigError} where this machine or this account can never listen there.
   */
  listen(port: number, host: string): Promise<{ readonly port: number; readonly url: string }>;
  /** Takes no more requests, lets running ones end for a while, and then ends them. */
  close(): Promise<void>;
}

/** Somebody else listens there already. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} is in use.`, options);
    this.port = port;
  }
}

/** What restify has and its types do not tell. */
declare module 'restify' {
  interface Server {
    /** Runs before all else; with false, restify never sees the request. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): void;
  }
}

/**
 * The bot's door: `POST /api/messages`, `GET /healthz` (alive) and `GET /readyz` (ready to work).
 *
 * Whoever knocks is a stranger until the channel has been authenticated, so whatever a stranger sends is answered
 * with 4xx and an empty body, or not at all, and ends nothing but its own connection.
 */
export function createServer(parts: ServerParts): BotServer {
  const { onActivity, isReady, pages = {}, forms = {}, log, limits: given } = parts;
  const limits = { ...LIMITS, ...given };
  const server = restify.createServer({ name: '' });
  // Without settings for another one it is one of plain HTTP.
  const http = server.server as HttpServer;
  let isClosing = false;
  let isPublic = false;

  guardConnections(http, limits);
  server.on('upgrade', (_request: IncomingMessage, socket: { destroy(): void }) => {
    socket.destroy();
  });
  server.on('error', (error: unknown) => {
    // Whoever wanted it to listen is told why it does not.
    if (http.listening) log.error('the server has a fault', { error: loggableError(error) });
  });

  // Before restify: it reads the Host header and the path in ways that a stranger can make it fail by.
  const knocks = new WeakMap<IncomingMessage, ReturnType<Knock>>();
  const more: MoreAddresses = new Map([
    ...Object.keys(pages).map((path) => [path, 'GET'] as const),
    ...Object.keys(forms).map((path) => [path, 'POST'] as const),
  ]);
  const knockAt = (request: IncomingMessage): ReturnType<Knock> => {
    const form = forms[pathOf(request.url)];
    if (form === undefined) return parts.onKnock?.(request);
    return form.admit(pageRequestOf(request)).then(
      (status) => (status === 401 ? (parts.onRefused?.(request, status, 'page') ?? status) : status),
      (error: unknown) => {
        log.error('whether somebody may send something could not be told', { error: loggableError(error) });
        return 503;
      },
    );
  };
  server.first((request, response) => {
    const way = wayOf(request.method, request.url, more);
    const knocked = way.kind === 'known' && request.method === 'POST' ? knockAt(request) : undefined;
    if (typeof knocked === 'number') {
      refuseAtOnce(response, knocked, { isPublic, isClosing });
      return false;
    }
    if (knocked !== undefined) knocks.set(request, knocked);
    for (const [name, value] of headersOf(isPublic)) response.setHeader(name, value);
    if (isClosing) response.setHeader('Connection', 'close');
    if (way.kind === 'refused') {
      if (way.allow !== undefined) response.setHeader('Allow', way.allow);
      answer(response, way.status);
      return false;
    }
    request.headers.host = 'localhost';
    return true;
  });

  server.pre((request, response, next) => {
    if (request.method !== 'POST') {
      next();
      return;
    }
    void receive(parts, knocks.get(request), request, response)
      .catch((error: unknown) => {
        log.error('a request could not be read', { error: loggableError(error) });
        answer(response, 400);
        return undefined;
      })
      .then((body) => {
        if (body !== undefined) request.body = body.value;
        next(body === undefined ? false : undefined);
      });
  });

  server.post('/api/messages', async (request, response) => {
    try {
      await onActivity(request, response, request.body);
    } catch (error) {
      log.error('an activity could not be answered', { error: loggableError(error) });
    }
    answer(response, 500);
  });
  server.get('/healthz', async (_request, response) => {
    answer(response, 200);
  });
  server.get('/readyz', async (_request, response) => {
    const ready = await Promise.resolve()
      .then(isReady)
      .catch(() => false);
    answer(response, ready ? 200 : 503);
  });

  const answerWith = async (
    request: IncomingMessage,
    response: ServerResponse,
    show: (asked: PageRequest) => Promise<Page>,
  ): Promise<void> => {
    let onEnd: Page['onEnd'];
    try {
      const shown = await show(pageRequestOf(request));
      ({ onEnd } = shown);
      const refusedWith = shown.isStrangers === true ? parts.onRefused?.(request, shown.status, 'page') : undefined;
      if (refusedWith === undefined || refusedWith === shown.status) await sendPage(response, shown);
      else answer(response, refusedWith);
    } catch (error) {
      log.error('a page could not be shown', { error: loggableError(error) });
      // What was cut off is not to look whole.
      if (response.headersSent) response.destroy();
      else answer(response, 503);
    } finally {
      onEnd?.();
    }
  };
  for (const [path, show] of Object.entries(pages))
    server.get(path, async (request, response) => {
      await answerWith(request, response, show);
    });
  for (const [path, form] of Object.entries(forms))
    server.post(path, async (request, response) => {
      await answerWith(request, response, (asked) => form.answer(asked, request.body));
    });

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        isPublic = !isLoopback(host);
        const fail = (error: NodeJS.ErrnoException): void => {
          reject(whyNotListening(error, port));
        };
        http.once('error', fail);
        http.listen(port, host, () => {
          http.off('error', fail);
          const { port: taken, address, family } = http.address() as AddressInfo;
          resolve({ port: taken, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}` });
        });
      }),

    async close() {
      isClosing = true;
      if (!http.listening) return;
      const closed = new Promise<void>((resolve) => {
        http.close(() => {
          resolve();
        });
      });
      const closeIdle = setInterval(() => {
        http.closeIdleConnections();
      }, 50);
      const giveUp = setTimeout(() => {
        http.closeAllConnections();
      }, limits.closingMs);
      await closed;
      clearInterval(closeIdle);
      clearTimeout(giveUp);
    },
  };
}

function whyNotListening(error: NodeJS.ErrnoException, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortTakenError(port, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(['HOST: is no address of this machine; 0.0.0.0 stands for all it has']);
    case 'EACCES':
      return new ConfigError(['PORT: this account may not listen there; from 1024 on it may']);
    default:
      return error;
  }
}

const pageRequestOf = ({ url, headers }: IncomingMessage): PageRequest => ({
  query: new URL(url ?? '', 'http://localhost').searchParams,
  acceptLanguage: headers['accept-language'] ?? '',
  authorization: headers.authorization ?? '',
  ifNoneMatch: headers['if-none-match'] ?? '',
});

async function sendPage(response: ServerResponse, { status, headers, body = '' }: Page): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.writeHead(status, { 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
    return;
  }
  response.writeHead(status);
  await pipeline(Readable.from(body), response);
}

/** Reads what a request brings, unless it is refused and answered. */
async function receive(
  { onRefused }: ServerParts,
  knocked: ReturnType<Knock>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly value: unknown } | undefined> {
  const status = await knocked;
  if (status !== undefined) {
    answer(response, status);
    return undefined;
  }
  const body = await readJsonBody(request);
  if (body.kind === 'body') return body;
  answer(response, onRefused?.(request, body.status, 'body') ?? body.status);
  return undefined;
}

function guardConnections(http: HttpServer, limits: ServerLimits): void {
  http.headersTimeout = limits.headersMs;
  http.requestTimeout = limits.requestMs;
  http.keepAliveTimeout = limits.idleMs;
  http.maxConnections = limits.sockets;
  // Whoever comes next finds room then, unless all others are really asking something.
  http.on('drop', () => {
    http.closeIdleConnections();
  });
  // Node looks for slow connections only every 30 s, and restify leaves no way to say otherwise.
  Object.assign(http, { connectionsCheckingInterval: limits.checkEveryMs });
}

type Headers = readonly (readonly [string, string])[];
const HEADERS: Headers = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
];
const PUBLIC_HEADERS: Headers = [...HEADERS, ['Strict-Transport-Security', 'max-age=31536000']];
const headersOf = (isPublic: boolean): Headers => (isPublic ? PUBLIC_HEADERS : HEADERS);

/** The same as any refusal is answered, in one piece: whoever floods the bot is to cost it little. */
function refuseAtOnce(
  response: ServerResponse,
  status: number,
  { isPublic, isClosing }: { readonly isPublic: boolean; readonly isClosing: boolean },
): void {
  const headers = [...headersOf(isPublic), ['Content-Length', '0'], ...(isClosing ? [['Connection', 'close']] : [])];
  response.writeHead(status, headers.flat());
  response.end();
}

/** Answers with an empty body, unless there is an answer already; one that was only begun is ended. */
function answer(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { 'Content-Length': 0 });
  if (!response.writableEnded) response.end();
}
