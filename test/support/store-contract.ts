import assert from 'node:assert/strict';
import { MAX_ROWS_PER_COMMIT, NEVER_WRITTEN, StaleWriteError, StoreError } from '../../services/storage/store.ts';
import type { Json, KeyChoice, Row, RowChange, Store } from '../../services/storage/store.ts';

const BOOT = 'boot-2';
const PARTITION = 'request:5f0c0f5e-6d8e-4d6a-9d6a-0b9a3c1e7f42';
const NINE = '2026-03-01T09:00:00.000Z';
const TEN = '2026-03-01T10:00:00.000Z';
const ELEVEN = '2026-03-01T11:00:00.000Z';

const set = (key: string, value: Json, when: Omit<Row, 'value'> = {}): RowChange => ({ key, row: { value, ...when } });
const remove = (key: string): RowChange => ({ key, remove: true });
const due = async (store: Store, at: string, limit = 10): Promise<string[]> =>
  (await store.due(new Date(at), limit)).map((row) => row.key);

/**
 * What every store must do. Each implementation's test file calls this with its own.
 *
 * @param create opens an empty store for a process whose boot has this id; the suite closes it.
 * @param isShared whether several processes may work with it at a time.
 */
export function storeContract(
  name: string,
  create: (options: { readonly boot: string }) => Promise<Store>,
  { isShared = false } = {},
): void {
  describe(`${name}, as every store,`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await create({ boot: BOOT });
    });
    afterEach(() => store.close());

    describe('keeps rows in partitions, so that it', () => {
      it('has nothing in a partition that was never written', async () => {
        assert.deepEqual(await store.read(PARTITION), { version: NEVER_WRITTEN, rows: new Map() });
      });

      it('gives back what was committed, under the version that the commit returned', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', { n: 1, list: ['ä', null, 2.5] })]);

        assert.deepEqual(await store.read(PARTITION), {
          version,
          rows: new Map([['head', { value: { n: 1, list: ['ä', null, 2.5] } }]]),
        });
      });

      it('keeps what is stored as it is, whatever a reader does with what was read', async () => {
        await store.commit(PARTITION, NEVER_WRITTEN, [set('head', { people: ['ada'] })]);

        const first = await store.read(PARTITION);
        const { people } = first.rows.get('head')?.value as { people: string[] };
        try {
          people.push('eve');
        } catch (error) {
          assert.ok(error instanceof TypeError, 'nothing else but that it cannot be changed');
        }

        const second = await store.read(PARTITION);
        assert.deepEqual(second.rows.get('head'), { value: { people: ['ada'] } });
      });

      it('keeps what was committed whatever the writer does with it afterwards', async () => {
        const people = ['ada'];

        const committed = store.commit(PARTITION, NEVER_WRITTEN, [set('head', { people })]);
        people.push('eve');
        await committed;

        assert.deepEqual((await store.read(PARTITION)).rows.get('head'), { value: { people: ['ada'] } });
      });

      it('keeps due time and lease with the row', async () => {
        const row: Row = { value: 'x', dueAt: NINE, lease: { owner: `${BOOT}/worker`, until: TEN, fence: 3 } };

        await store.commit(PARTITION, NEVER_WRITTEN, [{ key: 'work', row }]);

        assert.deepEqual((await store.read(PARTITION)).rows.get('work'), row);
      });

      it('takes away what a commit removes, and leaves the rest', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1), set('b', 2)]);

        await store.commit(PARTITION, version, [remove('a'), remove('never-there')]);

        assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], ['b']);
      });

      it('replaces a row as a whole, due time and lease included', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('a', { x: 1 }, { dueAt: NINE })]);

        await store.commit(PARTITION, version, [set('a', { y: 2 })]);

        assert.deepEqual((await store.read(PARTITION)).rows.get('a'), { value: { y: 2 } });
        assert.deepEqual(await due(store, ELEVEN), []);
      });

      it('keeps one partition out of another', async () => {
        await store.commit('customer:a', NEVER_WRITTEN, [set('head', 'customer')]);
        await store.commit('person:a', NEVER_WRITTEN, [set('head', 'person')]);
        await store.commit('customer:A', NEVER_WRITTEN, [set('head', 'in capitals')]);

        assert.deepEqual((await store.read('customer:a')).rows.get('head'), { value: 'customer' });
        assert.deepEqual((await store.read('person:a')).rows.get('head'), { value: 'person' });
        assert.deepEqual((await store.read('customer:A')).rows.get('head'), { value: 'in capitals' });
      });

      it('takes names and keys that other programs trip over', async () => {
        const names = ['../../etc/passwd', 'a/b', 'con', '..', '.', ' ', '-', '_', 'a:b', 'Ünïcode 💼', '__proto__'];
        const keys = ['__proto__', 'constructor', '10', '9', 'a b', 'ä', '..', 'outbox:person:1'];

        for (const rest of [...names, 'x'.repeat(200)]) {
          await store.commit(
            `customer:${rest}`,
            NEVER_WRITTEN,
            keys.map((key) => set(key, rest)),
          );

          const { rows } = await store.read(`customer:${rest}`);
          assert.deepEqual([...rows.keys()].sort(), keys.toSorted());
          assert.ok([...rows.values()].every((row) => row.value === rest));
        }
      });
    });

    describe('lets nobody write over what they have not seen, so that it', () => {
      it('refuses a commit against an older version, and changes nothing', async () => {
        const first = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', 1)]);
        const second = await store.commit(PARTITION, first, [set('head', 2)]);

        for (const version of [NEVER_WRITTEN, first, 'nonsense']) {
          await assert.rejects(store.commit(PARTITION, version, [set('head', 3)]), StaleWriteError);
        }

        assert.deepEqual(await store.read(PARTITION), { version: second, rows: new Map([['head', { value: 2 }]]) });
      });

      it('refuses a version for a partition that was never written', async () => {
        await assert.rejects(store.commit(PARTITION, '1', [set('head', 1)]), StaleWriteError);
      });

      for (const writers of [2, 20]) {
        it(`lets one of ${writers} writers win each round`, async () => {
          let version = NEVER_WRITTEN;
          for (let round = 0; round < 10; round += 1) {
            const outcomes = await Promise.allSettled(
              Array.from({ length: writers }, (_, writer) =>
                store.commit(PARTITION, version, [set('round', round), set('winner', writer)]),
              ),
            );

            const won = outcomes.flatMap((outcome, writer) => (outcome.status === 'fulfilled' ? [writer] : []));
            const lost = outcomes.flatMap((outcome) =>
              outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
            );
            assert.equal(won.length, 1);
            assert.ok(lost.every((reason) => reason instanceof StaleWriteError));
            const stored = await store.read(PARTITION);
            assert.deepEqual(stored.rows.get('winner'), { value: won[0] });
            assert.deepEqual(stored.rows.get('round'), { value: round });
            version = stored.version;
          }
        });
      }

      it('lets writers of different partitions all win', async () => {
        const names = Array.from({ length: 50 }, (_, n) => `request:${n}`);

        await Promise.all(names.map((partition) => store.commit(partition, NEVER_WRITTEN, [set('head', partition)])));

        for (const partition of names) {
          assert.deepEqual((await store.read(partition)).rows.get('head'), { value: partition });
        }
      });

      it('does not start again with the versions of a partition that was emptied', async () => {
        const first = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', 1)]);
        const emptied = await store.commit(PARTITION, first, [remove('head')]);

        assert.deepEqual(await store.read(PARTITION), { version: emptied, rows: new Map() });
        assert.ok(![NEVER_WRITTEN, first].includes(emptied));
        const again = await store.commit(PARTITION, emptied, [set('head', 1)]);
        assert.ok(![NEVER_WRITTEN, first, emptied].includes(again));
      });
    });

    describe('stores all of a commit or nothing, so that it', () => {
      it(`takes ${MAX_ROWS_PER_COMMIT} rows at once`, async () => {
        const changes = Array.from({ length: MAX_ROWS_PER_COMMIT }, (_, n) => set(`row-${n}`, n));

        await store.commit(PARTITION, NEVER_WRITTEN, changes);

        assert.equal((await store.read(PARTITION)).rows.size, MAX_ROWS_PER_COMMIT);
      });

      const tooMany = Array.from({ length: MAX_ROWS_PER_COMMIT + 1 }, (_, n) => set(`row-${n}`, n));
      const endless: { self?: unknown } = {};
      endless.self = endless;
      const mistakes: [name: string, changes: readonly RowChange[]][] = [
        ['no change at all', []],
        [`more than ${MAX_ROWS_PER_COMMIT} changes`, tooMany],
        ['two changes of one row', [set('a', 1), remove('a')]],
        ['an empty key', [set('', 1)]],
        ['a key of 201 characters', [set('k'.repeat(201), 1)]],
        ...['/', '\\', '#', '?', '\n', '\u0000', '\u007f', '\u0085', '\ud800'].map(
          (character): [string, RowChange[]] => [`a key with ${JSON.stringify(character)}`, [set(`a${character}b`, 1)]],
        ),
        ['the removal of an impossible key', [remove('a/b')]],
        ['a due time that is no instant', [set('a', 1, { dueAt: '2026-03-01' })]],
        ['a due time in a month 13', [set('a', 1, { dueAt: '2026-13-01T00:00:00.000Z' })]],
        ['a lease until no instant', [set('a', 1, { lease: { owner: 'x', until: 'soon', fence: 1 } })]],
        ['a lease of nobody', [set('a', 1, { lease: { owner: '', until: NINE, fence: 1 } })]],
        ['a lease with half a fence', [set('a', 1, { lease: { owner: 'x', until: NINE, fence: 1.5 } })]],
        ['a date', [set('a', new Date(NINE) as unknown as Json)]],
        ['a number that JSON does not know', [set('a', { n: Number.NaN })]],
        ['a list with a hole', [set('a', [undefined] as unknown as Json)]],
        ['a value that contains itself', [set('a', endless as Json)]],
      ];
      for (const [mistake, changes] of mistakes) {
        it(`takes ${mistake} for a mistake of its caller, and stores no other row of that commit`, async () => {
          const withGoodOnes = changes.length === 0 || changes === tooMany ? changes : [set('good', 1), ...changes];

          await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, withGoodOnes), (error) => {
            assert.ok(error instanceof RangeError || error instanceof TypeError);
            return true;
          });

          assert.deepEqual(await store.read(PARTITION), { version: NEVER_WRITTEN, rows: new Map() });
        });
      }

      for (const partition of [
        '',
        'request',
        ':a',
        'request:',
        'Request:a',
        'request:a\nb',
        `request:${'x'.repeat(201)}`,
        'archive:a',
        'backups:a',
      ]) {
        it(`takes ${JSON.stringify(partition.slice(0, 20))} for no partition`, async () => {
          await assert.rejects(store.read(partition), RangeError);
          await assert.rejects(store.commit(partition, NEVER_WRITTEN, [set('a', 1)]), RangeError);
        });
      }

      it('refuses a value above a million characters, and stores no other row of that commit', async () => {
        const fits = 'x'.repeat(1_000_000 - 2);

        const commit = store.commit(PARTITION, NEVER_WRITTEN, [set('good', 1), set('big', `${fits}x`)]);

        await assert.rejects(commit, (error) => error instanceof StoreError && error.fault === 'too-large');
        assert.equal((await store.read(PARTITION)).rows.size, 0);
        await store.commit(PARTITION, NEVER_WRITTEN, [set('big', fits)]);
        assert.deepEqual((await store.read(PARTITION)).rows.get('big'), { value: fits });
      });
    });

    describe('knows which rows are due, so that it', () => {
      it('names the longest due first, in whatever partition, and none before its time', async () => {
        await store.commit('request:a', NEVER_WRITTEN, [set('ten', 1, { dueAt: TEN }), set('kept', 1)]);
        await store.commit('customer:b', NEVER_WRITTEN, [set('nine', 1, { dueAt: NINE })]);
        await store.commit('request:c', NEVER_WRITTEN, [set('eleven', 1, { dueAt: ELEVEN })]);

        assert.deepEqual(await store.due(new Date(TEN), 10), [
          { partition: 'customer:b', key: 'nine', dueAt: NINE },
          { partition: 'request:a', key: 'ten', dueAt: TEN },
        ]);
        assert.deepEqual(await due(store, '2026-03-01T08:59:59.999Z'), []);
      });

      it('names no more of them than asked for', async () => {
        const changes = ['c', 'a', 'b'].map((key, n) => set(key, n, { dueAt: `2026-03-01T09:00:0${n}.000Z` }));
        await store.commit(PARTITION, NEVER_WRITTEN, changes);

        assert.deepEqual(await due(store, TEN, 2), ['c', 'a']);
        assert.deepEqual(await due(store, TEN, 0), []);
        await assert.rejects(store.due(new Date(TEN), -1), RangeError);
        await assert.rejects(store.due(new Date(Number.NaN), 1), RangeError);
      });

      it('names only those whose keys begin as asked for, or do not, however many others are due before them', async () => {
        const others = Array.from({ length: 30 }, (_, n) => set(`outbox:${n}`, n, { dueAt: NINE }));
        await store.commit('request:a', NEVER_WRITTEN, [...others, set('run', 1, { dueAt: TEN })]);
        await store.commit('request:b', NEVER_WRITTEN, [set('outbox', 1, { dueAt: TEN })]);
        const names = async (keys: KeyChoice, limit: number): Promise<string[]> =>
          (await store.due(new Date(TEN), limit, keys)).map(({ key }) => key);

        assert.deepEqual(await names({ notBeginning: 'outbox:' }, 2), ['run', 'outbox']);
        assert.deepEqual(await names({ beginning: 'ru' }, 2), ['run']);
        assert.equal((await names({ beginning: 'outbox:' }, 100)).length, 30);
        assert.deepEqual(await names({ beginning: 'look' }, 100), []);
      });

      it('forgets rows that were removed, put off, or never committed', async () => {
        const changes = ['done', 'later', 'same'].map((key) => set(key, 1, { dueAt: NINE }));
        const version = await store.commit(PARTITION, NEVER_WRITTEN, changes);

        await store.commit(PARTITION, version, [remove('done'), set('later', 1, { dueAt: ELEVEN })]);
        await assert.rejects(store.commit(PARTITION, version, [remove('same'), set('lost', 1, { dueAt: NINE })]));

        assert.deepEqual(await due(store, TEN), ['same']);
      });

      const leased = (owner: string, until: string): RowChange =>
        set('leased', 1, { dueAt: NINE, lease: { owner, until, fence: 1 } });
      /** Whoever had it is gone where there is one owner at a time, and may be at work where there are several. */
      const ofOthers = isShared ? [] : ['leased'];
      const leases: [name: string, change: RowChange, atTen: string[], atEleven: string[]][] = [
        ['of this boot hides the row until it lapses', leased(BOOT, ELEVEN), [], ['leased']],
        ['of a worker of this boot does so too', leased(`${BOOT}/worker-1`, ELEVEN), [], ['leased']],
        ['that has lapsed hides nothing', leased(BOOT, NINE), ['leased'], ['leased']],
        [
          isShared ? 'of another boot holds until it lapses' : 'of an earlier boot has lapsed',
          leased('boot-1/worker-1', ELEVEN),
          ofOthers,
          ['leased'],
        ],
        ['of a boot with a longer id is not of this boot', leased(`${BOOT}2/worker`, ELEVEN), ofOthers, ['leased']],
        [
          'that lapses early does not make the row due before its time',
          set('leased', 1, { dueAt: ELEVEN, lease: { owner: BOOT, until: NINE, fence: 1 } }),
          [],
          ['leased'],
        ],
        [
          'on a row that is only kept makes nothing due',
          set('kept', 1, { lease: { owner: BOOT, until: NINE, fence: 1 } }),
          [],
          [],
        ],
      ];
      for (const [lease, change, atTen, atEleven] of leases) {
        it(`finds that a lease ${lease}`, async () => {
          await store.commit(PARTITION, NEVER_WRITTEN, [change]);

          assert.deepEqual(await due(store, TEN), atTen);
          assert.deepEqual(await due(store, ELEVEN), atEleven);
        });
      }
    });

    it('lists the partitions of one kind, each once', async () => {
      const version = await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await store.commit('request:a', version, [set('head', 2)]);
      await store.commit('request:B / c', NEVER_WRITTEN, [set('head', 1)]);
      await store.commit('requester:x', NEVER_WRITTEN, [set('head', 1)]);

      assert.deepEqual((await Array.fromAsync(store.partitions('request'))).sort(), ['request:B / c', 'request:a']);
      assert.deepEqual(await Array.fromAsync(store.partitions('person')), []);
    });

    describe('archives what is closed, so that it', () => {
      const archived = (month: string): Promise<string[]> => Array.fromAsync(store.archived(month));

      it('is read as before, under the same version, and is listed by its month only', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', { n: 1 }), set('more', 2)]);
        const before = await store.read(PARTITION);

        await store.archive(PARTITION, version, '2026-03');

        assert.deepEqual(await store.read(PARTITION), before);
        assert.deepEqual(await Array.fromAsync(store.partitions('request')), []);
        assert.deepEqual(await store.archiveMonths(), ['2026-03']);
        assert.deepEqual(await archived('2026-03'), [PARTITION]);
        assert.deepEqual(await archived('2026-04'), []);
      });

      it('takes commits that leave nothing due, and stays where it is', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', 1)]);
        await store.archive(PARTITION, version, '2026-03');

        const next = await store.commit(PARTITION, version, [set('head', 2)]);

        await assert.rejects(store.commit(PARTITION, version, [set('head', 3)]), StaleWriteError);
        assert.deepEqual(await store.read(PARTITION), { version: next, rows: new Map([['head', { value: 2 }]]) });
        assert.deepEqual(await archived('2026-03'), [PARTITION]);
      });

      it('comes back with the first row that is due', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', 1)]);
        await store.archive(PARTITION, version, '2026-03');

        await store.commit(PARTITION, version, [set('run', 2, { dueAt: NINE })]);

        assert.deepEqual([...(await store.read(PARTITION)).rows.keys()].sort(), ['head', 'run']);
        assert.deepEqual(await due(store, TEN), ['run']);
        assert.deepEqual(await Array.fromAsync(store.partitions('request')), [PARTITION]);
        assert.deepEqual(await store.archiveMonths(), []);
      });

      it('stays under its first month, and can be archived again after it came back', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('head', 1)]);
        await store.archive(PARTITION, version, '2026-03');
        await store.archive(PARTITION, version, '2026-04');
        assert.deepEqual(await store.archiveMonths(), ['2026-03']);
        const back = await store.commit(PARTITION, version, [set('run', 2, { dueAt: NINE })]);
        const done = await store.commit(PARTITION, back, [remove('run')]);

        await store.archive(PARTITION, done, '2026-03');

        assert.deepEqual([...(await store.read(PARTITION)).rows.keys()], ['head']);
        assert.deepEqual(await store.archiveMonths(), ['2026-03']);
      });

      it('refuses what has work left, was changed meanwhile, or never was', async () => {
        const version = await store.commit(PARTITION, NEVER_WRITTEN, [set('run', 1, { dueAt: NINE })]);

        await assert.rejects(store.archive(PARTITION, version, '2026-03'), RangeError);
        await assert.rejects(store.archive(PARTITION, NEVER_WRITTEN, '2026-03'), StaleWriteError);
        await assert.rejects(store.archive('request:never', NEVER_WRITTEN, '2026-03'), RangeError);
        const done = await store.commit(PARTITION, version, [set('run', 1)]);
        for (const month of ['2026', '2026-13', '2026-3', '../up'])
          await assert.rejects(store.archive(PARTITION, done, month), RangeError);
        assert.deepEqual(await store.archiveMonths(), []);
      });

      it('lists months from the oldest on, with all that is in them', async () => {
        for (const [name, month] of [
          ['b', '2026-03'],
          ['A / c', '2025-12'],
          ['a', '2026-03'],
        ] as const)
          await store.archive(
            `request:${name}`,
            await store.commit(`request:${name}`, NEVER_WRITTEN, [set('head', name)]),
            month,
          );

        assert.deepEqual(await store.archiveMonths(), ['2025-12', '2026-03']);
        assert.deepEqual((await archived('2026-03')).sort(), ['request:a', 'request:b']);
        assert.deepEqual(await archived('2025-12'), ['request:A / c']);
      });

      it('is listed by its kind, part by part', async () => {
        const requests = ['a', 'a-1', 'b', 'c / D', 'e', 'f'].map((name) => `request:${name}`);
        for (const name of [...requests, 'audit:2026-03-01.b', 'requests:a'])
          await store.archive(name, await store.commit(name, NEVER_WRITTEN, [set('head', 1)]), '2026-03');
        const found: string[] = [];
        for (let part: string[] = [], begun = false; !begun || part.length > 0; begun = true) {
          const after = found.at(-1);
          part = await Array.fromAsync(
            store.archived('2026-03', { kind: 'request', limit: 2, ...(after !== undefined && { after }) }),
          );
          assert.ok(part.length <= 2);
          found.push(...part);
        }

        assert.deepEqual([found.length, found.toSorted()], [6, requests.toSorted()]);
        assert.deepEqual(await Array.fromAsync(store.archived('2026-03', { kind: 'audit' })), ['audit:2026-03-01.b']);
        assert.deepEqual(await Array.fromAsync(store.archived('2026-04', { kind: 'request' })), []);
      });
    });

    it('knows which partitions were ever written, archived ones too', async () => {
      await store.commit('request:a', NEVER_WRITTEN, [set('head', 1)]);
      await store.commit('request:b', NEVER_WRITTEN, [set('head', 1)]);
      await store.archive('request:b', (await store.read('request:b')).version, '2026-01');

      const known = await Promise.all(['request:a', 'request:b', 'request:c'].map((name) => store.isKept(name)));

      assert.deepEqual(known, [true, true, false]);
    });

    it('has a name, and says how many may own it', () => {
      assert.notEqual(store.origin.id, '');
      assert.equal(store.isShared, isShared);
      assert.equal(store.origin.restoredAt, undefined);
    });

    it('can be reached until it is closed, and refuses everything afterwards', async () => {
      assert.equal(await store.isReachable(), true);

      await store.close();
      await store.close();

      assert.equal(await store.isReachable(), false);
      await assert.rejects(store.read(PARTITION), /closed/);
      await assert.rejects(store.commit(PARTITION, NEVER_WRITTEN, [set('a', 1)]), /closed/);
    });
  });
}
