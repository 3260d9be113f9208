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
import { publishedSamples } from './published-samples.ts';

const samples = publishedSamples();

/** Invented bodies of the same shapes: these are always there. */
const invented: readonly [name: string, json: unknown][] = [
  ['customers-list.json', { totalCount: 1, items: [{ id: 'a', companyProfile: { companyName: 'x', domain: 'y' } }] }],
  [
    'subscriptions-list-legacy.json',
    {
      totalCount: 9,
      items: [
        { id: 'a', offerId: '0cca44d6-68e9-4762-94ee-31ece98783b9', status: 'active', attributes: { etag: 'e' } },
      ],
    },
  ],
  [
    'entitlements-all.json',
    {
      items: [
        { referenceOrder: { id: 'o' }, entitlementType: 'reservedinstance' },
        { referenceOrder: { id: 'p' }, entitlementType: 'software' },
      ],
    },
  ],
];
const bodies = (name: string): readonly unknown[] =>
  [...invented, ...samples].filter(([known]) => known === name).map(([, json]) => json);

const items = <T>(schema: z.ZodType<T>, json: unknown): readonly T[] => {
  const page = readPage(json);
  assert.ok(page !== undefined, 'is a page');
  return page.items.map((item) => schema.parse(item));
};

describe('published bodies', () => {
  it('of the list of customers are read', () => {
    for (const json of bodies('customers-list.json'))
      for (const customer of items(WireCustomer, json)) assert.ok(customer.companyName !== '');
  });

  it('of the list of legacy subscriptions are read, and known as legacy', () => {
    for (const json of bodies('subscriptions-list-legacy.json'))
      for (const subscription of items(WireSubscription, json))
        assert.equal(classifySubscription(subscription), 'legacy-licence');
  });

  it('of entitlements are read, parents only', () => {
    for (const json of bodies('entitlements-all.json'))
      assert.deepEqual(items(WireEntitlement, json).map(classifyEntitlement), ['reservation', 'software']);
  });

  const single: readonly [name: string, schema: z.ZodType][] = [
    ['customer-by-id.json', WireCustomer],
    ['subscription-azure-savings-plan.json', WireSubscription],
    ['subscription-suspend-response-200.json', WireSubscription],
    ['subscription-cancel-response-200.json', WireSubscription],
    ['azure-entitlement-get.json', WireAzureEntitlement],
    ['order-by-id.json', WireOrder],
    ['order-cancel-software-response-200.json', WireOrder],
    ['transfers-list.json', WireTransfer],
    ['relationship-request-200.json', WireRelationshipRequest],
  ];
  it('of single things are read', () => {
    assert.equal(WireOrder.parse({ id: 'a', status: 'completed' }).status, 'completed');
    for (const [name, schema] of single)
      for (const json of bodies(name)) assert.ok(schema.safeParse(json).success, name);
  });

  it('of a savings plan are known as one', () => {
    const plan = {
      id: 'a',
      billingType: 'benefit',
      unitType: 'Benefit',
      productType: { id: 'Azure', subType: { id: 'SavingsPlan' } },
    };
    for (const json of [{ items: [plan] }, ...bodies('subscriptions-list-azure-savings-plan.json')])
      assert.deepEqual(items(WireSubscription, json).map(classifySubscription), ['savings-plan']);
  });

  it('of Azure entitlements are read', () => {
    for (const json of [{ items: [{ id: 'a', status: 'active' }] }, ...bodies('azure-entitlements-list.json')])
      assert.deepEqual(
        items(WireAzureEntitlement, json).map(({ status }) => status),
        ['active'],
      );
  });

  it('of errors say what they say', () => {
    for (const json of [
      { code: 20002, description: 'No relationship.' },
      ...bodies('error-20002-no-relationship.json'),
    ])
      assert.equal(readError(json).code, '20002');
    for (const json of [{ statusCode: 429, message: 'Rate limit is exceeded.' }, ...bodies('error-429-throttled.json')])
      assert.match(readError(json).description ?? '', /^Rate limit is exceeded/);
  });
});
