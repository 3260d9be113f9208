import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  WireAzureEntitlement,
  WireEntitlement,
  WireOrder,
  WireSubscription,
  WireTransfer,
} from '../../../services/partner-center/wire.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import { classifySubscription } from '../../../services/readiness/classify.ts';
import { driftBetween } from '../../../services/readiness/drift.ts';
import type { Holdings } from '../../../services/readiness/holdings.ts';
import { BLOCKS, holdingsOf, MAY_BLOCK, NOW, read, subscriptions, unread } from './holdings-of.ts';

const word = fc.oneof(
  fc.constantFrom('active', 'suspended', 'deleted', 'pending', 'OnlineServicesNCE', 'Software', 'benefit', 'software'),
  fc.constantFrom(
    'reservedinstance',
    'DZH318Z0BPS6:0001:X',
    'MS-AZR-0145P',
    '2027-01-01T00:00:00Z',
    '+275760-09-13',
    's',
  ),
  fc.constantFrom('0cca44d6-68e9-4762-94ee-31ece98783b9', 'constructor', '__proto__', 'toString'),
  fc.string(),
);
const anything = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }), fc.boolean(), fc.integer());
const SUBSCRIPTION = [
  'offerId',
  'productType',
  'status',
  'billingType',
  'unitType',
  'quantity',
  'isTrial',
  'isMicrosoftProduct',
  'commitmentEndDate',
  'cancellationAllowedUntilDate',
  'parentSubscriptionId',
  'orderId',
  'partnerId',
  'attributes',
  'links',
];
const ENTITLEMENT = ['entitlementType', 'productId', 'skuId', 'quantity', 'expiryDate', 'entitledArtifacts'];
const ORDER = ['alternateId', 'status', 'creationDate', 'lineItems'];

/** JSON objects with some of these fields, each of which may hold anything. */
const objectOf = (fields: readonly string[], needed: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(
    { ...Object.fromEntries(fields.map((field) => [field, anything])), ...needed },
    { requiredKeys: Object.keys(needed) },
  );
const listOf = <T>(schema: { parse: (json: unknown) => T }, json: fc.Arbitrary<object>): fc.Arbitrary<T[]> =>
  fc.array(
    json.map((one) => schema.parse(one)),
    { maxLength: 5 },
  );

const id = fc.constantFrom('s', 'A', 'plan', 'x');
const subscriptionList = listOf(WireSubscription, objectOf(SUBSCRIPTION, { id }));
const holdings: fc.Arbitrary<Holdings> = fc
  .record({
    subscriptions: subscriptionList,
    entitlements: listOf(
      WireEntitlement,
      objectOf(ENTITLEMENT, { referenceOrder: fc.record({ id, lineItemId: anything }) }),
    ),
    orders: listOf(WireOrder, objectOf(ORDER, { id })),
    transfers: listOf(WireTransfer, objectOf(['status', 'lineItems'], { id })),
    azure: fc.dictionary(id, listOf(WireAzureEntitlement, objectOf(['status', 'friendlyName'], { id }))),
  })
  .map((held) => holdingsOf(held));

describe('whatever the service says', () => {
  it('a subscription has a class', () => {
    fc.assert(
      fc.property(subscriptionList, (list) => {
        for (const subscription of list) assert.equal(typeof classifySubscription(subscription), 'string');
      }),
    );
  });

  it('a customer is judged, the same each time, whatever the order', () => {
    fc.assert(
      fc.property(holdings, fc.constantFrom(BLOCKS, MAY_BLOCK), (all, policy) => {
        const readiness = assessRemoval(all, policy, NOW);
        const { subscriptions: source } = all;
        const reversed = source.kind === 'read' ? { ...all, subscriptions: read(source.value.toReversed()) } : all;

        assert.equal(assessRemoval(reversed, policy, NOW).digest, readiness.digest);
        assert.deepEqual(driftBetween(readiness.facts, readiness.facts), { worse: [], better: [] });
        JSON.stringify(readiness);
      }),
    );
  });

  it('it is clear exactly when nothing blocks', () => {
    fc.assert(
      fc.property(holdings, (all) => {
        const { verdict, lines, facts } = assessRemoval(all, BLOCKS, NOW);

        assert.equal(
          verdict.kind === 'clear',
          lines.every(({ group }) => group !== 'blocks'),
        );
        if (facts.holdings.some(({ weight }) => weight === 'blocks')) assert.notEqual(verdict.kind, 'clear');
      }),
    );
  });

  it('a source that could not be read is never taken for clear', () => {
    const sources = ['customer', 'subscriptions', 'entitlements', 'orders', 'transfers'] as const;
    fc.assert(
      fc.property(holdings, fc.subarray([...sources], { minLength: 1 }), (all, missing) => {
        const partly = { ...all, ...Object.fromEntries(missing.map((source) => [source, unread])) };

        assert.equal(assessRemoval(partly, MAY_BLOCK, NOW).verdict.kind, 'cannot-tell');
      }),
    );
  });

  it('Azure subscriptions that could not be read are never taken for inactive', () => {
    fc.assert(
      fc.property(holdings, (all) => {
        const plan = { ...subscriptions.azurePlan, status: 'suspended' };
        const partly = { ...all, subscriptions: read([plan]), azureEntitlements: new Map([['plan', unread]]) };

        assert.equal(assessRemoval(partly, MAY_BLOCK, NOW).verdict.kind, 'cannot-tell');
      }),
    );
  });
});
