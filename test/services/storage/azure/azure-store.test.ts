import assert from 'node:assert/strict';
import { openAzureStore } from '../../../../services/storage/azure/azure-store.ts';
import { HEAD, partitionKeyOf } from '../../../../services/storage/azure/layout.ts';
import type { Properties } from '../../../../services/storage/azure/tables.ts';
import { MAX_ROWS_PER_COMMIT, NEVER_WRITTEN, StaleWriteError, StoreError } from '../../../../services/storage/store.ts';
import type { Json, RowChange, Store } from '../../../../services/storage/store.ts';
import { storeContract } from '../../../support/store-contract.ts';
import { TableModel, type TableFault } from '../../../support/table-model.ts';

for (const pageSize of [1_000, 7])
  storeContract(
    `a store in tables with pages of ${pageSize}`,
    async ({ boot }) => openAzureStore({ boot, tables: new TableModel({ pageSize }) }),
    { isShared: true },
  );

const PARTITION = 'request:a';
const NINE = '2026-03-01T09:00:00.000Z';
const TEN = '2026-03-01T10:00:00.000Z';
const AT_TEN = new Date(TEN);
const set = (key: string, value: Json, dueAt?: string): RowChange => ({
  key,
  row: { value, ...(dueAt !== undefined && { dueAt }) },
});
const fault =
  (expected: StoreError['fault'], words = /./) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.fault === expected && words.test(error.message);

/** Processes that share one table, and a time of their own. */
class Shared {
  readonly tables: TableModel;
  elapsed = 0;
  #stores = 0;

  constructor(pageSize = 1_000) {
    this.tables = new TableModel({ pageSize });
  }

