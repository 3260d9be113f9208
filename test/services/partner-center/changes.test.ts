import assert from 'node:assert/strict';
import {
  asPerson,
  type PartnerCenter,
  type PartnerCenterFault,
  type Subscription,
} from '../../../services/partner-center/partner-center.ts';
import { noTokens } from '../../../services/partner-center/token-source.ts';
import { expectFault } from './expect-fault.ts';
import { against, clientOf, type Scripted, type ScriptedServer } from './scripted-server.ts';

const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
const SUBSCRIPTION = '44444444-AAAA-4bbb-8ccc-222222222222';
const REQUEST = '77777777-aaaa-4bbb-8ccc-222222222222';
const change = { actAs: asPerson('ada'), requestId: REQUEST } as const;
const remove = (client: PartnerCenter) => client.removeRelationship(CUSTOMER, change);

const legacy = {
  Id: SUBSCRIPTION,
  OfferId: '55555555-aaaa-4bbb-8ccc-222222222222',
  FriendlyName: 'E3 \u200B',
  Quantity: 3,
  Status: 'active',
  AutoRenewEnabled: true,
  SomethingNew: { deep: [1, null, 'x'] },
  PartnerId: null,
  Attributes: { Etag: 'eyJpZCI6IngifQ==', ObjectType: 'Subscription' },
};

/** Reads a subscription, then changes it as read. */
async function readAndSuspend(server: ScriptedServer): Promise<void> {
  const client = clientOf(server);
  const subscription = await client.subscription(CUSTOMER, SUBSCRIPTION, { actAs: 'bot' });
  await client.changeSubscriptionStatus(CUSTOMER, subscription, 'suspended', change);
}

describe('a changed status', () => {
  it(
    'goes back with everything that was received, and nothing else changed',
    against([{ json: legacy }, { json: {} }], async (server) => {
      await readAndSuspend(server);

      const sent = server.received[1]!;
      assert.equal(sent.method, 'PATCH');
      assert.equal(sent.url, `/v1/customers/${CUSTOMER}/subscriptions/${SUBSCRIPTION.toLowerCase()}`);
      assert.deepEqual(JSON.parse(sent.body), { ...legacy, Status: 'suspended' });
      assert.equal(sent.headers['content-type'], 'application/json; charset=utf-8');
      assert.equal(sent.headers['ms-requestid'], REQUEST);
    }),
  );

  const etags: [name: string, etag: unknown, sent: string | undefined][] = [
    ['is quoted where there is one', 'eyJpZCI6IngifQ==', '"eyJpZCI6IngifQ=="'],
    ['is not quoted twice', '"abc"', '"abc"'],
    ['is not sent where there is none', undefined, undefined],
    ['is not sent where it is empty', '', undefined],
    ['is not sent where it would not fit a header', 'a\r\nX: y', undefined],
  ];
  for (const [name, etag, sent] of etags) {
    it(
      `has an etag that ${name}`,
      against([{ json: { ...legacy, Attributes: { Etag: etag } } }, { json: {} }], async (server) => {
        await readAndSuspend(server);

        assert.equal(server.received[1]!.headers['if-match'], sent);
      }),
    );
  }

  it(
    'is written where the service wrote none',
    against([{ json: {} }], async (server) => {
      const subscription: Subscription = {
        ...{ id: 'a', offerId: '', name: '', quantity: 1, status: 'unknown', billingType: '', unitType: '' },
        ...{ isTrial: false, autoRenewEnabled: false, body: { id: 'a' } },
      };

      await clientOf(server).changeSubscriptionStatus(CUSTOMER, subscription, 'active', change);

      assert.deepEqual(JSON.parse(server.received[0]!.body), { id: 'a', status: 'active' });
    }),
  );
});

describe('auto-renew that is turned off', () => {
  it(
    'goes back with everything that was received, and nothing else changed',
    against([{ json: legacy }, { json: {} }], async (server) => {
      const client = clientOf(server);
      const subscription = await client.subscription(CUSTOMER, SUBSCRIPTION, { actAs: 'bot' });

      await client.turnOffAutoRenew(CUSTOMER, subscription, change);

      const sent = server.received[1]!;
      assert.deepEqual(JSON.parse(sent.body), { ...legacy, AutoRenewEnabled: false });
      assert.equal(sent.headers['if-match'], '"eyJpZCI6IngifQ=="');
    }),
  );
});

describe('a cancelled line of an order', () => {
  const order = {
    id: '4teYMtWYEeKM77JftGLIQYMOZPTwyOEV1',
    alternateId: '8f3af3dea1ea',
    status: 'completed',
    lineItems: [
      { lineItemNumber: 0, offerId: 'a:b:c', quantity: 1 },
      { lineItemNumber: 1, offerId: 'd:e:f', quantity: 2 },
    ],
  };

  it(
    'is sent by its number and its offer, and nothing else of the order is',
    against([{ json: order }, { json: {} }], async (server) => {
      const client = clientOf(server);
      const read = await client.order(CUSTOMER, '8F3AF3DEA1EA', { actAs: 'bot' });

      await client.cancelOrderLine(CUSTOMER, read, read.lines[1]!, change);

      const sent = server.received[1]!;
      assert.equal(`${sent.method} ${sent.url}`, `PATCH /v1/customers/${CUSTOMER}/orders/${order.id}`);
      assert.deepEqual(JSON.parse(sent.body), {
        id: order.id,
        status: 'cancelled',
        lineItems: [{ lineItemNumber: 1, offerId: 'd:e:f' }],
      });
      assert.equal(sent.headers['ms-requestid'], REQUEST);
    }),
  );

  it(
    'is never of another order than the one that was asked for',
    against([{ json: order }], async (server) => {
      await expectFault(clientOf(server).order(CUSTOMER, 'another', { actAs: 'bot' }), 'malformed');
    }),
  );
});

