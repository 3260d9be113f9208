import http, { IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import {
  installationActivity,
  invokeActivity,
  messageActivity,
  submitActivity,
  type Activity,
  type Channel,
} from '../../sandbox/chat/activities.ts';
import { buttonsOf, type CardButton } from '../../sandbox/chat/card-actions.ts';
import { answerConnector, answerMember, answerWriting, type Writing } from '../../sandbox/chat/connector.ts';
import type { Answer } from '../../sandbox/chat/http.ts';
import { Conversation, type KeptConversation } from '../../sandbox/chat/conversation.ts';
import { Changes, nextStamp, type ShownMessage } from '../../sandbox/chat/messages.ts';
import { CHAT_BOT_ID, CHAT_BOT_NAME, CHAT_TENANT_ID, type Person } from '../../sandbox/chat/people.ts';

export const SERVICE_URL = 'http://127.0.0.1:7072/connector/';

/** What the bot answered; status 0 while nobody has: the process is gone. */
export interface DoorAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A card that somebody was shown, with the moment's buttons. */
export interface SeenCard {
  readonly person: string;
  readonly messageId: string;
  readonly card: Readonly<Record<string, unknown>>;
}

const buttons = new WeakMap<object, readonly CardButton[]>();
/** The buttons of a card, which is looked at many times and stays as it is. */
export function buttonsOn(card: SeenCard['card']): readonly CardButton[] {
  const known = buttons.get(card) ?? buttonsOf(card);
  buttons.set(card, known);
  return known;
}

/** As much of a response as is looked at: the real one is dear where there are so many. */
const answerOf = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response =>
  ({ status, headers: new Headers(headers), text: () => Promise.resolve(text) }) as unknown as Response;

export interface KeptTeams {
  readonly conversations: readonly KeptConversation[];
  readonly seen: readonly SeenCard[];
}

/** Teams around one bot, without a network in between: chats, the connector, and the way in. */
export class TeamsInProcess {
  readonly conversations: readonly Conversation[];
  /** Every card ever shown, sent or answered, oldest first. */
  readonly seen: SeenCard[];
  /** Everything that the bot has written, or answered. */
  readonly said: string[] = [];
  onShown: (shown: SeenCard) => void = () => undefined;
  readonly #channel: Channel = {
    serviceUrl: SERVICE_URL,
    tenantId: CHAT_TENANT_ID,
    botId: CHAT_BOT_ID,
    botName: CHAT_BOT_NAME,
  };

  constructor(people: readonly Person[], kept?: KeptTeams) {
    const changes = new Changes();
    this.seen = [...(kept?.seen ?? [])];
    this.conversations = people.map((person, at) => new Conversation(person, changes, kept?.conversations[at]));
    changes.listen((change) => {
      if (change.kind === 'message' || change.kind === 'edited') this.#note(change.person, change.message);
    });
  }

  keep(): KeptTeams {
    return { conversations: this.conversations.map((one) => one.keep()), seen: [...this.seen] };
  }

  of(key: string): Conversation {
    const found = this.conversations.find(({ person }) => person.key === key);
    if (found === undefined) throw new Error(`nobody is called ${key}`);
    return found;
  }

  /** What `fetch` is to the bot: every address of it is the connector's. */
  answer(url: string, init: RequestInit = {}): Response {
    const { pathname, searchParams } = new URL(url);
    const written = typeof init.body === 'string' ? init.body : '';
    this.said.push(written);
    const { status, body, headers } = answerConnector(this.#connector(), {
      method: init.method ?? 'GET',
      path: pathname.replace(/^\/connector/, ''),
      query: searchParams,
      body: written,
    });
    return answerOf(status, body === undefined ? '' : JSON.stringify(body), headers);
  }

  /** The same, of what comes without HTTP. */
  write(conversationId: string, writing: Writing): Answer {
    if (writing.kind !== 'delete') this.said.push(writing.body);
    return answerWriting(this.#connector(), conversationId, writing);
  }
  member(conversationId: string, id: string): Answer {
    return answerMember(this.#connector(), conversationId, id);
  }
  #connector() {
    return { conversations: this.conversations, tenantId: CHAT_TENANT_ID };
  }

  install(key: string): Activity {
    const conversation = this.of(key);
    conversation.installed = true;
    return installationActivity(this.#channel, conversation, 'add');
  }
  typed(key: string, text: string): Activity {
    return messageActivity(this.#channel, this.of(key), String(nextStamp()), text);
  }
  pressed(
    key: string,
    messageId: string,
    { verb, data }: Pick<CardButton, 'verb' | 'data'>,
    trigger: 'manual' | 'automatic' = 'manual',
  ): Activity {
    const value = { action: { type: 'Action.Execute', verb, data }, trigger };
    return invokeActivity(this.#channel, this.of(key), 'adaptiveCard/action', value, messageId);
  }
  submitted(key: string, messageId: string, { verb, data }: Pick<CardButton, 'verb' | 'data'>): Activity {
    return submitActivity(this.#channel, this.of(key), messageId, { verb, ...data });
  }

  /** Shows an answered card where it was asked for, as the pressing device does. */
  answered(key: string, messageId: string, card: Readonly<Record<string, unknown>>): void {
    this.said.push(JSON.stringify(card));
    this.of(key).answer('device', messageId, card);
    this.#show({ person: key, messageId, card });
  }

  /** The newest cards as a person sees them now, the newest first. */
  newest(key: string, count: number): readonly SeenCard[] {
    const found: SeenCard[] = [];
    for (const { id, from, card } of this.of(key).seenOn('device').toReversed()) {
      if (found.length === count) break;
      if (from === 'bot' && card !== undefined) found.push({ person: key, messageId: id, card });
    }
    return found;
  }

  #note(person: string, { id, from, card }: ShownMessage): void {
    if (from === 'bot' && card !== undefined) this.#show({ person, messageId: id, card });
  }
  #show(shown: SeenCard): void {
    this.seen.push(shown);
    this.onShown(shown);
  }
}

/** While installed, a server that is told to listen hands itself over instead: no port is taken. */
export class InProcessDoor {
  servers: Server[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was, never called
  readonly #real = http.Server.prototype.listen;

  install(): void {
    const open = (server: Server): void => {
      this.servers.push(server);
    };
    http.Server.prototype.listen = function listen(this: Server, ...args: unknown[]) {
      open(this);
      this.address = () => ({ port: 3978, address: '127.0.0.1', family: 'IPv4' });
      queueMicrotask(args.at(-1) as () => void);
      return this;
    } as Server['listen'];
  }

  uninstall(): void {
    http.Server.prototype.listen = this.#real;
  }
}

/** Hands an activity to a bot's server as if it had come over a connection. */
export function deliver(server: Server, activity: Activity): Promise<DoorAnswer> {
  const body = Buffer.from(JSON.stringify(activity));
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  request.url = '/api/messages';
  request.httpVersion = '1.1';
  request.headers = {
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': String(body.byteLength),
  };
  const response = new ServerResponse(request);
  const parts: Buffer[] = [];
  const line = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  return new Promise((resolve) => {
    response.assignSocket(line as unknown as Socket);
    response.on('finish', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const said = text.slice(text.indexOf('\r\n\r\n') + 4);
      resolve({ status: response.statusCode, body: said === '' ? undefined : JSON.parse(said) });
    });
    server.emit('request', request, response);
    request.complete = true;
    request.push(body);
    request.push(null);
  });
}
