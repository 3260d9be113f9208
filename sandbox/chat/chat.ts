import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel } from './activities.ts';
import { BotLine, type InvokeAnswer } from './bot-line.ts';
import { Client, type Choice } from './client.ts';
import { ConnectorServer, type ConnectorLogEntry } from './connector-server.ts';
import { Conversation } from './conversation.ts';
import { Changes, type ShownMessage } from './messages.ts';
import { OneDrive } from './one-drive.ts';
import { CHAT_BOT_ID, CHAT_BOT_NAME, CHAT_TENANT_ID, defaultPeople, type Person } from './people.ts';
import { TeamsSwitch, type ChangeTeams } from './real-teams.ts';
import { SendRates } from './send-rates.ts';
import { SentFiles } from './sent-files.ts';
import type { SingleSignOn } from './single-sign-on.ts';
import { createChatHandler } from './server.ts';

export { buttonsOf, NotPossibleError, type CardButton } from './card-actions.ts';
export { DeliveryError, type Choice } from './client.ts';
export type { ConnectorLogEntry } from './connector-server.ts';
export type { InvokeAnswer } from './bot-line.ts';
export type { ShownMessage } from './messages.ts';
export type { TeamsSetting } from './real-teams.ts';
export type { SingleSignOn } from './single-sign-on.ts';
export * from './people.ts';

/** How Teams is towards the bot. */
export interface TeamsManners {
  /** Delivers each invoke so many times, as Teams does now and then. */
  readonly duplicates?: number;
  /** The value of the Authorization header of what is sent to the bot; none is sent for `undefined`. */
  readonly authorize?: () => Promise<string | undefined>;
  /** What Teams signs people in with (nothing). */
  readonly signOn?: SingleSignOn;
  /** Whether the Authorization header of what the bot sends is its own (anything will do); 401 otherwise. */
  readonly admits?: (authorization: string | undefined) => boolean;
}

export interface ChatOptions extends TeamsManners {
  /** 0 takes any free port. */
  readonly port?: number;
  readonly people?: readonly Person[];
  readonly tenantId?: string;
  /** The bot's application id, without `28:`. */
  readonly botId?: string;
  readonly botName?: string;
  /** Where the stand-in of Partner Center listens, for the page's third strip. */
  readonly partnerCenterUrl?: string;
  /** How long the bot may take to answer: 15 s, as in Teams. */
  readonly answerWithinMs?: number;
  /** Delivers an invoke that is not answered in time again, as Teams does. */
  readonly redeliver?: boolean;
  /** Refuses (429) what the bot sends faster than Teams takes it. */
  readonly limitRates?: boolean;
  /** Runs after the chats were emptied, for what has to begin anew with them; its end is waited for. */
  readonly onReset?: () => Promise<void>;
  /** Ends the bot, in its own way or at once, and starts it again on what it has stored; its end is waited for. */
  readonly onEndBot?: (how: 'end' | 'kill') => Promise<void>;
  /** Has Teams played as real as somebody chooses on the page. */
  readonly onChangeTeams?: ChangeTeams;
}

/** One of a person's devices. What is not given is the device of the tests. */
export interface OnDevice {
  readonly device?: string;
}

/** A chat service that plays Microsoft Teams towards one bot, with a page to look at. */
export interface Chat {
  /** The page. */
  readonly url: string;
  readonly serviceUrl: string;
  readonly people: readonly Person[];
  /** Every call of the bot, oldest first. */
  readonly calls: readonly ConnectorLogEntry[];
  /** The address of the bot's `POST /api/messages`, known only once the bot runs. */
  connect(botUrl: string): void;
  /** From now on Teams is like that; what is left out is as at first, whatever it was started with. */
  behave(manners: TeamsManners): void;
  /** Adds the app for a person, as Teams does: installationUpdate, then conversationUpdate. */
  install(person: string): Promise<void>;
  /** Removes the app. Writing to this person is answered 403 from then on. */
  uninstall(person: string): Promise<void>;
  /** @throws {DeliveryError} when the bot does not take it. */
  say(person: string, text: string): Promise<void>;
  /** Sends a file. @throws {DeliveryError} when the bot does not take it. */
  sendFile(person: string, name: string, content: string | Uint8Array): Promise<void>;
  /**
   * Presses an Action.Execute.
   *
   * By title or by verb alone it is looked for in the card as this device sees it, and refused as Teams would refuse it:
   * unknown, disabled, a required input empty. With a verb and data it is sent exactly so, whatever is shown.
   *
   * @returns what the bot answered; 502 when it could not be reached, 504 when it took too long.
   * @throws {NotPossibleError} when Teams would not let the person do it.
   */
  press(
    person: string,
    messageId: string,
    button: string | { verb: string; data?: unknown },
    inputs?: Record<string, string>,
    on?: OnDevice,
  ): Promise<InvokeAnswer>;
  /** Presses a button as a client that knows no Action.Execute: its fallback arrives as a message with a value. */
  submit(
    person: string,
    messageId: string,
    title: string,
    inputs?: Record<string, string>,
    on?: OnDevice,
  ): Promise<void>;
  /** What an input with `choices.data` offers for the typed text: at most 15. */
  search(person: string, messageId: string, inputId: string, query: string, on?: OnDevice): Promise<Choice[]>;
  refresh(person: string, messageId: string, on?: OnDevice): Promise<InvokeAnswer>;
  /** Answers whether the bot may put a file into the person's OneDrive. @throws {NotPossibleError} */
  answerFile(person: string, messageId: string, action: 'accept' | 'decline', on?: OnDevice): Promise<InvokeAnswer>;
  messages(person: string, on?: OnDevice): readonly ShownMessage[];
  /**
   * Waits until the messages are as wanted.
   *
   * @param options.timeoutMs 20 s unless told otherwise.
   */
  until(
    person: string,
    predicate: (messages: readonly ShownMessage[]) => boolean,
    options?: { timeoutMs?: number } & OnDevice,
  ): Promise<readonly ShownMessage[]>;
  close(): Promise<void>;
}

