import assert from 'node:assert/strict';
import { at, bench, items, REMOVAL, statusAndCode } from './support.ts';

const DAY_MS = 86_400_000;

describe('removing a relationship', () => {
  const { get, send, change, set, id, subscription, stand } = bench();

  const remove = (
    name: string,
    body: unknown = REMOVAL,
    headers: Record<string, string> = {},
  ): ReturnType<typeof send> => send('PATCH', `/v1/customers/${id(name)}`, { body, headers });
  const isListed = async (customerId: string): Promise<boolean> =>
    items(await get('/v1/customers')).some((item) => item['id'] === customerId);

  it('answers in PascalCase with everything null but the relationship', async () => {
    const reply = await remove('Fabrikam Bikes');

    assert.equal(reply.status, 200);
    assert.deepEqual(reply.body, {
      Id: null,
      CommerceId: null,
      CompanyProfile: null,
      BillingProfile: null,
      RelationshipToPartner: 'none',
      AllowDelegatedAccess: null,
      UserCredentials: null,
      CustomDomains: null,
      AssociatedPartnerId: null,
      Attributes: { ObjectType: 'Customer' },
    });
  });

  it('takes a body with nothing but the relationship, and one full of nulls', async () => {
    const full = {
      Id: null,
      RelationshipToPartner: 'none',
      AllowDelegatedAccess: null,
      Attributes: { ObjectType: 'Customer' },
    };

    assert.equal((await remove('Fabrikam Bikes', { relationshipToPartner: 'none' })).status, 200);
    assert.equal((await remove("Margie's Travel", full)).status, 200);
  });

  it('shuts every door to the customer at once, while the list still shows it for a while', async () => {
    const customerId = id('Fabrikam Bikes');
    await remove('Fabrikam Bikes');

    for (const rest of ['', '/subscriptions', '/entitlements', '/orders', '/transfers'])
      assert.deepEqual(statusAndCode(await get(`/v1/customers/${customerId}${rest}`)), [403, '20002']);
    assert.ok(await isListed(customerId));

    await set('/_clock', { advanceMs: 3_999 });
    assert.ok(await isListed(customerId));
    await set('/_clock', { advanceMs: 1 });
    assert.ok(!(await isListed(customerId)));
  });

  it('shuts the door to Azure subscriptions under a code of its own', async () => {
    const path = subscription('Adventure Works');
    await change(path, { status: 'suspended' });
    await remove('Adventure Works');

    assert.deepEqual(statusAndCode(await get(`${path}/azureEntitlements`)), [403, '900159']);
  });

  it('can leave the doors open for as long as the list is stale', async () => {
    await set('/_faults', { switches: { afterRemoval: 'refused-when-unlisted' } });
    const path = `/v1/customers/${id('Fabrikam Bikes')}`;
    await remove('Fabrikam Bikes');

    assert.equal((await get(path)).status, 200);
    await set('/_clock', { advanceMs: 5_000 });
    assert.deepEqual(statusAndCode(await get(path)), [403, '20002']);
  });

  it('answers a second removal with 20002, or with 3000 where so switched', async () => {
    await remove('Fabrikam Bikes');

    assert.deepEqual(statusAndCode(await remove('Fabrikam Bikes')), [403, '20002']);
    await set('/_faults', { switches: { secondRemoval: '3000' } });
    assert.deepEqual(statusAndCode(await remove('Fabrikam Bikes')), [400, '3000']);
  });

  const clear = [
    'Fabrikam Bikes',
    'Alpine Ski House',
    'Wide World Importers',
    "Margie's Travel",
    'Fourth Coffee',
    'First Up Consultants',
  ];
  for (const name of clear) {
    it(`lets ${name} go`, async () => {
      assert.equal((await remove(name)).status, 200);
    });
  }

  const blocked: readonly [name: string, what: string][] = [
    ['Contoso Bakery', 'active legacy licences'],
    ['Contoso Ltd', 'legacy licences with an add-on'],
    ['Continental Cargo', 'new commerce inside its window'],
    ['Woodgrove Bank', 'new commerce outside its window'],
    ['Proseware', 'suspended new commerce'],
    ['Trey Research', 'a trial'],
    ['Relecloud', 'marketplace products'],
    ['Litware', 'a software subscription'],
    ['Lamna Healthcare', 'perpetual software inside its window'],
    ["Munson's Pickles", 'perpetual software outside its window'],
    ['VanArsdel', 'an Azure plan'],
    ['Adventure Works', 'an Azure plan without active Azure subscriptions that is not suspended'],
    ['adventureworkscycles.onmicrosoft.com', 'legacy Azure'],
    ['City Power & Light', 'a savings plan'],
    ['Humongous Insurance', 'reservations'],
    ['Tailspin Toys', 'a status nobody knows'],
  ];
  for (const [name, what] of blocked) {
    it(`refuses because of ${what}, naming it, and changes nothing`, async () => {
      const reply = await remove(name);

      const { subscriptions, entitlements } = stand().world.customer(id(name))!.holdings;
      const known = [
        ...subscriptions.flatMap((one) => [one.id, one.orderId]),
        ...entitlements.map((one) => one.alternateOrderId),
      ];
      assert.deepEqual(statusAndCode(reply), [400, '3000']);
      assert.ok(known.some((name) => name !== undefined && String(at(reply.body, 'description')).includes(name)));
      assert.equal((await get(`/v1/customers/${id(name)}`)).status, 200);
    });
  }

  it('names the order of an Azure plan under the words for reserved instances', async () => {
    const plan = stand().world.customer(id('VanArsdel'))!.holdings.subscriptions[0]!;
    const { body } = await remove('VanArsdel');

    assert.match(String(at(body, 'description')), new RegExp(`Azure reserved instances.*${plan.orderId}`));
  });

  it('lets suspended new commerce go where so switched', async () => {
    await set('/_faults', { switches: { nceSuspendedBlocks: false } });

    assert.equal((await remove('Proseware')).status, 200);
  });

  it('lets old perpetual software go where so switched, and young as little as before', async () => {
    await set('/_faults', { switches: { oldPerpetualSoftwareBlocks: false } });

    assert.equal((await remove("Munson's Pickles")).status, 200);
    assert.equal((await remove('Lamna Healthcare')).status, 400);
  });

  it('goes through once everything legacy is suspended', async () => {
    for (const position of [0, 1]) {
      const path = subscription('Contoso Bakery', position);
      const { body } = await get(path);
      assert.equal((await send('PATCH', path, { body: { ...(body as object), status: 'suspended' } })).status, 200);
    }

    assert.equal((await remove('Contoso Bakery')).status, 200);
  });

  it('knows no such relationship with a customer that is only advised', async () => {
    assert.deepEqual(statusAndCode(await remove('Consolidated Messenger')), [400, '3000']);
    assert.equal((await get(`/v1/customers/${id('Consolidated Messenger')}`)).status, 200);
  });

  it('is for a user only', async () => {
    const reply = await remove('Fabrikam Bikes', REMOVAL, { Authorization: 'Bearer app-only-token' });

    assert.deepEqual(statusAndCode(reply), [403, '900329']);
  });

  it('ends delegated access alone when that is what the body names', async () => {
    const reply = await remove('Fabrikam Bikes', {
      AllowDelegatedAccess: false,
      attributes: { objectType: 'Customer' },
    });
    const { body } = await get(`/v1/customers/${id('Fabrikam Bikes')}`);

    assert.equal(at(reply.body, 'AllowDelegatedAccess'), false);
    assert.equal(at(body, 'allowDelegatedAccess'), false);
    assert.equal(at(body, 'relationshipToPartner'), 'reseller');
    assert.equal(at(body, 'customDomains'), undefined);
  });

  it('refuses a body that names both, and one that names neither', async () => {
    assert.equal((await remove('Fabrikam Bikes', { ...REMOVAL, AllowDelegatedAccess: false })).status, 400);
    assert.equal((await remove('Fabrikam Bikes', { attributes: {} })).status, 400);
    assert.equal((await remove('Fabrikam Bikes', { relationshipToPartner: 'advisor' })).status, 400);
    assert.ok(await isListed(id('Fabrikam Bikes')));
  });

  it('is written down with the correlation id of the call, refused tries too', async () => {
    await remove('Contoso Bakery', REMOVAL, { 'MS-CorrelationId': 'aaaaaaaa-0000-4000-8000-000000000001' });
    await remove('Fabrikam Bikes', REMOVAL, { 'MS-CorrelationId': 'aaaaaaaa-0000-4000-8000-000000000002' });

    const records = items(await get('/v1/auditrecords?startDate=2026-06-10'));
    assert.deepEqual(
      records.map((record) => [record['operationType'], record['operationStatus'], record['originalCorrelationId']]),
      [
        ['remove_partner_customer_relationship', 'failed', 'aaaaaaaa-0000-4000-8000-000000000001'],
        ['remove_partner_customer_relationship', 'succeeded', 'aaaaaaaa-0000-4000-8000-000000000002'],
      ],
    );
  });

  it('deletes the tenant in the integration sandbox, and only there', async () => {
    const path = `/v1/customers/${id('Fabrikam Bikes')}`;
    assert.equal((await send('DELETE', path)).status, 403);
    await set('/_faults', { switches: { environment: 'sandbox' } });

    await remove('Fabrikam Bikes');

    assert.deepEqual(statusAndCode(await get(path)), [404, '60003']);
    assert.equal((await send('DELETE', `/v1/customers/${id('Alpine Ski House')}`)).status, 204);
  });

  it('is refused in the integration sandbox too, while orders are not cancelled', async () => {
    await set('/_faults', { switches: { environment: 'sandbox' } });
    const path = `/v1/customers/${id('Litware')}`;

    assert.deepEqual(statusAndCode(await send('DELETE', path)), [400, '3000']);
    assert.equal((await get(path)).status, 200);
  });
});

