import assert from 'node:assert/strict';
import { at, bench, items, statusAndCode } from './support.ts';

describe('the subscriptions of a customer', () => {
  const { get, set, id, stand, subscription } = bench();

  const only = async (name: string): Promise<Record<string, unknown>> => {
    const [first] = items(await get(`/v1/customers/${id(name)}/subscriptions`));
    assert.ok(first);
    return first;
  };

  it('come in every state and unpaged', async () => {
    const statuses = items(await get(`/v1/customers/${id("Margie's Travel")}/subscriptions`)).map(
      ({ status }) => status,
    );

    assert.deepEqual(statuses, ['expired', 'disabled', 'deleted']);
  });

  it('have an etag of id and version when they are legacy, and no product type', async () => {
    const legacy = await only('Northwind Traders');
    const etag = Buffer.from(String(at(legacy, 'attributes', 'etag')), 'base64').toString();

    assert.deepEqual(JSON.parse(etag), { id: legacy['id'], version: 1 });
    assert.equal(legacy['productType'], undefined);
    assert.match(String(legacy['offerId']), /^[0-9a-f-]{36}$/);
  });

  it('have a product type and no etag when they are new commerce', async () => {
    const modern = await only('Woodgrove Bank');

    assert.equal(at(modern, 'productType', 'id'), 'OnlineServicesNCE');
    assert.equal(at(modern, 'attributes', 'etag'), undefined);
    assert.match(String(modern['offerId']), /^\w{12}:\w{4}:\w{12}$/);
    assert.equal(modern['commitmentEndDate'], '2027-02-14T00:00:00Z');
    assert.equal(modern['commitmentEndDateTime'], '2027-02-14T23:59:59Z');
    assert.match(String(modern['cancellationAllowedUntilDate']), /^2026-02-22T/);
  });

  const marks: readonly [name: string, mark: Record<string, unknown>][] = [
    ['Trey Research', { isTrial: true }],
    ['Litware', { productType: { id: 'Software', displayName: 'Software' } }],
    ['Relecloud', { isMicrosoftProduct: false }],
    ['adventureworkscycles.onmicrosoft.com', { offerId: 'MS-AZR-0145P', billingType: 'usage' }],
    ['City Power & Light', { billingType: 'benefit', unitType: 'Benefit' }],
  ];
  for (const [name, mark] of marks) {
    it(`show what they are by their fields: ${name}`, async () => {
      const shown = await only(name);

      for (const [field, value] of Object.entries(mark)) assert.deepEqual(shown[field], value);
    });
  }

  it('are an Azure plan by their offer, and a savings plan by its sub-type', async () => {
    assert.match(String((await only('VanArsdel'))['offerId']), /^DZH318Z0BPS6:/);
    assert.equal(at(await only('City Power & Light'), 'productType', 'subType', 'id'), 'SavingsPlan');
  });

  it('can be asked for by order and, at an indirect provider, by reseller', async () => {
    const path = `/v1/customers/${id('Contoso Ltd')}/subscriptions`;
    await set('/_faults', { switches: { partnerType: 'indirect-provider' } });
    const [base] = items(await get(path));

    assert.deepEqual(
      items(await get(`${path}?order_id=${String(base?.['orderId'])}`)).map((one) => one['id']),
      [base?.['id']],
    );
    assert.deepEqual(
      items(await get(`${path}?mpn_id=5098342`)).map((one) => one['offerName']),
      ['Visio Plan 2'],
    );
  });

  it('list their add-ons', async () => {
    const addOns = items(await get(`${subscription('Contoso Ltd')}/addons`));

    assert.equal(addOns.length, 1);
    assert.equal(addOns[0]?.['parentSubscriptionId'], at((await get(subscription('Contoso Ltd'))).body, 'id'));
  });

  it('are not found under another customer', async () => {
    const own = stand().world.customer(id('Northwind Traders'))!.holdings.subscriptions[0]!;

    assert.deepEqual(statusAndCode(await get(`/v1/customers/${id('Fabrikam Bikes')}/subscriptions/${own.id}`)), [
      404,
      '20003',
    ]);
  });

  it('can show a status that no client knows', async () => {
    await set('/_faults', { switches: { unknownStatus: 'in_grace' } });

    assert.equal((await only('Northwind Traders'))['status'], 'in_grace');
  });
});

