import type { TurnContext } from 'botbuilder';
import type { BotConfig } from '../../../bot/config/bot.ts';
import type { Log } from '../../../bot/log.ts';
import type { ConversationTurns } from '../../../bot/channel/conversation-turns.ts';
import type { Reachable } from '../../../bot/channel/messenger.ts';
import { createServer } from '../../../bot/channel/server.ts';
import { createTeamsAdapter, type TeamsAdapter, type TurnLogic } from '../../../bot/channel/teams-adapter.ts';
import { startChat, type Chat, type ChatOptions } from '../../../sandbox/chat/chat.ts';
import { quietLog } from '../quiet-log.ts';

/** A bot without authentication that believes any address of this machine. */
export const localBot: BotConfig = {
  port: 0,
  host: '127.0.0.1',
  auth: 'none',
  channelServiceHosts: { hosts: [], loopback: true },
};

export interface ChattingBotOptions {
  readonly config?: Partial<BotConfig>;
  readonly chat?: ChatOptions;
  readonly logic?: TurnLogic;
  readonly log?: Log;
  /** How its replies take turns (they take none). */
  readonly turns?: ConversationTurns;
  /** How long the bot waits for the chat service. */
  readonly timeoutMs?: number;
}

/** The server and the adapter of the bot with a turn of the test's own, and the chat service that talks to them. */
export interface ChattingBot {
  readonly chat: Chat;
  readonly adapter: TeamsAdapter;
  /** Where the bot takes activities. */
  readonly url: string;
  /** The person in the chat, once they have the app. */
  person(key: string): Promise<Reachable>;
  close(): Promise<void>;
}

export async function startChattingBot(options: ChattingBotOptions = {}): Promise<ChattingBot> {
  const chat = await startChat(options.chat ?? {});
  const { log = quietLog().log, logic = () => Promise.resolve(), turns, timeoutMs } = options;
  const adapter = createTeamsAdapter({ ...localBot, ...options.config }, log, {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(turns && { turns }),
  });
  const met = new Map<string, Reachable>();
  const meetThen = async (context: TurnContext): Promise<void> => {
    const person = personOf(context);
    met.set(person.id, person);
    await logic(context);
  };
  const server = createServer({
    log,
    onKnock: adapter.knock,
    onRefused: adapter.refuse,
    onActivity: (request, response, body) => adapter.process(request, response, body, meetThen),
    isReady: () => Promise.resolve(true),
  });
  const url = `${(await server.listen(0, '127.0.0.1')).url}/api/messages`;
  chat.connect(url);
  return {
    chat,
    adapter,
    url,
    async person(key) {
      await chat.install(key);
      const person = met.get(chat.people.find((one) => one.key === key)?.aadObjectId ?? '');
      if (person === undefined) throw new Error(`The bot has heard nothing of "${key}".`);
      return person;
    },
    async close() {
      await chat.close();
      await server.close();
    },
  };
}

function personOf({ activity }: TurnContext): Reachable {
  const { from, conversation, serviceUrl, recipient } = activity;
  return {
    id: from.aadObjectId ?? '',
    // Teams does not always say it, and never when the app is installed.
    name: from.name || (from.aadObjectId ?? ''),
    teamsId: from.id,
    locale: activity.locale ?? '',
    address: {
      conversationId: conversation.id,
      serviceUrl,
      tenantId: conversation.tenantId ?? '',
      botId: recipient.id,
    },
  };
}
