import assert from 'node:assert/strict';
import type { Held } from '../services/readiness/holdings-of.ts';
import { assess, BLOCKS, order, reservation, software, subscriptions } from '../services/readiness/holdings-of.ts';

type Way = 'order' | 'subscription' | undefined;
const inWindow = { cancellationAllowedUntilDate: '2026-03-04T10:00:00.000Z' };
const bought = { ...subscriptions.software, ...inWindow };
const orderOf = { ...order, lines: [{ ...order.lines[0]!, subscriptionId: bought.id }] };

/** By which way each product is cancelled, in production and in an integration sandbox. */
const rows: readonly [product: string, held: Held, production: Way, sandbox: Way][] = [
  ['Azure reserved instance', { entitlements: [reservation], orders: [order] }, undefined, 'order'],
  ['perpetual software', { entitlements: [software], orders: [order] }, 'order', 'order'],
  ['software subscription', { subscriptions: [bought], orders: [orderOf] }, 'order', 'order'],
  ['new commerce', { subscriptions: [{ ...subscriptions.newCommerce, ...inWindow }] }, 'subscription', 'subscription'],
  ['marketplace', { subscriptions: [{ ...subscriptions.marketplace, ...inWindow }] }, 'subscription', 'subscription'],
  // It could be cancelled by its subscription; suspending it clears the way too, and can be taken back.
  ['Azure plan', { subscriptions: [subscriptions.azurePlan], azure: { plan: [] } }, undefined, undefined],
];

describe('a product that can be cancelled', () => {
  for (const [product, held, production, sandbox] of rows)
    for (const [environment, way] of [
      ['production', production],
      ['sandbox', sandbox],
    ] as const)
      it(`is cancelled by ${way ?? 'nothing here'} in ${environment}: ${product}`, () => {
        const { offers } = assess(held, { ...BLOCKS, environment });

        const cancel = offers.find(({ action }) => action === 'cancel');
        const found = cancel === undefined ? undefined : cancel.order === undefined ? 'subscription' : 'order';
        assert.equal(found, way);
      });

  it('but for an Azure plan is not suspended to clear the way', () => {
    for (const [product, held] of rows) {
      const clears = assess(held).offers.some(({ action, clears: does }) => action === 'suspend' && does);
      assert.equal(clears, product === 'Azure plan', product);
    }
  });
});