describe('the removal of a relationship', () => {
  it(
    'sends exactly what is documented, and no If-Match',
    against([{ json: {} }], async (server) => {
      await remove(clientOf(server));

      const { method, url, headers, body } = server.received[0]!;
      assert.equal(`${method} ${url}`, `PATCH /v1/customers/${CUSTOMER}`);
      assert.equal(body, '{"relationshipToPartner":"none","attributes":{"objectType":"Customer"}}');
      assert.equal(headers['ms-requestid'], REQUEST);
      assert.equal(headers['if-match'], undefined);
    }),
  );

  const accepted: [name: string, answer: Scripted][] = [
    ['200 with a customer of nulls', { json: { Id: null, RelationshipToPartner: 'none' } }],
    ['200 with nothing', {}],
    ['202 with an address', { status: 202, headers: { Location: '/customers/x' } }],
  ];
  for (const [name, answer] of accepted) {
    it(
      `is accepted: ${name}`,
      against([answer], async (server) => {
        assert.deepEqual(await remove(clientOf(server)), {
          status: answer.status ?? 200,
          requestId: REQUEST,
          correlationId: server.received[0]!.headers['ms-correlationid'],
        });
      }),
    );
  }
});

describe('a change', () => {
  const unclear: [name: string, answer: Scripted, fault: PartnerCenterFault][] = [
    ['500', { status: 500 }, 'unavailable'],
    ['502', { status: 502, text: '<html>' }, 'unavailable'],
    ['503', { status: 503, headers: { 'Retry-After': '1' } }, 'unavailable'],
    ['504', { status: 504 }, 'unavailable'],
    ['a broken connection', { act: (response) => response.destroy() }, 'unavailable'],
    [
      'a connection broken after the status',
      {
        act: (response) => {
          response.writeHead(200, { 'Content-Length': '9' });
          response.write('{', () => response.destroy());
        },
      },
      'unavailable',
    ],
    ['a page in HTML', { text: '<html>Sign in</html>' }, 'malformed'],
    ['a redirect', { status: 308, headers: { Location: '/v1/customers/x' } }, 'malformed'],
    ['no content', { status: 204 }, 'malformed'],
    ['more than ten megabytes', { text: `{"pad":"${'x'.repeat(10_000_001)}"}` }, 'malformed'],
  ];
  for (const [name, answer, fault] of unclear) {
    it(
      `F8: is sent once and leaves open what became of it after ${name}`,
      against([answer], async (server) => {
        const error = await expectFault(remove(clientOf(server)), fault);

        assert.equal(error.isRefusal, false);
        assert.equal(server.received.length, 1);
      }),
    );
  }

  it(
    'is sent once when it is throttled, and says how long to wait',
    against([{ status: 429, headers: { 'Retry-After': '2' } }], async (server) => {
      const error = await expectFault(remove(clientOf(server)), 'throttled');

      assert.equal(error.retryAfterMs, 2_000);
      assert.equal(server.received.length, 1);
    }),
  );

  const KEPT_WAITING: readonly [what: string, parts: (sleep: (ms: number) => Promise<void>) => object][] = [
    // Another change has had the only place of this minute.
    ['a place among the calls of a minute', () => ({ share: () => 1 / 400 })],
    [
      'a token',
      (sleep) => ({
        tokens: {
          ...noTokens,
          tokenFor: async () => {
            await sleep(60_000);
            return 'token';
          },
        },
      }),
    ],
  ];
  for (const [what, parts] of KEPT_WAITING)
    for (const [seconds, sent] of [
      [60, 0],
      [61, 1],
    ] as const)
      it(
        `that has waited a minute for ${what} is ${sent === 1 ? 'sent' : 'given up unsent'} where it has ${seconds} s`,
        against([{ json: {} }], async (server) => {
          let ms = Date.parse('2026-03-01T12:00:00Z');
          const sleep = (forMs: number): Promise<void> => {
            ms += forMs;
            return Promise.resolve();
          };
          const client = clientOf(server, { now: () => new Date(ms), sleep, ...parts(sleep) });
          await remove(client);
          const sendBefore = new Date(ms + seconds * 1_000).toISOString();

          const call = client.removeRelationship(CUSTOMER, { ...change, sendBefore });

          if (sent === 1) await call;
          else assert.equal((await expectFault(call, 'not-sent')).isRefusal, true);
          assert.equal(server.received.length, 1 + sent);
        }),
      );

  it(
    'is sent once when it takes longer than its time',
    against([{ act: () => undefined }], async (server) => {
      await expectFault(remove(clientOf(server, { timeoutMs: 40 })), 'unavailable');

      assert.equal(server.received.length, 1);
    }),
  );

  for (const status of [200, 202])
    it(
      `F19: is sent once and leaves open what became of it after an error that is called ${status}, which keeps its words`,
      against([{ status, json: { code: 400072, description: 'The order could not be found.' } }], async (server) => {
        const error = await expectFault(remove(clientOf(server)), 'malformed');

        assert.equal(error.isRefusal, false);
        assert.deepEqual(
          [error.status, error.code, error.description],
          [status, '400072', 'The order could not be found.'],
        );
        assert.equal(server.received.length, 1);
      }),
    );
});
