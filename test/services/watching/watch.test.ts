import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, later } from '../../../services/clock.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings } from '../../../services/readiness/holdings.ts';
import { look, nextLook } from '../../../services/watching/watch.ts';
import { BLOCKS, holdingsOf, NOW, subscriptions, unread, type Held } from '../readiness/holdings-of.ts';

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
      isClear: true,
      cleared: [newCommerce.name],
      closing: [],
      unread: [],
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

    assert.deepEqual(news, { isClear: false, cleared: [], closing: [], unread: ['subscriptions'] });
    assert.deepEqual(seen.blockers, before.blockers);
    assert.equal(look(seen, readinessOf({}, { subscriptions: unread }), NOW).news, undefined);
  });

  it('tells what went when it can be read again', () => {
    const hidden = look(after({ subscriptions: [newCommerce] }), readinessOf({}, { subscriptions: unread }), NOW).seen;

    assert.deepEqual(look(hidden, readinessOf({}), NOW).news?.cleared, [newCommerce.name]);
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