describe('changing a subscription', () => {
  const { get, send, change, set, id, subscription } = bench();

  const statusOf = async (path: string): Promise<unknown> => at((await get(path)).body, 'status');

  it('suspends a legacy licence, and reactivates it', async () => {
    const path = subscription('Northwind Traders');

    assert.equal(at((await change(path, { status: 'suspended' })).body, 'status'), 'suspended');
    assert.equal(at((await change(path, { status: 'active' })).body, 'status'), 'active');
    assert.equal(at((await get(path)).body, 'autoRenewEnabled'), true);
  });

  it('takes a thin body for the whole: renewal and instructions are gone', async () => {
    const path = subscription('Woodgrove Bank');
    await change(path, { scheduledNextTermInstructions: { quantity: 250 } });
    assert.equal(at((await get(path)).body, 'scheduledNextTermInstructions', 'quantity'), 250);

    await send('PATCH', path, { body: { friendlyName: 'Tellers' } });

    const { body } = await get(path);
    assert.equal(at(body, 'friendlyName'), 'Tellers');
    assert.equal(at(body, 'autoRenewEnabled'), false);
    assert.equal(at(body, 'scheduledNextTermInstructions'), undefined);
  });

  it('turns renewal off and on again where a full body says so, and keeps what is scheduled', async () => {
    const path = subscription('Woodgrove Bank');
    await change(path, { scheduledNextTermInstructions: { quantity: 250 } });

    const off = await change(path, { autoRenewEnabled: false });
    const on = await change(path, { autoRenewEnabled: true });

    assert.deepEqual(
      [off, on].map(({ body }) => [at(body, 'autoRenewEnabled'), at(body, 'scheduledNextTermInstructions')]),
      [
        [false, { quantity: 250 }],
        [true, { quantity: 250 }],
      ],
    );
    assert.equal(at((await get(path)).body, 'autoRenewEnabled'), true);
  });

  it('leaves alone what a thin body does not name, where so switched', async () => {
    await set('/_faults', { switches: { thinBodyResets: false } });
    const path = subscription('Woodgrove Bank');
    await change(path, { scheduledNextTermInstructions: { quantity: 250 } });

    const { body } = await send('PATCH', path, { body: { friendlyName: 'Tellers' } });

    assert.equal(at(body, 'autoRenewEnabled'), true);
    assert.equal(at(body, 'scheduledNextTermInstructions', 'quantity'), 250);
  });

  it('changes the etag each time, and refuses an old one in header or body', async () => {
    const path = subscription('Northwind Traders');
    const before = (await get(path)).body as { attributes: { etag: string } };
    await send('PATCH', path, { body: { ...before, friendlyName: 'Warehouse' } });
    const now = (await get(path)).body as { attributes: { etag: string } };
    assert.notEqual(now.attributes.etag, before.attributes.etag);

    const stale = [
      await send('PATCH', path, { body: { ...before, status: 'suspended' } }),
      await send('PATCH', path, {
        body: { status: 'suspended' },
        headers: { 'If-Match': `"${before.attributes.etag}"` },
      }),
    ];
    const fresh = await send('PATCH', path, {
      body: { ...now, status: 'suspended' },
      headers: { 'If-Match': `"${now.attributes.etag}"` },
    });

    assert.deepEqual(stale.map(statusAndCode), [
      [400, '2055'],
      [400, '2055'],
    ]);
    assert.equal(fresh.status, 200);
  });

  it('refuses an old etag with 412 where so switched', async () => {
    await set('/_faults', { switches: { staleEtag: '412' } });

    const reply = await change(subscription('Northwind Traders'), { status: 'suspended' }, { 'If-Match': '"old"' });

    assert.equal(reply.status, 412);
    assert.equal(await statusOf(subscription('Northwind Traders')), 'active');
  });

  it('cares for no etag in new commerce', async () => {
    const path = subscription('Woodgrove Bank');

    assert.equal((await change(path, { status: 'suspended' }, { 'If-Match': '"old"' })).status, 200);
  });

  it('reads PascalCase, and answers in it where so switched', async () => {
    await set('/_faults', { switches: { pascalCaseAnswers: true } });
    const path = subscription('Northwind Traders');

    const reply = await send('PATCH', path, { body: { Status: 'suspended', AutoRenewEnabled: true } });

    assert.equal(at(reply.body, 'Status'), 'suspended');
    assert.equal(at(reply.body, 'Attributes', 'ObjectType'), 'Subscription');
    assert.equal(await statusOf(path), 'suspended');
  });

  it('is accepted and seen later where so switched, and only one at a time', async () => {
    await set('/_faults', { switches: { statusDelayMs: 60_000 } });
    const path = subscription('Northwind Traders');

    const reply = await change(path, { status: 'suspended' });

    assert.equal(reply.status, 202);
    assert.equal(reply.headers.get('Location'), path.replace('/v1', ''));
    assert.equal(reply.body, '');
    assert.equal(await statusOf(path), 'active');
    assert.deepEqual(statusAndCode(await change(path, { status: 'suspended' })), [409, '900278']);
    await set('/_clock', { advanceMs: 60_000 });
    assert.equal(await statusOf(path), 'suspended');
  });

  it('is slow for a customer whose scenario says so', async () => {
    assert.equal((await change(subscription('Graphic Design Institute'), { status: 'suspended' })).status, 202);
  });

  it('turns renewal off for good when new commerce is suspended', async () => {
    const path = subscription('Woodgrove Bank');

    const suspended = await change(path, { status: 'suspended', scheduledNextTermInstructions: { quantity: 1 } });
    const active = await change(path, { status: 'active' });

    assert.equal(at(suspended.body, 'autoRenewEnabled'), false);
    assert.equal(at(suspended.body, 'scheduledNextTermInstructions'), undefined);
    assert.equal(at(active.body, 'autoRenewEnabled'), false);
  });

  it('does not turn renewal on while new commerce is suspended', async () => {
    const path = subscription('Proseware');

    assert.deepEqual(statusAndCode(await change(path, { autoRenewEnabled: true })), [400, '800091']);
    assert.equal(at((await get(path)).body, 'autoRenewEnabled'), false);
  });

  it('leaves renewal on when new commerce is suspended, where so switched', async () => {
    await set('/_faults', { switches: { suspensionEndsRenewal: false } });

    const suspended = await change(subscription('Woodgrove Bank'), { status: 'suspended' });

    assert.equal(at(suspended.body, 'autoRenewEnabled'), true);
  });

  it('takes add-ons along with their base, both ways', async () => {
    const [base, addOn] = [subscription('Contoso Ltd'), subscription('Contoso Ltd', 1)];

    await change(base, { status: 'suspended' });
    assert.equal(await statusOf(addOn), 'suspended');
    assert.deepEqual(statusAndCode(await change(addOn, { status: 'active' })), [409, '27009']);
    await change(base, { status: 'active' });
    assert.equal(await statusOf(addOn), 'active');
  });

  it('leaves add-ons suspended when their base comes back, where so switched', async () => {
    await set('/_faults', { switches: { addOnsFollowReactivation: false } });
    const [base, addOn] = [subscription('Contoso Ltd'), subscription('Contoso Ltd', 1)];

    await change(base, { status: 'suspended' });
    await change(base, { status: 'active' });

    assert.equal(await statusOf(addOn), 'suspended');
    assert.equal((await change(addOn, { status: 'active' })).status, 200);
  });

  const refusals: readonly [what: string, name: string, fields: object, status: number, code: string][] = [
    ['a trial', 'Trey Research', { status: 'suspended' }, 400, '800096'],
    ['a savings plan that is to be suspended', 'City Power & Light', { status: 'suspended' }, 403, '900321'],
    ['a savings plan that is not to renew', 'City Power & Light', { autoRenewEnabled: false }, 403, '900321'],
    ['an Azure plan with active Azure subscriptions', 'VanArsdel', { status: 'suspended' }, 403, '900115'],
    ['marketplace that is to be suspended', 'Relecloud', { status: 'suspended' }, 400, '800096'],
    ['software that is to be suspended', 'Litware', { status: 'suspended' }, 400, '800096'],
    ['legacy that is to be cancelled', 'Northwind Traders', { status: 'deleted' }, 400, '800040'],
    ['a status that does not exist', 'Northwind Traders', { status: 'gone' }, 400, '800040'],
    ['a status that only time brings', 'Alpine Ski House', { status: 'expired' }, 400, '800040'],
    ['more seats while suspended', 'Alpine Ski House', { quantity: 99 }, 400, '800091'],
    ['a quantity that is none', 'Northwind Traders', { quantity: 'ten' }, 400, '800002'],
    ['the id of another subscription', 'Northwind Traders', { id: 'other' }, 400, '800002'],
    ['fewer seats outside the window', 'Woodgrove Bank', { quantity: 1 }, 400, '900117'],
  ];
  for (const [what, name, fields, status, code] of refusals) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(statusAndCode(await change(subscription(name), fields)), [status, code]);
    });
  }

  it('refuses everything once deleted', async () => {
    assert.deepEqual(statusAndCode(await change(subscription("Margie's Travel", 2), { status: 'active' })), [
      400,
      '2011',
    ]);
  });

  it('refuses everything while it is not ready', async () => {
    const customerId = id('Fabrikam Bikes');
    await set('/_world', { customerId, addSubscription: { class: 'legacy-licence', status: 'pending' } });

    assert.deepEqual(statusAndCode(await change(subscription('Fabrikam Bikes'), { status: 'suspended' })), [
      409,
      '800082',
    ]);
  });

  const unexplained: readonly [status: number, code: string][] = [
    [400, '900257'],
    [400, '900277'],
    [400, '900279'],
    [400, '900311'],
  ];
  for (const [status, code] of unexplained) {
    it(`can be refused with ${status}/${code}, to which no state here leads`, async () => {
      await set('/_faults', { rules: [{ method: 'PATCH', path: '/subscriptions/', status, code }] });
      const path = subscription('Northwind Traders');

      assert.deepEqual(statusAndCode(await change(path, { status: 'suspended' })), [status, code]);
      assert.equal(await statusOf(path), 'active');
    });
  }

  it('does nothing, and says so with 200, when the status is as wanted', async () => {
    assert.equal((await change(subscription('Alpine Ski House'), { status: 'suspended' })).status, 200);
  });

  it('is open to an application without a user', async () => {
    const reply = await change(
      subscription('Northwind Traders'),
      { status: 'suspended' },
      { Authorization: 'Bearer app-only' },
    );

    assert.equal(reply.status, 200);
  });

  it('is written down', async () => {
    await change(subscription('Northwind Traders'), { status: 'suspended' }, { 'MS-CorrelationId': 'c-1' });

    const [record] = items(await get('/v1/auditrecords?startDate=2026-06-10'));
    assert.equal(record?.['operationType'], 'update_subscription');
    assert.equal(record['originalCorrelationId'], 'c-1');
  });
});

