import assert from 'node:assert/strict';
import { createReplicas, type Replicas } from '../../../services/storage/replicas.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import type { Store } from '../../../services/storage/store.ts';
import { TableModel } from '../../support/table-model.ts';

describe('the processes that work with a store', () => {
  let tables: TableModel;
  let nowMs: number;
  let open: { readonly replicas: Replicas; readonly store: Store }[];
  beforeEach(() => {
    tables = new TableModel();
    nowMs = Date.parse('2026-03-01T09:00:00Z');
    open = [];
  });
  afterEach(async () => {
    for (const { replicas, store } of open) {
      await replicas.stop();
      await store.close();
    }
  });
  const now = (): Date => new Date(nowMs);
  const join = async (boot: string): Promise<Replicas> => {
    const store = await openAzureStore({ tables, boot, now });
    // It is renewed when a test has it started again.
    const replicas = createReplicas({ store, clock: now, boot, renewEveryMs: 3_600_000 });
    open.push({ replicas, store });
    await replicas.start();
    return replicas;
  };

  it('have all of a rate where there is one, and a part each once all have heard of each other', async () => {
    const one = await join('one');
    assert.deepEqual([one.hasOthers(), one.share()], [false, 1]);

    const two = await join('two');
    assert.equal(two.hasOthers(), true);
    assert.equal(two.share(), 1 / 4, 'the other one has not heard of it');
    nowMs += 21_000;
    await one.start();
    assert.deepEqual([one.share(), two.share()], [1 / 2, 1 / 2]);
  });

  it('use no more together than there is at any time, however they come', async () => {
    const all: Replicas[] = [];
    for (let n = 0; n < 5; n += 1) {
      all.push(await join(`boot-${n}`));
      const sum = all.reduce((shares, one) => shares + one.share(), 0);
      assert.ok(sum <= 1.5, `${n + 1}: ${sum}`);
      nowMs += 21_000;
      for (const one of all) await one.start();
    }
    assert.ok(Math.abs(all.reduce((shares, one) => shares + one.share(), 0) - 1) < 1e-9);
  });

  it('forget whoever says nothing any more, and at once whoever leaves', async () => {
    const [one, two] = [await join('one'), await join('two')];
    await join('dies');
    await two.stop();
    await one.start();
    assert.equal(one.share(), 1 / 2 / 2, 'it has just begun itself');

    nowMs += 46_000;
    await one.start();

    assert.deepEqual([one.hasOthers(), one.share()], [false, 1]);
  });

  it('go on with what they know while the store does not answer', async () => {
    const one = await join('one');
    await join('two');
    await one.start();
    nowMs += 30_000;
    tables.fault = () => '503';
    await one.start();

    assert.equal(one.share(), 1 / 2);
    tables.fault = () => undefined;
  });
});
