import assert from 'node:assert/strict';
import { World } from '../../../sandbox/partner-center/world/world.ts';
import { at, bench, items, START } from './support.ts';

const world = (options: ConstructorParameters<typeof World>[1]): World => new World(() => START, options);
const ids = ({ customers }: World): readonly string[] =>
  customers.flatMap(({ id, holdings }) => [
    id,
    ...holdings.subscriptions.map((one) => one.id),
    ...holdings.orders.map((one) => one.id),
  ]);

describe('the everyday scenario', () => {
  it('has the same ids at every start, and no id twice', () => {
    const first = ids(world({}));

    assert.deepEqual(ids(world({})), first);
    assert.equal(new Set(first.map((id) => id.toLowerCase())).size, first.length);
  });

  it('shows every class of subscription, both kinds of entitlement, and every state of them', () => {
    const holdings = world({}).customers.map((customer) => customer.holdings);
    const subscriptions = holdings.flatMap((one) => one.subscriptions);

    assert.equal(new Set(subscriptions.map((one) => one.class)).size, 9);
    for (const status of ['active', 'suspended', 'expired', 'disabled', 'deleted'])
      assert.ok(subscriptions.some((one) => one.status === status));
    assert.ok(holdings.some((one) => one.transfers.length > 0));
    assert.equal(new Set(holdings.flatMap((one) => one.entitlements.map((each) => each.entitlementType))).size, 2);
  });

  it('explains each of its customers', () => {
    for (const { companyName, note } of world({}).customers) assert.ok(note, companyName);
  });

  it('is filled up with generated customers when more are asked for', () => {
    const { customers } = world({ customers: 100 });

    assert.equal(customers.length, 100);
    assert.equal(customers[0]?.companyName, 'Contoso Bakery');
  });
});

describe('the scenario of many customers', () => {
  const { get } = bench({ scenario: 'many', customers: 3_000 });

  it('is listed page by page to its end, each customer once', async () => {
    const seen = new Set<unknown>();
    let page = await get('/v1/customers?size=500');
    for (const customer of items(page)) seen.add(customer['id']);
    for (
      let token = at(page.body, 'continuationToken');
      typeof token === 'string';
      token = at(page.body, 'continuationToken')
    ) {
      page = await get('/v1/customers?seekOperation=Next', { 'MS-ContinuationToken': token });
      for (const customer of items(page)) seen.add(customer['id']);
    }

    assert.equal(seen.size, 3_000);
  });

  it('differs by seed, and is the same for the same seed', () => {
    const names = (seed: number): readonly string[] =>
      world({ scenario: 'many', customers: 20, seed }).customers.map(({ companyName }) => companyName);

    assert.deepEqual(names(7), names(7));
    assert.notDeepEqual(names(7), names(8));
  });

  it('has 5,000 customers unless told otherwise, no two with one domain', () => {
    const { customers } = world({ scenario: 'many' });

    assert.equal(new Set(customers.map(({ domain }) => domain)).size, 5_000);
  });

  it('has customers that hold something and customers that hold nothing', () => {
    const counts = world({ scenario: 'many', customers: 200 }).customers.map(({ holdings }) => holdings.orders.length);

    assert.ok(counts.includes(0));
    assert.ok(counts.some((count) => count > 0));
  });

  it('is not there under a name nobody gave', () => {
    assert.throws(() => world({ scenario: 'nowhere' }), /everyday/);
  });
});
