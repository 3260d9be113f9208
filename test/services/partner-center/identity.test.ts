import assert from 'node:assert/strict';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import type { CallLog } from '../../../services/partner-center/policies.ts';
import { SignInNeededError, type TokenSource } from '../../../services/partner-center/token-source.ts';
import { expectFault } from './expect-fault.ts';
import { against, clientOf, countedIds } from './scripted-server.ts';

const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
const bot = { actAs: 'bot' } as const;
const ada = { actAs: asPerson('ada') } as const;
const customer = { id: CUSTOMER, companyProfile: { companyName: 'Contoso', domain: 'contoso.com' } };

const tokens: TokenSource = {
  tokenFor: (actAs) => {
    if (actAs === asPerson('nobody')) return Promise.reject(new SignInNeededError(actAs));
    return actAs === asPerson('broken')
      ? Promise.reject(new Error('no connection'))
      : Promise.resolve(`token-of-${actAs}`);
  },
  canActAs: () => true,
  refused: () => false,
};

describe('a call to Partner Center', () => {
  it(
    'names itself and the caller',
    against([{ json: customer }], async (server) => {
      await clientOf(server).customer(CUSTOMER, bot);

      const { headers, url } = server.received[0]!;
      assert.equal(url, `/v1/customers/${CUSTOMER}`);
      assert.equal(headers['ms-requestid'], '00000000-0000-4000-8000-000000000001');
      assert.equal(headers['ms-correlationid'], '00000000-0000-4000-8000-000000000002');
      assert.equal(headers['x-locale'], 'en-US');
      assert.equal(headers['ms-partnercenter-application'], 'reseller-offboarding');
      assert.equal(headers.accept, 'application/json');
      assert.equal(headers.authorization, undefined);
    }),
  );

  it(
    'gets new ids each time it is made',
    against([{ json: customer }], async (server) => {
      const client = clientOf(server);
      await client.customer(CUSTOMER, bot);
      await client.customer(CUSTOMER, bot);

      const ids = server.received.flatMap(({ headers }) => [headers['ms-requestid'], headers['ms-correlationid']]);
      assert.equal(new Set(ids).size, 4);
    }),
  );

  it(
    'keeps its request id when it is sent again',
    against([{ status: 503 }, { json: customer }], async (server) => {
      await clientOf(server).customer(CUSTOMER, bot);

      const [first, second] = server.received;
      assert.equal(first!.headers['ms-requestid'], second!.headers['ms-requestid']);
    }),
  );

  it(
    'is made with the token of the one in whose name it is made',
    against([{ json: customer }], async (server) => {
      const client = clientOf(server, { tokens });
      await client.customer(CUSTOMER, bot);
      await client.customer(CUSTOMER, ada);

      assert.deepEqual(
        server.received.map(({ headers }) => headers.authorization),
        ['Bearer token-of-bot', 'Bearer token-of-person:ada'],
      );
    }),
  );

  it(
    'is not made for somebody who has to sign in first',
    against([{ json: customer }], async (server) => {
      const client = clientOf(server, { tokens });

      const error = await expectFault(client.customer(CUSTOMER, { actAs: asPerson('nobody') }), 'sign-in-needed');

      assert.equal(error.isRefusal, true);
      assert.equal(server.received.length, 0);
    }),
  );

  it(
    'fails as unavailable when no token can be fetched',
    against([{ json: customer }], async (server) => {
      const client = clientOf(server, { tokens });

      await expectFault(client.customer(CUSTOMER, { actAs: asPerson('broken') }), 'unavailable');

      assert.equal(server.received.length, 0);
    }),
  );

  it(
    'is told to the log with its ids, and without query, body or token',
    against([{ status: 500 }, { json: { items: [] } }], async (server) => {
      const log: CallLog[] = [];
      const client = clientOf(server, { tokens, log: (entry) => log.push(entry), newId: countedIds() });

      await client.customersStartingWith('CompanyName', 'Secret Customer', bot);

      const ids = {
        requestId: '00000000-0000-4000-8000-000000000001',
        correlationId: '00000000-0000-4000-8000-000000000002',
      };
      assert.deepEqual(
        log.map(({ ms, ...entry }) => ({ ...entry, ms: typeof ms })),
        [
          { method: 'GET', path: '/v1/customers', ids, attempt: 1, status: 500, ms: 'number' },
          { method: 'GET', path: '/v1/customers', ids, attempt: 2, status: 200, ms: 'number' },
        ],
      );
      assert.doesNotMatch(JSON.stringify(log), /Secret|token-of/);
    }),
  );

  it(
    'waits while as many as there are lanes are under way for the same customer',
    against([{ act: (response) => setTimeout(() => response.end(JSON.stringify(customer)), 20) }], async (server) => {
      const client = clientOf(server, { lanes: 2 });
      const other = '99999999-aaaa-4bbb-8ccc-222222222222';
      const calls = [CUSTOMER, CUSTOMER, CUSTOMER, other].map((id) => client.customer(id, bot).catch(() => undefined));
      await calls[3];

      assert.equal(server.received.filter(({ url }) => url.endsWith(other)).length, 1);
      assert.ok(server.received.slice(0, 3).some(({ url }) => url.endsWith(other)));
      await Promise.all(calls);
      assert.equal(server.received.length, 4);
    }),
  );

  it('goes over https, unless Partner Center is on this machine', () => {
    assert.throws(() => clientOf({ url: 'http://partner.example' }), /https/);
    assert.doesNotThrow(() => clientOf({ url: 'https://partner.example' }));
  });

  it(
    'cannot be led to another address by an id',
    against([{ json: customer }], async (server) => {
      const client = clientOf(server);

      await assert.rejects(client.subscription(CUSTOMER, '..', bot), /change the address/);
      await client.subscription(CUSTOMER, '../../customers?x=1', bot).catch(() => undefined);

      assert.deepEqual(
        server.received.map(({ url }) => url),
        [`/v1/customers/${CUSTOMER}/subscriptions/..%2F..%2Fcustomers%3Fx%3D1`],
      );
    }),
  );
});
