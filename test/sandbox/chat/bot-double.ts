import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Json = Readonly<Record<string, unknown>>;

/** An activity as it arrived at the bot. */
export interface Received extends Json {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly text?: string;
  readonly value?: Json;
  readonly serviceUrl: string;
  readonly conversation: { readonly id: string; readonly tenantId: string };
  readonly from: { readonly id: string; readonly name: string; readonly aadObjectId: string };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** A bot of a few lines over plain HTTP: remembers what it got, and answers what the test says. */
export class BotDouble {
  readonly received: Received[] = [];
  /** What is answered to an activity; runs while the turn is open. */
  onActivity: (activity: Received) => Reply | Promise<Reply> = () => ({ status: 200 });
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<BotDouble> {
    const server = createServer();
    const bot = new BotDouble(server);
    server.on('request', (request, response) => {
      void readJson(request).then(async (body) => {
        const activity = { ...body, headers: request.headers } as Received;
        bot.received.push(activity);
        const reply = await bot.onActivity(activity);
        response.writeHead(reply.status, { 'Content-Type': 'application/json' });
        response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return bot;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/messages`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }
}

async function readJson(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Json;
}

export interface ConnectorAnswer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** Calls the connector as a bot does. */
export async function callConnector(
  serviceUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<ConnectorAnswer> {
  const response = await fetch(new URL(path, serviceUrl), {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Json, headers: response.headers };
}

export const asMessage = (card: Json, summary?: string): Json => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  ...(summary !== undefined && { summary }),
});

export const cardOf = (body: readonly Json[], more: Json = {}): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...more,
});

export const textBlock = (text: string, more: Json = {}): Json => ({ type: 'TextBlock', text, wrap: true, ...more });

export const executeButton = (title: string, verb: string, data: Json = {}, more: Json = {}): Json => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  fallback: { type: 'Action.Submit', title, data: { verb, ...data } },
  ...more,
});

export const buttonRow = (...actions: readonly Json[]): Json => ({ type: 'ActionSet', actions });

/** What a bot answers a button with. */
export const answerCard = (card: Json): Reply => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
});

export const answerMessage = (text: string): Reply => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text },
});
