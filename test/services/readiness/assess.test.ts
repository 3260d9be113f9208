import assert from 'node:assert/strict';
import type { Order, Transfer } from '../../../services/partner-center/partner-center.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings } from '../../../services/readiness/holdings.ts';
import type { Line, Verdict } from '../../../services/readiness/readiness.ts';
import { isClearedHere } from '../../../services/readiness/verdict.ts';
import {
  assess,
  BLOCKS,
  contoso,
  holdingsOf,
  NOW,
  order,
  read,
  reservation,
  software,
  subscriptions,
  TERM_ENDS_AT,
  unread,
  type Held,
} from './holdings-of.ts';

const { legacyLicence, legacyAddOn, newCommerce, azurePlan } = subscriptions;
const later = { ...newCommerce, id: 'later', commitmentEndDate: '2027-01-15T00:00:00Z' };
const named = (line: Line): string => (line.kind === 'holding' ? line.name : line.kind);

describe('the verdict', () => {
  const rows: [name: string, held: Held, verdict: Verdict][] = [
    ['nothing is held', {}, { kind: 'clear' }],
    ['something may block', { entitlements: [software] }, { kind: 'clear' }],
    [
      'everything can be cleared from chat, and an add-on goes with its base',
      { subscriptions: [legacyLicence, legacyAddOn, { ...legacyLicence, id: 'another' }] },
      { kind: 'clear-here', count: 2 },
    ],
    [
      'something has to be cleared elsewhere',
      { subscriptions: [legacyLicence], entitlements: [reservation] },
      { kind: 'elsewhere', count: 1 },
    ],
    [
      'there is an end to wait for',
      { subscriptions: [legacyLicence, newCommerce] },
      { kind: 'not-before', date: TERM_ENDS_AT, billingEnds: false, orTransfer: true },
    ],
    [
      'there are several ends',
      { subscriptions: [newCommerce, later] },
      { kind: 'not-before', date: '2027-01-15T23:59:59.000Z', billingEnds: false, orTransfer: true },
    ],
    [
      'the last end is that of what cannot move to another partner',
      { subscriptions: [newCommerce, { ...later, status: 'suspended' }] },
      { kind: 'not-before', date: '2027-01-15T23:59:59.000Z', billingEnds: false },
    ],
    [
      'what cannot move to another partner ends before the last',
      { subscriptions: [{ ...newCommerce, status: 'suspended' }, later] },
      { kind: 'not-before', date: '2027-01-15T23:59:59.000Z', billingEnds: false, orTransfer: true },
    ],
    [
      'billing ends with the waiting',
      { subscriptions: [{ ...newCommerce, status: 'suspended' }] },
      { kind: 'not-before', date: TERM_ENDS_AT, billingEnds: true },
    ],
    [
      'one thing is to be waited for, another to be cleared elsewhere',
      { subscriptions: [newCommerce], entitlements: [reservation] },
      { kind: 'not-before', date: TERM_ENDS_AT, billingEnds: false, orTransfer: true },
    ],
    [
      'one thing has no way out but support',
      { subscriptions: [newCommerce, { ...subscriptions.unknown, id: 'u' }] },
      { kind: 'elsewhere', count: 2 },
    ],
    [
      'one thing is in a state nobody knows',
      { subscriptions: [{ ...legacyLicence, status: 'frozen' }] },
      { kind: 'elsewhere', count: 1 },
    ],
  ];
  for (const [name, held, verdict] of rows) {
    it(`is ${verdict.kind} when ${name}`, () => {
      assert.deepEqual(assess(held).verdict, verdict);
    });
  }
});

describe('a source that could not be read', () => {
  const sources: [source: string, holdings: Partial<Holdings>][] = [
    ['customer', { customer: unread }],
    ['subscriptions', { subscriptions: unread }],
    ['entitlements', { entitlements: unread }],
    ['azure-entitlements', { azureEntitlements: new Map([['plan', unread]]) }],
    ['orders', { orders: unread }],
    ['transfers', { transfers: unread }],
  ];
  for (const [source, unreadSource] of sources) {
    it(`blocks, and leaves open everything else: ${source}`, () => {
      const { verdict, lines } = assessRemoval(holdingsOf({}, unreadSource), BLOCKS, NOW);

      assert.deepEqual(verdict, { kind: 'cannot-tell', sources: [source] });
      assert.deepEqual(lines, [
        { group: 'blocks', kind: 'unread', source, fault: 'unavailable', ids: { requestId: 'r', correlationId: 'c' } },
      ]);
    });
  }

  it('is said beside all others', () => {
    const all = Object.assign({}, ...sources.map(([, holdings]) => holdings)) as Partial<Holdings>;

    const { verdict, customer } = assessRemoval(holdingsOf({}, all), BLOCKS, NOW);

    assert.equal(customer, undefined);
    assert.deepEqual(verdict, {
      kind: 'cannot-tell',
      sources: ['azure-entitlements', 'customer', 'entitlements', 'orders', 'subscriptions', 'transfers'],
    });
  });

  it('is said once, however many Azure plans it concerns', () => {
    const azureEntitlements = new Map([
      ['plan', unread],
      ['plan-2', unread],
    ]);
    const plans = [azurePlan, { ...azurePlan, id: 'plan-2' }];

    const { lines } = assessRemoval(holdingsOf({ subscriptions: plans }, { azureEntitlements }), BLOCKS, NOW);

    assert.equal(lines.filter(({ kind }) => kind === 'unread').length, 1);
  });
});

