import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { partnerCenterControls } from '../support/journey.ts';
import { clearSandboxes, Sandbox } from '../support/sandbox-process.ts';
import { Seat } from './page-objects.ts';

const DOMAIN = 'alpineskihouse.onmicrosoft.com';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** Of an element, and of what is in it. */
type Sides = Readonly<Record<'scrollWidth' | 'clientWidth' | 'scrollHeight' | 'clientHeight', number>>;

/** By the rules of axe for WCAG 2.2 at level AA. */
async function findsNothing(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  assert.deepEqual(found, []);
}
const CLEAR = 'Nothing known stands in the way.';

/** `npm start`, and its switch to a Teams that is as strict as the real one. */
describe('the sandbox with the real Teams switched on', function () {
  this.timeout(300_000);
  let browser: Browser;
  let sandbox: Sandbox;
  let page: Page;
  let other: Page;
  const faults: string[] = [];

  before(async () => {
    sandbox = new Sandbox();
    browser = await launchBrowser();
    const url = await sandbox.address();
    const open = async (): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'en-US',
        reducedMotion: 'reduce',
      });
      const opened = await context.newPage();
      opened.setDefaultTimeout(45_000);
      opened.on('pageerror', ({ message }) => faults.push(message));
      await opened.goto(url);
      await opened.locator('#columns.is-ready').waitFor();
      return opened;
    };
    [page, other] = await Promise.all([open(), open()]);
  });
  after(async () => {
    await browser.close();
    await clearSandboxes();
    assert.deepEqual(faults, []);
  });

  const callers = async (): Promise<ReadonlySet<string | undefined>> => {
    const calls = await partnerCenterControls(`${page.url()}pc`).changes();
    return new Set(calls.map(({ caller }) => caller));
  };
  const setSignOn = async (name: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'Single sign-on' }).selectOption(name);
    await page.getByText('The bot starts anew…').waitFor();
    await page.getByText('The bot was started anew, and has forgotten who was signed in.').waitFor();
  };
  /** Signs in as that person in the window that a *Sign in* button opens. */
  const signIn = async (person: string, press: () => Promise<void>): Promise<Page> => {
    const [opened] = await Promise.all([page.waitForEvent('popup'), press()]);
    await opened.getByRole('link', { name: person }).click();
    return opened;
  };

  it('is switched on, which starts the bot anew and says so on every page', async () => {
    await page.getByRole('button', { name: 'Real Teams' }).click();

    for (const one of [page, other])
      await one
        .getByText('The bot was started anew, and has forgotten who was signed in.')
        .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Real Teams', pressed: true }).waitFor();
    await sandbox.prints(/^The bot listens on /);
  });

  it('signs the requester in without a word, and asks in the window of whom single sign-on is not enough for', async () => {
    const requester = new Seat(page, 'Requester');
    await requester.say('remove alpine');
    await requester.sees(CLEAR, DOMAIN);
    await setSignOn('has no second factor');

    await requester.press('Request removal', CLEAR);
    const note = requester.region.locator('.card-note').last();
    await note.getByText('The app needs you to sign in.').waitFor();
    const opened = await signIn('Jonas Weber', () => note.getByRole('button', { name: 'Sign in' }).click());

    await requester.sees('A manager decides.', DOMAIN);
    await note.waitFor({ state: 'hidden' });
    if (!opened.isClosed()) await opened.waitForEvent('close');
  });

  it('carries the removal out in the name of the manager, who has signed in the same way', async () => {
    const [requester, manager] = [new Seat(page, 'Requester'), new Seat(page, 'Manager')];
    await requester.input('Reason', 'A manager decides.').fill('The ski house closes for good.');
    await requester.input('The customer’s domain, typed by hand', 'A manager decides.').fill(DOMAIN);
    await requester.press('Send request', 'A manager decides.');

    await manager.sees('End this reseller relationship?', DOMAIN);
    await manager.press('Approve', 'End this reseller relationship?');
    await manager.press('Yes, approve', 'Approve the removal?');
    const note = manager.region.locator('.card-note').last();
    await signIn('Elena Marsh', () => note.getByRole('button', { name: 'Sign in' }).click());

    await requester.sees('The relationship is removed.', DOMAIN);
    await manager.sees('The relationship is removed.', DOMAIN);
    assert.deepEqual(await callers(), new Set([MANAGER_OBJECT_ID]));
  });

  it('has the personal tab of each of them behind a link, in which they are signed on by themselves', async () => {
    await setSignOn('is enough');
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Manager’s personal tab' }).click(),
    ]);
    opened.on('pageerror', ({ message }) => faults.push(message));

    await opened.getByRole('heading', { name: 'The personal tab of Elena Marsh' }).waitFor();
    const tab = opened.frameLocator('iframe');
    await tab.getByRole('table', { name: 'Requests by state' }).getByRole('row', { name: 'removed 1' }).waitFor();
    await tab.getByRole('button', { name: 'Record', exact: true }).waitFor();
    await opened.close();
  });

  it('breaks no rule of accessibility while it is on, dark or light', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await findsNothing(page);
    }
  });

  it('is read and operated on a phone, and its box can be closed', async () => {
    const context = await browser.newContext({ ...PHONE, locale: 'ru-RU', reducedMotion: 'reduce' });
    const phone = await context.newPage();
    phone.on('pageerror', ({ message }) => faults.push(message));
    await phone.goto(page.url());
    await phone.locator('#columns.is-ready').waitFor();
    const button = phone.locator('#real-teams');
    const box = phone.locator('#teams');
    await phone.locator('#language').selectOption('ru-RU');
    for (const part of [button, box]) {
      const [wide, high] = await part.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Sides) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
      assert.deepEqual([wide, high], [0, 0], 'something of it is cut off');
      const { x = -1, width = 0, height = 0 } = (await part.boundingBox()) ?? {};
      assert.ok(x >= 0 && x + width <= 390 && height >= 44, JSON.stringify({ x, width, height }));
    }
    assert.equal(await phone.evaluate('document.scrollingElement.scrollWidth'), 390);
    await findsNothing(phone);

    await box.getByRole('button', { name: 'Закрыть (Close)' }).tap();

    await box.waitFor({ state: 'hidden' });
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.equal(await page.getByRole('region', { name: 'Real Teams' }).isVisible(), true, 'closed for all');
    await phone.locator('#language').selectOption('en-US');
    await context.close();
  });

  it('has names for its switch and its choice, and is operated by keys alone', async () => {
    const button = page.getByRole('button', { name: 'Real Teams' });

    await page.getByRole('region', { name: 'Real Teams' }).waitFor();
    await button.focus();
    await page.keyboard.press('Enter');

    await page.getByText('The bot was started anew. It believes whoever writes to it.').waitFor();
    await eventually(async () => (await button.getAttribute('aria-pressed')) === 'false', 'it stays switched on');
  });
});
