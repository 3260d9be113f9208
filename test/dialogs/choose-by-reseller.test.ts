import assert from 'node:assert/strict';
import { guidOf } from '../../sandbox/partner-center/world/ids.ts';
import { converse, type Talk } from './converse.ts';
import { JONAS, MIRA, startWorld, type World } from './world.ts';

const BRIGHTLINE = guidOf('reseller', 'Brightline IT').toLowerCase();
const switches = { partnerType: 'indirect-provider' } as const;

/** Calls for resellers and for their customers, as the stand-in saw them. */
async function resellerCalls(world: World): Promise<{ readonly lists: number; readonly customers: number }> {
  const calls = await world.calls();
  return {
    lists: calls.filter(({ path }) => path === '/v1/relationships').length,
    customers: calls.filter(({ query }) => query['filter']?.includes('IndirectReseller')).length,
  };
}

describe('choosing a customer by reseller', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld({ switches });
    jonas = converse(world, JONAS);
  });
  afterEach(async () => {
    assert.deepEqual(await world.changes(), []);
    await world.close();
  });

  for (const words of ['brightline', 'BRÍGHT', '5121801'])
    it(`offers the reseller meant by “${words}”, and its customers`, async () => {
      const offered = await jonas.says(`remove ${words}`);
      assert.match(offered, /Customers of reseller Brightline IT \(PartnerID 5121801\)/);

      const listed = await jonas.presses(jonas.button('Choose', /Brightline/));

      assert.match(listed, /Customers of reseller Brightline IT.*\nCustomers 1–3 of 3/);
      assert.deepEqual(
        ['Contoso Bakery', 'Contoso Ltd', 'Northwind Traders', 'Fabrikam Bikes'].filter((one) => listed.includes(one)),
        ['Contoso Bakery', 'Contoso Ltd', 'Northwind Traders'],
      );
      assert.match(await jonas.presses(jonas.button('Choose', /northwind/)), /^End .*\nNorthwind Traders/);
    });

  it('leads on to a readiness card that names the resellers', async () => {
    await jonas.says('remove quayside');
    await jonas.presses(jonas.button('Choose', /Quayside/));

    const card = await jonas.presses(jonas.button('Choose', /\bcontoso\.onmicrosoft/));

    assert.match(card, /Ends for 2 of your resellers too: Brightline IT and Quayside Cloud\./);
  });

  it('shows a customer and a reseller that the same words mean, instead of going on with one of them', async () => {
    await world.control('_world', { customerId: world.customer('woodgrovebank'), rename: 'Quayside Bank' });
    world.directory.stop();
    world.directory.start();
    while (!world.directory.search('quayside', 1).matches.length) await new Promise((done) => setImmediate(done));

    const offered = await jonas.says('remove quayside');

    assert.match(offered, /Customers of reseller Quayside Cloud/);
    assert.match(offered, /1 customer matches “quayside”\nQuayside Bank/);
  });

  it('searches among them by the words in the search box, and leads back', async () => {
    await jonas.forges('customer.page', { reseller: BRIGHTLINE, page: 0 });

    const found = await jonas.presses('Search', { search: 'contoso' });
    assert.match(found, /Customers of reseller Brightline IT.*\n2 customers match “contoso”/);
    assert.match(await jonas.presses('Back'), /Customers of reseller Brightline IT.*\nCustomers 1–3 of 3/);
    assert.match(await jonas.presses('Search', { search: 'fabrikam' }), /No customer matches “fabrikam”\./);
    assert.match(await jonas.presses('Search', { search: 'bakery' }), /^End .*\nContoso Bakery/);
  });

  it('keeps what the customer is chosen for', async () => {
    await jonas.says('dry run brightline');
    await jonas.presses(jonas.button('Choose', /Brightline/));

    assert.match(await jonas.presses(jonas.button('Choose', /contosobakery/)), /^Dry run\nContoso Bakery\n/);
  });

  it('works from an old card, and in any case of the id', async () => {
    await jonas.says('remove brightline');
    const old = jonas.button('Choose', /Brightline/);
    await jonas.says('remove fabrikam');

    assert.match(await jonas.presses(old), /Customers 1–3 of 3/);
    assert.match(await jonas.forges('customer.page', { reseller: BRIGHTLINE.toUpperCase(), page: 99 }), /1–3 of 3/);
  });

  it('believes no card about whose reseller it is', async () => {
    const stranger = '00000000-1111-4222-8333-444444444444';

    const shown = await jonas.forges('customer.page', { reseller: stranger, page: 0 });

    assert.match(shown, /^That is none of your resellers, or no longer\./);
    assert.match(shown, /Customers 1–8 of/);
    assert.deepEqual(await resellerCalls(world), { lists: 1, customers: 0 });
  });

  it('reads the resellers once, and a reseller’s customers each time', async () => {
    await jonas.says('remove brightline');
    await jonas.presses(jonas.button('Choose', /Brightline/));
    await jonas.forges('customer.page', { reseller: BRIGHTLINE, page: 0 });

    assert.deepEqual(await resellerCalls(world), { lists: 1, customers: 2 });
  });

  it('shows the customers, and says so, where resellers cannot be read', async () => {
    const rules = [{ path: '^/v1/relationships', status: 403, code: '900308' }];
    await world.control('_faults', { switches, rules });

    const shown = await jonas.says('remove contoso');

    assert.match(shown, /Your resellers could not be read, so none of them was searched for\.\n/);
    assert.match(shown, /2 customers match “contoso”/);
    assert.match(await jonas.says('fabrikam'), /^End .*\nFabrikam Bikes/);
  });

  it('shows everybody, and says so, where the customers of a reseller cannot be read', async () => {
    await jonas.says('remove brightline');
    const rules = [{ path: '^/v1/customers$', status: 403, code: '900308' }];
    await world.control('_faults', { switches, rules });

    const shown = await jonas.presses(jonas.button('Choose', /Brightline/));

    assert.match(shown, /^The customers of this reseller could not be read\. Correlation id \S+\n/);
    assert.match(shown, /Customers 1–8 of/);
  });

  it('speaks the language of the person', async () => {
    assert.match(await converse(world, MIRA).says('удалить quayside'), /Клиенты посредника Quayside Cloud/);
  });
});

