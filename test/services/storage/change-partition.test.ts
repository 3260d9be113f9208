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
