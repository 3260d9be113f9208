import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, later } from '../../../services/clock.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings, Source } from '../../../services/readiness/holdings.ts';
import type { Readiness } from '../../../services/readiness/readiness.ts';
import type { Entitlement, Subscription } from '../../../services/partner-center/partner-center.ts';
import { besides, ENDED, look, News, nextLook, stillTrue, type Seen } from '../../../services/watching/watch.ts';
import {
  BLOCKS,
  contoso,
  holdingsOf,
  MAY_BLOCK,
  NOW,
  order,
  read,
  reservation,
  software,
  subscriptions,
  unread,
  type Held,
} from '../readiness/holdings-of.ts';

const NOTHING_NEW: News = {
  ...{ isClear: false, isClearSoFar: false },
  ...{ cleared: [], added: [], transfers: [], left: [], closing: [], unread: [], signInNeeded: [] },
};

const readinessOf = (held: Held, sources: Partial<Holdings> = {}) =>
  assessRemoval(holdingsOf(held, sources), BLOCKS, NOW);
const after = (held: Held, sources?: Partial<Holdings>) => look(undefined, readinessOf(held, sources), NOW).seen;
const { newCommerce, legacyLicence } = subscriptions;

describe('a look at a watched customer', () => {
  it('has no news the first time', () => {
    assert.equal(look(undefined, readinessOf({ subscriptions: [newCommerce] }), NOW).news, undefined);
  });

  it('has no news while nothing changes', () => {
    const held = { subscriptions: [newCommerce] };

    assert.equal(look(after(held), readinessOf(held), NOW).news, undefined);
  });

  it('tells what no longer stands in the way, and that nothing does', () => {
    const before = after({ subscriptions: [newCommerce] });

    assert.deepEqual(look(before, readinessOf({}), NOW).news, {
      ...NOTHING_NEW,
      isClear: true,
      cleared: [newCommerce.name],
    });
  });

  it('tells what went while other things stay', () => {
    const before = after({ subscriptions: [newCommerce, { ...legacyLicence, id: 'l' }] });

    const { news } = look(before, readinessOf({ subscriptions: [newCommerce] }), NOW);

    assert.deepEqual(news && [news.isClear, news.cleared], [false, [legacyLicence.name]]);
  });

  it('says what it could not read, once, and calls nothing gone or clear', () => {
    const held = { subscriptions: [newCommerce] };
    const before = after(held);

    const { seen, news } = look(before, readinessOf({}, { subscriptions: unread }), NOW);

    assert.deepEqual(news, { ...NOTHING_NEW, unread: ['subscriptions'] });
    assert.deepEqual(seen.blockers, before.blockers);
    assert.equal(look(seen, readinessOf({}, { subscriptions: unread }), NOW).news, undefined);
  });

  it('tells what went when it can be read again', () => {
    const hidden = look(after({ subscriptions: [newCommerce] }), readinessOf({}, { subscriptions: unread }), NOW).seen;

    assert.deepEqual(look(hidden, readinessOf({}), NOW).news?.cleared, [newCommerce.name]);
  });

  it('tells what has come in the way, once, whatever else stands there', () => {
    const bought = { ...legacyLicence, id: 'l' };
    for (const held of [[], [newCommerce]]) {
      const now = readinessOf({ subscriptions: [...held, bought] });

      const { seen, news } = look(after({ subscriptions: held }), now, NOW);

      assert.deepEqual(news, { ...NOTHING_NEW, added: [legacyLicence.name] });
      assert.equal(look(seen, now, NOW).news, undefined);
    }
  });

  it('tells another one of the same name, and what stands in the way again', () => {
    const before = after({ subscriptions: [newCommerce] });

    const another = look(before, readinessOf({ subscriptions: [newCommerce, { ...newCommerce, id: 'b' }] }), NOW);
    const gone = look(before, readinessOf({}), NOW);
    const back = look(gone.seen, readinessOf({ subscriptions: [newCommerce] }), NOW);

    assert.deepEqual(another.news?.added, [newCommerce.name]);
    assert.deepEqual(back.news?.added, [newCommerce.name]);
  });

  it('calls nothing new that may have been there before anybody could read it', () => {
    const before = after({}, { subscriptions: unread });
    const held = { subscriptions: [newCommerce] };

    const readAtLast = look(before, readinessOf(held), NOW);
    const more = { subscriptions: [newCommerce, { ...legacyLicence, id: 'l' }] };

    assert.equal(readAtLast.news, undefined);
    assert.deepEqual(look(readAtLast.seen, readinessOf(more), NOW).news?.added, [legacyLicence.name]);
  });

  it('tells what came while a look could not read, as soon as one can', () => {
    const failed = look(after({}), readinessOf({}, { subscriptions: unread }), NOW).seen;

    assert.deepEqual(look(failed, readinessOf({ subscriptions: [newCommerce] }), NOW).news?.added, [newCommerce.name]);
  });

  it('tells a transfer that was opened, once, and no other change of it', () => {
    const open = { id: 't', status: 'Active', lineItemCount: 3, items: [], targetPartnerName: 'Litware' };
    const now = readinessOf({ transfers: [open] });

    const { seen, news } = look(after({}), now, NOW);

    assert.deepEqual(news, {
      ...NOTHING_NEW,
      transfers: [{ id: 't', status: 'Active', count: 3, to: 'Litware' }],
    });
    assert.equal(look(seen, now, NOW).news, undefined);
    assert.equal(look(seen, readinessOf({ transfers: [{ ...open, status: 'InProgress' }] }), NOW).news, undefined);
    assert.equal(look(seen, readinessOf({ transfers: [{ ...open, status: 'Complete' }] }), NOW).news, undefined);
  });

  it('says nothing of transfers that were not read, or not before', () => {
    const held = { transfers: [{ id: 't', status: 'Active', lineItemCount: 3, items: [] }] };
    const { readAt, isClear, blockers, told } = after({});
    const old: Seen = { ...{ readAt, isClear, blockers, told }, unread: [] };
    const failed = look(after({}), readinessOf({}, { transfers: unread }), NOW).seen;

    assert.equal(look(undefined, readinessOf(held), NOW).news, undefined);
    assert.equal(look(old, readinessOf(held), NOW).news, undefined);
    assert.deepEqual(look(after({}, { transfers: unread }), readinessOf(held), NOW).news?.transfers, []);
    assert.deepEqual(look(failed, readinessOf(held), NOW).news?.transfers, [{ id: 't', status: 'Active', count: 3 }]);
    assert.equal(look(after(held), readinessOf(held, { transfers: forPeople }), NOW).news, undefined);
  });

  it('tells that a cancellation window is about to close, once', () => {
    const before = after({});
    const until = later(NOW, DAY_MS);
    const held = { subscriptions: [{ ...newCommerce, cancellationAllowedUntilDate: until }] };

    const { seen, news } = look(before, readinessOf(held), NOW);

    assert.deepEqual(
      news?.closing.map(({ name, until: end }) => [name, end]),
      [[newCommerce.name, until]],
    );
    assert.equal(look(seen, readinessOf(held), NOW).news, undefined);
  });
});

