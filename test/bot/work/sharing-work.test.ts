import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import sinon from 'sinon';
import { createWorker, type Worker, type WorkerParts } from '../../../bot/work/worker.ts';
import { later } from '../../../services/clock.ts';
import type { Claim } from '../../../services/storage/claim.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { NEVER_WRITTEN, type Json, type Lease, type Store } from '../../../services/storage/store.ts';
import { TableModel } from '../../support/table-model.ts';
import { quietLog } from '../quiet-log.ts';

const LEASE_MS = 60_000;
const START = new Date('2026-03-01T09:00:00.000Z');

describe('workers that share a store', () => {
  let tables: TableModel;
  let now: Date;
  let stores: Store[];
  let workers: Worker[];
  let calls: number;
  beforeEach(() => {
    tables = new TableModel();
    now = START;
    stores = [];
    workers = [];
    calls = 0;
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all(stores.map((store) => store.close()));
  });

  const open = async (boot: string): Promise<Store> => {
    const store = await openAzureStore({ tables, boot, now: () => now });
    stores.push(store);
    return store;
  };
  const wakeUps: WorkerParts['wakeUps'] = {
    call: () => {
      calls += 1;
    },
    start: () => undefined,
    isReachable: () => Promise.resolve(true),
    stop: () => Promise.resolve(),
  };
  const start = async (
    boot: string,
    work: WorkerParts['work'],
    more: Partial<WorkerParts> = {},
  ): Promise<{ worker: Worker; store: Store; claims: Claim[] }> => {
    const [store, claims] = [await open(boot), [] as Claim[]];
    const worker = createWorker({
      ...{ store, boot, leaseMs: LEASE_MS, wakeUps, clock: () => now, log: quietLog().log },
      ...more,
      work: async (claim) => {
        claims.push(claim);
        await work(claim);
      },
    });
    workers.push(worker);
    worker.start();
    return { worker, store, claims };
  };
  const due = async (
    store: Store,
    name: string,
    { dueAt = now.toISOString(), lease, value = {} }: { dueAt?: string; lease?: Lease; value?: Json } = {},
  ): Promise<void> => {
    const row = { value, dueAt, ...(lease && { lease }) };
    await store.commit(`request:${name}`, NEVER_WRITTEN, [{ key: 'run', row }]);
  };
  const done =
    (store: () => Store) =>
    async ({ partition, key }: Claim): Promise<void> => {
      const { version } = await store().read(partition);
      await store().commit(partition, version, [{ key, remove: true }]);
    };
  const until = async (so: () => boolean): Promise<void> => {
    for (let tries = 0; !so(); tries += 1) {
      assert.ok(tries < 1_000, 'it comes true in the end');
      await delay(5);
    }
  };

  it('look at the store rarely by themselves, and begin what is due later at its moment', async () => {
    const { store, worker, claims } = await start('a', () => Promise.resolve());
    await due(store, 'soon', { dueAt: later(now, 40) });
    worker.nudge();
    await delay(20);
    const { page } = tables.calls;
    now = new Date(START.getTime() + 40);

    await until(() => claims.length === 1);

    assert.ok(tables.calls.page - page <= 10, `${tables.calls.page - page} queries`);
  });

  it('tell the others of what there is no place for, who begin it', async () => {
    const setUp = await open('set-up');
    for (let n = 0; n < 5; n += 1) await due(setUp, `r${n}`);
    const stuck = Promise.withResolvers<undefined>();
    const a = await start('a', () => stuck.promise, { parallel: 2 });
    await until(() => a.claims.length === 2 && calls > 0);

    const b: Awaited<ReturnType<typeof start>> = await start(
      'b',
      done(() => b.store),
    );
    await until(() => b.claims.length === 3);

    const both = [...a.claims, ...b.claims].map(({ partition }) => partition);
    assert.equal(new Set(both).size, 5);
    stuck.resolve(undefined);
  });

  it('call nobody for what there is a place for', async () => {
    const a: Awaited<ReturnType<typeof start>> = await start(
      'a',
      done(() => a.store),
    );
    for (let n = 0; n < 5; n += 1) {
      await due(a.store, `r${n}`);
      a.worker.nudge();
    }
    await until(() => a.claims.length === 5);

    assert.equal(calls, 0);
  });

  it('leave what takes somebody’s token to whoever has it, for a few seconds', async () => {
    const others = { isForOthers: () => true };
    const without = await start('without', () => Promise.resolve(), others);
    await due(without.store, 'of-anna', { value: { actAs: 'person:anna' } });
    without.worker.nudge();
    await delay(50);
    assert.equal(without.claims.length, 0);

    now = new Date(START.getTime() + 5_000);
    without.worker.nudge();

    await until(() => without.claims.length === 1);
  });

  it('do not leave what somebody has died over', async () => {
    const setUp = await open('set-up');
    const lease = { owner: 'dead', until: later(now, 1), fence: 3 };
    await due(setUp, 'of-anna', { value: { actAs: 'person:anna' }, lease });
    now = new Date(START.getTime() + 2);

    const without = await start('without', () => Promise.resolve(), { isForOthers: () => true });

    await until(() => without.claims.length === 1);
    assert.equal(without.claims[0]?.lease.fence, 4);
  });

  it('go on with the rest while something is left to others', async () => {
    const setUp = await open('set-up');
    for (let n = 0; n < 40; n += 1) await due(setUp, `left-${n}`, { value: { actAs: 'person:anna' } });
    now = new Date(START.getTime() + 1);
    await due(setUp, 'own');
    const isForOthers: WorkerParts['isForOthers'] = ({ value }) => JSON.stringify(value).includes('anna');

    const a = await start('a', () => Promise.resolve(), { isForOthers, parallel: 2 });
    for (let tries = 0; tries < 200 && a.claims.length === 0; tries += 1) {
      a.worker.nudge();
      await delay(10);
    }

    assert.deepEqual(
      a.claims.map(({ partition }) => partition),
      ['request:own'],
    );
  });

  it('give back what was claimed and not begun when one is stopped, and another does it at once', async () => {
    const stuck = Promise.withResolvers<undefined>();
    const a = await start('a', () => stuck.promise, { parallel: 1 });
    const lease = { owner: 'a', until: later(now, LEASE_MS), fence: 1 };
    for (const name of ['first', 'second']) {
      await due(a.store, name, { lease });
      a.worker.begin({ partition: `request:${name}`, key: 'run', lease });
    }
    const stopped = a.worker.stop();
    await until(() => calls > 0);

    const b: Awaited<ReturnType<typeof start>> = await start(
      'b',
      done(() => b.store),
    );
    await until(() => b.claims.length === 1);

    assert.equal(b.claims[0]?.partition, 'request:second');
    stuck.resolve(undefined);
    await stopped;
  });

  it('do not take from each other what is worked on, or waits for a place, for longer than a lease', async () => {
    const leaseMs = 400;
    const stuck = Promise.withResolvers<undefined>();
    const a = await start('a', () => stuck.promise, { leaseMs, parallel: 1 });
    const names = ['first', 'second'];
    for (const name of names) {
      const lease = { owner: 'a', until: later(now, leaseMs), fence: 1 };
      await due(a.store, name, { lease });
      a.worker.begin({ partition: `request:${name}`, key: 'run', lease });
    }
    for (let halves = 0; halves < 4; halves += 1) {
      now = new Date(now.getTime() + leaseMs * 0.6);
      for (const name of names)
        for (let until = ''; until !== later(now, leaseMs);) {
          await delay(5);
          until = (await a.store.read(`request:${name}`)).rows.get('run')?.lease?.until ?? '';
        }
    }

    const b = await start('b', () => Promise.resolve(), { leaseMs });
    b.worker.nudge();
    await delay(50);

    assert.deepEqual(b.claims, []);
    assert.equal(a.claims.length, 1);
    stuck.resolve(undefined);
  });

  for (const [whose, more] of [
    ['the bot’s own', {}],
    ['somebody’s, whose token it has not', { isForOthers: () => true }],
  ] as const)
    it(`take over from one that is gone within its lease and ten seconds, and not before: ${whose}`, async () => {
      const clock = sinon.useFakeTimers({ now: START, toFake: ['setTimeout', 'setInterval', 'Date'] });
      try {
        for (const claimedAfter of [0, 1, 2_499, 4_999, 5_000]) {
          const claimed = Date.now() + claimedAfter;
          const name = `after-${claimedAfter}`;
          const b: Awaited<ReturnType<typeof start>> = await start(
            `b-${name}`,
            done(() => b.store),
            { ...more, clock: () => new Date() },
          );
          await clock.tickAsync(claimedAfter);
          const lease = { owner: 'gone', until: later(new Date(claimed), LEASE_MS), fence: 1 };
          await due(b.store, name, { dueAt: new Date(claimed).toISOString(), lease });
          let last = 0;
          while (b.claims.length === 0) {
            last = Date.now();
            assert.ok(last < claimed + LEASE_MS + 10_000, 'nobody takes it over');
            await clock.tickAsync(50);
          }

          assert.ok(last + 50 >= claimed + LEASE_MS, 'it is taken while its lease holds');
          assert.equal(b.claims[0]?.lease.fence, 2);
          await b.worker.stop();
        }
      } finally {
        clock.restore();
      }
    });
});
