import assert from 'node:assert/strict';
import type { z } from 'zod';
import { readError, readPage } from '../../../services/partner-center/wire-answers.ts';
import {
  WireAzureEntitlement,
  WireCustomer,
  WireEntitlement,
  WireOrder,
  WireRelationshipRequest,
  WireSubscription,
  WireTransfer,
} from '../../../services/partner-center/wire.ts';
import { classifyEntitlement, classifySubscription } from '../../../services/readiness/classify.ts';
import { inventedBodies, type BodyName } from './invented-bodies.ts';
import { publishedSamples } from './published-samples.ts';

const items = <T>(schema: z.ZodType<T>, json: unknown): readonly T[] => {
  const page = readPage(json);
  assert.ok(page !== undefined, 'is a page');
  assert.notEqual(page.items.length, 0, 'holds something');
  return page.items.map((item) => schema.parse(item));
};
const subscription = (json: unknown) => {
  const read = WireSubscription.parse(json);
  return [classifySubscription(read), read.status];
};
const order = (json: unknown) => {
  const { status, lines } = WireOrder.parse(json);
  return [status, lines.map(({ quantity }) => quantity)];
};

/** What of each body is the same in every body of its shape, the published one and the invented one. */
const told: Readonly<Record<BodyName, readonly [read: (json: unknown) => unknown, expected: unknown]>> = {
  'customers-list.json': [
    (json) => new Set(items(WireCustomer, json).map((one) => one.relationshipToPartner)),
    new Set(['reseller']),
  ],
  'customer-by-id.json': [(json) => WireCustomer.parse(json).relationshipToPartner, 'reseller'],
  'subscriptions-list-legacy.json': [
    (json) => items(WireSubscription, json).map(classifySubscription),
    ['legacy-licence'],
  ],
  'subscription-suspend-response-200.json': [subscription, ['legacy-licence', 'suspended']],
  'subscription-cancel-response-200.json': [(json) => WireSubscription.parse(json).status, 'deleted'],
  'subscription-azure-savings-plan.json': [subscription, ['savings-plan', 'active']],
  'subscriptions-list-azure-savings-plan.json': [
    (json) => items(WireSubscription, json).map(classifySubscription),
    ['savings-plan'],
  ],
  // Parents only: what is included in another is none of its own.
  'entitlements-all.json': [
    (json) => items(WireEntitlement, json).map(classifyEntitlement),
    ['reservation', 'software'],
  ],
  'azure-entitlement-get.json': [(json) => WireAzureEntitlement.parse(json).status, 'inactive'],
  'azure-entitlements-list.json': [(json) => items(WireAzureEntitlement, json).map(({ status }) => status), ['active']],
  'order-by-id.json': [order, ['completed', [1]]],
  'order-cancel-software-response-200.json': [order, ['completed', [0, 1]]],
  'transfers-list.json': [
    (json) => {
      const { status, lineItemCount, items: names } = WireTransfer.parse(json);
      return [status, lineItemCount, names.length];
    },
    ['reject', 2, 2],
  ],
  'relationship-request-200.json': [
    (json) => new URL(WireRelationshipRequest.parse(json)).searchParams.get('invType'),
    'ResellerRelationship',
  ],
  'error-20002-no-relationship.json': [(json) => readError(json).code, '20002'],
  'error-429-throttled.json': [
    (json) => /^Rate limit is exceeded/.exec(readError(json).description ?? '')?.[0],
    'Rate limit is exceeded',
  ],
};
const isKnown = (name: string): name is BodyName => Object.hasOwn(told, name);
const published = [...publishedSamples()].flatMap(([name, json]) => (isKnown(name) ? [[name, json] as const] : []));

describe('a body in the shape that Microsoft publishes', () => {
  for (const [name, body] of Object.entries(inventedBodies) as [BodyName, unknown][])
    it(`says the same as the published one: ${name}`, () => {
      const [read, expected] = told[name];
      assert.deepEqual(read(body), expected);
    });

  for (const [name, json] of published)
    it(`is read as it is published: ${name}`, () => {
      const [read, expected] = told[name];
      assert.deepEqual(read(json), expected);
    });
});

describe('an invented body', () => {
  it('of a customer holds the name, the domain and the id in small letters', () => {
    const customer = {
      id: '1f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c11',
      companyName: 'Litware Gardens',
      domain: 'litware.example',
      relationshipToPartner: 'reseller',
    };

    assert.deepEqual(items(WireCustomer, inventedBodies['customers-list.json']), [customer]);
    // Only the customer itself says which language it has.
    assert.deepEqual(WireCustomer.parse(inventedBodies['customer-by-id.json']), { ...customer, locale: 'de-DE' });
  });

  it('of a legacy subscription holds its offer, which only a link names, and its etag, in either spelling', () => {
    for (const read of [
      ...items(WireSubscription, inventedBodies['subscriptions-list-legacy.json']),
      WireSubscription.parse(inventedBodies['subscription-suspend-response-200.json']),
    ])
      assert.deepEqual(
        [read.name, read.quantity, read.offerId.toLowerCase(), read.etag],
        ['Garden mail', 3, '4f0e7c52-9a4d-4c1b-8a75-0d6b3e2f4c14', 'invented-etag'],
      );
  });

  it('of a transfer names what is transferred, and to whom', () => {
    const { items: names, targetPartnerName } = WireTransfer.parse(inventedBodies['transfers-list.json']);

    assert.deepEqual([names, targetPartnerName], [['Garden mail', 'Garden planner'], 'Trey Reselling']);
  });
});
