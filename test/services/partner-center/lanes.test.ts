import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLanes, createPace } from '../../../services/partner-center/lanes.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('let as many run at once as there are lanes, in the order they came', async () => {
    const lanes = createLanes(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = [1, 2, 3, 4].map((n) =>
      lanes('a', () => {
        begun.push(n);
        return new Promise<void>((end) => ends.push(end));
      }),
    );

    await turn();
    assert.deepEqual(begun, [1, 2]);
    ends[1]!();
    await turn();
    assert.deepEqual(begun, [1, 2, 3]);
    ends[0]!();
    ends[2]!();
    await turn();
    ends[3]!();
    await Promise.all(work);
    assert.deepEqual(begun, [1, 2, 3, 4]);
  });

  it('of one customer do not hold up those of another', async () => {
    const lanes = createLanes(1);
    void lanes('a', () => new Promise(() => undefined));

    assert.equal(await lanes('b', () => Promise.resolve('done')), 'done');
  });

  it('F9: are one for a while once they are narrowed, and as many as before after it', async () => {
    let nowMs = 0;
    const lanes = createLanes(3, () => new Date(nowMs));
    const ends: (() => void)[] = [];
    const begin = (key: string): void => {
      void lanes(key, () => new Promise<void>((end) => ends.push(end)));
    };
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    for (let at = 0; at < 3; at++) begin('a');
    lanes.narrow('a', new Date(1_000));
    for (let at = 0; at < 4; at++) begin('a');
    begin('b');
    await settled();
    const atFirst = ends.length;

    for (const end of ends.splice(0, 2)) end();
    await settled();
    const whileTwoAreDone = ends.length;
    ends.shift()!();
    await settled();
    const afterAll = ends.length;
    nowMs = 1_000;
    ends.pop()!();
    await settled();

    assert.equal(atFirst, 4); // three that ran already, and another key's
    assert.equal(whileTwoAreDone, 2);
    assert.equal(afterAll, 2); // one by one
    assert.equal(ends.length, 1 + 3);
  });

  it('are free again after a failure', async () => {
    const lanes = createLanes(1);
    await assert.rejects(lanes('a', () => Promise.reject(new Error('no'))));

    assert.equal(await lanes('a', () => Promise.resolve('done')), 'done');
  });
});

describe('the pace', () => {
  const paced = () => {
    const waits: number[] = [];
    let at = 0;
    const pace = createPace({
      perMinute: 5,
      keptForChanges: 2,
      now: () => new Date(at),
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    const moveTo = (ms: number): void => {
      at = ms;
    };
    return { pace, waits, moveTo };
  };

  it('lets calls through at once until the minute is full, and spreads the rest', async () => {
    const { pace, waits, moveTo } = paced();
    for (const at of [0, 1_000, 2_000, 3_000, 4_000]) {
      moveTo(at);
      await pace('read');
    }

    assert.deepEqual(waits, [57_000, 57_000]);
  });

  it('lets calls through again a minute later', async () => {
    const { pace, waits, moveTo } = paced();
    for (let call = 0; call < 3; call++) await pace('read');
    moveTo(60_000);
    await pace('read');

    assert.deepEqual(waits, []);
  });

  it('keeps room for changes, which do not queue behind reads', async () => {
    const { pace, waits } = paced();
    for (let call = 0; call < 9; call++) await pace('read');
    waits.length = 0;

    await pace('change');
    await pace('change');
    assert.deepEqual(waits, []);
    await pace('change');
    assert.deepEqual(waits, [60_000]);
  });

  it('keeps some room for what decisions wait for; more of it than that queues like all other reads', async () => {
    const waits: number[] = [];
    const pace = createPace({
      ...{ perMinute: 6, keptForChanges: 1, keptForDecisions: 2 },
      now: () => new Date(0),
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    for (let call = 0; call < 6; call++) await pace('read');
    assert.deepEqual(waits, [60_000, 60_000, 60_000]);
    waits.length = 0;

    await pace('decision');
    await pace('decision');
    await pace('change');
    assert.deepEqual(waits, []);
    await pace('decision');
    assert.deepEqual(waits, [120_000]);
  });

  it('gives back the place of a call that is stopped while it waits, so that those who come later wait no longer for it', async () => {
    const sleeping: { readonly ms: number; readonly signal: AbortSignal | undefined }[] = [];
    const pace = createPace({
      perMinute: 3,
      keptForChanges: 0,
      now: () => new Date(0),
      sleep: (ms, signal) => {
        sleeping.push({ ms, signal });
        return new Promise((_, stop) => {
          signal?.addEventListener('abort', () => {
            stop(new Error('stopped'));
          });
        });
      },
    });
    for (let call = 0; call < 3; call++) await pace('read');
    const stopping = new AbortController();
    const stopped = Array.from({ length: 6 }, () => pace('read', stopping.signal));
    stopping.abort();
    for (const { status } of await Promise.allSettled(stopped)) assert.equal(status, 'rejected');
    sleeping.length = 0;

    void pace('read');

    assert.deepEqual(
      sleeping.map(({ ms }) => ms),
      [60_000],
    );
  });

  it('is kept by whoever comes and whoever is stopped, whenever that is', async () => {
    const perMinute = 5;
    const calls = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 8_000 }),
        stoppedAfterMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
      }),
      { maxLength: 60, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(calls, async (made) => {
        let nowMs = 0;
        const sentAt: number[] = [];
        const stopping: { readonly atMs: number; readonly stop: AbortController }[] = [];
        const passTo = async (ms: number): Promise<void> => {
          for (const { atMs, stop } of stopping.filter(({ atMs }) => atMs <= ms).toSorted((a, b) => a.atMs - b.atMs)) {
            nowMs = Math.max(nowMs, atMs);
            stop.abort();
            await turn();
          }
          nowMs = ms;
        };
        const pace = createPace({
          ...{ perMinute, keptForChanges: 0, now: () => new Date(nowMs) },
          sleep: (ms, signal) =>
            new Promise((_, stopped) => {
              const sent = nowMs + ms;
              sentAt.push(sent);
              signal?.addEventListener('abort', () => {
                if (nowMs >= sent) return;
                sentAt.splice(sentAt.indexOf(sent), 1);
                stopped(new Error('stopped'));
              });
            }),
        });
        for (const { afterMs, stoppedAfterMs } of made) {
          await passTo(nowMs + afterMs);
          const stop = new AbortController();
          const [at, waiting] = [nowMs, sentAt.length];
          const sending = pace('read', stop.signal);
          sending.catch(() => undefined);
          if (sentAt.length === waiting) sentAt.push(at);
          else if (stoppedAfterMs !== null) stopping.push({ atMs: at + stoppedAfterMs, stop });
          await turn();
        }

        const all = sentAt.toSorted((a, b) => a - b);
        for (const [index, at] of all.entries()) {
          const before = all[index - perMinute];
          assert.ok(before === undefined || at - before >= 60_000, `${perMinute + 1} within ${at - (before ?? 0)} ms`);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('lets changes that wait for their turn see each other', async () => {
    const waits: number[] = [];
    let nowMs = 0;
    const pace = createPace({
      ...{ perMinute: 2, keptForChanges: 1, now: () => new Date(nowMs) },
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    for (let call = 0; call < 2; call++) await pace('change');
    nowMs = 1_000;
    for (let call = 0; call < 4; call++) await pace('change');

    assert.deepEqual(waits, [59_000, 59_000, 119_000, 119_000]);
  });
});
