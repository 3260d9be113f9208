import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { startBot, type Bot } from '../../bot/compose.ts';
import { parseConfig } from '../../bot/config/config.ts';
import { createLog } from '../../bot/log.ts';
import { newGuid } from '../../services/ids.ts';
import type { Disk } from '../../services/storage/disk.ts';
import { folderSpool } from '../../services/audit/folder-spool.ts';
import { openStore } from '../../bot/open-store.ts';
import type { StoreConfig } from '../../bot/config/store.ts';
import type { OpenedStore } from '../../bot/work/chores.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import {
  CHAT_BOT_ID,
  CHAT_BOT_NAME,
  CHAT_TENANT_ID,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  startChat,
  type Chat,
  type ChatOptions,
  type ShownMessage,
} from '../../sandbox/chat/chat.ts';
import { createGraph, type Graph, type GraphOptions } from '../../sandbox/graph/graph.ts';
import {
  startPartnerCenter,
  type PartnerCenterStandIn,
  type StandInOptions,
} from '../../sandbox/partner-center/server.ts';
import { bareEnv } from './bare-env.ts';

/** One call as the stand-in of Partner Center saw it. */
export interface LoggedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly requestId: string;
  readonly correlationId: string;
  /** A person's object id, or `app-only`, where the token said so. */
  readonly caller?: string;
  readonly body?: {
    readonly status?: string;
    readonly relationshipToPartner?: string;
    readonly autoRenewEnabled?: boolean;
  };
}

/** The bot as it really runs, between a chat service that plays Teams and a stand-in of Partner Center. */
export interface Journey {
  readonly chat: Chat;
  readonly partnerCenter: PartnerCenterStandIn;
  /** The partner's directory; missing where the journey goes without. */
  readonly graph?: Graph;
  readonly logLines: readonly string[];
  /** Where the store lies. */
  readonly folder: string;
  /** Where the bot takes activities at the moment. */
  readonly botUrl: string;
  /** Everything that changes something, in order. */
  changes(): Promise<readonly LoggedCall[]>;
  calls(): Promise<readonly LoggedCall[]>;
  control(address: string, body: unknown): Promise<void>;
  /** Lets the bot's own time pass; the machine's goes on as always. */
  advance(ms: number): void;
  /** Sets the bot's clock, as somebody or a service of the machine may. */
  setClockBy(ms: number): void;
  /** Resolves once the bot has ended by itself, because its disk did not keep what was written. */
  readonly endedByItself: Promise<unknown>;
  /** Ends the bot; the chats, Partner Center and the store stay. */
  stop(): Promise<void>;
  /** Ends the bot and starts it again on the same store; what is given takes the place of what its environment held. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

export interface JourneyOptions {
  readonly standIn?: StandInOptions;
  /** The partner's directory, at the address of Partner Center (none). */
  readonly directory?: Omit<GraphOptions, 'onInstalled'>;
  readonly chat?: ChatOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** The bot's disk, which may fail. */
  readonly disk?: Disk;
  /** Another store than one on disk. */
  readonly openStore?: (boot: string) => Promise<OpenedStore>;
  /** How the bot reaches Partner Center and Entra, and how it reaches Teams (as it would at work). */
  readonly http?: HttpClient;
  readonly fetch?: typeof fetch;
  /** Who has the app already; both unless told otherwise. */
  readonly installed?: readonly string[];
}

/** What the bot's environment holds, between these two services and on this store. */
export const journeyEnv = (partnerCenterUrl: string, folder: string): Readonly<Record<string, string>> => ({
  PORT: '0',
  BOT_AUTH: 'none',
  PARTNER_TENANT_ID: CHAT_TENANT_ID,
  PARTNER_CENTER_URL: partnerCenterUrl,
  GRAPH_URL: partnerCenterUrl,
  PARTNER_CENTER_AUTH: 'none',
  REQUESTERS: REQUESTER_OBJECT_ID,
  APPROVERS: MANAGER_OBJECT_ID,
  AUDIT_KEY: '11'.repeat(32),
  VERIFY_EVERY_SECONDS: '0.2',
  LEASE_SECONDS: '2',
  STORE: `file:${folder}`,
});

