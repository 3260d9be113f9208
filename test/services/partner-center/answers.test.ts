import assert from 'node:assert/strict';
import {
  asPerson,
  type PartnerCenter,
  type PartnerCenterFault,
} from '../../../services/partner-center/partner-center.ts';
import { expectFault } from './expect-fault.ts';
import { against, clientOf, type Scripted } from './scripted-server.ts';

const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
const bot = { actAs: 'bot' } as const;
const read = (client: PartnerCenter) => client.customer(CUSTOMER, bot);
const list = (client: PartnerCenter) => client.subscriptions(CUSTOMER, bot);

describe('an answer that is not yes', () => {
  const answers: [name: string, answer: Scripted, fault: PartnerCenterFault, code?: string, description?: string][] = [
    ['401 with an empty body', { status: 401 }, 'unauthorised'],
    [
      '401 for a missing second factor',
      { status: 401, json: { code: '900421', description: 'MFA' } },
      'unauthorised',
      '900421',
      'MFA',
    ],
    [
      '403 with a code that is a number',
      { status: 403, json: { code: 20002, description: 'No relationship.', data: [], source: 'PartnerFD' } },
      'forbidden',
      '20002',
      'No relationship.',
    ],
    [
      '404',
      { status: 404, json: { code: '60003', description: 'Tenant not found' } },
      'not-found',
      '60003',
      'Tenant not found',
    ],
    [
      '400 with PascalCase keys',
      { status: 400, json: { Code: '3000', Description: 'Does not exist' } },
      'refused',
      '3000',
      'Does not exist',
    ],
    ['409', { status: 409, json: { code: '800082' } }, 'refused', '800082'],
    ['412', { status: 412 }, 'refused'],
    ['400 in HTML', { status: 400, text: '<html><body>Bad</body></html>' }, 'refused'],
    ['400 in plain text', { status: 400, text: 'no' }, 'refused'],
    ['400 with null in it', { status: 400, text: 'null' }, 'refused'],
    ['408, which leaves open what happened', { status: 408 }, 'unavailable'],
    [
      '200 with an error in it',
      { json: { code: '400072', description: 'Not for this market' } },
      'refused',
      '400072',
      'Not for this market',
    ],
  ];
  for (const [name, answer, fault, code, description] of answers) {
    it(
      `says ${fault}: ${name}`,
      against([answer], async (server) => {
        const error = await expectFault(read(clientOf(server)), fault);

        assert.equal(error.status, answer.status ?? 200);
        assert.equal(error.code, code);
        assert.equal(error.description, description);
        assert.equal(error.ids.correlationId, server.received[0]!.headers['ms-correlationid']);
      }),
    );
  }

  it(
    'keeps the words of the service, without what cannot be seen, and not without end',
    against(
      [{ status: 400, json: { code: '1', description: `a\u202Eb\u200Bc\u0007\n**d** ${'x'.repeat(1_000_000)}` } }],
      async (server) => {
        const { description } = await expectFault(read(clientOf(server)), 'refused');

        assert.match(description ?? '', /^abc \*\*d\*\* xxx/);
        assert.equal(description?.length, 1_024);
      },
    ),
  );
});

