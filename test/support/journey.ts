import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { startBot, type Bot } from '../../bot/compose.ts';
import { parseConfig } from '../../bot/config.ts';
import { createLog } from '../../bot/log.ts';
import { newGuid } from '../../services/ids.ts';
import { openFileStore } from '../../services/storage/file-store.ts';
import {
  CHAT_TENANT_ID,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  startChat,
  type Chat,
  type ChatOptions,
  type ShownMessage,
} from '../../sandbox/chat/chat.ts';
import {
  startPartnerCenter,
  type PartnerCenterStandIn,
  type StandInOptions,
} from '../../sandbox/partner-center/server.ts';

/** One call as the stand-in of Partner Center saw it. */
export interface LoggedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly requestId: string;
  readonly correlationId: string;
  readonly body?: { readonly status?: string; readonly relationshipToPartner?: string };
}

/** The bot as it really runs, between a chat service that plays Teams and a stand-in of Partner Center. */
export interface Journey {
  readonly chat: Chat;
  readonly partnerCenter: PartnerCenterStandIn;
  readonly logLines: readonly string[];
  /** Where the store lies. */
  readonly folder: string;
  /** Everything that changes something, in order. */
  changes(): Promise<readonly LoggedCall[]>;
  calls(): Promise<readonly LoggedCall[]>;
  control(address: string, body: unknown): Promise<void>;
  /** Ends the bot and starts it again on the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface JourneyOptions {
  readonly standIn?: StandInOptions;
  readonly chat?: ChatOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Who has the app already; both unless told otherwise. */
  readonly installed?: readonly string[];
}

export async function startJourney(options: JourneyOptions = {}): Promise<Journey> {
  const partnerCenter = await startPartnerCenter({ staleListMs: 300, ...options.standIn });
  const chat = await startChat({ partnerCenterUrl: partnerCenter.url, ...options.chat });
  const folder = await mkdtemp(path.join(tmpdir(), 'journey-'));
  const logLines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => logLines.push(line) });
  const config = parseConfig({
    PORT: '0',
    BOT_AUTH: 'none',
    PARTNER_TENANT_ID: CHAT_TENANT_ID,
    PARTNER_CENTER_URL: partnerCenter.url,
    GRAPH_URL: partnerCenter.url,
    PARTNER_CENTER_AUTH: 'none',
    REQUESTERS: REQUESTER_OBJECT_ID,
    APPROVERS: MANAGER_OBJECT_ID,
    AUDIT_KEY: '11'.repeat(32),
    VERIFY_EVERY_SECONDS: '0.2',
    LEASE_SECONDS: '2',
    STORE: `file:${folder}`,
    ...options.env,
  });

  const start = async (): Promise<Bot> => {
    const started = await startBot({
      config,
      clock: () => new Date(),
      newId: newGuid,
      http: createDefaultHttpClient(),
      openStore: (boot) => openFileStore({ folder, boot }),
      log,
    });
    chat.connect(`${started.url}/api/messages`);
    return started;
  };
  let bot = await start();
  for (const person of options.installed ?? ['requester', 'manager']) await chat.install(person);

  const calls = async (): Promise<readonly LoggedCall[]> => {
    const response = await fetch(`${partnerCenter.url}/_log`);
    return ((await response.json()) as { readonly entries: readonly LoggedCall[] }).entries;
  };
  return {
    chat,
    partnerCenter,
    logLines,
    folder,
    calls,
    changes: async () => (await calls()).filter(({ method }) => method !== 'GET'),
    async control(address, body) {
      const response = await fetch(`${partnerCenter.url}/${address}`, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${address}: ${await response.text()}`);
    },
    async restart() {
      await bot.stop();
      bot = await start();
    },
    async close() {
      await bot.stop();
      await Promise.all([chat.close(), partnerCenter.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every text of a card, in the order in which it is read. */
export function textsOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(textsOf).join('\n');
  if (typeof card !== 'object' || card === null) return '';
  const { text, title, label, ...rest } = card as Readonly<Record<string, unknown>>;
  const own = [text, title, label].filter((one) => typeof one === 'string');
  const inner = ['body', 'items', 'columns', 'inlines', 'actions', 'choices'].map((name) => textsOf(rest[name]));
  return [...own, ...inner].filter((one) => one !== '').join('\n');
}

/** What a message shows, text and card. */
export const readMessage = ({ text = '', card }: ShownMessage): string => `${text}\n${textsOf(card)}`.trim();

/** The newest message of the bot whose words match. */
export function newest(messages: readonly ShownMessage[], words: RegExp): ShownMessage | undefined {
  return messages.findLast((message) => message.from === 'bot' && words.test(readMessage(message)));
}
