import assert from 'node:assert/strict';
import { PARTNER_TENANT_ID, PortTakenError, startPartnerCenter } from '../../../sandbox/partner-center/server.ts';
import { at, bench, items, REMOVAL, START, statusAndCode } from './support.ts';
import { eventually } from '../../support/eventually.ts';

describe('the log', () => {
  const { get, send, id } = bench();

  const entries = async (query = ''): Promise<readonly unknown[]> =>
    at((await get(`/_log${query}`)).body, 'entries') as unknown[];

  it('holds what was asked and what was answered', async () => {
    await send('PATCH', `/v1/customers/${id('Contoso Bakery')}?x=1`, {
      body: REMOVAL,
      headers: {
        'MS-RequestId': 'r-1',
        'MS-CorrelationId': 'c-1',
        'If-Match': '"e"',
        Authorization: 'Bearer very-secret',
        'MS-PartnerCenter-Application': 'Reseller Offboarding',
      },
    });

    const [entry] = await entries();
    assert.deepEqual(
      { ...(entry as object), ms: 0, responseBody: undefined },
      {
        seq: at(entry, 'seq'),
        at: START.toISOString(),
        method: 'PATCH',
        path: `/v1/customers/${id('Contoso Bakery')}`,
        query: { x: '1' },
        requestId: 'r-1',
        correlationId: 'c-1',
        ifMatch: '"e"',
        authorization: 'bearer',
        application: 'Reseller Offboarding',
        body: REMOVAL,
        status: 400,
        code: '3000',
        ms: 0,
        responseBody: undefined,
      },
    );
    assert.equal(at(entry, 'responseBody', 'code'), '3000');
    assert.doesNotMatch(JSON.stringify(entry), /very-secret/);
  });

  it('leaves out what happens behind the curtain, and can be read on from a number', async () => {
    await get('/_state');
    await get('/v1/customers?size=1');
    const [first] = await entries();
    await get('/v1/nothing');

    const rest = await entries(`?since=${String(at(first, 'seq'))}`);
    assert.deepEqual(
      rest.map((entry) => at(entry, 'status')),
      [404],
    );
  });

  it('can be emptied', async () => {
    await get('/v1/customers?size=1');
    await send('DELETE', '/_log');

    assert.deepEqual(await entries(), []);
  });
});