  async open(): Promise<Store> {
    this.#stores += 1;
    const patience = {
      elapsedMs: () => this.elapsed,
      sleep: async (ms: number) => {
        this.elapsed += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
    return openAzureStore({ boot: `boot-${this.#stores}`, tables: this.tables, patience });
  }

  /** The next call that commits something fails so. */
  failNextCommit(fault: TableFault, times = 1): void {
    let left = times;
    this.tables.fault = (call, partition) => {
      if (call !== 'batch' || partition.startsWith('!') || left === 0) return undefined;
      left -= 1;
      return fault;
    };
  }

  hints(): number {
    return this.tables.entities('!due:').length;
  }
}

describe('a store in Azure Table Storage', () => {
  let shared: Shared;
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    shared = new Shared();
    store = await shared.open();
    other = await shared.open();
  });

  describe('with an answer that never came', () => {
    for (const first of [true, false])
      for (const lost of ['lost-after', 'late'] as const)
        it(`F24: finds that ${first ? 'a first' : 'a later'} commit was its own (${lost}), and goes on with it`, async () => {
          let version = NEVER_WRITTEN;
          if (!first) version = await store.commit(PARTITION, version, [set('a', 1)]);
          shared.failNextCommit(lost);

          const next = await store.commit(PARTITION, version, [set('b', 2)]);

          assert.deepEqual((await other.read(PARTITION)).rows.get('b'), { value: 2 });
          assert.equal((await other.read(PARTITION)).version, next);
          const last = await store.commit(PARTITION, next, [set('b', 3)]);
          assert.equal((await other.read(PARTITION)).version, last);
        });

    it('F24: stores once what was lost on its way', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      shared.failNextCommit('lost-before');

      const next = await store.commit(PARTITION, version, [set('b', 2)]);

      assert.equal((await other.read(PARTITION)).version, next);
    });

    it('F24: is told that its own commit was stored, although somebody has committed after it', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      shared.failNextCommit('lost-after');
      let isOvertaken = false;
      shared.tables.onDone = async (call, partition) => {
        if (call !== 'batch' || partition !== PARTITION || isOvertaken) return;
        isOvertaken = true;
        const seen = await other.read(PARTITION);
        await other.commit(PARTITION, seen.version, [set('c', 3)]);
      };

      const next = await store.commit(PARTITION, version, [set('b', 2)]);

      const { rows, version: stored } = await store.read(PARTITION);
      assert.deepEqual([...rows.keys()], ['a', 'b', 'c']);
      assert.notEqual(next, stored);
      await assert.rejects(store.commit(PARTITION, next, [set('d', 4)]), StaleWriteError);
    });

    it('F24: knows that somebody else was quicker, although its own answer was lost', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      await other.read(PARTITION);
      await other.commit(PARTITION, version, [set('c', 3)]);
      shared.failNextCommit('lost-before');

      await assert.rejects(store.commit(PARTITION, version, [set('b', 2)]), StaleWriteError);

      assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], ['a', 'c']);
    });

    for (const kind of ['503', 'lost-before'] as const)
      it(`F25: says that nothing could be written, once there is no answer for some seconds (${kind})`, async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
        shared.tables.fault = () => kind;

        await assert.rejects(store.commit(PARTITION, version, [set('b', 2)]), fault('unwritable'));
        await assert.rejects(store.read(PARTITION), fault('unwritable'));
        await assert.rejects(store.due(AT_TEN, 1), fault('unwritable'));
        assert.equal(await store.isReachable(), false);

        shared.tables.fault = () => undefined;
        assert.equal(await store.isReachable(), true);
        assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], ['a']);
        await store.commit(PARTITION, version, [set('b', 2)]);
      });

    it('F25: sees what was done all the same when it looks again', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      let isOut = false;
      shared.tables.fault = (call, partition) => {
        if (isOut) return '503';
        isOut = call === 'batch' && partition === PARTITION;
        return isOut ? 'lost-after' : undefined;
      };
      await assert.rejects(store.commit(PARTITION, version, [set('b', 2)]), fault('unwritable'));

      shared.tables.fault = () => undefined;

      assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], ['a', 'b']);
      await assert.rejects(store.commit(PARTITION, version, [set('b', 3)]), StaleWriteError);
    });
  });

  describe('of several processes', () => {
    it('F24: lets one of two win who change the same, and the other decide on what is stored then', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('n', 0)]);
      assert.equal((await other.read(PARTITION)).version, version);

      const outcomes = await Promise.allSettled([
        store.commit(PARTITION, version, [set('n', 1)]),
        other.commit(PARTITION, version, [set('n', 2)]),
      ]);

      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const lost = outcomes.find((one) => one.status === 'rejected');
      assert.ok(lost?.reason instanceof StaleWriteError);
    });

    it('F24: lets one of two write a partition first', async () => {
      const outcomes = await Promise.allSettled([
        store.commit(PARTITION, NEVER_WRITTEN, [set('by', 1)]),
        other.commit(PARTITION, NEVER_WRITTEN, [set('by', 2)]),
      ]);

      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });

    it('is one store, whoever opens it first', async () => {
      const at = new Shared();
      const stores = await Promise.all(Array.from({ length: 5 }, () => at.open()));

      assert.equal(new Set(stores.map(({ origin }) => JSON.stringify(origin))).size, 1);
    });

    it('takes commits against what was archived meanwhile, which is no commit', async () => {
      const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      await other.archive(PARTITION, version, '2026-03');

      await store.commit(PARTITION, version, [set('a', 2)]);
      assert.deepEqual(await Array.fromAsync(other.archived('2026-03')), [PARTITION]);
      const { version: again } = await other.read(PARTITION);
      await store.commit(PARTITION, again, [set('run', 1, NINE)]);

      assert.deepEqual(await other.archiveMonths(), []);
      assert.deepEqual(await Array.fromAsync(other.partitions('request')), [PARTITION]);
      assert.deepEqual(await other.due(AT_TEN, 5), [{ partition: PARTITION, key: 'run', dueAt: NINE }]);
    });

    it('refuses a table that a newer version has written', async () => {
      shared.tables.put('!store', 'origin', { form: '2', id: 'x', createdAt: NINE });
      await assert.rejects(shared.open(), fault('too-new'));
    });

    it('refuses a table with partitions that does not say which store it is', async () => {
      await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      shared.tables.delete('!store', 'origin');
      await assert.rejects(shared.open(), fault('damaged', /names the store/));
    });
  });

  describe('reading', () => {
    it('never shows two moments in one, however small the pages', async () => {
      shared = new Shared(4);
      store = await shared.open();
      other = await shared.open();
      const keys = Array.from({ length: 20 }, (_, n) => `row-${String(n).padStart(2, '0')}`);
      const all = (n: number): RowChange[] => keys.map((key) => set(key, n));
      let version = await store.commit(PARTITION, NEVER_WRITTEN, all(0));
      const changes: ((n: number) => RowChange[])[] = [
        all,
        (n) => [set(keys.at(-1)!, n)],
        () => [{ key: keys.at(-1)!, remove: true }],
        () => [{ key: keys[0]!, remove: true }],
        (n) => [set(keys.at(-1)!, n), { key: keys[10]!, remove: true }],
        (n) => [set(keys[0]!, n), set('zz', n)],
        all,
      ];
      for (const [n, change] of changes.entries()) {
        const states = [JSON.stringify([...(await store.read(PARTITION)).rows])];
        let pages = 0;
        shared.tables.onDone = async (call, partition) => {
          if (call !== 'page' || partition !== PARTITION || (pages += 1) !== 2) return;
          version = await store.commit(PARTITION, version, change(n + 1));
        };

        const seen = await other.read(PARTITION);

        shared.tables.onDone = () => undefined;
        states.push(JSON.stringify([...(await store.read(PARTITION)).rows]));
        assert.ok(states.includes(JSON.stringify([...seen.rows])), `change ${n}`);
        assert.notEqual(states[0], states[1]);
      }
    });

    const damages: [name: string, damage: (change: (row: string, properties: Properties | null) => void) => void][] = [
      [
        'a row is gone',
        (change) => {
          change('b', null);
        },
      ],
      [
        'a row has another value',
        (change) => {
          change('a', { parts: '1', v0: '2' });
        },
      ],
      [
        'a row is no JSON',
        (change) => {
          change('a', { parts: '1', v0: '{' });
        },
      ],
      [
        'a row is due at another time',
        (change) => {
          change('a', { parts: '1', v0: '1', dueAt: TEN });
        },
      ],
      [
        'a row is too many',
        (change) => {
          change('c', { parts: '1', v0: '1' });
        },
      ],
      [
        'a part is too many',
        (change) => {
          change('a!1', { v0: '1' });
        },
      ],
      [
        'a part is missing',
        (change) => {
          change('long!1', null);
        },
      ],
      [
        'the head is gone',
        (change) => {
          change(HEAD, null);
        },
      ],
      [
        'the head says nothing',
        (change) => {
          change(HEAD, { form: '1' });
        },
      ],
    ];
    for (const [name, damage] of damages)
      it(`F27: refuses to work with a partition where ${name}, and leaves it as it is`, async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [
          set('a', 1),
          set('b', 2),
          set('long', 'x'.repeat(900_000)),
        ]);
        damage((row, properties) => {
          if (properties === null) shared.tables.delete(PARTITION, row);
          else shared.tables.put(PARTITION, row, properties);
        });
        const evidence = shared.tables.entities(PARTITION);

        await assert.rejects(other.read(PARTITION), fault('damaged', /request:a/));
        await assert.rejects(other.commit(PARTITION, version, [set('a', 3)]), fault('damaged'));

        assert.deepEqual(shared.tables.entities(PARTITION), evidence);
      });

    it('F38: does not take a newer form for damage', async () => {
      await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]);
      shared.tables.put(PARTITION, HEAD, { form: '2' });

      await assert.rejects(other.read(PARTITION), fault('too-new'));
    });

    it('takes one query, whatever the size of the partition up to a page', async () => {
      let version = NEVER_WRITTEN;
      for (let n = 0; n < 5; n += 1)
        version = await store.commit(
          PARTITION,
          version,
          Array.from({ length: 90 }, (_, i) => set(`r${n}-${i}`, i)),
        );
      const before = { ...shared.tables.calls };

      await store.read(PARTITION);
      await store.commit(PARTITION, version, [set('a', 1)]);

      assert.equal(shared.tables.calls.page - before.page, 1);
      assert.equal(shared.tables.calls.batch - before.batch, 1);
      assert.equal(shared.tables.calls.get - before.get, 0);
    });
  });

  describe('in what Azure takes', () => {
    it('splits long values, so that every character comes back as it was', async () => {
      const values = [
        'ä'.repeat(27_998),
        'ä'.repeat(28_000),
        `a${'💼'.repeat(20_000)}`,
        '"\\\n'.repeat(150_000),
        '\ud800'.repeat(28_001),
      ];
      const version = await store.commit(
        PARTITION,
        NEVER_WRITTEN,
        values.map((value, n) => set(`v${n}`, value)),
      );
      const { rows } = await other.read(PARTITION);
      for (const [n, value] of values.entries()) assert.equal(rows.get(`v${n}`)?.value, value);

      await store.commit(
        PARTITION,
        version,
        values.map((_, n) => set(`v${n}`, 'short')),
      );

      assert.equal(shared.tables.entities(PARTITION).length, values.length + 1, 'no part is left');
      assert.equal((await other.read(PARTITION)).rows.size, values.length);
    });

    it('refuses what is too large for one transaction, before anything is written', async () => {
      const rows = Array.from({ length: 5 }, (_, n) => set(`v${n}`, 'x'.repeat(950_000), NINE));

      await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, rows), fault('too-large'));

      assert.deepEqual([shared.tables.entities(PARTITION), shared.hints()], [[], 0]);
      await store.commit(PARTITION, NEVER_WRITTEN, rows.slice(0, 4));
    });

    it(`takes ${MAX_ROWS_PER_COMMIT} rows, also where some of them are long`, async () => {
      const long = 'x'.repeat(500_000);
      const rows = Array.from({ length: MAX_ROWS_PER_COMMIT }, (_, n) => set(`v${n}`, n % 15 === 0 ? long : n));

      const version = await store.commit(PARTITION, NEVER_WRITTEN, rows);

      assert.deepEqual((await other.read(PARTITION)).rows.get('v15'), { value: long });
      await store.commit(
        PARTITION,
        version,
        rows.map(({ key }) => ({ key, remove: true as const })),
      );
      assert.equal(shared.tables.entities(PARTITION).length, 1);
    });

    it('keeps apart what has names that Azure does not take', async () => {
      const names = ['a/b', 'a\\b', 'a#b', 'a?b', 'a%2Fb', 'x'.repeat(200), `${'x'.repeat(199)}y`, 'ä'];
      for (const name of names)
        await store.commit(`person:${name}`, NEVER_WRITTEN, [set(`key ${name.slice(0, 1)} ä`, name)]);

      assert.equal(new Set(names.map((name) => partitionKeyOf(`person:${name}`))).size, names.length);
      assert.deepEqual(
        (await Array.fromAsync(other.partitions('person'))).sort(),
        names.map((name) => `person:${name}`).sort(),
      );
    });
  });

  describe('finding what is due', () => {
    const dueKeys = async (from: Store): Promise<string[]> => (await from.due(AT_TEN, 10)).map(({ key }) => key);

    it('finds it although the process ended right after its commit', async () => {
      await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]);
      assert.deepEqual(await dueKeys(other), ['run']);
    });

    it('writes nothing that is due without a hint that was there before', async () => {
      shared.tables.fault = (call, partition) =>
        call === 'batch' && partition.startsWith('!due:') ? '503' : undefined;

      await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]), fault('unwritable'));

      assert.equal((await other.read(PARTITION)).version, NEVER_WRITTEN);
    });

    it('finds it beside what is damaged, which is found too', async () => {
      const OTHER = 'request:b';
      await store.commit(PARTITION, NEVER_WRITTEN, [set('broken', 1, NINE)]);
      await store.commit(OTHER, NEVER_WRITTEN, [set('run', 1, NINE)]);
      shared.tables.put(PARTITION, 'broken', { parts: '1', dueAt: NINE, lease: '{', v0: '1' });
      shared.tables.put('!due:work:2026-03-01T09', 'nothing', {});

      assert.deepEqual(await dueKeys(other), ['broken', 'run']);
      await assert.rejects(other.read(PARTITION), fault('damaged'));
    });

    it('leaves a hint alone whose commit may be under way, and removes it once there was none for minutes', async () => {
      shared.failNextCommit('503', 100);
      await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]), fault('unwritable'));
      shared.tables.fault = () => undefined;
      assert.equal(shared.hints(), 1);

      for (const { minutes, hints } of [
        { minutes: 0, hints: 1 },
        { minutes: 4, hints: 1 },
        { minutes: 9, hints: 0 },
      ]) {
        shared.elapsed = minutes * 60_000;
        assert.deepEqual(await dueKeys(other), []);
        assert.equal(shared.hints(), hints, `after ${minutes} minutes`);
      }
    });

    it('looks at such a hint more and more rarely', async () => {
      shared.failNextCommit('503', 100);
      await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]));
      shared.tables.fault = () => undefined;
      const before = shared.tables.calls.get;

      for (let look = 0; look < 4 * 60 * 4; look += 1) {
        shared.elapsed += 250;
        await other.due(AT_TEN, 10);
      }

      assert.ok(shared.tables.calls.get - before <= 15);
    });

    it('F37: writes hints again where a process stood still before its commit for so long that they may be gone', async () => {
      let isStill = false;
      shared.tables.fault = (call, partition) => {
        if (call === 'batch' && partition === PARTITION && !isStill) {
          isStill = true;
          shared.elapsed += 20 * 60_000;
          for (const { partitionKey, rowKey } of shared.tables.entities('!due:'))
            shared.tables.delete(partitionKey, rowKey);
        }
        return undefined;
      };

      await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]);

      assert.deepEqual(await dueKeys(other), ['run']);
    });

    it('tidies up behind itself, and behind others when it comes upon what they left', async () => {
      const first = await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]);
      const second = await store.commit(PARTITION, first, [set('run', 1, '2026-03-01T09:30:00.000Z')]);
      await store.read(PARTITION);
      assert.equal(shared.hints(), 1);
      await other.read(PARTITION);
      await other.commit(PARTITION, second, [set('run', 1)]);

      assert.equal(shared.hints(), 1, 'another process has written it');
      for (const minutes of [0, 6]) {
        shared.elapsed = minutes * 60_000;
        assert.deepEqual(await dueKeys(other), []);
      }

      assert.equal(shared.hints(), 0);
    });

    it('keeps a hint that was written again while it was taken for untrue', async () => {
      const first = await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, NINE)]);
      await other.due(AT_TEN, 1);
      await other.read(PARTITION);
      const put = await other.commit(PARTITION, first, [set('run', 1)]);
      shared.failNextCommit('503', 100);
      await assert.rejects(store.commit(PARTITION, put, [set('run', 2, NINE)]));
      shared.tables.fault = () => undefined;

      await store.read(PARTITION);
      await store.commit(PARTITION, put, [set('run', 2, NINE)]);

      assert.deepEqual(await dueKeys(other), ['run']);
    });

    it('finds a few among very many, page by page', async () => {
      shared = new Shared(50);
      store = await shared.open();
      for (let n = 0; n < 10; n += 1)
        await store.commit(
          `request:${n}`,
          NEVER_WRITTEN,
          Array.from({ length: 80 }, (_, i) => set(`outbox:${n}:${i}`, 1, NINE)),
        );
      await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, TEN)]);
      const before = { ...shared.tables.calls };

      assert.deepEqual(await store.due(AT_TEN, 10, { notBeginning: 'outbox:' }), [
        { partition: PARTITION, key: 'run', dueAt: TEN },
      ]);

      assert.equal(shared.tables.calls.page - before.page, 2, 'one for work, one for chains');
      assert.equal(shared.tables.calls.get - before.get, 1);
      assert.equal((await store.due(AT_TEN, 1_000, { beginning: 'outbox:' })).length, 800);
      assert.equal((await store.due(AT_TEN, 1_000, { beginning: 'outbox:7' })).length, 80);
    });
  });

  it('lists no partition of which nothing but the name was written', async () => {
    shared.failNextCommit('503', 100);
    await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]));
    shared.tables.fault = () => undefined;

    assert.deepEqual(await Array.fromAsync(other.partitions('request')), []);
    assert.equal(await other.isKept(PARTITION), false);
  });
});