export async function startJourney(options: JourneyOptions = {}): Promise<Journey> {
  const graph =
    options.directory &&
    createGraph({
      ...options.directory,
      onInstalled: ({ userId }) => {
        const person = chat.people.find(({ aadObjectId }) => aadObjectId === userId);
        if (person !== undefined) void chat.install(person.key);
      },
    });
  const alongside = graph && { alongside: [graph] };
  const partnerCenter = await startPartnerCenter({ staleListMs: 300, ...alongside, ...options.standIn });
  const chat = await startChat({ partnerCenterUrl: partnerCenter.url, ...options.chat });
  const folder = await mkdtemp(path.join(tmpdir(), 'journey-'));
  const logLines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => logLines.push(line) });
  let env = { ...journeyEnv(partnerCenter.url, folder), ...options.env };
  let passedMs = 0;
  let setByMs = 0;
  const ended = Promise.withResolvers<undefined>();

  const openOnDisk = async (boot: string): Promise<OpenedStore> => {
    const store = await openFileStore({
      folder,
      boot,
      ...(options.disk && { disk: options.disk }),
      onUnsynced: () => {
        // As the process would.
        void stop().then(() => {
          ended.resolve(undefined);
        }, ended.reject);
      },
    });
    return Object.assign(store, { spool: folderSpool(folder, options.disk) });
  };
  const start = async (): Promise<Bot> => {
    const config = parseConfig(env);
    const open = config.store.kind === 'file' ? openOnDisk : (boot: string) => openInAzure(config.store, boot);
    const started = await startBot({
      config,
      clock: () => new Date(Date.now() + passedMs + setByMs),
      elapsedMs: () => performance.now() + passedMs,
      newId: newGuid,
      http: options.http ?? createDefaultHttpClient(),
      ...(options.fetch && { fetch: options.fetch }),
      openStore: options.openStore ?? open,
      log,
    });
    chat.connect(`${started.url}/api/messages`);
    return started;
  };
  let bot = await start();
  let { url } = bot;
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping ??= bot.stop();
    await stopping;
  };
  for (const person of options.installed ?? ['requester', 'manager']) await chat.install(person);

  return {
    chat,
    partnerCenter,
    ...(graph && { graph }),
    logLines,
    folder,
    endedByItself: ended.promise,
    get botUrl() {
      return `${url}/api/messages`;
    },
    ...partnerCenterControls(partnerCenter.url),
    advance(ms) {
      passedMs += ms;
    },
    setClockBy(ms) {
      setByMs += ms;
    },
    stop,
    async restart(changed = {}) {
      await stop();
      env = { ...env, ...changed };
      bot = await start();
      stopping = undefined;
      ({ url } = bot);
    },
    async close() {
      await stop();
      await Promise.all([chat.close(), partnerCenter.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const openInAzure = (config: StoreConfig, boot: string): Promise<OpenedStore> =>
  openStore(config, { boot, now: () => new Date(), onUnsynced: () => undefined, onOpenToOthers: () => undefined });

/** What a stand-in has been asked, and how it is told to behave. */
export function partnerCenterControls(url: string): Pick<Journey, 'calls' | 'changes' | 'control'> {
  const calls = async (): Promise<readonly LoggedCall[]> => {
    const response = await fetch(`${url}/_log`);
    return ((await response.json()) as { readonly entries: readonly LoggedCall[] }).entries;
  };
  return {
    calls,
    changes: async () => (await calls()).filter(({ method }) => method !== 'GET'),
    async control(address, body) {
      const response = await fetch(`${url}/${address}`, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${address}: ${await response.text()}`);
    },
  };
}

/** `bot/main.ts` in a process of its own. */
export interface BotProcess {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Resolves once it takes activities, or has ended. @returns whether it takes them. */
  readonly ready: Promise<boolean>;
  /** Resolves with its exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  send(signal: NodeJS.Signals): void;
}

/**
 * @param env all that it has in its environment, besides where its own programs are.
 * @param program what is run, with its arguments; `bot/main.ts` unless told otherwise.
 */
export function startBotProcess(
  env: Readonly<Record<string, string>>,
  program: readonly string[] = ['bot/main.ts'],
): BotProcess {
  const child = spawn(process.execPath, program, {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...bareEnv(), ...env },
  });
  const written = { output: '', errors: '' };
  const ended = once(child, 'close').then(([code, signal]) => (code as number | null) ?? String(signal));
  const ready = new Promise<boolean>((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      written.output += part.toString();
      if (written.output.includes('The bot listens on ')) resolve(true);
    });
    void ended.then(() => {
      resolve(false);
    });
  });
  child.stderr.on('data', (part: Buffer) => {
    written.errors += part.toString();
  });
  return {
    pid: child.pid ?? 0,
    output: () => written.output,
    errors: () => written.errors,
    ready,
    ended,
    send: (signal) => void child.kill(signal),
  };
}

/** The sign before words that have a colour says what they say. */
const SIGN = /^[✓▸⚠✗]\u00a0$/u;

const isSaid = (text: string): boolean => text !== '';

/** Every text of a card, in the order in which it is read. */
export function textsOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(textsOf).filter(isSaid).join('\n');
  if (typeof card !== 'object' || card === null) return '';
  const { text, title, label, ...rest } = card as Readonly<Record<string, unknown>>;
  const own = [text, title, label].filter((one): one is string => typeof one === 'string' && !SIGN.test(one));
  const inner = ['body', 'items', 'columns', 'inlines', 'actions', 'choices'].map((name) => textsOf(rest[name]));
  return [...own, ...inner].filter(isSaid).join('\n');
}

/** What a message shows, text and card. */
export const readMessage = ({ text = '', card }: ShownMessage): string => `${text}\n${textsOf(card)}`.trim();

/** The newest message of the bot whose words match. */
export function newest(messages: readonly ShownMessage[], ...words: readonly RegExp[]): ShownMessage | undefined {
  return messages.findLast(
    (message) => message.from === 'bot' && words.every((word) => word.test(readMessage(message))),
  );
}

type Json = Readonly<Record<string, unknown>>;

/** An activity as Teams sends one for a person; whatever is given takes the place of what it would hold. */
export function activityFrom({ chat }: Pick<Journey, 'chat'>, key: string, given: Json): Json {
  const person = chat.people.find((one) => one.key === key);
  if (person === undefined) throw new Error(`Nobody here is called "${key}".`);
  return {
    channelId: 'msteams',
    serviceUrl: chat.serviceUrl,
    id: `f:${newGuid()}`,
    timestamp: new Date().toISOString(),
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: `28:${CHAT_BOT_ID}`, name: CHAT_BOT_NAME },
    conversation: { id: conversationIdOf(chat, person.id), conversationType: 'personal', tenantId: CHAT_TENANT_ID },
    locale: person.locale,
    channelData: { tenant: { id: CHAT_TENANT_ID } },
    ...given,
  };
}

/** A chat's id stands in every call of the bot; nobody else tells it. */
function conversationIdOf(chat: Chat, teamsId: string): string {
  const call = chat.calls.find(
    ({ body }) => (body as { recipient?: { id?: string } } | null)?.recipient?.id === teamsId,
  );
  const [, , , id = 'a:1unknown'] = call?.path.split('/') ?? [];
  return decodeURIComponent(id);
}

/** Hands an activity to the bot as it is. */
export async function post(
  { botUrl }: Pick<Journey, 'botUrl'>,
  activity: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(botUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'close' },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