/** What a bot reads in its own name: Partner Center shows this to signed-in people only. */
const forPeople = { ...unread, fault: 'forbidden', status: 403, code: '900329' } as const;
const inOwnName = (held: Held, sources: Partial<Holdings> = {}) =>
  readinessOf(held, { entitlements: forPeople, ...sources });

describe('a look in the bot’s own name', () => {
  const held = { subscriptions: [newCommerce, { ...legacyLicence, id: 'l' }], entitlements: [reservation] };

  it('tells what no longer stands in the way of what it has read, and carries over what it has not', () => {
    const { seen, news } = look(after(held), inOwnName({ subscriptions: [newCommerce] }), NOW);

    assert.deepEqual(news, {
      ...NOTHING_NEW,
      cleared: [legacyLicence.name],
      unread: ['entitlements'],
      signInNeeded: ['entitlements'],
    });
    assert.deepEqual(seen.blockers.map(({ kind }) => kind).sort(), ['new-commerce-licence', 'reservation']);
  });

  it('has no news because it takes somebody’s sign-in, however much was known before', () => {
    assert.equal(look(after(held), inOwnName(held), NOW).news, undefined);
    assert.equal(
      look(after({ subscriptions: [newCommerce] }), inOwnName({ subscriptions: [newCommerce] }), NOW).news,
      undefined,
    );
  });

  it('tells what has come in the way of what it can read, and nothing of what it cannot', () => {
    const now = inOwnName({ subscriptions: [...held.subscriptions, { ...newCommerce, id: 'b', name: 'Bought' }] });

    assert.deepEqual(look(after(held), now, NOW).news?.added, ['Bought']);
    const software = { subscriptions: [...held.subscriptions, subscriptions.software] };
    assert.equal(look(after(held), inOwnName(software), NOW).news, undefined);
  });

  it('tells that something is in the way again after it was told that nothing is', () => {
    const { seen } = look(after(held), inOwnName({}), NOW);

    const { news } = look(seen, inOwnName({ subscriptions: [newCommerce] }), NOW);

    assert.deepEqual(news?.added, [newCommerce.name]);
  });

  it('tells once that nothing stands in the way which it can read, never that nothing does, and again only after something has', () => {
    const tell = (before: Seen | undefined, readiness: Readiness) => {
      const { seen, news } = look(before, readiness, NOW);
      return { seen, said: news && { isClear: news.isClear, isClearSoFar: news.isClearSoFar, left: news.left } };
    };
    const clear = inOwnName({});
    const soFar = { isClear: false, isClearSoFar: true, left: ['DZH318Z0BQ3W:007J'] };

    const first = tell(after(held), clear);
    assert.deepEqual(first.said, soFar);
    assert.deepEqual([first.seen.isClear, first.seen.isClearSoFar], [false, true]);
    const second = tell(first.seen, clear);
    assert.equal(second.said, undefined);

    const failing = tell(second.seen, inOwnName({}, { subscriptions: unread }));
    assert.deepEqual([failing.said?.isClearSoFar, failing.seen.isClearSoFar], [false, false]);
    const readAgain = tell(failing.seen, clear);
    assert.equal(readAgain.said, undefined);

    const blocked = tell(readAgain.seen, inOwnName({ subscriptions: [newCommerce] }));
    assert.equal(blocked.said?.isClearSoFar, false);
    assert.deepEqual(tell(blocked.seen, clear).said, soFar);
  });

  it('tells so the first time, too, where nothing was known, and not to people who have seen that nothing stands in the way', () => {
    assert.equal(look(undefined, inOwnName({}), NOW).news?.isClearSoFar, true);
    assert.equal(look(after({}), inOwnName({}), NOW).news, undefined);
  });

  it('tells so of what no sign-in is there for either, and not where that is everything', () => {
    const noSignIn = { ...unread, fault: 'sign-in-needed' } as const;
    const before = after(held);

    assert.equal(look(before, readinessOf({}, { entitlements: noSignIn }), NOW).news?.isClearSoFar, true);
    assert.equal(
      look(before, readinessOf({}, { entitlements: noSignIn, customer: noSignIn, subscriptions: noSignIn }), NOW).news,
      undefined,
    );
  });

  it('does not tell so where anything else could not be read, or where it is no reseller’s customer', () => {
    const before = after(held);

    for (const sources of [
      { orders: unread },
      { subscriptions: unread },
      { entitlements: { ...unread, fault: 'forbidden' as const } },
      { customer: read({ ...contoso, relationshipToPartner: 'advisor' }) },
    ])
      assert.notEqual(look(before, inOwnName({}, sources), NOW).news?.isClearSoFar, true, Object.keys(sources).join());
  });

  it('carries over what an earlier version has kept without its kind, until all was read', () => {
    const { blockers, readAt, isClear, told } = after({ subscriptions: [newCommerce] });
    const old = { readAt, isClear, told, unread: [], blockers: blockers.map(({ id, name }) => ({ id, name })) };

    const { seen, news } = look(old, inOwnName({}), NOW);

    assert.deepEqual([news?.cleared, news?.left], [[], [newCommerce.name]]);
    assert.deepEqual(look(seen, readinessOf({}), NOW).news?.cleared, [newCommerce.name]);
  });

  it('calls nothing cleared that only may stand in the way now', () => {
    const before = after({ subscriptions: [newCommerce] });
    const suspended = { ...newCommerce, status: 'suspended' };

    const { news } = look(before, assessRemoval(holdingsOf({ subscriptions: [suspended] }), MAY_BLOCK, NOW), NOW);

    assert.deepEqual([news?.isClear, news?.cleared], [true, []]);
  });
});

