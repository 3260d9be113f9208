import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requestBytes } from '../load/connection.ts';
import { guidOf } from '../../sandbox/partner-center/world/ids.ts';
import { CHAT_BOT_ID, CHAT_BOT_NAME, CHAT_TENANT_ID } from '../../sandbox/chat/people.ts';
import { startSignedTenant, type SignedTenant } from '../../sandbox/signed-tenant.ts';

/** Somebody who uses Teams. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly teamsId: string;
  readonly conversationId: string;
}

const userNamed = (name: string): User => {
  const id = guidOf('bench-user', name);
  return { id, name, teamsId: `29:${id}`, conversationId: `a:${id}` };
};
type Users = readonly [User, ...User[]];
const usersNamed = (name: string, count: number): Users => [
  userNamed(`${name} 1`),
  ...Array.from({ length: count - 1 }, (_, n) => userNamed(`${name} ${n + 2}`)),
];

export const REQUESTERS = usersNamed('Requester', 200);
export const APPROVERS = usersNamed('Approver', 8);

/** One of a list that goes round. */
export const among = <T>(all: readonly [T, ...T[]], n: number): T => all[n % all.length] ?? all[0];

/** What somebody does, as a part of an activity. */
export type Act = Readonly<Record<string, unknown>>;

export const says = (text: string): Act => ({ type: 'message', id: randomUUID(), text, textFormat: 'plain' });
export const presses = (verb: string, data: object, trigger: 'manual' | 'automatic' = 'manual'): Act => ({
  type: 'invoke',
  id: `f:${randomUUID()}`,
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb, data: { verb, ...data } }, trigger },
  replyToId: '1',
});
export const types = (queryText: string): Act => ({
  type: 'invoke',
  id: `f:${randomUUID()}`,
  name: 'application/search',
  value: { queryText, queryOptions: { skip: 0, top: 15 }, dataset: 'customers' },
});
/** Nothing that anybody answers to. */
export const NOTHING: Act = { type: 'event', id: 'nothing', name: 'bench/nothing' };

/** A message that the bot has sent, or put in the place of another. */
export interface Sent {
  readonly userId: string;
  readonly card: Readonly<Record<string, unknown>>;
}

/** How the channel may turn a message of the bot away: it hangs up, or says that it is too much. */
export type TurnedAway = { readonly kind: 'cut' } | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/** Plays the channel: takes what the bot sends, and makes what is sent to the bot. */
export interface Channel {
  readonly serviceUrl: string;
  /** What the bot's environment holds to be believed, and to believe nobody else. */
  readonly env: Readonly<Record<string, string>>;
  /** Asked before each message of the bot is taken (all are). */
  turnsAway: (conversationId: string) => TurnedAway | undefined;
  /** Who signs for Teams, and gives the bot its token; nobody, where whoever comes is believed. */
  readonly tenant: SignedTenant | undefined;
  /** Tells of each card that the bot sends from now on. @returns what ends that. */
  listen(onSent: (sent: Sent) => void): () => void;
  /** How much the bot has sent so far. */
  readonly received: number;
  /** Another token from now on, as another part of Teams would have one. */
  renew(): Promise<string>;
  readonly token: string;
  /** A request to the bot; without a token where it is left out. */
  request(user: User, act: Act, token?: string): Buffer;
  close(): Promise<void>;
}

