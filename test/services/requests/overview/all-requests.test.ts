import assert from 'node:assert/strict';
import { auditKeyOf } from '../../../../services/audit/audit-chain.ts';
import { MINUTE_MS } from '../../../../services/clock.ts';
import { createAllRequests, type AllRequests } from '../../../../services/requests/overview/all-requests.ts';
import { pageOfRequests } from '../../../../services/requests/overview/request-summary.ts';
import { createRequestStore, type RequestStore } from '../../../../services/requests/request-store.ts';
import type { StateName } from '../../../../services/requests/life.ts';
import { UNDO_POLICY } from '../../../../services/requests/giving-back/undo-clock.ts';
import { openAzureStore } from '../../../../services/storage/azure/azure-store.ts';
import { createMemoryStore } from '../../../../services/storage/memory-store.ts';
import type { Store } from '../../../../services/storage/store.ts';
import { TableModel } from '../../../support/table-model.ts';
import { after, NOW, requestIn } from '../request-in.ts';

/** One process on a store: what it changes, and what it knows of all requests. */
class Bench {
  readonly requests: RequestStore;
  readonly all: AllRequests;
  readonly faults: unknown[] = [];
  reads = 0;
  now = NOW;

  constructor(store: Store) {
    const clock = (): Date => this.now;
    this.requests = createRequestStore({
      ...{ store, clock, boot: store.origin.id, leaseMs: MINUTE_MS, undo: UNDO_POLICY },
      auditKey: auditKeyOf(new Uint8Array(32).fill(5)),
      wake: { due: () => undefined, claimed: () => undefined },
      onStored: (record) => {
        this.all.note(record);
      },
    });
    this.all = createAllRequests({
      store,
      requests: {
        read: (id) => {
          this.reads += 1;
          return this.requests.read(id);
        },
      },
      clock,
      onFault: (error) => this.faults.push(error),
    });
  }

  /** @param n tells when it was opened, too. */
  async put(n: number, state: StateName): Promise<void> {
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const request = { ...requestIn(state), id, openedAt: after(n * 1_000).toISOString() };
    await this.requests.change(id, () => ({ request, audit: [] }));
  }

  async states(): Promise<readonly string[]> {
    this.now = after(MINUTE_MS, this.now);
    await this.all.look();
    return this.all.summaries().map(({ id, state }) => `${Number(id.slice(-12))} ${state}`);
  }
}

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['in memory', async () => createMemoryStore({ boot: 'boot-1' })],
  ['in tables', async () => openAzureStore({ boot: 'boot-1', tables: new TableModel({ pageSize: 7 }) })],
];
for (const [where, open] of stores)
  describe(`all requests of a store ${where}`, () => {
    let store: Store;
    let bench: Bench;

    beforeEach(async () => {
      store = await open();
      bench = new Bench(store);
    });
    afterEach(() => store.close());

    it('are read once somebody looks, the newest first', async () => {
      for (const n of [1, 3, 2]) await bench.put(n, 'pending');

      assert.deepEqual(bench.all.summaries(), []);
      assert.deepEqual(await bench.states(), ['3 pending', '2 pending', '1 pending']);
      assert.equal(bench.all.unread(), 0);
    });

    it('are kept up by what is stored from then on, and what has ended is not read again', async () => {
      await bench.put(1, 'done');
      await bench.states();
      const { reads } = bench;

      await bench.put(2, 'pending');
      await bench.put(2, 'declined');

      assert.deepEqual(
        bench.all.summaries().map(({ state }) => state),
        ['declined', 'done'],
      );
      assert.deepEqual(await bench.states(), ['2 declined', '1 done']);
      assert.equal(bench.reads, reads);
    });

    it('are without those that were archived meanwhile', async () => {
      for (const n of [1, 2]) await bench.put(n, 'done');
      await bench.states();

      const partition = 'request:00000000-0000-4000-8000-000000000001';
      const { version, rows } = await store.read(partition);
      const still = [...rows]
        .filter(([, row]) => row.dueAt !== undefined)
        .map(([key]) => ({ key, remove: true as const }));
      const next = still.length === 0 ? version : await store.commit(partition, version, still);
      await store.archive(partition, next, '2026-06');

      assert.deepEqual(await bench.states(), ['2 done']);
    });

    it('are shown page after page, each once, though others come in between', async () => {
      for (let n = 1; n <= 7; n += 1) await bench.put(n, n % 2 === 0 ? 'done' : 'pending');
      await bench.states();
      const seen: number[] = [];
      let after: string | undefined;
      do {
        const page = pageOfRequests(bench.all.summaries(), {
          isWanted: ({ state }) => state === 'pending',
          ...(after !== undefined && { after }),
          limit: 2,
        });
        seen.push(...page.summaries.map(({ id }) => Number(id.slice(-12))));
        after = page.next;
        await bench.put(100 + seen.length, 'pending');
      } while (after !== undefined);

      assert.deepEqual(seen, [7, 5, 3, 1]);
    });

    it('are shown without one that cannot be read, which is said to be unread, and tried again', async () => {
      await bench.put(1, 'pending');
      await bench.put(2, 'pending');
      const partition = 'request:00000000-0000-4000-8000-000000000002';
      const { version } = await store.read(partition);
      const good = (await store.read(partition)).rows.get('request')!;
      const broken = await store.commit(partition, version, [{ key: 'request', row: { value: { schema: 9 } } }]);

      assert.deepEqual(await bench.states(), ['1 pending']);
      assert.deepEqual([bench.all.unread(), bench.faults.length], [1, 1]);

      await store.commit(partition, broken, [{ key: 'request', row: good }]);
      assert.deepEqual(await bench.states(), ['2 pending', '1 pending']);
      assert.equal(bench.all.unread(), 0);
    });
  });

