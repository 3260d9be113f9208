import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { MANAGER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { approves, about, REMOVED, seatOf, waits } from '../journeys/steps.ts';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startSignedOnJourney, type SignedOnJourney } from '../support/signed-on.ts';

const DESKTOP = { viewport: { width: 1280, height: 900 } } as const;
const NARROW = { viewport: { width: 320, height: 640 }, hasTouch: true } as const;
const NAME = 'fabrikambikes';

/** The tab in its frame, as somebody has it open in what plays Teams. */
interface Opened {
  readonly page: Page;
  readonly tab: FrameLocator;
}

/** Of an element, and of what is in it. */
type Sides = Readonly<Record<'scrollWidth' | 'clientWidth', number>>;

/** The personal tab, in a browser, framed by a page that answers teams-js as Teams does. */
describe('the personal tab in Teams', function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: SignedOnJourney;
  const faults: string[] = [];

  before(async () => {
    [browser, world] = await Promise.all([
      launchBrowser(),
      startSignedOnJourney({ env: { AUDITORS: MANAGER_OBJECT_ID } }),
    ]);
    const requester = seatOf(world.journey, 'requester');
    await waits(world.journey, NAME);
    await approves(seatOf(world.journey, 'manager'), NAME);
    await requester.sees(about(NAME), REMOVED);
    await waits(world.journey, 'alpineskihouse');
    await requester.says('watch contosobakery');
    await requester.sees(about('contosobakery'), /I watch this customer/);
  });
  after(async () => {
    await browser.close();
    await world.close();
    assert.deepEqual(faults, []);
  });

  const open = async (
    person: string,
    { look = DESKTOP, query = '' }: { readonly look?: BrowserContextOptions; readonly query?: string } = {},
  ): Promise<Opened> => {
    const context = await browser.newContext({ ...look, locale: 'en-US', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(`${world.journey.chat.url}/teams-tab.html?person=${person}${query}`);
    const tab = page.frameLocator('iframe');
    await tab.getByRole('navigation').getByRole('button').first().waitFor();
    return { page, tab };
  };
  const section = async ({ tab }: Opened, name: string): Promise<void> => {
    await tab.getByRole('navigation').getByRole('button', { name, exact: true }).click();
    await tab.locator('main:not([aria-busy])').waitFor();
  };
  /** By the rules of axe for WCAG 2.2 at level AA, in the frame too. */
  const breaksNoRule = async ({ page }: Opened, where: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .include(['iframe', 'body'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(', ')}`);
    assert.deepEqual(found, []);
  };

  it('shows the requester their own requests by state, and one of them from the first click to the receipt', async () => {
    const opened = await open('requester');
    const { tab } = opened;

    await tab.getByRole('table', { name: 'Requests by state' }).getByRole('row', { name: 'removed 1' }).waitFor();
    await tab.getByRole('button', { name: 'Ended', exact: true }).click();
    await tab.getByRole('button', { name: /^Time line: / }).click();
    const line = tab.getByRole('listitem');
    await line.filter({ hasText: 'Draft begun' }).waitFor();
    await line.filter({ hasText: 'Removal: seen to be done' }).waitFor();
    assert.equal(await tab.getByRole('button', { name: 'Record' }).count(), 0, 'the record is for auditors');
    const [receipt] = await Promise.all([
      opened.page.waitForEvent('download'),
      tab.getByRole('button', { name: 'Download the receipt as PDF' }).click(),
    ]);
    assert.match(receipt.suggestedFilename(), /^receipt-[0-9a-f-]{36}\.pdf$/);
    await tab.getByRole('button', { name: 'Back to the list' }).click();
    await tab.getByRole('button', { name: 'Ended', exact: true, pressed: true }).waitFor();
    await opened.page.context().close();
  });

  it('shows what waits for whom, and since when', async () => {
    const opened = await open('manager');
    await section(opened, 'Waiting');

    await opened.tab
      .getByRole('table', { name: 'Who is waited for' })
      .getByRole('row', { name: 'Elena Marsh 1' })
      .waitFor();
    const item = opened.tab.getByRole('listitem').filter({ hasText: 'alpineskihouse' });
    assert.match(await item.innerText(), /a decision: Elena Marsh\nSince\n(now|.* ago)/);
    await section(opened, 'Requests');
    await opened.tab.getByRole('button', { name: 'Waiting for you' }).click();
    await opened.tab.getByRole('listitem').filter({ hasText: 'alpineskihouse' }).waitFor();
    await opened.page.context().close();
  });

  it('shows what stands in the way at watched customers, in bars that have their numbers beside them', async () => {
    const opened = await open('requester');
    await section(opened, 'Blockers');

    await opened.tab.getByText('1 customer is watched.').waitFor();
    await opened.tab
      .getByRole('table', { name: 'By kind' })
      .getByRole('button', { name: 'legacy subscription' })
      .click();
    await opened.tab.getByRole('heading', { name: 'legacy subscription' }).waitFor();
    await opened.tab.getByRole('listitem').filter({ hasText: 'contosobakery' }).waitFor();
    await breaksNoRule(opened, 'the customers of a kind');
    await opened.tab.getByRole('button', { name: 'Back to the list' }).click();
    await opened.tab.getByRole('table', { name: 'By kind' }).waitFor();
    await opened.page.context().close();
  });

  it('lets an auditor search the record, and hands it over as a file', async () => {
    const { page, tab } = await open('manager');
    await section({ page, tab }, 'Record');
    await tab.getByLabel('What happened').selectOption({ label: 'Approved' });
    const whose = tab.getByLabel('Person (name or object id)');
    await whose.fill('e');
    await tab.getByRole('button', { name: 'Search', exact: true }).click();
    assert.match(
      await whose.evaluate(({ validationMessage }: { readonly validationMessage: string }) => validationMessage),
      /more than one/,
    );
    await whose.fill('elena');
    await tab.getByRole('button', { name: 'Search', exact: true }).click();
    await tab.getByRole('listitem').filter({ hasText: 'Approved' }).waitFor();
    await eventually(async () => (await tab.getByRole('listitem').count()) === 1, 'more than one entry is found');
    assert.match(await tab.getByRole('listitem').innerText(), /:\d\d (AM|PM) UTC · Elena Marsh · Fabrikam Bikes/);
    await tab.getByRole('status').getByText('Searched to the end.').waitFor();

    // What an earlier part could not read stays said, and the end does not sound whole.
    const parts = [{ entries: [], leftOut: ['request:gone'], next: 'x', lookedBackTo: '2026-03-01T09:00:00.000Z' }];
    await page.route(/api\/tab\/audit\?/, (route) =>
      route.fulfill({ json: parts.shift() ?? { entries: [], leftOut: [] } }),
    );
    await tab.getByRole('button', { name: 'Search', exact: true }).click();
    await tab.getByRole('button', { name: 'Search on' }).click();
    await tab.getByRole('status').getByText('Searched to the end, but for what is named above.').waitFor();
    await tab.getByText(/Could not be read.*request:gone/).waitFor();
    await page.unroute(/api\/tab\/audit\?/);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      tab.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);

    assert.match(file.suggestedFilename(), /^record-\d{4}-\d\d-\d\d\.csv$/);
    assert.match(await readFile(await file.path(), 'utf8'), /"request\.approved"/);
    await page.context().close();
  });

  it('opens the request that a link leads to', async () => {
    const [mine] = world.journey.chat.messages('requester').flatMap(({ card }) => {
      const [, id] = /"requestId":"([0-9a-f-]{36})"/.exec(JSON.stringify(card ?? {})) ?? [];
      return id === undefined ? [] : [id];
    });
    const { page, tab } = await open('requester', { query: `&request=${String(mine)}` });

    await tab.getByRole('heading', { name: 'Time line' }).waitFor();
    await page.context().close();
  });

  it('wears the theme of Teams, and changes with it', async () => {
    const opened = await open('manager', { query: '&theme=dark' });
    const isOf = async (colour: string): Promise<void> => {
      await eventually(async () => (await ground()) === colour, colour);
    };
    const ground = (): Promise<unknown> =>
      opened.page.frames()[1]!.evaluate('getComputedStyle(document.body).backgroundColor');

    await isOf('rgb(31, 31, 31)');
    await opened.page.locator('#theme').selectOption('default');
    await isOf('rgb(245, 245, 245)');
    await opened.page.context().close();
  });

  for (const [name, look] of [
    ['on a desktop', DESKTOP],
    ['at 320 pixels', NARROW],
  ] as const)
    for (const theme of look === DESKTOP ? ['default', 'dark', 'contrast'] : ['default', 'dark'])
      it(`breaks no rule of accessibility ${name} in the theme ${theme}, and nothing of it is cut off`, async () => {
        const opened = await open('manager', { look, query: `&theme=${theme}` });
        const { tab } = opened;
        const around = await opened.page.evaluate('document.scrollingElement.scrollWidth');
        assert.equal(around, look.viewport.width, 'the frame is as wide as the window');
        for (const view of ['Requests', 'Waiting', 'Blockers', 'Record']) {
          await section(opened, view);
          await breaksNoRule(opened, view);
          const wide = await tab
            .locator('html')
            .evaluate(({ scrollWidth, clientWidth }: Sides) => scrollWidth - clientWidth);
          assert.equal(wide, 0, `${view} is wider than its frame`);
        }
        await section(opened, 'Requests');
        await tab
          .getByRole('button', { name: /^Time line: / })
          .first()
          .click();
        await tab.getByRole('heading', { name: 'Time line' }).waitFor();
        await breaksNoRule(opened, 'one request');
        assert.equal(
          await tab.locator('html').evaluate(({ scrollWidth, clientWidth }: Sides) => scrollWidth - clientWidth),
          0,
        );
        await opened.page.context().close();
      });

  it('is operated by keys alone', async () => {
    const { page, tab } = await open('requester');
    const waiting = tab.getByRole('navigation').getByRole('button', { name: 'Waiting', exact: true });

    await tab.getByRole('navigation').getByRole('button', { name: 'Requests', exact: true }).focus();
    await page.keyboard.press('Tab');
    assert.equal(await page.frames()[1]!.evaluate('document.activeElement.textContent'), 'Waiting');
    await page.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'What has waited for longest' }).waitFor();
    await eventually(async () => (await waiting.getAttribute('aria-current')) === 'page', 'the view is not marked');
    await page.context().close();
  });

  it('says so where Teams gives no token, and where nobody may see anything', async () => {
    world.teams.silent = false;
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.goto(`${world.journey.chat.url}/teams-tab.html?person=requester`);
    await page.frameLocator('iframe').getByRole('alert').getByText('Teams did not sign you in here.').waitFor();
    world.teams.silent = true;

    world.teams.overrides = { oid: '0d3f4b52-5555-4c1a-9a35-2f6f0c9d1e42' };
    await page.frameLocator('iframe').getByRole('button', { name: 'Try again' }).click();
    await page.frameLocator('iframe').getByRole('alert').getByText('You have no role here').waitFor();
    world.teams.overrides = {};
    await page.frameLocator('iframe').getByRole('button', { name: 'Try again' }).click();
    await page.frameLocator('iframe').getByRole('table', { name: 'Requests by state' }).waitFor();
    await context.close();
  });

  it('says where it belongs when it is opened outside of Teams', async () => {
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.goto(`${world.journey.chat.url}/tab`);

    await page.getByRole('alert').getByText('Open this page as a tab of the app in Teams.').waitFor();
    await context.close();
  });

  it('is in the language of their Teams', async () => {
    const person = world.journey.chat.people.find(({ key }) => key === 'requester')!;
    person.locale = 'de-DE';
    const { page, tab } = await open('requester');

    await tab.getByRole('table', { name: 'Anträge nach Status' }).waitFor();
    assert.equal(await tab.locator('html').getAttribute('lang'), 'de');
    person.locale = 'en-US';
    await page.context().close();
  });
});