/** The same purchase as a subscription and as an entitlement, which goes by the name of its order. */
const BOTH = 'SQL:1';
const KEPT: readonly Subscription[] = [
  ...[{ ...legacyLicence, id: 'legacy' }, { ...newCommerce, id: 'licence' }, subscriptions.azurePlan],
  { ...subscriptions.software, id: 'software', name: BOTH },
  { ...subscriptions.unknown, id: 'unknown' },
  { ...subscriptions.marketplace, id: 'market' },
  { ...subscriptions.savingsPlan, id: 'plan of savings' },
];
const bought: Entitlement = { ...software, productId: 'SQL', skuId: '1' };
const BOUGHT: readonly Entitlement[] = [
  { ...bought, expiryDate: '2026-12-01T00:00:00Z' },
  { ...bought, productId: 'Windows', orderId: 'other', alternateOrderId: 'o' },
  { ...bought, productId: 'Second', lineItemId: '1' },
  { ...reservation, orderId: 'third', alternateOrderId: 't' },
  { ...reservation, productId: 'News', orderId: 'fourth', alternateOrderId: 'f', entitlementType: 'news' },
];
const ORDERS = [
  {
    ...order,
    lines: [
      { ...order.lines[0]!, friendlyName: BOTH, subscriptionId: 'software' },
      { ...order.lines[0]!, friendlyName: 'Second:1', lineItemNumber: 1 },
    ],
  },
  { ...order, ...{ id: 'other', alternateId: 'o' }, lines: [{ ...order.lines[0]!, friendlyName: 'Windows:1' }] },
];
const UNREADABLE = ['subscriptions', 'entitlements', 'orders', 'customer', 'transfers'] as const;
const unreadSources = fc.subarray([...UNREADABLE, 'azure' as const]);
const whyUnread = fc.constantFrom<Source<never>>(unread, forPeople);
const moment = fc.record({
  kept: fc.subarray([...KEPT]),
  suspended: fc.boolean(),
  active: fc.boolean(),
  bought: fc.subarray([...BOUGHT]),
  unread: unreadSources,
  why: whyUnread,
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

const heldAt = ({ kept, suspended, active, bought: entitlements }: Moment): Held => ({
  subscriptions: kept.map((one) => (suspended ? { ...one, status: 'suspended' } : one)),
  ...{ entitlements, orders: ORDERS },
  azure: { plan: active ? [{ id: 'z', friendlyName: 'Z', status: 'active' }] : [] },
});
const readAt = ({ why, ...now }: Moment): Readiness => {
  const missing = now.unread.flatMap((source) => (source === 'azure' ? [] : [[source, why]]));
  return readinessOf(heldAt({ ...now, why }), {
    ...(Object.fromEntries(missing) as Partial<Holdings>),
    ...(now.unread.includes('azure') && { azureEntitlements: new Map([['plan', why]]) }),
  });
};
const nowThere = (now: Moment): ReadonlySet<string> =>
  new Set(readinessOf(heldAt(now)).lines.flatMap((line) => (line.kind === 'holding' ? [line.name] : [])));

describe('looks of which some read little', () => {
  it('never call cleared what is there, and know all that is once they have read everything', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 6 }), (moments) => {
        let before: Seen | undefined;
        for (const now of moments) {
          const { seen, news } = look(before, readAt(now), NOW);
          const there = nowThere(now);
          for (const name of news?.cleared ?? []) assert.ok(!there.has(name), name);
          if (now.unread.length > 0) assert.notEqual(news?.isClear, true);
          if (now.unread.includes('subscriptions') || now.why === unread) assert.notEqual(news?.isClearSoFar, true);
          before = seen;
        }
        const last = moments.at(-1)!;
        const whole = readinessOf(heldAt(last));
        assert.deepEqual(look(before, whole, NOW).seen.blockers, look(undefined, whole, NOW).seen.blockers);
      }),
      { numRuns: 500 },
    );
  });
});

