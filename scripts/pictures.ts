/**
 * Takes the pictures of the README from a conversation that really happens: the bot, the chat page and the stand-in
 * of Partner Center, at a time that is always the same. `--out <folder>` puts them elsewhere.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { useFakeTimers } from 'sinon';
import { Seat } from '../test/e2e/page-objects.ts';
import { launchWithOneFont } from '../test/support/browser.ts';
import { startJourney } from '../test/support/journey.ts';

/** A Monday morning. */
const NOW = new Date('2026-11-09T09:41:05Z');

const customer = { words: 'remove contoso ltd', domain: 'contoso.onmicrosoft.com' };
const next = { words: 'remove contoso bakery', domain: 'contosobakery.onmicrosoft.com' };

const whole = { viewport: { width: 1440, height: 872 } };
/** Tall enough for the longest card; twice as sharp as it is wide. */
const tall = { viewport: { width: 1440, height: 1600 }, deviceScaleFactor: 2 };
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
    const journey = await startJourney();
    const browser = await launchWithOneFont();
    try {
      const studio = new Studio(browser, journey.chat.url, folder);
      await tell(studio);
      return studio.taken;
    } finally {
      await browser.close();
      await journey.close();
    }
  } finally {
    clock.restore();
  }
}

async function tell(studio: Studio): Promise<void> {
  const page = await studio.open(whole);
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
  await manager.press('Yes, approve', 'Approve the removal?');
  await requester.sees('The relationship is removed.');
  await studio.take('receipt', tall, (seen) => new Seat(seen, 'Requester').card('The relationship is removed.'));
}

/** Where pictures are taken, each on a page that was opened for it: nothing pops up there, nothing is half typed. */
class Studio {
  readonly taken: string[] = [];
  readonly #browser: Browser;
  readonly #url: string;
  readonly #folder: string;

  constructor(browser: Browser, url: string, folder: string) {
    this.#browser = browser;
    this.#url = url;
    this.#folder = folder;
  }

  async open(look: BrowserContextOptions): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      timezoneId: 'UTC',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      ...look,
    });
    const page = await context.newPage();
    await page.goto(this.#url);
    await page.locator('#columns.is-ready').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    return page;
  }

  /** @param find what the picture is of, when it is not all of the page. */
  async take(name: string, look: BrowserContextOptions, find: (page: Page) => Locator | Promise<void>): Promise<void> {
    const page = await this.open(look);
    const found = find(page);
    if (found instanceof Promise) await found;
    const file = `${name}.png`;
    await page.screenshot({
      path: path.join(this.#folder, file),
      ...(!(found instanceof Promise) && (await alone(found))),
    });
    this.taken.push(file);
    await page.context().close();
  }
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
