import assert from 'node:assert/strict';
import { changePartition } from '../../../services/storage/change-partition.ts';
import { claimedRow, LostLeaseError } from '../../../services/storage/claim.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NEVER_WRITTEN, StoreError, type Partition, type Store } from '../../../services/storage/store.ts';

const NAME = 'person:ada';
const counted = ({ rows }: Partition): number => Number(rows.get('n')?.value ?? 0);
const oneMore = (stored: Partition) => ({
  changes: [{ key: 'n', row: { value: counted(stored) + 1 } }],
  result: counted(stored) + 1,
});

describe('a change of a partition', () => {
  let store: Store;
  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot-1' });
  });
  afterEach(() => store.close());

  it('is decided again on what others have stored meanwhile, so that none is lost', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => changePartition(store, NAME, oneMore)));

    assert.deepEqual(
      results.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    assert.equal(counted(await store.read(NAME)), 20);
  });

  /** The same store, which counts what is committed and can be held up. */
  const watched = () => {
    const sizes: number[] = [];
    const counting = {
      read: (name: string) => store.read(name),
      commit: async (...[name, version, changes]: Parameters<Store['commit']>) => {
        sizes.push(changes.length);
        await new Promise(setImmediate);
        return store.commit(name, version, changes);
      },
    };
    return { sizes, counting };
  };
  const row = (key: string, value = 1) => ({ changes: [{ key, row: { value } }], result: key });

  it('is stored together with those that are wanted while another one is being stored, each on what the one before has decided', async () => {
    const { sizes, counting } = watched();
    const seen: number[] = [];

    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        changePartition(counting, NAME, (stored) => {
          seen.push(counted(stored));
          return oneMore(stored);
        }),
      ),
    );

    assert.deepEqual(
      results,
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    assert.deepEqual(
      seen,
      Array.from({ length: 20 }, (_, n) => n),
      'each was decided once',
    );
    assert.equal(counted(await store.read(NAME)), 20);
    assert.deepEqual(sizes, [1, 1], 'the first by itself, and all others as one row');
  });

  it('fails by itself, and those stored together with it are stored', async () => {
    const { sizes, counting } = watched();
    const first = changePartition(counting, NAME, () => row('first'));
    const broken = changePartition(counting, NAME, () => Promise.reject(new Error('no')));
    const endless = changePartition(counting, NAME, () => row('a/b'));
    const last = changePartition(counting, NAME, () => row('last'));

    const outcomes = await Promise.allSettled([first, broken, endless, last]);

    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.deepEqual([...(await store.read(NAME)).rows.keys()], ['first', 'last']);
    assert.deepEqual(sizes, [1, 1]);
  });

  it('is never stored with more rows than a commit takes', async () => {
    const { sizes, counting } = watched();
    const many = (of: string) => () => ({
      changes: Array.from({ length: 60 }, (_, n) => ({ key: `${of}${n}`, row: { value: n } })),
      result: of,
    });

    await Promise.all(['a', 'b', 'c'].map((of) => changePartition(counting, NAME, many(of))));

    assert.deepEqual(sizes, [60, 60, 60]);
    assert.equal((await store.read(NAME)).rows.size, 180);
  });

  it('is stored by itself where what is wanted together is too large, and only what is too large alone fails', async () => {
    const { sizes, counting } = watched();
    const { commit } = counting;
    const small: typeof counting = {
      ...counting,
      commit: async (name, version, changes) => {
        const isLarge = changes.length > 1 || changes.some(({ key }) => key === 'large');
        if (isLarge) throw new StoreError('too-large', 'no');
        return commit(name, version, changes);
      },
    };

    const outcomes = await Promise.allSettled(
      ['a', 'b', 'large', 'c', 'd'].map((key) => changePartition(small, NAME, () => row(key))),
    );

    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual([...(await store.read(NAME)).rows.keys()], ['a', 'b', 'c', 'd']);
    assert.deepEqual(sizes, [1, 1, 1, 1]);
  });

  it('is told of to nobody before it is stored, and decided again by all where another process was quicker', async () => {
    let isFirst = true;
    const told: number[] = [];
    const overtaken = {
      read: (name: string) => store.read(name),
      commit: async (...[name, version, changes]: Parameters<Store['commit']>) => {
        if (changes.length === 1 && isFirst) {
          isFirst = false;
          await store.commit(name, version, [{ key: 'n', row: { value: 100 } }]);
          assert.deepEqual(told, []);
        }
        return store.commit(name, version, changes);
      },
    };

    await Promise.all(
      [1, 2, 3].map(async () => {
        told.push(await changePartition(overtaken, NAME, oneMore));
      }),
    );

    assert.deepEqual(told, [101, 102, 103]);
  });

  it('stores nothing where nothing changes, and tells what was decided', async () => {
    const result = await changePartition(store, NAME, async ({ version }) => ({ changes: [], result: version }));

    assert.equal(result, NEVER_WRITTEN);
    assert.equal((await store.read(NAME)).version, NEVER_WRITTEN);
  });

  it('that the store refuses is not decided again', async () => {
    let decisions = 0;
    const full = {
      read: (name: string) => store.read(name),
      commit: () => Promise.reject(new StoreError('unwritable', 'ENOSPC')),
    };

    const changed = changePartition(full, NAME, (stored) => {
      decisions += 1;
      return oneMore(stored);
    });

    await assert.rejects(changed, StoreError);
    assert.equal(decisions, 1);
  });
});

describe('claimed work', () => {
  const lease = { owner: 'boot-1', until: '2026-03-01T10:00:00.000Z', fence: 2 };
  const claim = { partition: NAME, key: 'run', lease };
  const stored = (one: typeof lease) => ({ rows: new Map([['run', { value: {}, lease: one }]]) });

  it('is still ours when its lease was only prolonged', () => {
    const longer = { ...lease, until: '2026-03-01T11:00:00.000Z' };

    assert.equal(claimedRow(stored(longer), claim).lease, longer);
  });

  it('is lost when it was claimed since, by another process or by this one, and when it is done', () => {
    for (const taken of [stored({ ...lease, fence: 3 }), stored({ ...lease, owner: 'boot-2' }), { rows: new Map() }])
      assert.throws(() => claimedRow(taken, claim), LostLeaseError);
  });
});