describe('the world behind the API', () => {
  const { get, send, set, id, stand } = bench();

  const stateOf = async (name: string): Promise<unknown> =>
    at((await get(`/_state?customer=${id(name)}`)).body, 'customers', 0);

  it('can be looked at', async () => {
    assert.deepEqual(await stateOf('Northwind Traders'), {
      id: id('Northwind Traders'),
      companyName: 'Northwind Traders',
      domain: 'northwindtraders.onmicrosoft.com',
      relationship: 'reseller',
      listed: true,
      note: 'one active legacy licence',
      subscriptions: [
        {
          id: stand().world.customer(id('Northwind Traders'))!.holdings.subscriptions[0]!.id,
          friendlyName: 'Office 365 E1',
          offerName: 'Office 365 E1',
          class: 'legacy-licence',
          status: 'active',
          quantity: 25,
          autoRenewEnabled: true,
          commitmentEndDate: '2027-03-06T00:00:00Z',
        },
      ],
      entitlements: [],
      azure: [],
      pendingOrders: [],
      transfers: [],
      gdap: [],
    });
  });

  it('shows a removed customer as listed for as long as the list is stale', async () => {
    await send('PATCH', `/v1/customers/${id('Fabrikam Bikes')}`, { body: REMOVAL });
    const before = await stateOf('Fabrikam Bikes');
    await set('/_clock', { advanceMs: 4_000 });

    assert.deepEqual([at(before, 'relationship'), at(before, 'listed')], ['none', true]);
    assert.equal(at(await stateOf('Fabrikam Bikes'), 'listed'), false);
  });

  it('can get new holdings of every kind', async () => {
    const customerId = id('Fabrikam Bikes');
    const classes = [
      'legacy-licence',
      'legacy-azure',
      'new-commerce-licence',
      'new-commerce-trial',
      'software-subscription',
      'marketplace',
      'savings-plan',
    ];
    for (const each of classes) await set('/_world', { customerId, addSubscription: { class: each } });
    await set('/_world', { customerId, addSubscription: { class: 'azure-plan', azure: ['active'] } });
    await set('/_world', {
      customerId,
      addEntitlement: { type: 'reservation' },
      addOrder: {},
      addTransfer: {},
      addGdap: {},
    });

    const subscriptions = items(await get(`/v1/customers/${customerId}/subscriptions`));
    const state = await stateOf('Fabrikam Bikes');
    assert.equal(new Set(subscriptions.map((one) => one['id'])).size, 8);
    assert.equal((at(state, 'entitlements') as unknown[]).length, 2);
    assert.equal((at(state, 'transfers') as unknown[]).length, 1);
    assert.equal((at(state, 'pendingOrders') as unknown[]).length, 1);
    assert.equal((at(state, 'gdap') as unknown[]).length, 1);
    assert.equal((at(state, 'azure') as unknown[]).length, 1);
  });

  it('can get an add-on under a base', async () => {
    const customerId = id('Northwind Traders');
    const parentId = stand().world.customer(customerId)!.holdings.subscriptions[0]!.id;
    await set('/_world', { customerId, addSubscription: { class: 'legacy-add-on', parentId } });

    assert.equal(items(await get(`/v1/customers/${customerId}/subscriptions/${parentId}/addons`)).length, 1);
  });

  it('can have a subscription changed, which changes its etag, or taken away', async () => {
    const customerId = id('Northwind Traders');
    const path = `/v1/customers/${customerId}/subscriptions`;
    const [before] = items(await get(path));
    const subscriptionId = String(before?.['id']);
    await set('/_world', {
      customerId,
      setSubscription: { id: subscriptionId.toUpperCase(), quantity: 99, status: 'suspended' },
    });
    const [after] = items(await get(path));
    await set('/_world', { customerId, removeSubscription: subscriptionId });

    assert.deepEqual([after?.['quantity'], after?.['status']], [99, 'suspended']);
    assert.notEqual(at(after, 'attributes', 'etag'), at(before, 'attributes', 'etag'));
    assert.deepEqual(items(await get(path)), []);
  });

  it('can have a customer renamed, moved to another domain, and lost', async () => {
    const customerId = id('Northwind Traders');
    await set('/_world', { customerId, rename: 'Southwind', domain: 'southwind.onmicrosoft.com' });
    const renamed = await get(`/v1/customers/${customerId}`);
    await set('/_world', { customerId, relationship: 'none' });

    assert.equal(at(renamed.body, 'companyProfile', 'companyName'), 'Southwind');
    assert.equal(at(renamed.body, 'companyProfile', 'domain'), 'southwind.onmicrosoft.com');
    assert.deepEqual(statusAndCode(await get(`/v1/customers/${customerId}`)), [403, '20002']);
    assert.ok(!items(await get('/v1/customers')).some((one) => one['id'] === customerId));
  });

  it('refuses to change what is not there', async () => {
    const customerId = id('Fabrikam Bikes');
    for (const body of [{ customerId: 'x' }, { customerId, removeSubscription: 'x' }, { customerId, typo: 1 }, {}])
      assert.equal((await send('POST', '/_world', { body })).status, 400);
  });

  it('has a clock that can be set, moved, and put back by a new start', async () => {
    assert.deepEqual(await set('/_clock', { now: '2027-01-01T00:00:00Z', advanceDays: 1, advanceMs: 1_500 }), {
      now: '2027-01-02T00:00:01.500Z',
    });
    for (const body of [{ now: 'tomorrow' }, { advanceDays: 1e9 }, { advanceDays: -1e9 }])
      assert.equal((await send('POST', '/_clock', { body })).status, 400);
    await set('/_reset');
    assert.deepEqual((await get('/_clock')).body, { now: START.toISOString() });
  });

  it('starts again as it was, in any of its scenarios', async () => {
    await send('PATCH', `/v1/customers/${id('Fabrikam Bikes')}`, { body: REMOVAL });
    await set('/_faults', { rules: [{ status: 500 }], switches: { appOnly: true } });

    await set('/_reset');

    assert.equal((await get(`/v1/customers/${id('Fabrikam Bikes')}`)).status, 200);
    const names = (at((await get('/_scenarios')).body, 'scenarios') as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ['everyday', 'empty', 'one-clean', 'many', 'free', 'resellers']);
    for (const [scenario, count] of [
      ['empty', 0],
      ['one-clean', 1],
    ] as const) {
      await set('/_reset', { scenario });
      assert.equal(items(await get('/v1/customers')).length, count);
    }
    assert.equal((await send('POST', '/_reset', { body: { scenario: 'nowhere' } })).status, 400);
  });

  it('answers nothing else under its addresses', async () => {
    assert.equal((await get('/_secrets')).status, 404);
    assert.equal((await send('PUT', '/_clock')).status, 405);
    assert.equal((await send('POST', '/_clock', { body: 'nonsense' })).status, 400);
  });
});

describe('the stand-in as a process', () => {
  it('says clearly that a port is taken', async () => {
    const first = await startPartnerCenter({ scenario: 'empty' });

    await assert.rejects(startPartnerCenter({ port: first.port }), (error: unknown) => {
      assert.ok(error instanceof PortTakenError);
      assert.equal(error.code, 'EADDRINUSE');
      assert.match(error.message, new RegExp(`${first.port}`));
      return true;
    });
    await first.close();
  });

  it('closes while callers wait', async () => {
    const stand = await startPartnerCenter({ scenario: 'one-clean' });
    await fetch(`${stand.url}/_faults`, { method: 'POST', body: JSON.stringify({ rules: [{ kind: 'hang' }] }) });
    const cut = assert.rejects(fetch(`${stand.url}/v1/customers`));
    const log = async (): Promise<string> => (await fetch(`${stand.url}/_log`)).text();
    await eventually(async () => (await log()).includes('/v1/customers'), 'nobody called');

    await stand.close();
    await cut;
  });

  it('keeps the switches and the stale time it was started with through a new start', async () => {
    const stand = await startPartnerCenter({
      scenario: 'one-clean',
      staleListMs: 0,
      switches: { partnerType: 'indirect-provider' },
    });
    stand.world.reset({ scenario: 'one-clean' });
    stand.world.setSwitches({});

    assert.equal(stand.world.switches.staleListMs, 0);
    assert.equal(stand.world.switches.partnerType, 'indirect-provider');
    await stand.close();
  });

  it('belongs to one partner', () => {
    assert.match(PARTNER_TENANT_ID, /^[0-9a-f-]{36}$/);
  });
});
