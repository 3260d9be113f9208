import assert from 'node:assert/strict';
import { createClaims, type Claims } from '../../../services/requests/claims.ts';
import { isFinal, STATES } from '../../../services/requests/life.ts';
import type { RequestRecord } from '../../../services/requests/request.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NEVER_WRITTEN, type Store } from '../../../services/storage/store.ts';
import { after, recordFor, requestIn } from './request-in.ts';

/** Claims of one process on a store, among the requests that were stored so far, at a moment that a test moves. */
function bench(store: Store = createMemoryStore({ boot: 'boot-1' })) {
  const stored = new Map<string, RequestRecord>();
  let ms = 0;
  const claims: Claims = createClaims({
    store,
    requests: { read: (id) => Promise.resolve(stored.get(id)) },
    clock: () => after(ms),
  });
  const storeRequest = (id: string, state: (typeof STATES)[number]): void => {
    stored.set(id, recordFor({ ...requestIn(state), id }));
  };
  return {
    claims,
    storeRequest,
    advance: (by: number): void => {
      ms += by;
    },
  };
}

describe('the claim on a customer', () => {
  it('is had by the first who asks', async () => {
    const { claims } = bench();

    assert.deepEqual(await claims.claim('contoso', 'one', 'ada'), { kind: 'claimed', requestId: 'one' });
    assert.deepEqual(await claims.claim('contoso', 'two', 'dan'), { kind: 'taken', requestId: 'one' });
  });

  it('is had again by whoever has it', async () => {
    const { claims } = bench();
    await claims.claim('contoso', 'one', 'ada');

    assert.deepEqual(await claims.claim('contoso', 'one', 'ada'), { kind: 'claimed', requestId: 'one' });
  });

  it('does not keep anybody from another customer', async () => {
    const { claims } = bench();
    await claims.claim('contoso', 'one', 'ada');

    assert.deepEqual(await claims.claim('fabrikam', 'two', 'dan'), { kind: 'claimed', requestId: 'two' });
  });

  for (const state of STATES)
    it(`is ${isFinal(state) ? 'free' : 'held'} once its request is ${state}, however long ago`, async () => {
      const { claims, storeRequest, advance } = bench();
      await claims.claim('contoso', 'one', 'ada');
      storeRequest('one', state);
      advance(100 * 86_400_000);

      const claim = await claims.claim('contoso', 'two', 'dan');

      assert.equal(claim.kind, isFinal(state) ? 'claimed' : 'taken');
    });

  it('tells whose request it is', async () => {
    const { claims, storeRequest } = bench();
    await claims.claim('contoso', 'one', 'ada');
    storeRequest('one', 'pending');

    const claim = await claims.claim('contoso', 'two', 'dan');

    assert.ok(claim.kind === 'taken');
    assert.equal(claim.record?.request.requester.id, 'ada');
  });

  it('names the request before it that came to nothing, and none that was carried out', async () => {
    for (const [state, previous] of [
      ['void', 'one'],
      ['declined', 'one'],
      ['expired', 'one'],
      ['done', undefined],
    ] as const) {
      const { claims, storeRequest } = bench();
      await claims.claim('contoso', 'one', 'ada');
      storeRequest('one', state);

      assert.deepEqual(await claims.claim('contoso', 'two', 'dan'), {
        kind: 'claimed',
        requestId: 'two',
        ...(previous && { previous }),
      });
    }
  });

  it('whose request was never stored is held for a minute, and is free then', async () => {
    const { claims, advance } = bench();
    await claims.claim('contoso', 'one', 'ada');

    advance(59_999);
    const before = await claims.claim('contoso', 'two', 'dan');
    advance(1);
    const then = await claims.claim('contoso', 'two', 'dan');

    assert.deepEqual(
      [before, then],
      [
        { kind: 'taken', requestId: 'one' },
        { kind: 'claimed', requestId: 'two' },
      ],
    );
  });

  it('whose request was never stored is its maker’s at once, for the same request', async () => {
    const { claims } = bench();
    await claims.claim('contoso', 'one', 'ada');

    assert.deepEqual(await claims.claim('contoso', 'again', 'ada'), { kind: 'claimed', requestId: 'one' });
  });

  it('whose request is gone without a tombstone is nobody’s to take', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const { claims, advance } = bench(store);
    await claims.claim('contoso', 'one', 'ada');
    await store.commit('request:one', NEVER_WRITTEN, [{ key: 'audit-head', row: { value: {} } }]);
    advance(60_000);

    await assert.rejects(claims.claim('contoso', 'again', 'ada'), { name: 'StoreError' });
    await assert.rejects(claims.claim('contoso', 'two', 'dan'), { name: 'StoreError' });
  });

  it('that is not as it was written is nobody’s to take', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const { claims } = bench(store);
    const { version } = await store.read('customer:contoso');
    await store.commit('customer:contoso', version, [{ key: 'claim', row: { value: { requestId: 'one' } } }]);

    await assert.rejects(claims.claim('contoso', 'two', 'dan'), { name: 'StoreError' });
    await assert.rejects(claims.latest('contoso'), { name: 'StoreError' });
  });

  it('goes to one of two who ask at the same time', async () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    const [left, right] = [bench(store), bench(store)];

    const outcomes = await Promise.all([
      left.claims.claim('contoso', 'one', 'ada'),
      right.claims.claim('contoso', 'two', 'dan'),
    ]);

    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['claimed', 'taken']);
  });

  it('goes to one of many who ask for a free one at the same time', async () => {
    const { claims, storeRequest } = bench();
    await claims.claim('contoso', 'old', 'ada');
    storeRequest('old', 'declined');
    const names = Array.from({ length: 8 }, (_, n) => `request-${n}`);

    const outcomes = await Promise.all(names.map((name) => claims.claim('contoso', name, name)));

    const winner = names[outcomes.findIndex(({ kind }) => kind === 'claimed')];
    assert.equal(outcomes.filter(({ kind }) => kind === 'claimed').length, 1);
    assert.ok(outcomes.every((one) => one.kind === 'claimed' || (one.kind === 'taken' && one.requestId === winner)));
  });
});

describe('the claim on a customer in a store that is nearly full', () => {
  const full = () => {
    const store = createMemoryStore({ boot: 'boot-1' });
    let isFull = false;
    const nearly: Store = { ...store, hasRoom: () => Promise.resolve(!isFull) };
    return {
      ...bench(nearly),
      store,
      fill: (): void => {
        isFull = true;
      },
    };
  };

  it('is not made, and nothing is stored', async () => {
    const { claims, store, fill } = full();
    fill();

    assert.deepEqual(await claims.claim('contoso', 'one', 'ada'), { kind: 'no-room' });
    assert.deepEqual(await Array.fromAsync(store.partitions('customer')), []);
  });

  it('stays with whoever has it', async () => {
    const { claims, fill, storeRequest } = full();
    await claims.claim('contoso', 'one', 'ada');
    storeRequest('one', 'draft');
    fill();

    assert.deepEqual(await claims.claim('contoso', 'one', 'ada'), { kind: 'claimed', requestId: 'one' });
    assert.equal((await claims.claim('contoso', 'two', 'dan')).kind, 'taken');
  });
});

describe('the newest request for a customer', () => {
  it('is the one that has claimed it, whatever became of it', async () => {
    const { claims, storeRequest } = bench();
    assert.equal(await claims.latest('contoso'), undefined);

    await claims.claim('contoso', 'one', 'ada');
    assert.equal(await claims.latest('contoso'), undefined);

    storeRequest('one', 'done');
    assert.equal((await claims.latest('contoso'))?.request.id, 'one');
  });
});
