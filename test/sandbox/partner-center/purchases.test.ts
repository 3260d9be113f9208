import assert from 'node:assert/strict';
import { at, bench, items, REMOVAL, statusAndCode } from './support.ts';

describe('entitlements', () => {
  const { get, id, subscription } = bench();

  const of = (name: string, query = ''): string => `/v1/customers/${id(name)}/entitlements${query}`;

  it('are for a user only', async () => {
    assert.deepEqual(statusAndCode(await get(of('Litware'), { Authorization: 'Bearer app-only' })), [403, '900329']);
  });

  it('say when they expire only if asked, and perpetual software never', async () => {
    assert.equal(items(await get(of('Humongous Insurance')))[0]?.['expiryDate'], undefined);
    assert.equal(typeof items(await get(of('Humongous Insurance', '?showExpiry=true')))[0]?.['expiryDate'], 'string');
    assert.equal(items(await get(of("Munson's Pickles", '?showExpiry=true')))[0]?.['expiryDate'], undefined);
  });

  it('name a purchase that is a subscription as well, so that it can be told once', async () => {
    const [entitlement] = items(await get(of('Litware')));
    const { body } = await get(subscription('Litware'));

    assert.equal(at(entitlement, 'referenceOrder', 'alternateId'), at(body, 'orderId'));
  });

  it('hold their parts inside, with the same order', async () => {
    const [entitlement] = items(await get(of('Lamna Healthcare')));
    const parts = at(entitlement, 'includedEntitlements') as unknown[];

    assert.equal(parts.length, 2);
    assert.equal(at(parts[0], 'referenceOrder', 'id'), at(entitlement, 'referenceOrder', 'id'));
  });

  it('stay with quantity 0 when transferred away', async () => {
    const gone = items(await get(of('Wide World Importers'))).find(({ quantity }) => quantity === 0);

    assert.deepEqual(at(gone, 'quantityDetails'), [{ quantity: 1, status: 'transferred' }]);
  });

  it('can be asked for by type, in any case of letters, and by the old name', async () => {
    const types = async (query: string): Promise<unknown[]> =>
      items(await get(of('Humongous Insurance', query))).map(({ entitlementType }) => entitlementType);

    assert.deepEqual(await types('?entitlementType=software'), []);
    assert.deepEqual(await types('?entitlementtype=ReservedInstance'), ['reservedinstance', 'reservedinstance']);
    assert.deepEqual(await types('?entitlementType=virtualmachinereservedinstance'), [
      'virtualmachinereservedinstance',
    ]);
    assert.equal((await get(of('Humongous Insurance', '?entitlementType=bogus'))).status, 400);
  });

  it('write the type of a reservation in either of two places', async () => {
    const [machine, database] = items(await get(of('Humongous Insurance')));

    assert.equal(at(machine, 'dynamicAttributes', 'reservationType'), 'virtualmachines');
    assert.equal(at(database, 'entitledArtifacts', 0, 'dynamicAttributes', 'reservationType'), 'sqldatabases');
  });

  it('lead to the details of a reservation', async () => {
    const [entitlement] = items(await get(of('Humongous Insurance')));
    const { body } = await get(`/v1${String(at(entitlement, 'entitledArtifacts', 0, 'link', 'uri'))}`);

    assert.equal(at(body, 'reservations', 0, 'displayName'), 'Reserved_VM_Standard_D4s_v5');
    assert.match(String(at(body, 'reservations', 0, 'expiryDateTime')), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });
});

describe('orders', () => {
  const { get, send, set, id, stand } = bench();

  const orderPath = async (name: string, position = 0): Promise<string> => {
    const order = items(await get(`/v1/customers/${id(name)}/orders`))[position];
    return `/v1/customers/${id(name)}/orders/${String(order?.['id'])}`;
  };
  const cancel = async (name: string, body: object = { status: 'cancelled' }): ReturnType<typeof send> =>
    send('PATCH', await orderPath(name), { body });

  it('are found by either of their ids', async () => {
    const { body } = await get(await orderPath('Litware'));
    const short = await get(`/v1/customers/${id('Litware')}/orders/${String(at(body, 'alternateId'))}`);

    assert.equal(at(short.body, 'id'), at(body, 'id'));
  });

  it('may still be pending', async () => {
    assert.equal(at((await get(await orderPath('Fourth Coffee'))).body, 'status'), 'pending');
  });

  it('cancel a software subscription everywhere it shows', async () => {
    const { body } = await cancel('Litware');

    assert.equal(at(body, 'status'), 'cancelled');
    assert.equal(at(body, 'lineItems', 0, 'quantity'), 0);
    assert.equal(items(await get(`/v1/customers/${id('Litware')}/subscriptions`))[0]?.['status'], 'deleted');
    assert.equal(items(await get(`/v1/customers/${id('Litware')}/entitlements`))[0]?.['quantity'], 0);
    assert.equal((await send('PATCH', `/v1/customers/${id('Litware')}`, { body: REMOVAL })).status, 200);
  });

  it('are cancelled through the subscription just as well', async () => {
    const path = `/v1/customers/${id('Litware')}/subscriptions`;
    const [subscription] = items(await get(path));

    await send('PATCH', `${path}/${String(subscription?.['id'])}`, { body: { ...subscription, status: 'deleted' } });

    assert.equal(at((await get(await orderPath('Litware'))).body, 'status'), 'cancelled');
    assert.equal((await send('PATCH', `/v1/customers/${id('Litware')}`, { body: REMOVAL })).status, 200);
  });

  it('cancel perpetual software within thirty days, by line where lines are named', async () => {
    const { body } = await cancel('Lamna Healthcare', { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }] });

    assert.equal(at(body, 'status'), 'cancelled');
  });

  it('of several lines are completed while a line is left, and cancelled when none is', async () => {
    const customerId = id('Fabrikam Bikes');
    const bought = { type: 'perpetual-software', name: 'SQL Server', also: ['Windows Server'], startedDaysAgo: 3 };
    await set('/_world', { customerId, addEntitlement: bought });
    const quantities = async (): Promise<unknown[]> =>
      items(await get(`/v1/customers/${customerId}/entitlements`)).map(({ quantity }) => quantity);

    const one = await cancel('Fabrikam Bikes', { status: 'cancelled', lineItems: [{ lineItemNumber: 1 }] });
    assert.deepEqual([at(one.body, 'status'), await quantities()], ['completed', [1, 0]]);
    assert.equal((await send('PATCH', `/v1/customers/${customerId}`, { body: REMOVAL })).status, 400);

    const rest = await cancel('Fabrikam Bikes');
    assert.deepEqual([at(rest.body, 'status'), await quantities()], ['cancelled', [0, 0]]);
    assert.equal((await send('PATCH', `/v1/customers/${customerId}`, { body: REMOVAL })).status, 200);
  });

  it('stay as they are for a while where so switched', async () => {
    await set('/_faults', { switches: { orderCancelDelayMs: 900_000 } });

    assert.equal(at((await cancel('Litware')).body, 'status'), 'completed');
    await set('/_clock', { advanceMs: 900_000 });
    assert.equal(at((await get(await orderPath('Litware'))).body, 'status'), 'cancelled');
  });

  const refusals: readonly [what: string, name: string, body: object, status: number, code: string][] = [
    ['software past its window', 'Lucerne Publishing', { status: 'cancelled' }, 400, '900117'],
    ['perpetual software past its window', "Munson's Pickles", { status: 'cancelled' }, 400, '900117'],
    ['another status', 'Litware', { status: 'completed' }, 400, '800002'],
    ['a line that is not there', 'Litware', { status: 'cancelled', lineItems: [{ lineItemNumber: 7 }] }, 400, '800002'],
  ];
  for (const [what, name, body, status, code] of refusals) {
    it(`refuse to cancel ${what}`, async () => {
      assert.deepEqual(statusAndCode(await cancel(name, body)), [status, code]);
    });
  }

  it('let a reservation go in the integration sandbox', async () => {
    await set('/_faults', { switches: { environment: 'sandbox' } });

    assert.equal((await cancel('Humongous Insurance')).status, 200);
    assert.equal(stand().world.customer(id('Humongous Insurance'))!.holdings.entitlements[0]!.quantity, 0);
  });
});

