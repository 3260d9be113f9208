import assert from 'node:assert/strict';
import { PARTNER_TENANT_ID } from '../../sandbox/partner-center/server.ts';
import { converse, type Talk } from './converse.ts';
import { JONAS, MIRA, startWorld, type World } from './world.ts';

const TOLD = /^Your indirect provider ends this relationship\n/;
const READINESS = /\/(subscriptions|entitlements|orders|transfers|relationships)/;

describe('an indirect reseller who wants a relationship ended', () => {
  let world: World;
  let jonas: Talk;
  const bakery = (): string => world.customer('contosobakery');
  beforeEach(async () => {
    world = await startWorld({}, { endedByProvider: true });
    jonas = converse(world, JONAS);
  });
  afterEach(async () => {
    assert.deepEqual(
      (await world.calls()).filter(({ method, path }) => method !== 'GET' || READINESS.test(path)),
      [],
      'nothing is changed, and nothing is read of what a customer holds',
    );
    assert.equal(await world.removals.ofCustomer(bakery()), undefined);
    await world.close();
  });

  for (const word of ['remove', 'watch', 'dry run'])
    it(`is told by “${word}” whom to ask, and what to send`, async () => {
      const told = await jonas.says(`${word} contoso bakery`);

      assert.match(told, TOLD);
      assert.match(told, /Customer: Contoso Bakery\nDomain: contosobakery\.onmicrosoft\.com\n/);
      assert.match(
        told,
        new RegExp(`tenant id: ${bakery()}\\nOur tenant id, as indirect reseller: ${PARTNER_TENANT_ID}`),
      );
      assert.deepEqual(jonas.titles(), []);
    });

  it('chooses among several as everybody does', async () => {
    assert.match(await jonas.says('remove contoso'), /2 customers match “contoso”/);

    assert.match(await jonas.presses(jonas.button('Choose', /contosobakery/)), TOLD);
  });

  it('is told the same by every button of an old card', async () => {
    const customerId = bakery();
    const nonce = world.nonces.ofCustomer(JONAS.id, customerId);
    const of = { customerId, nonce };
    const form = { ...of, reason: 'The contract has ended.', domain: 'contosobakery.onmicrosoft.com' };

    for (const verb of [
      'readiness.show',
      'readiness.check',
      'legacy.suspend',
      'legacy.confirm-suspend',
      'removal.form',
    ])
      assert.match(await jonas.forges(verb, of), TOLD, verb);
    for (const verb of ['dry-run.show', 'watch.start', 'watch.stop'])
      assert.match(await jonas.forges(verb, of), TOLD, verb);
    for (const verb of ['subscription.suspend', 'subscription.confirm-suspend'])
      assert.match(await jonas.forges(verb, { ...of, holdingId: 'any' }), TOLD, verb);
    assert.match(await jonas.forges('removal.send', form), TOLD);
    assert.equal(await world.watches.isWatching(customerId, JONAS.id), false);
  });

  it('is told what is known of a customer that cannot be read', async () => {
    const customerId = '00000000-1111-4222-8333-444444444444';

    const told = await jonas.forges('readiness.show', { customerId, nonce: 'any' });

    assert.match(told, new RegExp(`Customer: \\(to be filled in\\)\\n.*\\nThe customer’s tenant id: ${customerId}`));
  });

  it('is told in their language', async () => {
    assert.match(await converse(world, MIRA).says('удалить бакалея'), /клиентов не найдено/);
    assert.match(
      await converse(world, MIRA).says('удалить bakery'),
      /^Эти отношения прекращает ваш косвенный поставщик/,
    );
  });
});

describe('an indirect reseller whose customers cannot be read', () => {
  let world: World;
  let jonas: Talk;
  beforeEach(async () => {
    world = await startWorld({}, { endedByProvider: true });
    await world.control('_faults', { rules: [{ path: '^/v1/customers', status: 403, code: '900308' }] });
    jonas = converse(world, JONAS);
  });
  afterEach(() => world.close());

  it('is told whom to ask straight from a tenant id', async () => {
    const told = await jonas.says('remove 00000000-1111-4222-8333-444444444444');

    assert.match(told, TOLD);
    assert.match(told, /tenant id: 00000000-1111-4222-8333-444444444444/);
  });
});

describe('an indirect reseller whose list of customers was never read', () => {
  it('is told whom to ask straight from the words', async () => {
    const world = await startWorld(
      { switches: { requireToken: true } },
      { endedByProvider: true, waitForDirectory: false },
    );
    const jonas = converse(world, JONAS);

    const told = await jonas.says('remove contoso bakery');

    assert.match(told, TOLD);
    assert.match(told, /Customer: contoso bakery\nDomain: \(to be filled in\)/);
    await world.close();
  });
});

describe('a chat that waited at a card of a direct partner', () => {
  it('is left where its partner has become an indirect reseller', async () => {
    const before = await startWorld();
    const after = await startWorld({}, { endedByProvider: true });
    const jonas = converse(before, JONAS);
    await jonas.says('remove contoso bakery');
    const suspend = jonas.button('Suspend', /./);

    assert.match(await converse(after, JONAS, jonas.storage).presses(suspend), TOLD);

    assert.deepEqual(await after.changes(), []);
    await before.close();
    await after.close();
  });
});