describe('looks at what stays as it is', () => {
  it('never call anything new, however little some have read', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(fc.record({ unread: unreadSources, why: whyUnread }), { minLength: 2, maxLength: 6 }),
        (world, looks) => {
          let before: Seen | undefined;
          for (const one of looks) {
            const { seen, news } = look(before, readAt({ ...world, ...one }), NOW);
            assert.deepEqual(news?.added ?? [], []);
            before = seen;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('news that wait', () => {
  const seenAs = (readiness: Readiness, before?: Seen) => look(before, readiness, NOW).seen;
  const soFar: News = { ...NOTHING_NEW, isClearSoFar: true, left: ['Reservation'], signInNeeded: ['entitlements'] };

  it('are told while they hold, though a later look read less', () => {
    const clear = seenAs(inOwnName({}));

    assert.deepEqual(stillTrue(soFar, clear), soFar);
    assert.deepEqual(stillTrue(soFar, seenAs(inOwnName({}, { orders: unread }), clear)), soFar);
  });

  it('say no more that nothing stands in the way once something does, or could not be read', () => {
    const blocked = seenAs(inOwnName({ subscriptions: [newCommerce] }), seenAs(inOwnName({})));

    assert.equal(stillTrue(soFar, blocked), undefined);
    assert.equal(stillTrue({ ...NOTHING_NEW, isClear: true }, seenAs(readinessOf({}, { orders: unread }))), undefined);
    assert.deepEqual(stillTrue({ ...soFar, cleared: ['Something', newCommerce.name] }, blocked), {
      ...NOTHING_NEW,
      cleared: ['Something'],
      signInNeeded: ['entitlements'],
    });
  });
});

describe('a look at a customer that is no longer ours', () => {
  const none = { ...unread, fault: 'forbidden', status: 403, code: '20002' } as const;
  const gone = readinessOf({}, { customer: none, subscriptions: none, orders: none, entitlements: none });
  const held = { subscriptions: [newCommerce] };

  it('says so, once, on the first look too, and nothing of what could not be read', () => {
    for (const before of [undefined, after(held)]) {
      const { seen, news } = look(before, gone, NOW);

      assert.deepEqual(news, { ...NOTHING_NEW, gone: 'said' });
      assert.equal(look(seen, gone, NOW).news, undefined);
    }
  });

  it('forgets nothing that stood in the way, and goes on where it was once the customer is ours again', () => {
    const { seen } = look(after(held), gone, NOW);

    assert.deepEqual(seen.blockers, after(held).blockers);
    assert.deepEqual(look(seen, readinessOf({}), NOW).news?.cleared, [newCommerce.name]);
    assert.deepEqual(look(look(seen, readinessOf(held), NOW).seen, gone, NOW).news?.gone, 'said');
  });

  it('is not taken for one of whom something else could not be read', () => {
    const failed = { ...unread, fault: 'forbidden', status: 403, code: '900308' } as const;
    const { news } = look(after(held), readinessOf({}, { customer: failed, subscriptions: failed }), NOW);

    assert.deepEqual([news?.gone, news?.unread], [undefined, ['customer', 'subscriptions']]);
  });

  it('is told as long as that holds', () => {
    const { seen } = look(after(held), gone, NOW);

    assert.deepEqual(stillTrue(ENDED, seen), ENDED);
    assert.equal(stillTrue(ENDED, after(held)), undefined);
    assert.deepEqual(besides({ ...NOTHING_NEW, added: ['Plan'] }, ENDED), ENDED);
  });
});

describe('news that wait, and what comes and goes meanwhile', () => {
  const transfer = { id: 't', status: 'Active', count: 3 };
  const added: News = { ...NOTHING_NEW, added: [newCommerce.name], transfers: [transfer] };

  it('are told while it is there', () => {
    const open = { id: 't', status: 'Active', lineItemCount: 3, items: [] };
    const there = { subscriptions: [newCommerce], transfers: [open] };

    assert.deepEqual(stillTrue(added, after(there)), added);
    assert.deepEqual(stillTrue(added, after({ transfers: [open] })), { ...added, added: [] });
    assert.equal(stillTrue(added, after({})), undefined);
  });

  it('are not followed by what only undoes them', () => {
    const gone: News = { ...NOTHING_NEW, cleared: [newCommerce.name] };

    assert.equal(besides(added, gone), undefined);
    assert.equal(besides(gone, { ...added, transfers: [] }), undefined);
    assert.deepEqual(besides(added, { ...gone, isClear: true }), { ...NOTHING_NEW, isClear: true });
    assert.deepEqual(besides(NOTHING_NEW, gone), gone);
  });

  it('can be read as earlier versions have kept them', () => {
    assert.deepEqual(News.parse({ isClear: false, cleared: ['Plan'], closing: [], unread: [] }), {
      ...NOTHING_NEW,
      cleared: ['Plan'],
    });
  });
});

describe('the next look', () => {
  it('is as often as the operator wants', () => {
    assert.equal(nextLook(readinessOf({}), NOW, DAY_MS), later(NOW, DAY_MS));
  });

  it('is on the day after a term ends, where that comes first', () => {
    const ends = { ...newCommerce, commitmentEndDate: '2026-03-02T00:00:00Z' };

    assert.equal(nextLook(readinessOf({ subscriptions: [ends] }), NOW, 5 * DAY_MS), '2026-03-03T06:00:00.000Z');
  });

  it('comes before a window closes', () => {
    const closes = { ...newCommerce, cancellationAllowedUntilDate: later(NOW, 3 * DAY_MS) };

    assert.equal(nextLook(readinessOf({ subscriptions: [closes] }), NOW, 5 * DAY_MS), later(NOW, DAY_MS));
  });

  it('is never at once again', () => {
    const closed = { ...newCommerce, cancellationAllowedUntilDate: later(NOW, 2 * DAY_MS + 1) };

    assert.ok(nextLook(readinessOf({ subscriptions: [closed] }), NOW, DAY_MS) >= later(NOW, HOUR_MS));
  });
});
