import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startJourney, type Journey, type JourneyOptions, type LoggedCall } from '../support/journey.ts';

const WAIT_MS = 15_000;

type Words = string | RegExp;

/** Where one of the two sits at the page: what they see there, and what they can do. */
export class Seat {
  readonly region: Locator;

  constructor(page: Page, name: 'Requester' | 'Manager' | 'Заявитель' | 'Руководитель') {
    this.region = page.getByRole('region', { name });
  }

  async say(words: string): Promise<void> {
    const box = this.region.getByRole('textbox', { name: 'Message' });
    await box.pressSequentially(words);
    await box.press('Enter');
  }

  /** The newest card that says all of this. */
  card(...words: readonly Words[]): Locator {
    return words
      .reduce<Locator>((cards, hasText) => cards.filter({ hasText }), this.region.locator('.from-bot .card'))
      .last();
  }

  /** Waits until a card says all of this. */
  async sees(...words: readonly Words[]): Promise<Locator> {
    const card = this.card(...words);
    await card.waitFor();
    return card;
  }

  /** Presses the first button of this name on the newest card that says so. */
  async press(title: string, on: Words): Promise<void> {
    await this.card(on).getByRole('button', { name: title, exact: true }).first().click();
  }

  /** Presses the button of one line of a card. */
  async pressBeside(line: string, title: string, on: Words): Promise<void> {
    const button = this.region.page().getByRole('button', { name: title, exact: true });
    const row = this.card(on).locator('.ac-container, .ac-columnSet').filter({ hasText: line }).filter({ has: button });
    await row.last().locator(button).click();
  }

  /** The titles of the buttons that a card has. */
  buttons(on: Words): Promise<readonly string[]> {
    return this.card(on).getByRole('button').allTextContents();
  }

  input(label: string, on: Words): Locator {
    return this.card(on).getByRole('textbox', { name: label, exact: true });
  }
}

/** The strip that shows what Partner Center holds. */
export class Strip {
  readonly region: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Partner Center' });
  }

  /** Waits until the relationship with a customer is called so. */
  async showsRelationship(domain: string, name: string): Promise<void> {
    await this.region.locator('.customer').filter({ hasText: domain }).locator('.badge').getByText(name).waitFor();
  }

  /** Waits until a subscription of the customer that is looked at has this status. */
  async showsStatus(subscriptionId: string, status: string): Promise<void> {
    const row = this.region.locator(`[data-subscription="${subscriptionId}"]`);
    await row.locator('.badge').getByText(status, { exact: true }).waitFor();
  }
}

/** One story on the page: the running bot between both people and Partner Center, in a browser of its own. */
export interface Story {
  readonly journey: () => Journey;
  readonly page: () => Page;
  readonly requester: () => Seat;
  readonly manager: () => Seat;
  readonly strip: () => Strip;
  /** What was suspended so far, by the ids of subscriptions, in order. */
  readonly steps: () => Promise<readonly string[]>;
  /** The calls that end a relationship. */
  readonly removals: () => Promise<readonly LoggedCall[]>;
}

/**
 * Starts a story before the first step of a suite. Its steps build on each other: after one that has failed, the
 * rest is not tried.
 */
export function story(options: JourneyOptions = {}, look: BrowserContextOptions = {}): Story {
  let browser: Browser | undefined;
  let journey: Journey | undefined;
  let page: Page | undefined;
  const faults: string[] = [];
  const there = <T>(value: T | undefined): T => {
    assert.ok(value, 'this is there inside steps only');
    return value;
  };

  before(async function () {
    this.timeout(60_000);
    [browser, journey] = await Promise.all([launchBrowser(), startJourney(options)]);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-US',
      reducedMotion: 'reduce',
      ...look,
    });
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) faults.push(message.text());
    });
    await page.goto(journey.chat.url);
    await page.locator('#columns.is-ready').waitFor();
  });
  beforeEach(function () {
    const steps = this.currentTest?.parent?.tests ?? [];
    assert.ok(!steps.some((step) => step.isFailed()), 'an earlier step of this story has failed');
  });
  after(async () => {
    await browser?.close();
    await journey?.close();
    assert.deepEqual(faults, [], 'the page has thrown an error, or broken its own security policy');
  });

  const changes = async (): Promise<readonly LoggedCall[]> => there(journey).changes();
  return {
    journey: () => there(journey),
    page: () => there(page),
    requester: () => new Seat(there(page), 'Requester'),
    manager: () => new Seat(there(page), 'Manager'),
    strip: () => new Strip(there(page)),
    steps: async () =>
      (await changes())
        .filter(({ body }) => body?.status === 'suspended')
        .map(({ path }) => path.split('/').at(-1) ?? ''),
    removals: async () => (await changes()).filter(({ body }) => body?.relationshipToPartner !== undefined),
  };
}