const TEST_DEVICE = 'tests';
const ANSWER_WITHIN_MS = 15_000;

/** Starts the chat service on a loopback address. */
export async function startChat(options: ChatOptions = {}): Promise<Chat> {
  const { tenantId = CHAT_TENANT_ID, botId = CHAT_BOT_ID, botName = CHAT_BOT_NAME, partnerCenterUrl } = options;
  const people = options.people ?? defaultPeople();
  const changes = new Changes();
  const conversations = people.map((person) => new Conversation(person, changes));
  let manners: TeamsManners = options;
  const line = new BotLine({
    get duplicates() {
      return manners.duplicates ?? 1;
    },
    get authorize() {
      return manners.authorize;
    },
    answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
    redeliver: options.redeliver ?? false,
  });
  const rates = options.limitRates === true ? new SendRates() : undefined;
  const connector = new ConnectorServer({
    ...{ conversations, tenantId, rates },
    admits: (authorization) => manners.admits?.(authorization) ?? true,
    onSignIn: (conversation, messageId, wanted) => {
      // The bot is not kept waiting for it.
      setImmediate(() => {
        void client.signIn(conversation, messageId, wanted);
      });
    },
  });
  const reset = async (): Promise<void> => {
    connector.reset();
    rates?.clear();
    drive.clear();
    for (const conversation of conversations) conversation.clear();
    changes.tell({ kind: 'reset' });
    await options.onReset?.();
  };

  let url = '';
  const drive = new OneDrive(() => url);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const channel: Channel = { serviceUrl: `${url}/connector/`, tenantId, botId, botName };
  const files = new SentFiles(url);
  const client = new Client(channel, line, files, () => manners.signOn, drive);
  const handler = createChatHandler({
    ...{ channel, conversations, changes, client, files, line, connector, drive, partnerCenterUrl, reset },
    signOn: () => manners.signOn,
    endBot: options.onEndBot,
    teams:
      options.onChangeTeams &&
      new TeamsSwitch(options.onChangeTeams, () => {
        changes.tell({ kind: 'teams' });
      }),
  });
  server.on('request', handler.handle);

  const of = (key: string): Conversation => {
    const found = conversations.find(({ person }) => person.key === key);
    if (found === undefined) throw new Error(`Nobody here is called "${key}".`);
    return found;
  };

  return {
    url,
    serviceUrl: channel.serviceUrl,
    people,
    get calls() {
      return connector.log;
    },
    connect: (botUrl) => {
      line.connect(botUrl);
    },
    behave: (wanted) => {
      manners = wanted;
    },
    install: async (person) => {
      await client.install(of(person));
    },
    uninstall: async (person) => {
      await client.uninstall(of(person));
    },
    say: async (person, text) => {
      await client.say(of(person), text);
    },
    sendFile: async (person, name, content) => {
      await client.sendFile(of(person), name, typeof content === 'string' ? Buffer.from(content) : content);
    },
    press: async (person, messageId, button, inputs, { device = TEST_DEVICE } = {}) =>
      client.press(of(person), device, messageId, button, inputs),
    submit: async (person, messageId, title, inputs, { device = TEST_DEVICE } = {}) => {
      await client.submit(of(person), device, messageId, title, inputs);
    },
    search: async (person, messageId, inputId, query, { device = TEST_DEVICE } = {}) =>
      client.search(of(person), device, messageId, inputId, query),
    refresh: async (person, messageId, { device = TEST_DEVICE } = {}) => client.refresh(of(person), device, messageId),
    answerFile: async (person, messageId, action, { device = TEST_DEVICE } = {}) =>
      client.answerFile(of(person), device, messageId, action),
    messages: (person, { device = TEST_DEVICE } = {}) => of(person).seenOn(device),
    until: async (person, predicate, { timeoutMs = 20_000, device = TEST_DEVICE } = {}) =>
      waitFor(changes, () => of(person).seenOn(device), predicate, timeoutMs),
    close: async () => {
      line.close();
      handler.close();
      connector.reset();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

/** Looks again whenever something changes. @throws when it has not come true in time, with what is there instead. */
function waitFor(
  changes: Changes,
  read: () => readonly ShownMessage[],
  predicate: (messages: readonly ShownMessage[]) => boolean,
  timeoutMs: number,
): Promise<readonly ShownMessage[]> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      stopListening();
    };
    const look = (): void => {
      try {
        const messages = read();
        if (!predicate(messages)) return;
        stop();
        resolve(messages);
      } catch (error) {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const stopListening = changes.listen(look);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Not so within ${timeoutMs} ms. Last messages: ${JSON.stringify(read().slice(-3))}`));
    }, timeoutMs);
    look();
  });
}
