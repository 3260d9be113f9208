import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startChat, type Chat, type ChatOptions } from '../../../sandbox/chat/chat.ts';
import { launchBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import { asMessage, BotDouble, callConnector, type Json, type Received } from './bot-double.ts';

const WAIT_MS = 8_000;

type PersonKey = 'requester' | 'manager';

/** The chat page in a real browser, with a bot of a few lines behind it. */
export interface PageBench {
  readonly bot: () => BotDouble;
  readonly chat: () => Chat;
  readonly page: () => Page;
  /** Starts a chat service with the app added for both, and opens its page. */
  readonly open: (options?: ChatOptions, look?: BrowserContextOptions) => Promise<void>;
  readonly region: (name: 'Requester' | 'Manager' | 'Partner Center') => Locator;
  /** Sends an activity as the bot. @returns the message's id */
  readonly send: (person: PersonKey, activity: Json) => Promise<string>;
  readonly show: (person: PersonKey, card: Json, summary?: string) => Promise<string>;
  readonly update: (person: PersonKey, messageId: string, activity: Json) => Promise<void>;
  readonly remove: (person: PersonKey, messageId: string) => Promise<void>;
  /** The next activity that fits, whether it has come already or not. */
  readonly received: (fits: (activity: Received) => boolean) => Promise<Received>;
}

/** Starts one browser for the tests of a file; each test has a chat service, a bot and a fresh profile of its own. */
export function pageBench(): PageBench {
  let browser: Browser | undefined;
  let bot: BotDouble | undefined;
  let chat: Chat | undefined;
  let page: Page | undefined;
  let faults: string[] = [];
  const there = <T>(value: T | undefined): T => {
    assert.ok(value, 'this is there inside tests only');
    return value;
  };

  before(async function () {
    this.timeout(60_000);
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    bot = await BotDouble.start();
    faults = [];
  });
  afterEach(async () => {
    await page?.context().close();
    await chat?.close();
    await bot?.close();
    page = undefined;
    chat = undefined;
    assert.deepEqual(faults, [], 'the page has thrown an error, or broken its own security policy');
  });

  const open = async (options: ChatOptions = {}, look: BrowserContextOptions = {}): Promise<void> => {
    chat = await startChat(options);
    chat.connect(there(bot).url);
    for (const { key } of chat.people) await chat.install(key);
    const context = await there(browser).newContext({ locale: 'en-US', reducedMotion: 'reduce', ...look });
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) faults.push(message.text());
    });
    await page.goto(chat.url);
    await page.locator('#columns.is-ready').waitFor();
  };

  const conversationOf = (key: PersonKey): string => {
    const person = there(chat).people.find((one) => one.key === key);
    const from = there(bot).received.find((activity) => activity.from.id === person?.id);
    assert.ok(from, `nothing has come from the ${key}`);
    return `v3/conversations/${from.conversation.id}/activities`;
  };
  const call = async (method: string, path: string, body?: Json): Promise<Json> => {
    const answer = await callConnector(there(chat).serviceUrl, method, path, body);
    assert.ok(answer.status < 300, `${method} was answered ${answer.status}`);
    return answer.body;
  };
  const send: PageBench['send'] = async (person, activity) =>
    String((await call('POST', conversationOf(person), activity))['id']);

  return {
    bot: () => there(bot),
    chat: () => there(chat),
    page: () => there(page),
    open,
    region: (name) => there(page).getByRole('region', { name, exact: true }),
    send,
    show: (person, card, summary) => send(person, asMessage(card, summary)),
    update: async (person, messageId, activity) => {
      await call('PUT', `${conversationOf(person)}/${messageId}`, activity);
    },
    remove: async (person, messageId) => {
      await call('DELETE', `${conversationOf(person)}/${messageId}`);
    },
    received: async (fits) => {
      let found: Received | undefined;
      await eventually(
        () => (found = there(bot).received.find(fits)) !== undefined,
        'the bot received nothing like it',
      );
      return there(found);
    },
  };
}