describe('an Azure plan', () => {
  const { get, send, set, subscription } = bench();

  const firstAzure = async (path: string): Promise<string> =>
    `${path}/azureEntitlements/${String(items(await get(`${path}/azureEntitlements`))[0]?.['id'])}`;

  it('lists its Azure subscriptions under either spelling', async () => {
    const path = subscription('VanArsdel');

    for (const spelling of ['azureEntitlements', 'azureentitlements'])
      assert.deepEqual(
        items(await get(`${path}/${spelling}`)).map(({ status }) => status),
        ['active', 'active', 'inactive'],
      );
    assert.equal(at((await get(await firstAzure(path))).body, 'status'), 'active');
  });

  it('cancels an Azure subscription for one reason only, seen ten minutes later', async () => {
    const azure = await firstAzure(subscription('VanArsdel'));

    const other = await send('POST', `${azure}/cancel`, { body: { cancellationReason: 'offboarding' } });
    const reply = await send('POST', `${azure}/cancel`, { body: { cancellationReason: 'compromise' } });

    assert.deepEqual(statusAndCode(other), [400, '900307']);
    assert.deepEqual([reply.status, at(reply.body, 'status')], [200, 'active']);
    await set('/_clock', { advanceMs: 9 * 60_000 });
    assert.equal(at((await get(azure)).body, 'status'), 'active');
    await set('/_clock', { advanceMs: 60_000 });
    assert.equal(at((await get(azure)).body, 'status'), 'inactive');
  });

  it('can be suspended once all of them are inactive', async () => {
    const path = subscription('Adventure Works');
    const { body } = await get(path);

    assert.equal((await send('PATCH', path, { body: { ...(body as object), status: 'suspended' } })).status, 200);
  });

  it('shows a cancelled Azure subscription as inactive as soon as it is switched to', async () => {
    await set('/_faults', { switches: { azureCancelMs: 0 } });
    const azure = await firstAzure(subscription('VanArsdel'));

    await send('POST', `${azure}/cancel`, { body: { cancellationReason: 'compromise' } });

    assert.equal(at((await get(azure)).body, 'status'), 'inactive');
  });

  it('has none that nobody made', async () => {
    assert.equal((await get(`${subscription('VanArsdel')}/azureEntitlements/none`)).status, 404);
    assert.equal((await get(`${subscription('Fabrikam Bikes')}/azureEntitlements`)).status, 404);
  });
});
