import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { bench } from '../partner-center/support.ts';
import { type Json } from './bot-double.ts';
import { eventually } from '../../support/eventually.ts';
import { pageBench } from './page-bench.ts';

const { chat, page, open, region, send } = pageBench();

describe('the strip of Partner Center', () => {
  const partnerCenter = bench();
  const openStrip = () => open({ partnerCenterUrl: partnerCenter.stand().url });

  for (const [locale, end, kill, ended, killed] of [
    ['en-US', 'End the bot', 'kill -9 the bot', /^The bot was ended, and runs again/, /^The bot was killed/],
    ['ru-RU', 'Завершить бота', 'kill -9 для бота', /^Бот был завершён и снова работает/, /^Бот был убит/],
  ] as const)
    it(`ends the bot in its own way or at once, where it is ours to end (${locale})`, async () => {
      const asked: string[] = [];
      const onEndBot = (how: string): Promise<void> => Promise.resolve(void asked.push(how));
      await open({ partnerCenterUrl: partnerCenter.stand().url, onEndBot });
      await page().locator('#language').selectOption(locale);

      await page().getByRole('button', { name: end }).click();
      await page().getByText(ended).waitFor();
      await page().getByRole('button', { name: kill }).click();
      await page().getByText(killed).waitFor();

      assert.deepEqual(asked, ['end', 'kill']);
    });

  it('has no button to end a bot that is not ours to end', async () => {
    await openStrip();

    await page().getByRole('button', { name: 'Start over' }).waitFor();
    assert.equal(await page().getByRole('button', { name: 'End the bot' }).count(), 0);
    assert.equal((await fetch(`${chat().url}/_bot`, { method: 'POST', body: '{"how":"kill"}' })).status, 404);
  });
  const choose = (name: string) => region('Partner Center').getByRole('button', { name }).click();
  const control = (name: string): Locator => region('Partner Center').getByRole('button', { name, exact: true });
  const now = () => partnerCenter.stand().world.clock.now().toISOString();

  it('shows what becomes of a subscription, and which call did it', async () => {
    await openStrip();
    await choose('Northwind Traders');
    const row = region('Partner Center').locator('.holdings .row', { hasText: 'Office 365 E1' });
    await row.getByText('active').waitFor();

    const path = partnerCenter.subscription('Northwind Traders');
    const { body } = await partnerCenter.get(path);
    await partnerCenter.send('PATCH', path, { body: { ...(body as Json), status: 'suspended' } });

    await row.getByText('suspended').waitFor();
    await region('Partner Center').locator('.call', { hasText: 'PATCH' }).getByText('200').waitFor();
  });

  it('shows the customer of the last call until somebody chooses another', async () => {
    await openStrip();
    const holder = region('Partner Center').getByRole('heading', { name: /^Subscriptions of/ });

    await partnerCenter.get(`/v1/customers/${partnerCenter.id('Woodgrove Bank')}/subscriptions`);
    await holder.getByText('Woodgrove Bank').waitFor();
    await choose('VanArsdel');
    await holder.getByText('VanArsdel').waitFor();
    await region('Partner Center').getByText('Workloads 1').waitFor();
  });

  it('shows that a relationship has ended', async () => {
    await openStrip();
    const id = partnerCenter.id('Fabrikam Bikes');
    await choose('Fabrikam Bikes');
    await region('Partner Center').locator('.holder').getByText('Reseller').waitFor();

    await partnerCenter.send('PATCH', `/v1/customers/${id}`, {
      body: { relationshipToPartner: 'none', attributes: { objectType: 'Customer' } },
      headers: { Authorization: 'Bearer someone' },
    });

    await region('Partner Center').locator('.holder').getByText('Removed').waitFor();
    await region('Partner Center').getByText('Partner Center no longer answers about this customer').waitFor();
    await region('Partner Center').locator('.customer.is-gone', { hasText: 'Fabrikam Bikes' }).waitFor();
    assert.equal(await region('Partner Center').locator('.customer.is-gone').count(), 1);
  });

  it('says that something renews only while it is active', async () => {
    await openStrip();
    const detail = (offer: string) =>
      region('Partner Center').locator('.holdings .row', { hasText: offer }).locator('.row-detail');
    await choose('Northwind Traders');
    await detail('Office 365 E1').getByText('renews').waitFor();

    await partnerCenter.change(partnerCenter.subscription('Northwind Traders'), { status: 'suspended' });
    await eventually(
      async () => (await detail('Office 365 E1').textContent()) === '25 × legacy subscription',
      'a suspended legacy subscription has a term',
    );

    await choose('Proseware');
    await detail('Microsoft 365 Business Premium')
      .getByText(/ · until Mar 16, 2027$/)
      .waitFor();
  });

  it('calls holdings as the partner has named them, and says what was bought', async () => {
    await openStrip();
    const row = (name: string) => region('Partner Center').locator('.holdings .row', { hasText: name });

    await choose('Graphic Design Institute');
    await row('Campus West').getByText('Office 365 A3 for faculty').waitFor();
    await choose('Humongous Insurance');
    await row('Reserved_VM_Standard_D4s_v5').getByText('3 × Reservation').waitFor();
    await choose('Fourth Coffee');
    await row('Microsoft 365 Business Standard').getByText('pending').waitFor();
  });

  it('is Russian throughout when the page is', async () => {
    await openStrip();
    await page().getByLabel('Language').selectOption('ru-RU');
    const strip = page().getByRole('region', { name: /\(Partner Center\)$/ });
    await strip.getByRole('button', { name: 'Proseware' }).click();

    await strip.locator('.holdings').getByText('приостановленная новая коммерция: за неё платят').waitFor();
    await strip.locator('.holdings .badge').getByText('приостановлена').waitFor();
    await strip.getByText('5 × подписка новой коммерции · до').waitFor();
    assert.deepEqual(await page().evaluate(untranslated), ['under_review']);
  });

  it('moves the clock', async () => {
    await openStrip();

    await control('+1 hour').click();
    await eventually(() => now() === '2026-06-15T11:00:00.000Z', 'the clock did not move by an hour');
    await control('+30 days').click();
    await eventually(() => now() === '2026-07-15T11:00:00.000Z', 'the clock did not move by thirty days');

    await region('Partner Center').getByText('Jul 15, 2026, 11:00 AM UTC').waitFor();
  });

  it('makes it slow and failing, and leaves what others have set as it is', async () => {
    await openStrip();
    const theirs = { id: 'theirs', path: '/orders', status: 500, kind: 'answer' };
    await partnerCenter.set('/_faults', { rules: [theirs], switches: { numericCodes: true } });

    await control('Slow').click();
    await region('Partner Center').locator('[aria-pressed=true]', { hasText: 'Slow' }).waitFor();
    await control('Failing').click();
    await region('Partner Center').locator('[aria-pressed=true]', { hasText: 'Failing' }).waitFor();
    await control('Slow').click();
    await region('Partner Center').locator('[aria-pressed=false]', { hasText: 'Slow' }).waitFor();

    assert.equal((await partnerCenter.get('/v1/customers?size=1')).status, 503);
    await control('Failing').click();
    await region('Partner Center').locator('[aria-pressed=false]', { hasText: 'Failing' }).waitFor();
    const faults = (await partnerCenter.get('/_faults')).body as { rules: Json[]; latencyMs: number; switches: Json };
    assert.deepEqual(
      faults.rules.map(({ id, path }) => [id, path]),
      [['theirs', '/orders']],
    );
    assert.deepEqual([faults.latencyMs, faults.switches['numericCodes']], [0, true]);
    assert.equal((await partnerCenter.get('/v1/customers?size=1')).status, 200);
  });

  it('starts the same world over', async () => {
    await openStrip();
    await control('+1 day').click();
    await eventually(() => now() === '2026-06-16T10:00:00.000Z', 'the clock did not move');
    await partnerCenter.get('/v1/customers?size=1');
    await region('Partner Center').locator('.call').waitFor();

    await control('Start over').click();
    await control('Yes, start over').click();

    await region('Partner Center').getByText('No calls yet.').waitFor();
    assert.equal(now(), '2026-06-15T10:00:00.000Z');
    assert.equal(partnerCenter.stand().world.scenario, 'everyday');
  });

  for (const [how, decline] of [
    ['a no', () => control('Keep everything').click()],
    ['Escape', () => page().keyboard.press('Escape')],
  ] as const) {
    it(`starts nothing over on ${how}`, async () => {
      await openStrip();
      await send('requester', { type: 'message', text: 'Still here' });
      await control('+1 day').click();
      await eventually(() => now() === '2026-06-16T10:00:00.000Z', 'the clock did not move');

      await control('Start over').click();
      await page()
        .getByRole('dialog', { name: /^Start over\? Both chats/ })
        .waitFor();
      await decline();

      await page().getByRole('dialog').waitFor({ state: 'hidden' });
      await control('+1 hour').click();
      await eventually(() => now() === '2026-06-16T11:00:00.000Z', 'the clock was put back');
      await region('Requester').locator('.message').getByText('Still here').waitFor();
    });
  }

  it('shows the first of thousands, and says how many more there are', async () => {
    partnerCenter.stand().world.reset({ scenario: 'everyday', customers: 500 });
    await openStrip();

    await region('Partner Center').getByText('and 440 more').waitFor();
  });
});

/** Runs in the page: what of the stand-in's own words about its customers has no Russian. */
const untranslated = `Promise.all([
  import('/partner-center-words.js'),
  fetch('/pc/_state').then((answer) => answer.json()),
]).then(([{ className, statusName, noteText }, { customers }]) => {
  const words = customers.flatMap(({ note, subscriptions, azure, pendingOrders, transfers, gdap }) => [
    noteText(note),
    ...subscriptions.map((one) => className(one.class)),
    ...[...subscriptions, ...azure, ...pendingOrders, ...transfers, ...gdap].map(({ status }) => statusName(status)),
  ]);
  return [...new Set(words)].filter((word) => !/[а-яё]/i.test(word));
})`;
