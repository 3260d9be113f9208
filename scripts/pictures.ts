/**
 * Takes the pictures of the README and of the guides from conversations that really happen: the bot, the chat page and
 * the stand-in of Partner Center, at a time that is always the same. `--out <folder>` puts them elsewhere.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type {
  Browser,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
  PageScreenshotOptions,
} from 'playwright-core';
import { useFakeTimers } from 'sinon';
import type { TextKey } from '../cards/texts/en.ts';
import { textsFor, type Language } from '../cards/texts/texts.ts';
import { WORDS } from '../cards/texts/words.ts';
import { MANAGER_OBJECT_ID } from '../sandbox/chat/chat.ts';
import { defaultPeople, type Person } from '../sandbox/chat/people.ts';
import { Seat } from '../test/e2e/page-objects.ts';
import { about, approves, domainOf, REMOVED, seatOf, waits } from '../test/journeys/steps.ts';
import { launchWithOneFont } from '../test/support/browser.ts';
import { startJourney, type Journey } from '../test/support/journey.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../test/support/signed-on.ts';

/** All of them. */
export const PICTURES: readonly string[] = [
  ...['approval.png', 'batch-ru.png', 'batch.png', 'confirm-ru.png', 'confirm.png', 'conversation-dark.png'],
  ...['conversation.png', 'form-ru.png', 'form.png', 'phone.png', 'readiness.png', 'receipt-ru.png', 'receipt.png'],
  ...['tab-ru.png', 'tab.png'],
];

/** A Monday morning. */
const NOW = new Date('2026-11-09T09:41:05Z');

const customer = { words: 'remove contoso ltd', domain: 'contoso.onmicrosoft.com' };
const next = { words: 'remove contoso bakery', domain: 'contosobakery.onmicrosoft.com' };
/** Nothing stands in the way of it. */
const READY = 'fabrikambikes';
/** Some that are ready, some that are not, and a line that is nobody. */
const MANY = [READY, 'alpineskihouse', 'contosobakery', 'woodgrovebank', 'nobody'];
const severalWords = (language: Language): string =>
  [WORDS[language]['remove-several'][0], ...MANY.map(domainOf)].join('\n');