describe('an answer that is not what the service promises', () => {
  const answers: [name: string, answer: Scripted][] = [
    ['a page in HTML', { text: '<!doctype html><title>Sign in</title>' }],
    ['nothing at all', {}],
    ['JSON that breaks off', { text: '{"id":"x"' }],
    ['JSON that is no object', { text: '17' }],
    ['null', { text: 'null' }],
    ['an object without what was asked for', { json: { hello: 'world' } }],
    ['another customer', { json: { id: '99999999-aaaa-4bbb-8ccc-222222222222', companyProfile: {} } }],
    ['a redirect to another host', { status: 301, headers: { Location: 'https://evil.example/' } }],
    ['a redirect that keeps the method', { status: 307, headers: { Location: '/v1/customers' } }],
    ['a success nobody promised', { status: 206, json: { id: CUSTOMER } }],
    ['more than ten megabytes', { text: `{"id":"${CUSTOMER}","pad":"${'x'.repeat(10_000_001)}"}` }],
  ];
  for (const [name, answer] of answers) {
    it(
      `F19: is malformed: ${name}`,
      against([answer], async (server) => {
        await expectFault(read(clientOf(server)), 'malformed');

        assert.equal(server.received.length, 1);
      }),
    );
  }

  const lists: [name: string, answer: Scripted][] = [
    ['no items', { json: { totalCount: 0 } }],
    ['items that are null although some are counted', { json: { totalCount: 2, items: null } }],
    ['items that are no list', { json: { items: {} } }],
    ['an item without an id', { json: { items: [{ status: 'active' }] } }],
    ['an item that is nothing', { json: { items: [null] } }],
  ];
  for (const [name, answer] of lists) {
    it(
      `F19: never passes for an empty or a shorter list: ${name}`,
      against([answer], async (server) => {
        await expectFault(list(clientOf(server)), 'malformed');
      }),
    );
  }

  it(
    'F19: is refused as another subscription than the one that was asked for',
    against([{ json: { id: '33333333-aaaa-4bbb-8ccc-222222222222', status: 'active' } }], async (server) => {
      await expectFault(clientOf(server).subscription(CUSTOMER, 'another', bot), 'malformed');
    }),
  );
});

describe('an odd answer that can still be read', () => {
  it(
    'may begin with a byte order mark',
    against([{ text: `\uFEFF{"id":"${CUSTOMER}"}` }], async (server) => {
      assert.equal((await read(clientOf(server))).id, CUSTOMER);
    }),
  );

  it(
    'may have PascalCase keys and ids in capitals',
    against(
      [
        {
          json: {
            Id: CUSTOMER.toUpperCase(),
            CompanyProfile: { CompanyName: ' Contoso\u200B ', Domain: 'contoso.com' },
            RelationshipToPartner: 'Reseller',
          },
        },
      ],
      async (server) => {
        assert.deepEqual(await read(clientOf(server)), {
          id: CUSTOMER,
          companyName: 'Contoso',
          domain: 'contoso.com',
          relationshipToPartner: 'reseller',
        });
      },
    ),
  );

  it(
    'may have fields called like those of an error',
    against([{ json: { id: CUSTOMER, code: 'C-17', description: 'A good customer' } }], async (server) => {
      assert.equal((await read(clientOf(server))).id, CUSTOMER);
    }),
  );

  it(
    'may say that nothing is there by null',
    against([{ json: { totalCount: 0, items: null } }], async (server) => {
      assert.deepEqual(await list(clientOf(server)), []);
    }),
  );

  it(
    'may count something else than its items',
    against([{ json: { totalCount: 37, items: [{ id: 'A', status: 'active' }] } }], async (server) => {
      assert.equal((await list(clientOf(server))).length, 1);
    }),
  );

  it(
    'may link its items to another customer',
    against(
      [{ json: { items: [{ id: 'a', links: { self: { uri: '/customers/someone-else/subscriptions/a' } } }] } }],
      async (server) => {
        assert.equal((await list(clientOf(server))).length, 1);
      },
    ),
  );

  it(
    'may be one transfer instead of a list of them',
    against([{ json: { id: 'T1', status: 'Active', lineItems: [{}, {}] } }], async (server) => {
      assert.deepEqual(await clientOf(server).transfers(CUSTOMER, bot), [
        { id: 'T1', status: 'active', lineItemCount: 2, items: [] },
      ]);
    }),
  );
});

describe('the link by which a customer comes back', () => {
  it(
    'is given as the service gives it',
    against(
      [{ json: { url: 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship#/x' } }],
      async (server) => {
        const url = await clientOf(server).relationshipRequestUrl({ actAs: asPerson('ada') });

        assert.equal(url, 'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship#/x');
        assert.equal(server.received[0]!.url, '/v1/customers/relationshiprequests');
      },
    ),
  );

  for (const url of ['javascript:alert(1)', 'http://admin.microsoft.com/', 'not an address', null])
    it(
      `is never ${String(url)}`,
      against([{ json: { url } }], async (server) => {
        await expectFault(clientOf(server).relationshipRequestUrl(bot), 'malformed');
      }),
    );
});
