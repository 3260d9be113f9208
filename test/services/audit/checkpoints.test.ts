import assert from 'node:assert/strict';
import { headOf, readAudit } from '../../../services/audit/audit-chain.ts';
import { checkpointIn, coveredBy, type Checkpoint } from '../../../services/audit/checkpoint.ts';
import { CHECKPOINT_CLOCK } from '../../../services/audit/checkpoints.ts';
import { grownChains } from '../../../services/audit/marked-store.ts';
import { DAY_MS, MINUTE_MS } from '../../../services/clock.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { StaleWriteError, type Store } from '../../../services/storage/store.ts';
import { chainOf, event, Recorded } from './recorded.ts';

const [ONE, TWO] = [chainOf(1), chainOf(2)];
const DAY = 'checkpoint:2026-03-01';

describe('a checkpoint', () => {
  let recorded: Recorded;
  beforeEach(() => {
    recorded = new Recorded();
  });
  const checkpointsOf = async (day = DAY): Promise<readonly (Checkpoint | undefined)[]> =>
    readAudit(await recorded.rows(day)).map(checkpointIn);

  it('covers every chain that has grown since the one before, and no other', async () => {
    await recorded.append(ONE, event(1), event(2));
    await recorded.append(TWO, event(1));
    await recorded.checkpoint();
    await recorded.append(TWO, event(2));
    await recorded.checkpoint();

    const [first, second] = await checkpointsOf();

    assert.deepEqual(Object.keys(first?.heads ?? {}), [ONE, TWO]);
    const [from, to] = [recorded.now, recorded.now].map((at) => at.toISOString());
    assert.deepEqual(second?.heads, { [TWO]: { ...headOf(await recorded.rows(TWO)), span: { first: 2, from, to } } });
    assert.deepEqual([first?.chains, second.chains], [2, 2]);
    await recorded.intact();
  });

  it('is not written where nothing has grown, and is due again in ten minutes', async () => {
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    recorded.pass(10 * MINUTE_MS);
    await recorded.checkpoint();

    assert.equal((await checkpointsOf()).length, 1);
    const { dueAt, lease } = (await recorded.rows(CHECKPOINT_CLOCK)).get('due')!;
    assert.equal(dueAt, '2026-03-01T09:20:00.000Z');
    assert.equal(lease?.fence, 2);
  });

  it('leaves no mark, but on what has grown meanwhile', async () => {
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    assert.deepEqual(await grownChains(recorded.store, recorded.now), []);

    await recorded.append(ONE, event(2));

    assert.deepEqual(await grownChains(recorded.store, recorded.now), [ONE]);
    assert.deepEqual(coveredBy(await recorded.rows(ONE)), { chain: DAY, seq: 1 });
  });

  it('is nobody else’s due work', async () => {
    await recorded.append(ONE, event(1));
    await recorded.append('customer:contoso', event(1));
    const { version } = await recorded.store.read('person:ada');
    await recorded.marked.commit('person:ada', version, [
      { key: 'news', row: { value: 1, dueAt: recorded.now.toISOString() } },
    ]);

    assert.deepEqual(
      (await recorded.marked.due(recorded.now, 1)).map(({ partition }) => partition),
      ['person:ada'],
    );
  });

  it('follows the day before', async () => {
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    recorded.pass(DAY_MS);
    await recorded.append(TWO, event(1));
    await recorded.checkpoint();

    const [next] = await checkpointsOf('checkpoint:2026-03-02');

    assert.deepEqual(next?.after, { chain: DAY, ...headOf(await recorded.rows(DAY)) });
    assert.equal(next.chains, 2);
    await recorded.intact();
  });

  it('stays in the newest day when the clock was put back', async () => {
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    recorded.pass(-DAY_MS);
    await recorded.append(ONE, event(2));
    recorded.pass(MINUTE_MS);
    await recorded.checkpoint();

    assert.equal((await checkpointsOf()).length, 2);
    await recorded.intact();
  });

  it('is not written into a day that another process has ended, by one that stood still meanwhile', async () => {
    const memory = createMemoryStore({ boot: 'boot-1' });
    recorded = new Recorded(memory);
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    await recorded.append(TWO, event(1));
    let goesOn = async (): Promise<void> => {
      recorded.pass(DAY_MS);
      await recorded.checkpoint();
    };
    const late = new Recorded({
      ...memory,
      async commit(partition, version, changes) {
        const meanwhile = goesOn;
        if (partition === DAY) {
          goesOn = () => Promise.resolve();
          await meanwhile();
        }
        return memory.commit(partition, version, changes);
      },
    });

    await assert.rejects(late.checkpoint(), StaleWriteError);

    await recorded.intact();
    late.pass(DAY_MS);
    await recorded.append(ONE, event(2));
    await late.checkpoint();
    await recorded.intact();
    assert.deepEqual([(await checkpointsOf()).length, (await checkpointsOf('checkpoint:2026-03-02')).length], [1, 2]);
  });

  it('is taken up where a crash has left it between two days, though the clock was put back', async () => {
    const memory = createMemoryStore({ boot: 'boot-1' });
    let isCrashing = true;
    const next = 'checkpoint:2026-03-02';
    recorded = new Recorded({
      ...memory,
      async commit(partition, version, changes) {
        if (isCrashing && partition === next) throw new Error('crash');
        return memory.commit(partition, version, changes);
      },
    });
    await recorded.append(ONE, event(1));
    await recorded.checkpoint();
    await recorded.append(TWO, event(1));
    recorded.pass(DAY_MS);
    await assert.rejects(recorded.checkpoint(), /crash/);
    await recorded.intact();
    isCrashing = false;
    recorded.pass(-DAY_MS);

    await recorded.checkpoint();

    assert.deepEqual([(await checkpointsOf()).length, (await checkpointsOf(next)).length], [1, 1]);
    await recorded.intact();
  });

  it('is taken up where a crash has left it between the checkpoint and its chains', async () => {
    const memory = createMemoryStore({ boot: 'boot-1' });
    let isCrashing = true;
    const crashing: Store = {
      ...memory,
      async commit(partition, version, changes) {
        if (isCrashing && changes.some(({ key }) => key === 'audit-checkpoint')) throw new Error('crash');
        return memory.commit(partition, version, changes);
      },
    };
    recorded = new Recorded(crashing);
    await recorded.append(ONE, event(1));
    await assert.rejects(recorded.checkpoint(), /crash/);
    isCrashing = false;

    await recorded.checkpoint();

    assert.equal((await checkpointsOf()).length, 1);
    assert.deepEqual(coveredBy(await recorded.rows(ONE)), { chain: DAY, seq: 1 });
    await recorded.append(TWO, event(1));
    await recorded.checkpoint();
    await recorded.intact();
  });

  describe('whose chains never heard of it', () => {
    let isCrashing: boolean;
    const [THREE, LAST] = [chainOf(3), chainOf(999)];
    /** `LAST` is covered, and nobody has noted that with it. */
    beforeEach(async () => {
      const memory = createMemoryStore({ boot: 'boot-1' });
      isCrashing = true;
      recorded = new Recorded({
        ...memory,
        async commit(partition, version, changes) {
          if (isCrashing && changes.some(({ key }) => key === 'audit-checkpoint')) throw new Error('crash');
          return memory.commit(partition, version, changes);
        },
      });
      await recorded.append(LAST, event(1));
      await assert.rejects(recorded.checkpoint(), /crash/);
    });
    const counts = async (): Promise<readonly (number | undefined)[]> =>
      (await checkpointsOf()).map((one) => one?.chains);

    it('counts them once, however often that happens', async () => {
      for (const chain of [TWO, THREE]) {
        await recorded.append(chain, event(1));
        await assert.rejects(recorded.checkpoint(), /crash/);
      }
      isCrashing = false;
      await recorded.append(ONE, event(1));
      await recorded.checkpoint();

      assert.deepEqual(await counts(), [1, 2, 3, 4]);
      await recorded.intact();
    });

    it('counts them once where one cannot be read for a while', async () => {
      isCrashing = false;
      recorded.damaged = [LAST];
      await recorded.append(TWO, event(1));
      await recorded.checkpoint();
      recorded.damaged = [];
      await recorded.append(THREE, event(1));
      await recorded.checkpoint();

      assert.deepEqual(await counts(), [1, 2, 3]);
      await recorded.intact();
    });

    it('counts them once beside more than one entry holds', async () => {
      for (let n = 1; n <= 501; n += 1) await recorded.append(chainOf(n), event(1));
      isCrashing = false;
      await recorded.checkpoint();

      assert.deepEqual(await counts(), [1, 500, 502]);
      await recorded.intact();
    });
  });

  it('is not kept from the others by a chain that cannot be read', async () => {
    await recorded.append(ONE, event(1));
    await recorded.append(TWO, event(1));
    const rows = new Map(await recorded.rows(ONE));
    rows.set('audit-head', { ...rows.get('audit-head')!, value: 'gone' });
    await recorded.tamper(ONE, rows);

    await recorded.checkpoint();

    assert.deepEqual(recorded.unreadable, [ONE]);
    assert.deepEqual(Object.keys((await checkpointsOf())[0]?.heads ?? {}), [TWO]);
  });

  it('reads what has grown, however many chains there are', async () => {
    for (let n = 1; n <= 60; n += 1) await recorded.append(chainOf(n), event(1));
    await recorded.checkpoint();
    await recorded.append(chainOf(30), event(2));
    const read: string[] = [];
    const original = recorded.store.read.bind(recorded.store);
    recorded.store.read = (partition) => {
      read.push(partition);
      return original(partition);
    };

    await recorded.checkpoint();

    assert.deepEqual([...new Set(read.filter((name) => name.startsWith('request:')))], [chainOf(30)]);
  });

  it('has room for more heads than one entry holds', async () => {
    for (let n = 1; n <= 501; n += 1) await recorded.append(chainOf(n), event(1));

    await recorded.checkpoint();

    assert.deepEqual(
      (await checkpointsOf()).map((one) => [one?.chains, Object.keys(one?.heads ?? {}).length]),
      [
        [500, 500],
        [501, 1],
      ],
    );
    await recorded.intact();
  });
});