const whole = { viewport: { width: 1440, height: 872 } };
/** Where the story is told: tall enough for a form. */
const sharp = { ...whole, deviceScaleFactor: 2 };
/** Tall enough for the longest card; twice as sharp as it is wide. */
const tall = { viewport: { width: 1440, height: 1600 }, deviceScaleFactor: 2 };
const desk = { viewport: { width: 1120, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/**
 * Tells the story once, and stops for a picture where something is to be seen.
 *
 * @returns the names of the files.
 */
export async function takePictures(folder: string): Promise<readonly string[]> {
  // Only what asks for the date is told another one; it goes on as always.
  const clock = useFakeTimers({ now: NOW, toFake: ['Date'], shouldAdvanceTime: true });
  try {
    await mkdir(folder, { recursive: true });
    const browser = await launchWithOneFont();
    try {
      const taken: string[] = [];
      const people = defaultPeople();
      await at(startJourney({ chat: { people } }), async (journey) => {
        const studio = new Studio(browser, journey.chat.url, folder, taken);
        await tell(studio, journey);
        for (const person of people) person.locale = 'ru-RU';
        await tellInRussian(studio, journey);
      });
      const auditors = defaultPeople();
      const world = startSignedOnJourney({ chat: { people: auditors }, env: { AUDITORS: MANAGER_OBJECT_ID } });
      await at(world, async (signedOn) => {
        await showTab(new Studio(browser, signedOn.journey.chat.url, folder, taken), signedOn, auditors);
      });
      return taken;
    } finally {
      await browser.close();
    }
  } finally {
    clock.restore();
  }
}

/** Ends what was started, whatever came of it. */
async function at<World extends { close(): Promise<void> }>(
  started: Promise<World>,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const world = await started;
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

async function tell(studio: Studio, { chat }: Journey): Promise<void> {
  const page = await studio.open(sharp);
  const requester = new Seat(page, 'Requester');
  const manager = new Seat(page, 'Manager');

  await requester.say(customer.words);
  await requester.sees('Stands in the way', customer.domain);
  await studio.take('readiness', tall, (seen) => new Seat(seen, 'Requester').card('Stands in the way'));

  await requester.press('Suspend 3 legacy subscriptions', customer.domain);
  await requester.press('Yes, suspend', 'Suspend?');
  await requester.sees('Nothing known stands in the way.');
  await requester.press('Request removal', 'Nothing known stands in the way.');
  const form = 'A manager decides.';
  await requester.input('Reason', form).fill('They move to another provider.');
  await requester.input('The customer’s domain, typed by hand', form).fill(customer.domain);
  await requester.input('Ticket number (optional)', form).fill('CHG-20417');
  await requester.card(form).getByRole('checkbox', { name: 'The notice our contract asks for was given.' }).check();
  await studio.takeCard('form', requester.card(form));
  await requester.press('Send request', form);
  await manager.sees('End this reseller relationship?');
  await requester.sees('Waiting for Elena Marsh.');
  await studio.take('approval', tall, (seen) => new Seat(seen, 'Manager').card('End this reseller relationship?'));

  await requester.say(next.words);
  await requester.sees('Stands in the way', next.domain);
  const lookAtCustomer = async (seen: Page): Promise<void> => {
    await seen.locator('.customer').filter({ hasText: customer.domain }).click();
    await seen.locator('.badge').getByText('suspended').first().waitFor();
    await seen.mouse.move(0, 0);
  };
  await studio.take('conversation', whole, lookAtCustomer);
  await studio.take('conversation-dark', { ...whole, colorScheme: 'dark' }, lookAtCustomer);
  await studio.take('phone', phone, async (seen) => {
    await seen.getByRole('tab', { name: 'Manager' }).click();
    await new Seat(seen, 'Manager').sees('End this reseller relationship?');
  });

  await manager.press('Approve', 'End this reseller relationship?');
  await manager.input('Comment (optional)', 'Approve the removal?').fill('Agreed with the customer on Friday.');
  await studio.takeCard('confirm', manager.card('Approve the removal?'));
  await manager.press('Yes, approve', 'Approve the removal?');
  await requester.sees('The relationship is removed.');
  await studio.take('receipt', tall, (seen) => new Seat(seen, 'Requester').card('The relationship is removed.'));

  await chat.say('requester', severalWords('en'));
  await studio.takeCard('batch', await requester.sees('Several customers', 'Ready', 'Has to wait', 'Check again'));
}

/** A second customer from the question to the receipt, and several at once, for the guides in Russian. */
async function tellInRussian(studio: Studio, { chat }: Journey): Promise<void> {
  const say = (key: TextKey): string => textsFor('ru').say(key);
  const page = await studio.open(sharp, 'ru');
  const requester = new Seat(page, 'Заявитель');
  const manager = new Seat(page, 'Руководитель');
  const domain = domainOf(READY);

  await chat.say('requester', severalWords('ru'));
  await studio.takeCard(
    'batch-ru',
    await requester.sees(say('batch.title'), say('batch.group-ready'), say('batch.group-wait')),
  );

  await chat.say('requester', `${WORDS.ru.remove[0] ?? ''} ${domain}`);
  await requester.sees(say('readiness.verdict-clear'), domain);
  await requester.press(say('button.request-removal'), say('readiness.verdict-clear'));
  const form = say('form.about');
  await requester.input(say('form.reason'), form).fill('Клиент переходит к другому поставщику.');
  await requester.input(say('form.domain'), form).fill(domain);
  await requester.input(say('form.ticket'), form).fill('CHG-20418');
  await requester
    .card(form)
    .getByRole('checkbox', { name: say('form.notice') })
    .check();
  await studio.takeCard('form-ru', requester.card(form));
  await requester.press(say('button.send-request'), form);

  await manager.sees(say('approval.title'), domain);
  const confirm = say('approval.approve-title');
  await manager.press(say('button.approve'), say('approval.title'));
  await manager.input(say('approval.comment'), confirm).fill('Согласовано с клиентом в пятницу.');
  await studio.takeCard('confirm-ru', manager.card(confirm));
  await manager.press(say('button.yes-approve'), confirm);
  await requester.sees(say('request.state-done'), domain);
  const receipt = (seen: Page): Locator => new Seat(seen, 'Заявитель').card(say('request.state-done'), domain);
  await studio.take('receipt-ru', tall, receipt, 'ru');
}

/** Where an auditor searches the record. */
async function showTab(studio: Studio, { journey }: SignedOnJourney, people: readonly Person[]): Promise<void> {
  await waits(journey, READY);
  await approves(seatOf(journey, 'manager'), READY);
  await seatOf(journey, 'requester').sees(about(READY), REMOVED);
  for (const [language, locale, name] of [
    ['en', 'en-US', 'tab'],
    ['ru', 'ru-RU', 'tab-ru'],
  ] as const) {
    for (const person of people) Object.assign(person, { locale });
    await studio.takeTab(name, async (tab) => {
      const say = (key: TextKey): string => textsFor(language).say(key);
      await tab
        .getByRole('navigation')
        .getByRole('button', { name: say('tab.record'), exact: true })
        .click();
      await tab.getByRole('button', { name: say('tab.search'), exact: true }).click();
      await tab
        .getByRole('listitem')
        .filter({ hasText: say('audit.approved') })
        .first()
        .waitFor();
    });
  }
}

/** Where pictures are taken, each on a page that was opened for it: nothing pops up there, nothing is half typed. */
class Studio {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #folder: string;
  readonly #taken: string[];

  /** @param taken gets the name of each file. */
  constructor(browser: Browser, url: string, folder: string, taken: string[]) {
    this.#browser = browser;
    this.#url = url;
    this.#folder = folder;
    this.#taken = taken;
  }

  async open(look: BrowserContextOptions, language: Language = 'en'): Promise<Page> {
    const page = await this.#page(look);
    await page.addInitScript(`localStorage.setItem('language', '${language === 'ru' ? 'ru-RU' : 'en-US'}')`);
    await page.goto(this.#url);
    await page.locator('#columns.is-ready').waitFor();
    await page.locator('#close-intro').click();
    return page;
  }

  async #page(look: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      timezoneId: 'UTC',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...look,
    });
    return context.newPage();
  }

  /** @param find what the picture is of, when it is not all of the page. */
  async take(
    name: string,
    look: BrowserContextOptions,
    find: (page: Page) => Locator | Promise<void>,
    language: Language = 'en',
  ): Promise<void> {
    const page = await this.open(look, language);
    const found = find(page);
    if (found instanceof Promise) await found;
    await this.#shoot(name, page, found instanceof Promise ? {} : await alone(found));
    await page.context().close();
  }

  /** A card with what was filled in on it, where it is. */
  async takeCard(name: string, card: Locator): Promise<void> {
    await card.page().evaluate('document.activeElement?.blur()');
    await card.evaluate((element: Scrolling) => {
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    await this.#shoot(name, card.page(), await alone(card));
  }

  /** The personal tab of the manager, once what is to be seen is there. */
  async takeTab(name: string, show: (tab: FrameLocator) => Promise<void>): Promise<void> {
    const page = await this.#page(desk);
    await page.goto(`${this.#url}/teams-tab.html?person=manager`);
    await show(page.frameLocator('iframe'));
    await page.mouse.move(0, 0);
    await this.#shoot(name, page, {});
    await page.context().close();
  }

  async #shoot(name: string, page: Page, options: PageScreenshotOptions): Promise<void> {
    const file = `${name}.png`;
    await page.screenshot({ path: path.join(this.#folder, file), ...options });
    this.#taken.push(file);
  }
}

/** Of an element, where there are no types of a page. */
interface Scrolling {
  scrollIntoView(options: { readonly block: 'center'; readonly behavior: 'instant' }): void;
}

const MARGIN_PX = 14;

/** A card with nothing around it but a margin. */
async function alone(card: Locator): Promise<PageScreenshotOptions> {
  const message = card.locator('xpath=ancestor::*[@data-message]');
  const id = await message.getAttribute('data-message');
  const box = await card.boundingBox();
  if (id === null || box === null) throw new Error('The card is not to be seen.');
  return {
    style: `.log-content { visibility: hidden } [data-message="${id}"] .card { visibility: visible }`,
    clip: {
      x: box.x - MARGIN_PX,
      y: box.y - MARGIN_PX,
      width: box.width + 2 * MARGIN_PX,
      height: box.height + 2 * MARGIN_PX,
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/images' } } });
  for (const file of await takePictures(values.out)) console.log(path.join(values.out, file));
}
