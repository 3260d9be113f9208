import assert from 'node:assert/strict';
import { DAY_MS, MINUTE_MS } from '../../../services/clock.ts';
import { assessRemoval } from '../../../services/readiness/assess.ts';
import type { Holdings } from '../../../services/readiness/holdings.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Json, Store } from '../../../services/storage/store.ts';
import {
  countBlockers,
  createWatchedBlockers,
  pageOfBlocked,
  type BlockedCustomer,
} from '../../../services/watching/blockers-by-kind.ts';
import { look, type Seen } from '../../../services/watching/watch.ts';
import { WATCH_KEY } from '../../../services/watching/watches.ts';
import { TableModel } from '../../support/table-model.ts';
import { BLOCKS, holdingsOf, NOW, subscriptions, unread, type Held } from '../readiness/holdings-of.ts';

const { newCommerce, legacyLicence } = subscriptions;
const seen = (held: Held, sources: Partial<Holdings> = {}): Seen =>
  look(undefined, assessRemoval(holdingsOf(held, sources), BLOCKS, NOW), NOW).seen;
const customer = (id: string) => ({ id, companyName: id, domain: `${id}.example` });

describe('what stands in the way, by kind, over watched customers', () => {
  it('counts customers and purchases of each kind, those at the most customers first', () => {
    const counted = countBlockers([
      {
        customer: customer('a'),
        seen: seen({ subscriptions: [newCommerce, { ...newCommerce, id: 'n2' }, legacyLicence] }),
      },
      { customer: customer('b'), seen: seen({ subscriptions: [legacyLicence] }) },
      { customer: customer('c'), seen: seen({}) },
      { customer: customer('d') },
    ]);

    assert.deepEqual(counted.kinds, [
      { kind: 'legacy-licence', customers: 2, purchases: 2 },
      { kind: 'new-commerce-licence', customers: 1, purchases: 2 },
    ]);
    assert.deepEqual([counted.customers, counted.clear, counted.notLooked, counted.incomplete], [4, 1, 1, 0]);
  });

  it('calls nothing clear that could not be read, and counts what that was', () => {
    const counted = countBlockers([{ customer: customer('a'), seen: seen({}, { subscriptions: unread }) }]);

    assert.deepEqual([counted.clear, counted.incomplete], [0, 1]);
    assert.deepEqual(counted.unread, [{ source: 'subscriptions', customers: 1 }]);
  });

  it('tells apart what only takes a sign-in, unless it failed at one of them for another reason', () => {
    const forPeople = { ...unread, fault: 'forbidden', status: 403, code: '900329' } as const;
    const watched = [{ customer: customer('a'), seen: seen({}, { entitlements: forPeople }) }];

    assert.deepEqual(countBlockers(watched).unread, [{ source: 'entitlements', customers: 1, signInNeeded: true }]);
    assert.deepEqual(countBlockers(watched).clear, 0);
    const other = { customer: customer('b'), seen: seen({}, { entitlements: unread }) };
    assert.deepEqual(countBlockers([...watched, other]).unread, [{ source: 'entitlements', customers: 2 }]);
  });

  it('still counts what a look of an earlier version has seen, without its kind', () => {
    const { blockers, ...rest } = seen({ subscriptions: [legacyLicence] });
    const old = { ...rest, blockers: blockers.map(({ id, name }) => ({ id, name })) };

    assert.deepEqual(countBlockers([{ customer: customer('a'), seen: old }]).kinds, [
      { kind: 'before', customers: 1, purchases: 1 },
    ]);
  });

  it('names the customers of each kind, those with the most of it first, part by part', () => {
    const watched = [
      ...Array.from({ length: 5 }, (_, n) => ({
        customer: customer(`c${n}`),
        seen: seen({
          subscriptions: Array.from({ length: n % 2 === 0 ? 2 : 1 }, (_, at) => ({ ...legacyLicence, id: `l${at}` })),
        }),
      })),
      { customer: customer('u'), seen: seen({}, { subscriptions: unread }) },
      { customer: customer('d') },
    ];
    const { customersOf } = countBlockers(watched);
    const namesIn = (some: readonly BlockedCustomer[]) => some.map((one) => `${one.customer.id}: ${one.purchases}`);
    const all = customersOf.get('legacy-licence') ?? [];

    const first = pageOfBlocked(all, { limit: 3 });
    const second = pageOfBlocked(all, { limit: 3, after: first.next });

    assert.deepEqual(namesIn(first.shown), ['c4: 2', 'c2: 2', 'c0: 2']);
    assert.deepEqual([namesIn(second.shown), second.next], [['c3: 1', 'c1: 1'], undefined]);
    assert.deepEqual(namesIn(customersOf.get('unread-subscriptions') ?? []), ['u: 0']);
    const fewer = countBlockers(watched.filter((one) => one.customer.id !== 'c0')).customersOf.get('legacy-licence')!;
    assert.deepEqual(namesIn(pageOfBlocked(fewer, { limit: 3, after: first.next }).shown), ['c3: 1', 'c1: 1']);
  });

  const stores: readonly (readonly [string, () => Promise<Store>])[] = [
    ['in memory', async () => createMemoryStore({ boot: 'boot-1' })],
    ['in tables', async () => openAzureStore({ boot: 'boot-1', tables: new TableModel({ pageSize: 7 }) })],
  ];
  for (const [where, open] of stores)
    it(`is found in a store ${where} by the next looks, whoever is at one of them`, async () => {
      const store = await open();
      const put = async (id: string, due: number, more: object = {}): Promise<void> => {
        const value = { customer: customer(id), seen: seen({ subscriptions: [legacyLicence] }) } as unknown as Json;
        const dueAt = new Date(NOW.getTime() + due).toISOString();
        await store.commit(`customer:${id}`, '0', [
          { key: WATCH_KEY, row: { value, dueAt, ...more } },
          { key: 'watcher:ada', row: { value: { since: dueAt } } },
        ]);
      };
      await put('a', -1_000);
      await put('b', DAY_MS);
      await put('c', 0, {
        lease: { owner: 'boot-1', until: new Date(NOW.getTime() + 60_000).toISOString(), fence: 1 },
      });
      await store.commit('customer:d', '0', [{ key: 'claim', row: { value: {} } }]);

      const { customers, kinds, isCut } = await createWatchedBlockers({ store, clock: () => NOW, everyMs: DAY_MS })();

      assert.deepEqual([customers, kinds, isCut], [3, [{ kind: 'legacy-licence', customers: 3, purchases: 3 }], false]);
      await store.close();
    });

  describe('that are asked for again and again', () => {
    const COUNTING_MS = 100;
    let takesMs: number;
    let now: Date;
    let looks: number;
    let isBroken: boolean;
    let count: ReturnType<typeof createWatchedBlockers>;

    /** A store in which a count takes a while. */
    beforeEach(() => {
      [now, looks, isBroken, takesMs] = [NOW, 0, false, COUNTING_MS];
      const store = createMemoryStore({ boot: 'boot-1' });
      count = createWatchedBlockers({
        store: {
          read: (partition) => store.read(partition),
          due: async (...asked) => {
            looks += 1;
            pass(takesMs);
            if (isBroken) throw new Error('no answer');
            return store.due(...asked);
          },
        },
        clock: () => now,
        everyMs: DAY_MS,
      });
    });
    const pass = (ms: number): void => {
      now = new Date(now.getTime() + ms);
    };

    it('are counted once for all who wait', async () => {
      const counted = await Promise.all(Array.from({ length: 50 }, () => count()));

      assert.deepEqual([looks, counted.length], [1, 50]);
    });

    it('are kept for sixty times as long as that took', async () => {
      await count();
      pass(59 * COUNTING_MS);
      await count();
      assert.equal(looks, 1);

      pass(COUNTING_MS);
      await count();
      assert.equal(looks, 2);

      pass(-MINUTE_MS);
      await count();
      assert.equal(looks, 3, 'after the clock was set back');
    });

    it('are kept for a minute at most, however long that took', async () => {
      takesMs = MINUTE_MS;
      await count();
      pass(MINUTE_MS - 1);
      await count();
      assert.equal(looks, 1);

      pass(1);
      await count();
      assert.equal(looks, 2);
    });

    it('are counted again after a count that has failed', async () => {
      isBroken = true;
      await assert.rejects(count());

      isBroken = false;
      assert.deepEqual([(await count()).customers, looks], [0, 2]);
    });
  });
});
