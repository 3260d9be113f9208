import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, type Worker, type WorkerParts } from '../../../bot/work/worker.ts';
import { later } from '../../../services/clock.ts';
import { LostLeaseError, type Claim } from '../../../services/storage/claim.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NEVER_WRITTEN, StaleWriteError, StoreError, type Lease, type Store } from '../../../services/storage/store.ts';
import { quietLog } from '../quiet-log.ts';

const LEASE_MS = 60_000;
const PARTITION = 'request:a';

describe('a worker', () => {
  let store: Store;
  let now: Date;
  let claims: Claim[];
  let workers: Worker[];

  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot-1' });
    now = new Date('2026-03-01T09:00:00.000Z');
    claims = [];
    workers = [];
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await store.close();
  });

  const start = (work: WorkerParts['work'], more: Partial<WorkerParts> = {}): Worker => {
    const worker = createWorker({
      store,
      clock: () => now,
      boot: 'boot-1',
      leaseMs: LEASE_MS,
      log: quietLog().log,
      everyMs: 5,
      ...more,
      work: async (claim) => {
        claims.push(claim);
        await work(claim);
      },
    });
    workers.push(worker);
    worker.start();
    return worker;
  };
  const due = async (key: string, { dueAt = now.toISOString(), lease }: { dueAt?: string; lease?: Lease } = {}) => {
    const { version } = await store.read(PARTITION);
    await store.commit(PARTITION, version, [{ key, row: { value: {}, dueAt, ...(lease && { lease }) } }]);
  };
  const done = async ({ key }: Claim): Promise<void> => {
    for (;;) {
      const { version } = await store.read(PARTITION);
      try {
        await store.commit(PARTITION, version, [{ key, remove: true }]);
        return;
      } catch (error) {
        if (!(error instanceof StaleWriteError)) throw error;
      }
    }
  };
  const until = async (so: () => boolean): Promise<void> => {
    for (let tries = 0; !so(); tries++) {
      assert.ok(tries < 1_000, 'it comes true in the end');
      await delay(5);
    }
  };
  const keys = (): readonly string[] => claims.map(({ key }) => key).sort();

  it('does each piece of due work once, and leaves what is not due yet', async () => {
    await due('a');
    await due('b');
    await due('tomorrow', { dueAt: later(now, 1) });

    start(done);
    await until(() => claims.length === 2);
    await delay(30);

    assert.deepEqual(keys(), ['a', 'b']);
  });

  it('goes on with the rest beside a partition that cannot be read, however much is due in there', async () => {
    for (let n = 0; n < 40; n += 1) await due(`unreadable-${n}`);
    now = new Date(now.getTime() + 1);
    await store.commit('request:b', NEVER_WRITTEN, [{ key: 'run', row: { value: {}, dueAt: now.toISOString() } }]);
    const read = store.read.bind(store);
    store.read = (partition) =>
      partition === PARTITION ? Promise.reject(new StoreError('damaged', 'no')) : read(partition);

    start(() => Promise.resolve());
    await until(() => claims.length === 1);

    assert.deepEqual(
      claims.map(({ partition }) => partition),
      ['request:b'],
    );
  });

  it('finds work that has come due since, also without being told', async () => {
    start(done);
    await due('a', { dueAt: later(now, 1_000) });
    await delay(20);
    assert.deepEqual(keys(), []);

    now = new Date(now.getTime() + 1_000);

    await until(() => claims.length === 1);
  });

  it('claims with a lease that others respect, and a fence above the one before', async () => {
    await due('a', { lease: { owner: 'boot-1', until: now.toISOString(), fence: 7 } });

    start(done);
    await until(() => claims.length === 1);

    assert.deepEqual(claims[0]?.lease, { owner: 'boot-1', until: later(now, LEASE_MS), fence: 8 });
  });

  it('claims all that is due of one partition in one commit, so that none of it is in the way of another', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await due(key);
    const { version } = await store.read(PARTITION);

    start(() => Promise.resolve());
    await until(() => claims.length === 4);

    assert.equal(Number((await store.read(PARTITION)).version), Number(version) + 1);
  });

  it('F22: shares work with a second one without doing any of it twice', async () => {
    for (let n = 0; n < 20; n++) await due(`row-${n}`);

    start(done);
    start(done);
    await until(() => claims.length >= 20);
    await delay(30);

    assert.equal(claims.length, 20);
    assert.equal(new Set(keys()).size, 20);
  });

  it('takes nothing that somebody else of this boot has a lease on, until the lease lapses', async () => {
    await due('a', { lease: { owner: 'boot-1/other', until: later(now, 1_000), fence: 1 } });
    start(done);
    await delay(30);
    assert.deepEqual(keys(), []);

    now = new Date(now.getTime() + 1_000);

    await until(() => claims.length === 1);
    assert.equal(claims[0]?.lease.fence, 2);
  });

  it('takes work of an earlier boot at once, whatever its lease says', async () => {
    await due('a', { lease: { owner: 'boot-0', until: later(now, 3_600_000), fence: 4 } });

    start(done);

    await until(() => claims.length === 1);
    assert.equal(claims[0]?.lease.fence, 5);
  });

  it('begins work that was claimed in a commit without claiming it again', async () => {
    const lease = { owner: 'boot-1', until: later(now, LEASE_MS), fence: 1 };
    const worker = start(done);
    await due('a', { lease });

    worker.begin({ partition: PARTITION, key: 'a', lease });
    await until(() => claims.length === 1);
    await delay(30);

    assert.deepEqual(claims, [{ partition: PARTITION, key: 'a', lease }]);
  });

  it('goes on with a claim that was made while the same row was being worked on, right afterwards', async () => {
    const held = Promise.withResolvers<undefined>();
    const worker = start(async (claim) => (claims.length === 1 ? held.promise : done(claim)));
    const claim = (fence: number): Claim => ({
      partition: PARTITION,
      key: 'a',
      lease: { owner: 'boot-1', until: later(now, LEASE_MS), fence },
    });
    await due('a', { lease: claim(2).lease });
    worker.begin(claim(1));

    worker.begin(claim(2));
    await delay(20);
    const before = claims.length;
    held.resolve(undefined);
    await until(() => claims.length === 2);

    assert.equal(before, 1);
    assert.deepEqual(
      claims.map(({ lease }) => lease.fence),
      [1, 2],
    );
  });

  it('does failed work again when its lease has lapsed, and not before', async () => {
    await due('a');
    start((claim) => (claims.length === 1 ? Promise.reject(new Error('disk full')) : done(claim)));
    await until(() => claims.length === 1);
    await delay(30);
    assert.equal(claims.length, 1);

    now = new Date(now.getTime() + LEASE_MS);

    await until(() => claims.length === 2);
    assert.equal(claims[1]?.lease.fence, 2);
  });

  it('says that work failed, without the words of the error, and is silent about a lease that was lost', async () => {
    const { log, lines } = quietLog();
    await due('fails');
    await due('lost');

    start((claim) => Promise.reject(claim.key === 'lost' ? new LostLeaseError(claim) : new Error('Contoso Ltd')), {
      log,
    });
    await until(() => claims.length === 2 && lines.length > 0);

    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.['step'], 'fails');
    assert.ok(!JSON.stringify(lines).includes('Contoso'));
  });

  it('does no more at the same time than it may, and all of it in the end', async () => {
    let [running, most] = [0, 0];
    for (let n = 0; n < 12; n++) await due(`row-${n}`);

    start(
      async (claim) => {
        most = Math.max(most, ++running);
        await delay(5);
        await done(claim);
        running--;
      },
      { parallel: 3 },
    );
    await until(() => claims.length === 12);

    assert.equal(most, 3);
  });

  it('begins no more of what was claimed in commits than it may either, and all of it in the end', async () => {
    let [running, most] = [0, 0];
    const worker = start(
      async (claim) => {
        most = Math.max(most, ++running);
        await delay(5);
        await done(claim);
        running--;
      },
      { parallel: 2 },
    );
    const lease = { owner: 'boot-1', until: later(now, LEASE_MS), fence: 1 };
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const key of names) await due(key, { lease });
    await due('f');

    for (const key of names) worker.begin({ partition: PARTITION, key, lease });
    await until(() => claims.length === 6 && running === 0);
    await delay(30);

    assert.equal(most, 2);
    assert.deepEqual(keys(), [...names, 'f']);
  });

  const floods: [of: string, prefix: string, other: string][] = [
    ['messages', 'outbox:', 'run'],
    ['other work', 'look-', 'outbox:ada:request'],
  ];
  for (const [of, prefix, other] of floods) {
    it(`does the rest also while a flood of ${of} is stuck`, async () => {
      const held = Promise.withResolvers<undefined>();
      for (let n = 0; n < 20; n++) await due(`${prefix}${n}`, { dueAt: later(now, -1_000) });
      await due(other);

      start((claim) => (claim.key === other ? done(claim) : held.promise), { parallel: 2 });
      await until(() => claims.length === 3);
      await delay(30);
      const begun = keys();
      held.resolve(undefined);

      assert.equal(begun.length, 3);
      assert.ok(begun.includes(other));
    });
  }

  it('waits for what is running when it is stopped, and begins nothing more', async () => {
    const held = Promise.withResolvers<undefined>();
    await due('a');
    const worker = start(() => held.promise);
    await until(() => claims.length === 1);

    let isStopped = false;
    const stopping = worker.stop().then(() => (isStopped = true));
    await due('b');
    worker.nudge();
    worker.begin({ partition: PARTITION, key: 'c', lease: { owner: 'boot-1', until: later(now, 1), fence: 1 } });
    await delay(30);
    const early = isStopped;
    held.resolve(undefined);
    await stopping;

    assert.equal(early, false);
    assert.deepEqual(keys(), ['a']);
  });

  it('goes on after the store could not be read for a while', async () => {
    let isDown = true;
    const flaky: Store = {
      ...store,
      due: (at, limit) => (isDown ? Promise.reject(new Error('EIO')) : store.due(at, limit)),
    };
    await due('a');
    start(done, { store: flaky });
    await delay(20);
    assert.deepEqual(keys(), []);

    isDown = false;

    await until(() => claims.length === 1);
  });
});