describe('a reseller with many customers', () => {
  it('is paged through, each customer once, and back to everybody', async () => {
    const world = await startWorld({ scenario: 'resellers', switches });
    const jonas = converse(world, JONAS);
    await jonas.says('remove brightline');
    let page = await jonas.presses(jonas.button('Choose', /Brightline/));
    const seen = [...page.matchAll(/Tenant (\S+)/g)].map(([, id]) => id);
    while (jonas.titles().includes('More')) {
      page = await jonas.presses('More');
      seen.push(...[...page.matchAll(/Tenant (\S+)/g)].map(([, id]) => id));
    }

    assert.equal(seen.length, 30);
    assert.equal(new Set(seen).size, 30);
    assert.match(page, /Customers 25–30 of 30/);
    for (const range of ['17–24', '9–16', '1–8'])
      assert.match(await jonas.presses('Back'), new RegExp(`Brightline IT.*\\nCustomers ${range} of 30`));
    assert.match(await jonas.presses('Back'), /Customers 1–8 of 40/);
    await world.close();
  });
});

describe('a direct partner', () => {
  it('sees nothing of resellers, and asks for none, whatever a card says', async () => {
    const world = await startWorld();
    const jonas = converse(world, JONAS);

    assert.doesNotMatch(await jonas.says('remove brightline'), /reseller/);
    assert.match(
      await jonas.forges('customer.page', { reseller: BRIGHTLINE, page: 0 }),
      /^That is none of your resellers/,
    );

    assert.deepEqual(await resellerCalls(world), { lists: 0, customers: 0 });
    await world.close();
  });
});
