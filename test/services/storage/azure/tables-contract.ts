import assert from 'node:assert/strict';
import { ConflictError, pagesOf } from '../../../../services/storage/azure/tables.ts';
import type { EntityChange, Properties, Query, Tables } from '../../../../services/storage/azure/tables.ts';
import { StoreError } from '../../../../services/storage/store.ts';

const PARTITION = 'request:a';
const put = (rowKey: string, properties: Properties = {}): EntityChange => ({ kind: 'put', rowKey, properties });
const insert = (rowKey: string, properties: Properties = {}): EntityChange => ({ kind: 'insert', rowKey, properties });
const only = (partition: string): Query => ({ partitions: { from: partition, to: partition } });

/** What the store relies on of a table. The model of the tests is held to it, and so is Azurite. */
export function tablesContract(name: string, create: () => Promise<Tables>): void {
  describe(`${name}, as every table,`, () => {
    let tables: Tables;
    beforeEach(async () => {
      tables = await create();
      await tables.make();
    });
    const keysOf = async (query: Query, most?: number): Promise<string[]> =>
      (await Array.fromAsync(pagesOf(tables, query, most))).flat().map((one) => `${one.partitionKey} ${one.rowKey}`);

    it('says whether it is there, and is made once', async () => {
      const other = await create();

      assert.equal(await other.exists(), false);
      await assert.rejects(other.get(PARTITION, 'a'), StoreError);
      await assert.rejects(other.page(only(PARTITION)), StoreError);
      await assert.rejects(other.batch(PARTITION, [put('a')]), StoreError);
      await other.make();
      await other.make();
      assert.equal(await other.exists(), true);
    });

    it('gives back what was put, under an etag that changes with it', async () => {
      const properties = {
        v: JSON.stringify({ text: 'Ünïcode 💼 \u0000 \' " \\ \n' }),
        at: '2026-03-01T09:00:00.000Z',
      };

      const [first] = await tables.batch(PARTITION, [put('a', properties)]);

      assert.deepEqual(await tables.get(PARTITION, 'a'), {
        partitionKey: PARTITION,
        rowKey: 'a',
        etag: first,
        properties,
      });
      const [second] = await tables.batch(PARTITION, [put('a', { other: 'x' })]);
      assert.ok(first !== undefined && second !== undefined && first !== second);
      assert.deepEqual((await tables.get(PARTITION, 'a'))?.properties, { other: 'x' }, 'it was replaced as a whole');
      assert.equal(await tables.get(PARTITION, 'b'), undefined);
      assert.equal(await tables.get('request:none', 'a'), undefined);
    });

    it('gives the properties that are asked for', async () => {
      await tables.batch(PARTITION, [put('a', { one: '1', two: '2' })]);

      assert.deepEqual((await tables.get(PARTITION, 'a', ['one', 'none']))?.properties, { one: '1' });
      const [found] = (await tables.page({ ...only(PARTITION), select: ['two'] })).entities;
      assert.deepEqual([found?.partitionKey, found?.rowKey, found?.properties], [PARTITION, 'a', { two: '2' }]);
    });

    it('changes all of a batch or nothing', async () => {
      const [stale = ''] = await tables.batch(PARTITION, [insert('!')]);
      const [etag = ''] = await tables.batch(PARTITION, [put('!', { n: '1' }), put('a'), put('b')]);
      const bad: EntityChange[][] = [
        [insert('!'), put('c')],
        [{ kind: 'replace', rowKey: '!', properties: {}, etag: stale }, put('c')],
        [{ kind: 'replace', rowKey: 'none', properties: {}, etag }, put('c')],
        [{ kind: 'replace', rowKey: '!', properties: {}, etag }, put('c'), { kind: 'remove', rowKey: 'none' }],
      ];
      for (const changes of bad) await assert.rejects(tables.batch(PARTITION, changes), ConflictError);
      assert.deepEqual(
        await keysOf(only(PARTITION)),
        ['!', 'a', 'b'].map((key) => `${PARTITION} ${key}`),
      );

      await tables.batch(PARTITION, [
        { kind: 'replace', rowKey: '!', properties: { n: '2' }, etag },
        put('c'),
        { kind: 'remove', rowKey: 'a' },
      ]);

      assert.deepEqual(
        await keysOf(only(PARTITION)),
        ['!', 'b', 'c'].map((key) => `${PARTITION} ${key}`),
      );
      assert.deepEqual((await tables.get(PARTITION, '!'))?.properties, { n: '2' });
      await assert.rejects(
        tables.batch(PARTITION, [{ kind: 'replace', rowKey: '!', properties: {}, etag }]),
        ConflictError,
      );
    });

    it('lets one of many win who replace the same', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [etag = ''] = await tables.batch(PARTITION, [put('!', { round: String(round) })]);
        const outcomes = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) =>
            tables.batch(PARTITION, [
              { kind: 'replace', rowKey: '!', properties: { winner: String(n) }, etag },
              put('by', { n: String(n) }),
            ]),
          ),
        );

        const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [String(n)] : []));
        assert.equal(won.length, 1);
        assert.deepEqual((await tables.get(PARTITION, '!'))?.properties, { winner: won[0] });
        assert.deepEqual((await tables.get(PARTITION, 'by'))?.properties, { n: won[0] });
      }
    });

    it('removes what still has its etag, and nothing else', async () => {
      const [first = ''] = await tables.batch(PARTITION, [put('a')]);
      const [second = ''] = await tables.batch(PARTITION, [put('a')]);

      await assert.rejects(tables.remove(PARTITION, 'a', first), ConflictError);
      await tables.remove(PARTITION, 'a', second);
      await assert.rejects(tables.remove(PARTITION, 'a', second), ConflictError);
      assert.equal(await tables.get(PARTITION, 'a'), undefined);
    });

    it('takes 100 changes in a batch, as many properties as an entity may have of the longest that are used, and no more', async () => {
      const hundred = Array.from({ length: 100 }, (_, n) => put(`row-${String(n).padStart(3, '0')}`));
      await tables.batch(PARTITION, hundred);
      assert.equal((await keysOf(only(PARTITION))).length, 100);
      await assert.rejects(tables.batch(PARTITION, [...hundred, put('one more')]), StoreError);

      const long = 'ä'.repeat(28_000);
      const properties = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`v${n}`, long]));
      await tables.batch('request:b', [put('a', properties)]);
      assert.deepEqual((await tables.get('request:b', 'a'))?.properties, properties);
      await assert.rejects(tables.batch('request:b', [put('b', { v: 'x'.repeat(33_000) })]), StoreError);
    });

    it('finds what lies between bounds, in the order of keys, whatever the size of a page', async () => {
      const keys = ['!', 'A', 'a', 'a:b', '=f0', 'z', '2026-03-01T09:00:00.000Z:ab'];
      for (const partition of [
        '!due:work:2026-03-01T09',
        '!due:work:2026-03-01T10',
        'Request',
        'request:a',
        'request:b',
      ])
        await tables.batch(
          partition,
          keys.map((key) => put(key, { key: `x:${key}` })),
        );
      const all = (partition: string): string[] => keys.toSorted().map((key) => `${partition} ${key}`);

      for (const most of [1, 3, 1_000]) {
        assert.deepEqual(await keysOf(only('request:a'), most), all('request:a'));
        assert.deepEqual(await keysOf({ partitions: { from: 'a', to: '~' } }, most), [
          ...all('request:a'),
          ...all('request:b'),
        ]);
        assert.deepEqual(
          await keysOf(
            {
              partitions: { from: '!due:work:', to: '!due:work:2026-03-01T10' },
              rows: { from: '', to: '2026-03-01T09:00:00.000Z~' },
            },
            most,
          ),
          ['09', '10'].flatMap((hour) =>
            ['!', '2026-03-01T09:00:00.000Z:ab'].map((key) => `!due:work:2026-03-01T${hour} ${key}`),
          ),
        );
        assert.deepEqual(
          await keysOf({ ...only('request:b'), where: { property: 'key', from: 'x:a', to: 'x:a~' } }, most),
          ['request:b a', 'request:b a:b'],
        );
      }
    });

    it('gives a partition of many entities page by page', async () => {
      for (let at = 0; at < 2_500; at += 100)
        await tables.batch(
          PARTITION,
          Array.from({ length: 100 }, (_, n) => put(`row-${String(at + n).padStart(5, '0')}`)),
        );

      const pages = await Array.fromAsync(pagesOf(tables, only(PARTITION)));

      assert.ok(pages.length >= 3);
      assert.deepEqual(new Set(pages.flat().map(({ rowKey }) => rowKey)).size, 2_500);
    });
  });
}
