import assert from 'node:assert/strict';
import type { Subscription } from '../../../services/partner-center/partner-center.ts';
import { legacySuspendable, suspendable } from '../../../services/readiness/suspending.ts';
import { assess, BLOCKS, MAY_BLOCK, order, reservation, software, subscriptions, TERM_ENDS_AT } from './holdings-of.ts';

const SOON = '2026-03-04T10:00:00.000Z';
const renewing = { autoRenewEnabled: true };
const cancellable = { cancellationAllowedUntilDate: SOON };
const { legacyLicence, legacyAddOn, newCommerce, trial, marketplace, azurePlan, savingsPlan, unknown } = subscriptions;
const azure = { plan: [] };
const offered = (...held: readonly Subscription[]): readonly string[] =>
  assess({ subscriptions: held, azure }).offers.map(({ holdingId, action }) => `${holdingId} ${action}`);

describe('what can be done from chat', () => {
  const rows: readonly [name: string, subscription: Subscription, actions: readonly string[]][] = [
    ['an active legacy licence', legacyLicence, ['suspend']],
    ['a suspended legacy licence', { ...legacyLicence, status: 'suspended' }, ['reactivate']],
    ['active legacy Azure', subscriptions.legacyAzure, ['suspend']],
    ['an active Azure plan with nothing active under it', { ...azurePlan, id: 's' }, []],
    ['active new commerce', newCommerce, ['suspend']],
    ['active new commerce that renews', { ...newCommerce, ...renewing }, ['auto-renew-off', 'suspend']],
    ['active new commerce in its window', { ...newCommerce, ...cancellable }, ['cancel', 'suspend']],
    ['suspended new commerce', { ...newCommerce, ...renewing, status: 'suspended' }, ['reactivate']],
    ['a trial', trial, []],
    ['a trial that would go on as a paid one', { ...trial, ...renewing }, ['auto-renew-off']],
    [
      'a marketplace subscription that renews, in its window',
      { ...marketplace, ...renewing, ...cancellable },
      ['auto-renew-off', 'cancel'],
    ],
    ['a savings plan', { ...savingsPlan, ...renewing, ...cancellable }, []],
    ['something nobody knows', { ...unknown, ...renewing, ...cancellable }, []],
    ['a licence that is pending', { ...legacyLicence, status: 'pending' }, []],
    ['a licence that has expired', { ...newCommerce, ...renewing, status: 'expired' }, []],
  ];
  for (const [name, subscription, actions] of rows)
    it(`with ${name} is ${actions.length === 0 ? 'nothing' : actions.join(' and ')}`, () => {
      assert.deepEqual(
        offered(subscription),
        actions.map((action) => `s ${action}`),
      );
    });

  it('with an Azure plan is to suspend it once nothing is active under it, and to reactivate it', () => {
    const busy = { plan: [{ id: 'a', friendlyName: 'x', status: 'active' }] };

    assert.deepEqual(offered(azurePlan), ['plan suspend']);
    assert.deepEqual(offered({ ...azurePlan, status: 'suspended' }), ['plan reactivate']);
    assert.deepEqual(assess({ subscriptions: [azurePlan], azure: busy }).offers, []);
  });

  it('with a base names the add-ons that go with it, and offers none of them by itself', () => {
    const { offers } = assess({ subscriptions: [legacyLicence, legacyAddOn] });

    assert.deepEqual(
      offers.map(({ holdingId, addOns }) => [holdingId, addOns]),
      [['s', [{ holdingId: 'add-on', name: 'Audio', quantity: 5 }]]],
    );
  });

  it('with an add-on is to reactivate it only under an active base', () => {
    const suspendedAddOn = { ...legacyAddOn, status: 'suspended' };

    assert.deepEqual(offered({ ...legacyLicence, status: 'suspended' }, suspendedAddOn), ['s reactivate']);
    assert.deepEqual(offered(legacyLicence, suspendedAddOn), ['s suspend', 'add-on reactivate']);
  });

  it('says until when a running term is billed, and what clears the way', () => {
    const [offer] = assess({ subscriptions: [newCommerce] }).offers;

    assert.deepEqual([offer?.clears, offer?.billedUntil], [false, TERM_ENDS_AT]);
    assert.equal(assess({ subscriptions: [newCommerce] }, MAY_BLOCK).offers[0]?.clears, true);
  });

  it('with software is to cancel its line of the order, in its window', () => {
    const { offers } = assess({ entitlements: [software], orders: [order] });

    assert.deepEqual(
      offers.map(({ action, holdingId, until, order: line }) => ({ action, holdingId, until, line })),
      [
        {
          action: 'cancel',
          holdingId: 'Long:0',
          until: '2026-03-22T12:00:00.000Z',
          line: { orderId: 'Long', lineItemNumber: 0, offerId: 'a:b:c' },
        },
      ],
    );
  });

  it('with a software subscription is to cancel its line where the order names it, or else the subscription', () => {
    const bought = { ...subscriptions.software, ...cancellable };
    const named = { ...order, lines: [{ ...order.lines[0]!, subscriptionId: 's' }] };

    const byOrder = assess({ subscriptions: [bought], orders: [named] });
    const byItself = assess({ subscriptions: [bought], orders: [order] });

    assert.equal(byOrder.offers[0]?.order?.orderId, 'Long');
    assert.deepEqual([byItself.offers[0]?.action, byItself.offers[0]?.order], ['cancel', undefined]);
  });

  it('with a reservation is nothing, but in an integration sandbox, where its order can be cancelled', () => {
    const held = { entitlements: [reservation], orders: [order] };

    assert.deepEqual(assess(held).offers, []);
    assert.deepEqual(
      assess(held, { ...BLOCKS, environment: 'sandbox' }).offers.map(({ action, until }) => [action, until]),
      [['cancel', '2026-04-21T12:00:00.000Z']],
    );
  });

  it('comes in the same order whatever the order of the answers', () => {
    const held = [legacyLicence, { ...newCommerce, id: 'n', ...renewing }, { ...marketplace, id: 'm', ...renewing }];

    assert.deepEqual(offered(...held), offered(...held.toReversed()));
  });
});

describe('what can be suspended to clear the way', () => {
  it('is legacy and Azure, never new commerce, and of it all legacy together', () => {
    const readiness = assess({ subscriptions: [legacyLicence, legacyAddOn, azurePlan, newCommerce], azure });

    const classes = (offers: ReturnType<typeof suspendable>) => offers.map((offer) => offer.class);
    assert.deepEqual(classes(suspendable(readiness)), ['legacy-licence', 'azure-plan']);
    assert.deepEqual(classes(legacySuspendable(readiness)), ['legacy-licence']);
  });
});
