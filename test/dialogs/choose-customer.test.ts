import assert from 'node:assert/strict';
import { PARTNER_TENANT_ID } from '../../sandbox/partner-center/server.ts';
import { converse, type Talk } from './converse.ts';
import { JONAS, MIRA, startWorld, type World } from './world.ts';

describe('choosing a customer', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld();
    jonas = converse(world, JONAS);
  });
  afterEach(async () => {
    assert.deepEqual(await world.changes(), []);
    await world.close();
  });

  it('goes straight to readiness when the words mean one', async () => {
    assert.match(await jonas.says('remove contoso bakery'), /^End the reseller relationship\nContoso Bakery\n/);
  });

  it('goes straight to readiness by tenant id, whatever the case and with braces', async () => {
    const id = world.customer('northwindtraders').toUpperCase();

    assert.match(await jonas.says(`remove {${id}}`), /^End the reseller relationship\nNorthwind Traders\n/);
  });

  it('offers all who match, and a typed answer narrows them down', async () => {
    const offered = await jonas.says('remove contoso');
    assert.match(offered, /2 customers match “contoso”/);
    assert.match(offered, /contosobakery\.onmicrosoft\.com/);
    assert.match(offered, /\ncontoso\.onmicrosoft\.com/);

    assert.match(await jonas.says('bakery'), /^End the reseller relationship\nContoso Bakery\n/);
  });

  it('tells two of one name apart, and takes the one whose button is pressed', async () => {
    await jonas.says('remove adventure works');

    const shown = await jonas.presses(jonas.button('Choose', /adventureworkscycles/));

    assert.match(shown, /^End the reseller relationship\nAdventure Works\nadventureworkscycles\.onmicrosoft\.com\n/);
  });

  it('pages through everybody, each of them once', async () => {
    let page = await jonas.says('remove');
    const seen = [...page.matchAll(/Tenant (\S+)/g)].map(([, id]) => id);
    while (jonas.titles().includes('More')) {
      page = await jonas.presses('More');
      seen.push(...[...page.matchAll(/Tenant (\S+)/g)].map(([, id]) => id));
    }

    assert.equal(seen.length, world.directory.state().known);
    assert.equal(new Set(seen).size, seen.length);
    assert.match(page, new RegExp(`–${seen.length} of ${seen.length}`));
    assert.match(await jonas.presses('Back'), /Customers 17–24 of/);
  });

  it('shows the last page to whoever asks for one behind it', async () => {
    await jonas.says('remove');

    assert.match(
      await jonas.forges('customer.page', { page: 99_999 }),
      new RegExp(`–${world.directory.state().known} of`),
    );
  });

  it('searches by the words in the search box', async () => {
    await jonas.says('remove');

    assert.match(await jonas.presses('Search', { search: 'ромашка' }), /^End the reseller relationship\nООО «Ромашка»/);
  });

  it('says that nobody was found, and can be asked again', async () => {
    assert.match(await jonas.says('remove zzz'), /No customer matches “zzz”/);
    assert.match(await jonas.says('tailspin'), /^End the reseller relationship\nTailspin Toys/);
  });

  it('shows everybody when the search box was left empty', async () => {
    await jonas.says('remove zzz');

    assert.match(await jonas.presses('Search', { search: '  ' }), /Customers 1–8 of/);
  });

  it('takes what was picked while typing: an id', async () => {
    await jonas.says('remove');

    const shown = await jonas.presses('Choose', { customer: world.customer('fabrikambikes') });

    assert.match(shown, /^End the reseller relationship\nFabrikam Bikes/);
  });

  it('takes what was typed into that box by a client that offers nothing: words', async () => {
    await jonas.says('remove');

    assert.match(await jonas.presses('Choose', { customer: 'northwind' }, 'submit'), /^End .*\nNorthwind Traders/);
  });

  it('says that nothing was chosen', async () => {
    await jonas.says('remove');

    assert.match(await jonas.presses('Choose'), /^Nothing was chosen\./);
    assert.match(await jonas.presses('Choose', { customer: '   ' }), /^Nothing was chosen\./);
  });

  it('keeps what was found in sight where nothing was chosen, with the way back, and says nothing of it after another search', async () => {
    const found = await jonas.says('remove contoso');

    const shown = await jonas.presses('Choose', { customer: '' });

    assert.equal(shown, `Nothing was chosen. Type a name and pick a customer from the list.\n${found}`);
    assert.match(shown, /\nBack$/);
    assert.doesNotMatch(await jonas.presses('Search', { search: 'contoso' }), /Nothing was chosen/);
  });

  for (const [how, ask] of [
    ['typed', (id: string) => jonas.says(id)],
    ['searched for', (id: string) => jonas.presses('Search', { search: id })],
    ['picked while typing', (id: string) => jonas.presses('Choose', { customer: id })],
    ['pressed', (id: string) => jonas.forges('customer.choose', { customerId: id })],
    ['pressed on an old card', (id: string) => converse(world, JONAS).forges('customer.choose', { customerId: id })],
  ] as [string, (id: string) => Promise<string>][]) {
    it(`says so of the partner’s own tenant, ${how}`, async () => {
      await jonas.says('remove');

      assert.match(await ask(PARTNER_TENANT_ID), /^That is your own tenant\. You cannot remove yourselves\./);
    });

    it(`says so of a tenant that is no customer, ${how}`, async () => {
      const id = '00000000-1111-4222-8333-444444444444';
      await jonas.says('remove');

      assert.match(await ask(id), new RegExp(`^You have no customer with the tenant id ${id}\\.`));
    });
  }

  it('shows what was searched for without what cannot be seen, and no more of it than anybody means', async () => {
    await jonas.says('remove');

    assert.match(await jonas.presses('Search', { search: '\u202ezzz\u200b' }), /“zzz”/);
    assert.match(await jonas.says('\u202eyyy\u2066'), /“yyy”/);
    await jonas.presses('Search', { search: 'ж'.repeat(9_000) });
    assert.ok(Buffer.byteLength(JSON.stringify(jonas.card())) < 28 * 1_024);
  });

  it('speaks the language of the person', async () => {
    const mira = converse(world, MIRA);

    assert.match(await mira.says('удалить contoso'), /Найдено 2 клиента по запросу «contoso»/);
  });
});
