import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { partnerCenterControls } from '../support/journey.ts';
import { clearSandboxes, Sandbox } from '../support/sandbox-process.ts';

/** What `npm start` serves, walked through by somebody who presses the tour's one button. */
describe('the tour of the page', function () {
  this.timeout(180_000);
  this.slow(120_000);

  let browser: Browser | undefined;
  let page: Page;
  let url: string;
  const faults: string[] = [];

  before(async () => {
    const sandbox = new Sandbox();
    [browser, url] = await Promise.all([launchBrowser(), sandbox.address()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US', reducedMotion: 'reduce' });
    page.setDefaultTimeout(60_000);
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(url);
    await page.locator('#columns.is-ready').waitFor();
  });
  after(async () => {
    await browser?.close();
    await clearSandboxes();
  });

  const tour = () => page.getByRole('region', { name: 'Tour' });
  const chat = (name: 'Requester' | 'Manager') => page.getByRole('region', { name });
  /** Does the step that is told, and waits until it says what is to be seen. @returns its title. */
  const step = async (): Promise<string> => {
    const title = (await tour().getByRole('heading').textContent()) ?? '';
    await tour().getByRole('button', { name: 'Do it' }).click();
    await tour()
      .getByRole('button', { name: /^(Next|End the tour|Do it)$/ })
      .waitFor();
    assert.doesNotMatch((await tour().textContent()) ?? '', /did not come in time/, title);
    return title;
  };
  const next = (): Promise<void> => tour().getByRole('button', { name: 'Next' }).click();
  const customers = async (): Promise<ReadonlyMap<string, string>> => {
    const state = (await (await fetch(`${url}/pc/_state`)).json()) as {
      customers: { domain: string; relationship: string }[];
    };
    return new Map(state.customers.map(({ domain, relationship }) => [domain, relationship]));
  };
  it('walks from the first question to the receipt, past what is refused, void, killed and unknown', async () => {
    await page.getByRole('button', { name: 'Show me, in two minutes' }).click();
    const titles: string[] = [];
    const walk = async (): Promise<void> => void titles.push(await step());

    await walk();
    await next();
    await walk();
    await chat('Requester').getByRole('button', { name: 'Suspend 2 legacy subscriptions' }).waitFor();
    await next();
    await walk();
    await chat('Requester').getByRole('button', { name: 'Request removal' }).waitFor();
    await next();
    await walk();
    await chat('Manager').getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await next();
    await walk();
    assert.match(
      (await tour().locator('.tour-answer').textContent()) ?? '',
      /Nobody decides on what they asked for themselves/,
    );
    const message = chat('Manager').getByRole('textbox', { name: 'Message' });
    await message.fill('audit contosobakery');
    await message.press('Enter');
    const onRecord = chat('Manager').getByText('Refused: somebody tried what they may not do');
    await onRecord.first().waitFor();
    await next();
    await walk();
    for (const name of ['Requester', 'Manager'] as const)
      await chat(name).getByText('Receipt of a removal').first().waitFor();
    assert.equal(await page.locator('.toast').filter({ visible: true }).count(), 0, 'a toast covers a card');
    await next();
    await walk();
    await chat('Requester').getByText('Microsoft 365 Business Premium').first().waitFor();
    assert.equal((await customers()).get('fabrikambikes.onmicrosoft.com'), 'reseller');
    await next();
    await walk();
    await next();
    await walk();
    await chat('Requester').getByText('The outcome is unknown').first().waitFor();
    await next();
    await walk();
    await tour().getByRole('button', { name: 'End the tour' }).click();

    assert.equal(new Set(titles).size, 10);
    await tour().waitFor({ state: 'hidden' });
    const changes = await partnerCenterControls(`${url}/pc`).changes();
    const removals = changes.filter(({ body }) => body?.relationshipToPartner !== undefined);
    assert.equal(new Set(removals.map(({ path }) => path)).size, 3);
    assert.equal(new Set(removals.map(({ requestId }) => requestId)).size, 3, 'none is sent under a second id');
    const left = await customers();
    for (const name of ['contosobakery', 'alpineskihouse', 'wideworldimporters'])
      assert.notEqual(left.get(`${name}.onmicrosoft.com`), 'reseller', name);
    assert.deepEqual(faults, []);
  });
});
