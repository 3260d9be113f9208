import assert from 'node:assert/strict';
import { besidesOf } from '../../../services/readiness/besides.ts';
import type { Line } from '../../../services/readiness/readiness.ts';

const holding = (group: 'blocks' | 'may-block' | 'to-know', more: { readonly billedUntil?: string } = {}): Line => ({
  ...{ group, kind: 'holding', holdingId: 'one', class: 'perpetual-software', name: 'SQL Server', quantity: 1 },
  ...{ status: 'active', remedies: [], ...more },
});
const order: Line = { group: 'to-know', kind: 'pending-order', holdingId: 'order', status: 'pending' };
const transfer: Line = { group: 'to-know', kind: 'transfer', holdingId: 't', status: 'active', count: 2 };
const relations: Line = { group: 'to-know', kind: 'delegated-admin', names: ['Helpdesk'] };
const billed = holding('to-know', { billedUntil: '2031-05-06T23:59:59.000Z' });

describe('what is known of a customer besides what stands in the way', () => {
  it('is nothing where all of it stands in the way, or there is nothing at all', () => {
    assert.equal(besidesOf([]), undefined);
    assert.equal(besidesOf([holding('blocks')]), undefined);
  });

  for (const [what, lines, first] of [
    ['a transfer that is open', [order, billed, holding('may-block'), transfer], transfer],
    ['what may stand in the way', [order, billed, holding('may-block')], holding('may-block')],
    ['what is billed on', [relations, order, billed], billed],
    ['an order under way', [relations, order], order],
    ['the only one', [relations], relations],
  ] as const)
    it(`is counted by group, and begins with ${what}`, () => {
      assert.deepEqual(besidesOf([holding('blocks'), ...lines]), {
        mayBlock: lines.filter(({ group }) => group === 'may-block').length,
        toKnow: lines.filter(({ group }) => group === 'to-know').length,
        first,
      });
    });
});
