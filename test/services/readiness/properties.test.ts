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

  it('what is said to clear the way by suspending it no longer blocks once it is suspended', () => {
    fc.assert(
      fc.property(holdings, fc.constantFrom(BLOCKS, MAY_BLOCK), (all, policy) => {
        const list = all.subscriptions.kind === 'read' ? all.subscriptions.value : [];
        // Two rows of one id are one holding only in the facts; here each has to be known by its id.
        const only = [...new Map(list.map((one) => [one.id, one])).values()];
        const held = { ...all, subscriptions: read(only) };
        for (const { action, holdingId, clears } of assessRemoval(held, policy, NOW).offers) {
          if (action !== 'suspend' || !clears) continue;
          const suspended = only.map((one) => (one.id === holdingId ? { ...one, status: 'suspended' } : one));

          const { lines } = assessRemoval({ ...held, subscriptions: read(suspended) }, policy, NOW);

          const isBlocking = lines.some(
            (line) => line.kind === 'holding' && line.holdingId === holdingId && line.group === 'blocks',
          );
          assert.equal(isBlocking, false, holdingId);
        }
      }),
    );
  });

  it('cancelling is offered exactly where it is a way out, and only while there is time', () => {
    fc.assert(
      fc.property(holdings, (all) => {
        const { lines, offers } = assessRemoval(all, BLOCKS, NOW);
        const ways = lines.filter(
          (line) => line.kind === 'holding' && line.remedies.some(({ kind }) => kind === 'cancel'),
        );
        const cancels = offers.filter(({ action }) => action === 'cancel');

        assert.ok(cancels.every(({ until }) => until !== undefined && until > NOW.toISOString()));
        for (const { holdingId } of cancels)
          assert.ok(ways.some((line) => line.kind === 'holding' && line.holdingId === holdingId));
      }),
    );
  });

  it('the digest changes when something that matters does', () => {
    fc.assert(
      fc.property(holdings, fc.integer({ min: 1, max: 9 }), (all, more) => {
        const list = all.subscriptions.kind === 'read' ? all.subscriptions.value : [];
        // Beyond what a number holds exactly, one more is no difference.
        fc.pre(list.every(({ quantity }) => Math.abs(quantity) < 1e9));
        const before = assessRemoval(all, BLOCKS, NOW).digest;
        const added = { ...subscriptions.newCommerce, id: 'new', quantity: more };
        const changed = read([...list, added]);

        assert.notEqual(assessRemoval({ ...all, subscriptions: changed }, BLOCKS, NOW).digest, before);
        for (const [index, one] of list.entries()) {
          if (one.status === 'deleted') continue;
          const grown = list.with(index, { ...one, quantity: one.quantity + more });
          assert.notEqual(assessRemoval({ ...all, subscriptions: read(grown) }, BLOCKS, NOW).digest, before);
        }
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