describe('transfers', () => {
  const { get, send, change, set, id, subscription } = bench();

  it('name what moves and where to', async () => {
    const path = `/v1/customers/${id('School of Fine Art')}/transfers`;
    const [transfer] = items(await get(path));
    const { body } = await get(`${path}/${String(transfer?.['id'])}`);

    assert.equal(transfer?.['status'], 'Active');
    assert.equal(at(body, 'lineItems', 0, 'friendlyName'), 'Microsoft 365 A3');
    assert.deepEqual(statusAndCode(await get(`${path}/none`)), [404, '900100']);
  });

  it('are open to active subscriptions only', async () => {
    const path = `/v1/customers/${id('ООО «Ромашка»')}/transferseligibility`;
    const { body } = await get(`${path}?transferType=5`);

    assert.deepEqual([at(body, 0, 'isEligible'), at(body, 1, 'isEligible')], [true, false]);
    assert.match(String(at(body, 1, 'reason')), /suspended/);
    assert.equal((await get(path)).status, 400);
  });

  const transferred = async (name: string, settled: object = { completeTransfers: true }): Promise<void> => {
    await set('/_world', { customerId: id(name), ...settled });
  };

  it('take the subscriptions away once accepted, so that the relationship can be removed', async () => {
    const path = `/v1/customers/${id('School of Fine Art')}`;
    assert.equal((await send('PATCH', path, { body: REMOVAL })).status, 400);

    await transferred('School of Fine Art');

    assert.deepEqual(items(await get(`${path}/subscriptions`)), []);
    assert.equal(items(await get(`${path}/transfers`))[0]?.['status'], 'Completed');
    assert.equal((await send('PATCH', path, { body: REMOVAL })).status, 200);
  });

  it('take add-ons along with their base', async () => {
    const path = `/v1/customers/${id('Contoso Ltd')}/subscriptions`;
    const [base] = items(await get(path));

    await transferred('Contoso Ltd', { addTransfer: { subscriptionIds: [base?.['id']] }, completeTransfers: true });

    assert.deepEqual(
      items(await get(path)).map(({ offerName }) => offerName),
      ['Visio Plan 2', 'Project Plan 3'],
    );
  });

  it('leave what was suspended before they were accepted', async () => {
    const path = subscription('School of Fine Art');
    await change(path, { status: 'suspended' });

    await transferred('School of Fine Art');

    assert.equal(at((await get(path)).body, 'status'), 'suspended');
  });

  it('leave a software entitlement behind, with nothing in it', async () => {
    await transferred('Litware', { addTransfer: {}, completeTransfers: true });

    const [entitlement] = items(await get(`/v1/customers/${id('Litware')}/entitlements`));
    assert.equal(entitlement?.['quantity'], 0);
    assert.deepEqual(entitlement['quantityDetails'], [{ quantity: 2, status: 'transferred' }]);
  });

  it('change nothing when the other partner cancels them', async () => {
    await transferred('School of Fine Art', { cancelTransfers: true });

    assert.equal(at((await get(subscription('School of Fine Art'))).body, 'status'), 'active');
    assert.equal(items(await get(`/v1/customers/${id('School of Fine Art')}/transfers`))[0]?.['status'], 'Cancel');
  });
});