/** @param auth `teams`: signed, and the keys are published by a server of this machine. */
export async function startChannel(auth: 'teams' | 'none'): Promise<Channel> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-channel-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${url}/connector/`;
  const tenant =
    auth === 'teams'
      ? await startSignedTenant({ url, serviceUrl, people: [] }, path.join(folder, 'ca.pem'))
      : undefined;
  const channel = new RunningChannel(server, serviceUrl, tenant, folder);
  if (tenant !== undefined) await channel.renew();
  return channel;
}

class RunningChannel implements Channel {
  readonly serviceUrl: string;
  readonly env: Readonly<Record<string, string>>;
  turnsAway: Channel['turnsAway'] = () => undefined;
  received = 0;
  token = '';
  readonly tenant: SignedTenant | undefined;
  readonly #listeners = new Set<(sent: Sent) => void>();
  readonly #server: Server;
  readonly #folder: string;

  constructor(server: Server, serviceUrl: string, tenant: SignedTenant | undefined, folder: string) {
    this.serviceUrl = serviceUrl;
    this.#server = server;
    this.tenant = tenant;
    this.#folder = folder;
    this.env = tenant === undefined ? { BOT_AUTH: 'none' } : believing(tenant);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        const conversationId = conversationIn(request.url ?? '');
        const away = conversationId === undefined ? undefined : this.turnsAway(conversationId);
        if (away?.kind === 'cut') return void request.socket.destroy();
        if (away !== undefined) {
          response.writeHead(429, { 'Retry-After': String(away.retryAfterSeconds) });
          return void response.end();
        }
        this.received += 1;
        this.#tell(conversationId, body);
        const isNew = request.method === 'POST';
        response.writeHead(isNew ? 201 : 200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ id: String(this.received) }));
      });
    });
  }

  listen(onSent: (sent: Sent) => void): () => void {
    this.#listeners.add(onSent);
    return () => void this.#listeners.delete(onSent);
  }

  async renew(): Promise<string> {
    const keys = this.tenant?.keys;
    this.token =
      keys === undefined
        ? ''
        : await keys.token({ appId: CHAT_BOT_ID, serviceUrl: this.serviceUrl }, { jti: randomUUID() });
    return this.token;
  }

  request(user: User, act: Act, token = this.token): Buffer {
    const body = JSON.stringify(this.#activity(user, act));
    const headers = {
      ...(token !== '' && { Authorization: `Bearer ${token}` }),
      'Content-Type': 'application/json; charset=utf-8',
    };
    return requestBytes('POST', '/api/messages', headers, body);
  }

  async close(): Promise<void> {
    await this.tenant?.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #activity({ id, name, teamsId, conversationId }: User, act: Act): Act {
    const now = new Date().toISOString();
    return {
      channelId: 'msteams',
      serviceUrl: this.serviceUrl,
      timestamp: now,
      localTimestamp: now,
      localTimezone: 'Etc/UTC',
      from: { id: teamsId, name, aadObjectId: id },
      recipient: { id: `28:${CHAT_BOT_ID}`, name: CHAT_BOT_NAME },
      conversation: { id: conversationId, conversationType: 'personal', tenantId: CHAT_TENANT_ID },
      locale: 'en-US',
      entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Etc/UTC' }],
      channelData: { tenant: { id: CHAT_TENANT_ID }, source: { name: 'message' } },
      ...act,
    };
  }

  #tell(conversation: string | undefined, body: string): void {
    if (conversation === undefined || body === '' || this.#listeners.size === 0) return;
    const { attachments } = JSON.parse(body) as {
      readonly attachments?: readonly { readonly content: Sent['card'] }[];
    };
    for (const { content: card } of attachments ?? [])
      for (const listener of [...this.#listeners]) listener({ userId: conversation.slice(2), card });
  }
}

const conversationIn = (url: string): string | undefined => /a:[0-9a-f-]{36}/.exec(decodeURIComponent(url))?.[0];

/** Of what the tenant says only the channel and the bot's own token are wanted: nobody here signs in. */
function believing({ env }: SignedTenant): Readonly<Record<string, string>> {
  const wanted = [
    ...['BOT_AUTH', 'MicrosoftAppId', 'MicrosoftAppType', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'],
    ...['ToBotFromChannelOpenIdMetadataUrl', 'CHANNEL_SERVICE_HOSTS', 'AZURE_AUTHORITY_HOST'],
    ...['NODE_EXTRA_CA_CERTS', 'NO_PROXY'],
  ];
  return Object.fromEntries(Object.entries(env).filter(([name]) => wanted.includes(name)));
}