describe('the record of activity', () => {
  const { get, send, set, id } = bench();

  const since = (daysAgo: number): string =>
    `/v1/auditrecords?startDate=${new Date(Date.parse('2026-06-15') - daysAgo * DAY_MS).toISOString().slice(0, 10)}`;

  it('filters by customer and goes on page by page', async () => {
    for (const name of ['Fabrikam Bikes', 'Alpine Ski House', "Margie's Travel"])
      await send('PATCH', `/v1/customers/${id(name)}`, { body: { AllowDelegatedAccess: false } });
    const filter = encodeURIComponent(
      JSON.stringify({ Field: 'CustomerId', Value: id('Alpine Ski House'), Operator: 'equals' }),
    );

    const first = await get(`${since(1)}&size=2`);
    const rest = await get(`${since(1)}&seekOperation=Next`, {
      'MS-ContinuationToken': String(at(first.body, 'continuationToken')),
    });
    const filtered = items(await get(`${since(1)}&filter=${filter}`));

    assert.equal(items(first).length, 2);
    assert.equal(items(rest).length, 1);
    assert.deepEqual(
      filtered.map(({ customerName }) => customerName),
      ['Alpine Ski House'],
    );
  });

  it('reaches back 90 days, 30 at a time', async () => {
    assert.equal((await get('/v1/auditrecords')).status, 400);
    assert.equal((await get(since(95))).status, 400);
    assert.equal((await get(`${since(80)}&endDate=2026-06-15`)).status, 400);
    assert.equal((await get(`${since(30)}&endDate=2026-06-15`)).status, 200);
  });

  it('shows an entry only after a while where so switched', async () => {
    await set('/_faults', { switches: { auditDelayMs: 60_000 } });
    await send('PATCH', `/v1/customers/${id('Fabrikam Bikes')}`, { body: { AllowDelegatedAccess: false } });

    const atOnce = items(await get(since(1)));
    await set('/_clock', { advanceMs: 60_000 });

    assert.deepEqual(atOnce, []);
    assert.equal(items(await get(since(1))).length, 1);
  });
});
