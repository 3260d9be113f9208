import assert from 'node:assert/strict';
import { expectFault } from './expect-fault.ts';
import { against, clientOf, type Scripted } from './scripted-server.ts';

const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
const bot = { actAs: 'bot' } as const;
const item = (id: string) => ({
  id,
  companyProfile: { companyName: id, domain: `${id}.com` },
  relationshipToPartner: 'reseller',
});
const linked = (ids: readonly string[], token: string): Scripted => ({
  json: {
    totalCount: ids.length,
    items: ids.map(item),
    links: {
      next: {
        uri: 'https://evil.example/customers?size=2?seekOperation=Next',
        method: 'GET',
        headers: [{ key: 'MS-ContinuationToken', value: token }],
      },
    },
  },
});
const named = (ids: readonly string[], token: string): Scripted => ({
  json: { items: ids.map(item), continuationToken: token },
});
const last = (...ids: readonly string[]): Scripted => ({ json: { items: ids.map(item), continuationToken: null } });

describe('the list of customers', () => {
  it(
    'is read page by page, each asked for by the token of the one before',
    against([linked(['a', 'b'], 'AQAA=='), last('c')], async (server) => {
      const client = clientOf(server);

      const first = await client.customers({ size: 2 }, bot);
      const second = await client.customers({ size: 2, continuation: first.continuation! }, bot);

      assert.deepEqual(
        first.customers.map(({ id }) => id),
        ['a', 'b'],
      );
      assert.deepEqual(second, {
        customers: [{ id: 'c', companyName: 'c', domain: 'c.com', relationshipToPartner: 'reseller' }],
      });
      assert.deepEqual(
        server.received.map(({ url }) => url),
        ['/v1/customers?size=2', '/v1/customers?seekOperation=Next'],
      );
      assert.deepEqual(
        server.received.map(({ headers }) => headers['ms-continuationtoken']),
        [undefined, 'AQAA=='],
      );
    }),
  );

  it(
    'names the token at the top as well as in a link',
    against([named(['a'], 'next'), last('b')], async (server) => {
      assert.equal((await clientOf(server).customers({ size: 1 }, bot)).continuation, 'next');
    }),
  );

  it(
    'is malformed when a page leads to itself',
    against([named(['a'], 'same')], async (server) => {
      await expectFault(clientOf(server).customers({ size: 1, continuation: 'same' }, bot), 'malformed');
    }),
  );

  it(
    'is malformed when a token would not fit a header',
    against([named(['a'], 'x\r\nAuthorization: y')], async (server) => {
      await expectFault(clientOf(server).customers({ size: 1 }, bot), 'malformed');
    }),
  );

  it(
    'leaves out a customer without an id, and keeps the others',
    against([{ json: { items: [{ companyProfile: { companyName: 'Nobody' } }, item('a'), null] } }], async (server) => {
      assert.deepEqual(
        (await clientOf(server).customers({ size: 5 }, bot)).customers.map(({ id }) => id),
        ['a'],
      );
    }),
  );
});

describe('customers found by a beginning', () => {
  it(
    'are asked for with a filter, whatever characters the name holds',
    against([last('a')], async (server) => {
      await clientOf(server).customersStartingWith('CompanyName', 'B&B "Ünïon" #1 +', bot);

      const query = new URL(server.received[0]!.url, server.url).searchParams;
      assert.deepEqual(JSON.parse(query.get('filter')!), {
        Field: 'CompanyName',
        Value: 'B&B "Ünïon" #1 +',
        Operator: 'starts_with',
      });
    }),
  );

  it(
    'come from all pages',
    against([named(['a'], '1'), named(['b'], '2'), last('c')], async (server) => {
      const customers = await clientOf(server).customersStartingWith('Domain', 'x', bot);

      assert.deepEqual(
        customers.map(({ id }) => id),
        ['a', 'b', 'c'],
      );
    }),
  );

  it(
    'are malformed when the pages go round in a circle',
    against([named(['a'], '1'), named(['b'], '2'), named(['c'], '1')], async (server) => {
      await expectFault(clientOf(server).customersStartingWith('Domain', 'x', bot), 'malformed');

      assert.equal(server.received.length, 3);
    }),
  );
});

describe('the customers of an indirect reseller', () => {
  it(
    'are asked for by its tenant id, and come from all pages',
    against([named(['a'], '1'), last('b')], async (server) => {
      const customers = await clientOf(server).customersOfReseller(CUSTOMER, bot);

      assert.deepEqual(
        customers.map(({ id }) => id),
        ['a', 'b'],
      );
      const query = new URL(server.received[0]!.url, server.url).searchParams;
      assert.deepEqual(JSON.parse(query.get('filter')!), {
        Field: 'IndirectReseller',
        Value: CUSTOMER,
        Operator: 'starts_with',
      });
    }),
  );
});

describe('the indirect resellers of the partner', () => {
  const relationship = (id: string, name: string | null, mpnId: string | null): Scripted['json'] => ({
    id,
    name,
    relationshipType: 'is_indirect_cloud_solution_provider_of',
    mpnId,
    state: 'Active',
    location: 'US',
    attributes: { objectType: 'PartnerRelationship' },
  });

  it(
    'are asked for by the relationship’s name, and come from all pages',
    against(
      [
        { json: { items: [relationship(CUSTOMER.toUpperCase(), 'Brightline', '5121801')], continuationToken: 'more' } },
        { json: { items: [relationship('b', null, null)] } },
      ],
      async (server) => {
        assert.deepEqual(await clientOf(server).indirectResellers(bot), [
          { id: CUSTOMER, name: 'Brightline', partnerId: '5121801' },
          { id: 'b', name: 'b' },
        ]);
        assert.equal(server.received[0]!.url, '/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf');
      },
    ),
  );
});

describe('what a customer holds', () => {
  it(
    'is read to its end even where the documents know no pages',
    against(
      [{ json: { items: [{ id: 'a' }], continuationToken: 'more' } }, { json: { items: [{ id: 'b' }] } }],
      async (server) => {
        const subscriptions = await clientOf(server).subscriptions(CUSTOMER, bot);

        assert.deepEqual(
          subscriptions.map(({ id }) => id),
          ['a', 'b'],
        );
        assert.equal(server.received[1]!.url, `/v1/customers/${CUSTOMER}/subscriptions?seekOperation=Next`);
      },
    ),
  );

  it(
    'is asked for at the documented addresses',
    against([{ json: { items: [] } }], async (server) => {
      const client = clientOf(server);
      await client.entitlements(CUSTOMER, bot);
      await client.azureEntitlements(CUSTOMER, 'plan', bot);
      await client.orders(CUSTOMER, bot);
      await client.transfers(CUSTOMER, bot);

      assert.deepEqual(
        server.received.map(({ url }) => url.replace(`/v1/customers/${CUSTOMER}/`, '')),
        ['entitlements?showExpiry=true', 'subscriptions/plan/azureEntitlements', 'orders', 'transfers'],
      );
    }),
  );
});
