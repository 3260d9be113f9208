import assert from 'node:assert/strict';
import type { Entitlement, Order } from '../../../services/partner-center/partner-center.ts';
import { assess, onlyLine, order, reservation, software, subscriptions, type Held } from './holdings-of.ts';

const line = (entitlement: Entitlement, held: Held = {}) => onlyLine(assess({ entitlements: [entitlement], ...held }));
const without = (entitlement: Entitlement, field: keyof Entitlement): Entitlement =>
  Object.fromEntries(Object.entries(entitlement).filter(([name]) => name !== field)) as unknown as Entitlement;

describe('a reservation', () => {
  for (const entitlementType of ['reservedinstance', 'virtualmachinereservedinstance', 'ReservedInstance']) {
    it(`blocks until it is refunded in the Azure portal or expires: ${entitlementType}`, () => {
      const found = line({ ...reservation, entitlementType, reservationType: 'sqldatabases' });

      assert.equal(found?.class, 'reservation');
      assert.equal(found.group, 'blocks');
      assert.deepEqual(found.remedies, [
        { kind: 'elsewhere', where: 'azure-portal' },
        { kind: 'wait', until: '2026-12-01T23:59:59.000Z', billingEnds: true },
      ]);
    });
  }

  it('blocks when its expiry is not said or cannot be read', () => {
    for (const found of [line(without(reservation, 'expiryDate')), line({ ...reservation, expiryDate: 'soon' })]) {
      assert.equal(found?.group, 'blocks');
      assert.deepEqual(found.remedies, [{ kind: 'elsewhere', where: 'azure-portal' }]);
    }
  });

  it('does not count when nothing is left of it', () => {
    const readiness = assess({ entitlements: [{ ...reservation, quantity: 0 }] });

    assert.deepEqual(readiness.lines, []);
    assert.deepEqual(readiness.facts.holdings, []);
  });

  it('does not count once the day of its expiry is over', () => {
    assert.equal(line({ ...reservation, expiryDate: '2026-02-28T00:00:00Z' }), undefined);
    assert.equal(line({ ...reservation, expiryDate: '2026-03-01T00:00:00Z' })?.group, 'blocks');
  });
});

describe('perpetual software', () => {
  it('blocks for thirty days after the purchase, and can be cancelled in them', () => {
    const found = line(software, { orders: [order] });

    assert.equal(found?.class, 'perpetual-software');
    assert.equal(found.group, 'blocks');
    assert.deepEqual(found.remedies, [{ kind: 'cancel', until: '2026-03-22T12:00:00.000Z', by: 'order' }]);
  });

  const old: [name: string, orders: readonly Order[]][] = [
    ['when thirty days are over', [{ ...order, creationDate: '2026-01-30T12:00:00Z' }]],
    ['when its order is not there any more', []],
    ['when its order has no date', [{ ...order, creationDate: 'once' }]],
  ];
  for (const [name, orders] of old) {
    it(`may block, with support alone, ${name}`, () => {
      const readiness = assess({ entitlements: [software], orders });

      assert.equal(onlyLine(readiness)?.group, 'may-block');
      assert.deepEqual(onlyLine(readiness)?.remedies, [{ kind: 'support' }]);
      assert.deepEqual(readiness.verdict, { kind: 'clear' });
      assert.equal(readiness.facts.holdings[0]?.weight, 'may-block');
    });
  }
});

describe('a software subscription', () => {
  const termed: Entitlement = { ...software, expiryDate: '2026-12-01T00:00:00Z' };
  const wait = { kind: 'wait', until: '2026-12-01T23:59:59.000Z', billingEnds: true };

  for (const orderId of ['Long', 'long', 'short', 'SHORT']) {
    it(`that is in both lists is one purchase: order ${orderId}`, () => {
      const { lines, facts } = assess({
        entitlements: [termed],
        subscriptions: [{ ...subscriptions.software, orderId }],
      });

      assert.deepEqual(
        lines.map((one) => one.kind === 'holding' && one.holdingId),
        ['s'],
      );
      assert.equal(facts.holdings.length, 1);
    });
  }

  it('is known by the short id of its order when the entitlement has the long one only', () => {
    const longOnly = without(termed, 'alternateOrderId');

    assert.equal(
      assess({ entitlements: [longOnly], subscriptions: [subscriptions.software], orders: [order] }).facts.holdings
        .length,
      1,
    );
  });

  it('does not hide other software of the same order', () => {
    const both: Order = {
      ...order,
      lines: [...order.lines, { lineItemNumber: 1, offerId: 'x', quantity: 1, subscriptionId: 's' }],
    };
    const { facts } = assess({
      entitlements: [software, { ...termed, lineItemId: '1' }],
      subscriptions: [subscriptions.software],
      orders: [both],
    });

    assert.deepEqual(
      facts.holdings.map(({ id }) => id),
      ['Long:0', 's'],
    );
  });

  it('is not hidden by a subscription that is over', () => {
    const over = { ...subscriptions.software, status: 'expired' };

    assert.equal(onlyLine(assess({ entitlements: [termed], subscriptions: [over] }))?.holdingId, 'Long:0');
  });

  it('from before they were listed as such blocks until it expires', () => {
    const found = line(termed, { orders: [{ ...order, creationDate: '2021-01-01T00:00:00Z' }] });

    assert.equal(found?.class, 'software-subscription');
    assert.equal(found.group, 'blocks');
    assert.deepEqual(found.remedies, [wait, { kind: 'support' }]);
  });

  it('can be cancelled for seven days', () => {
    const found = line(termed, { orders: [{ ...order, creationDate: '2026-02-27T12:00:00Z' }] });

    assert.deepEqual(found?.remedies, [{ kind: 'cancel', until: '2026-03-06T12:00:00.000Z', by: 'order' }, wait]);
  });

  it('blocks when its expiry cannot be read', () => {
    assert.equal(line({ ...software, expiryDate: 'soon' })?.group, 'blocks');
  });
});

describe('an entitlement', () => {
  it('of a type nobody knows blocks, with support alone', () => {
    const found = line({ ...reservation, entitlementType: 'blockchain' });

    assert.equal(found?.class, 'unknown');
    assert.equal(found.group, 'blocks');
    assert.deepEqual(found.remedies, [{ kind: 'support' }]);
  });

  it('is called as on its order, or else by product and SKU', () => {
    assert.equal(line(software, { orders: [order] })?.name, 'Windows Server');
    assert.equal(line({ ...software, lineItemId: '7' }, { orders: [order] })?.name, 'DG7GMGF0DWTL:0002');
    assert.equal(line(software)?.name, 'DG7GMGF0DWTL:0002');
  });
});