describe('a customer of another kind', () => {
  for (const relationship of ['advisor', 'none', 'syndication', 'unknown'])
    it(`is not ours to leave: ${relationship}`, () => {
      const customer = read({ ...contoso, relationshipToPartner: relationship });

      const { verdict, lines } = assessRemoval(holdingsOf({}, { customer }), BLOCKS, NOW);

      assert.deepEqual(lines, [{ group: 'blocks', kind: 'not-a-reseller', relationship }]);
      assert.deepEqual(verdict, { kind: 'elsewhere', count: 1 });
    });
});

describe('what is to be known', () => {
  const orderIn = (status: string): Order => ({ ...order, status });
  for (const status of [
    'pending',
    'pending_review',
    'pending review',
    'pending_po_upload',
    'po_upload_complete',
    'po_review_rejected',
    'unknown',
    'dreaming',
  ])
    it(`is an order that is ${status}`, () => {
      const { lines, verdict } = assess({ orders: [orderIn(status)] });

      assert.deepEqual(lines, [{ group: 'to-know', kind: 'pending-order', holdingId: 'Long', status }]);
      assert.deepEqual(verdict, { kind: 'clear' });
    });
  for (const status of ['completed', 'cancelled', 'suspended', 'error', 'partial_success'])
    it(`is not an order that is ${status}`, () => {
      assert.deepEqual(assess({ orders: [orderIn(status)] }).lines, []);
    });

  const transferIn = (status: string): Transfer => ({ id: 't', status, lineItemCount: 3, items: ['Visio'] });
  for (const status of ['active', 'in progress'])
    it(`is a transfer that is ${status}`, () => {
      assert.deepEqual(assess({ transfers: [transferIn(status)] }).lines, [
        { group: 'to-know', kind: 'transfer', holdingId: 't', status, count: 3, items: ['Visio'] },
      ]);
    });
  for (const status of ['completed', 'complete', 'reject', 'cancel', 'expired'])
    it(`is not a transfer that is ${status}`, () => {
      assert.deepEqual(assess({ transfers: [transferIn(status)] }).lines, []);
    });
});

describe('the list', () => {
  const held: Held = {
    subscriptions: [
      { ...legacyLicence, id: 'l2', name: 'b' },
      newCommerce,
      { ...legacyLicence, id: 'l1', name: 'A' },
      { ...legacyAddOn, parentSubscriptionId: 'l1', name: 'add-on' },
    ],
    entitlements: [reservation, { ...software, orderId: 'P', alternateOrderId: 'p' }],
    orders: [{ ...order, id: 'Q', alternateId: 'q', status: 'pending' }],
  };

  it('begins with what can be cleared here, then goes by class and name', () => {
    const { lines } = assess(held);

    assert.deepEqual(lines.map(named), [
      'A',
      'b',
      'add-on',
      'Microsoft 365 E3',
      'DZH318Z0BQ3W:007J',
      'DG7GMGF0DWTL:0002',
      'pending-order',
    ]);
    assert.deepEqual(lines.map(isClearedHere), [true, true, true, false, false, false, false]);
  });

  it('is the same whatever the order of the answers', () => {
    const reversed: Held = {
      ...held,
      subscriptions: held.subscriptions!.toReversed(),
      entitlements: held.entitlements!.toReversed(),
    };

    assert.deepEqual(assess(reversed), assess(held));
  });
});

describe('the facts', () => {
  it('name every holding that counts, with its weight, and the resellers concerned', () => {
    const { facts } = assess({
      subscriptions: [
        { ...legacyLicence, status: 'suspended', partnerId: '2' },
        { ...legacyAddOn, partnerId: '1' },
        { ...newCommerce, id: 'gone', status: 'deleted', partnerId: '3' },
        { ...newCommerce, id: 'over', status: 'expired', partnerId: '4' },
      ],
      entitlements: [software],
    });

    assert.deepEqual(facts, {
      customerId: contoso.id,
      domain: 'contoso.com',
      resellers: ['1', '2'],
      holdings: [
        {
          id: 'Long:0',
          class: 'perpetual-software',
          name: 'DG7GMGF0DWTL:0002',
          quantity: 1,
          status: 'active',
          weight: 'may-block',
        },
        {
          id: 'add-on',
          class: 'legacy-add-on',
          name: 'Audio',
          quantity: 5,
          status: 'active',
          weight: 'blocks',
          parentId: 's',
        },
        {
          id: 'over',
          class: 'new-commerce-licence',
          name: 'Microsoft 365 E3',
          quantity: 5,
          status: 'expired',
          weight: 'nothing',
        },
        {
          id: 's',
          class: 'legacy-licence',
          name: 'Office 365 E3',
          quantity: 5,
          status: 'suspended',
          weight: 'nothing',
        },
      ],
      policyVersion: 1,
    });
  });

  it('count two rows of one id as one holding, with the heavier weight', () => {
    const { facts } = assess({ subscriptions: [legacyLicence, { ...legacyLicence, status: 'suspended' }] });

    assert.deepEqual(
      facts.holdings.map(({ quantity, weight }) => ({ quantity, weight })),
      [{ quantity: 10, weight: 'blocks' }],
    );
  });
});