describe('all requests of a store that several processes share', () => {
  it('are what the others have made of them, too', async () => {
    const tables = new TableModel();
    const [store, theirs] = await Promise.all([
      openAzureStore({ boot: 'boot-1', tables }),
      openAzureStore({ boot: 'boot-2', tables }),
    ]);
    const [bench, other] = [new Bench(store), new Bench(theirs)];
    await bench.put(1, 'pending');
    await bench.put(2, 'done');
    await bench.states();
    const { reads } = bench;

    await other.put(1, 'declined');
    await other.put(3, 'draft');

    assert.deepEqual(await bench.states(), ['3 draft', '2 done', '1 declined']);
    assert.equal(bench.reads - reads, 2, 'what has ended was read again');
  });
});

describe('all requests, before it is known which there are,', () => {
  it('are said not to be listed, until their names have been read', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const names = Promise.withResolvers<undefined>();
    const slow: Store = {
      ...store,
      async *partitions(kind) {
        await names.promise;
        yield* store.partitions(kind);
      },
    };
    const bench = new Bench(slow);
    await bench.put(1, 'pending');

    const states = bench.states();
    assert.equal(bench.all.isListed(), false);
    names.resolve(undefined);

    assert.deepEqual([await states, bench.all.isListed()], [['1 pending'], true]);
    await store.close();
  });

  it('and once the names cannot be read any more, until they can; then they are looked for at once', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    let isBroken = true;
    const broken: Store = {
      ...store,
      partitions: (kind) => {
        if (isBroken) throw new Error('no answer');
        return store.partitions(kind);
      },
    };
    const bench = new Bench(broken);
    await bench.put(1, 'pending');

    await bench.states();
    assert.deepEqual([bench.all.isListed(), bench.faults.length], [false, 1]);

    isBroken = false;
    await bench.all.look();
    assert.deepEqual([bench.all.isListed(), bench.all.summaries().length], [true, 1]);

    isBroken = true;
    await bench.states();
    assert.equal(bench.all.isListed(), false);
    await store.close();
  });

  it('keep what is stored while the names are read', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const read = Promise.withResolvers<undefined>();
    const slow: Store = {
      ...store,
      async *partitions(kind) {
        const names = await Array.fromAsync(store.partitions(kind));
        await read.promise;
        yield* names;
      },
    };
    const bench = new Bench(slow);
    await bench.put(1, 'pending');

    const states = bench.states();
    await bench.put(2, 'draft');
    read.resolve(undefined);

    assert.deepEqual(await states, ['2 draft', '1 pending']);
    await store.close();
  });
});
