import assert from 'node:assert/strict';
import { createIsReady } from '../../bot/readiness.ts';

describe('whether the bot is ready', () => {
  let isCertain: boolean;
  let storeIsThere: boolean;
  let queueIsThere: boolean;
  let looks: number;
  let nowMs: number;
  let isReady: () => Promise<boolean>;

  beforeEach(() => {
    [isCertain, storeIsThere, queueIsThere, looks, nowMs] = [true, true, true, 0, 5_000];
    isReady = createIsReady({
      isTimeInDoubt: () => !isCertain,
      store: {
        isReachable: () => {
          looks += 1;
          return Promise.resolve(storeIsThere);
        },
      },
      wakeUps: { isReachable: () => Promise.resolve(queueIsThere) },
      elapsedMs: () => nowMs,
    });
  });

  it('takes the time, the store and the queue', async () => {
    const ready = await isReady();
    isCertain = false;
    const inDoubt = await isReady();
    isCertain = true;
    queueIsThere = false;
    const unheard = await isReady();

    assert.deepEqual([ready, inDoubt, unheard], [true, false, false]);
  });

  it('costs a store that is well one look a second, however often strangers ask', async () => {
    for (let asked = 0; asked < 100; asked += 1) assert.ok(await isReady());
    const within = looks;
    nowMs += 1_000;
    await isReady();

    assert.deepEqual([within, looks], [1, 2]);
  });

  it('is no longer so a second after the store is gone, and is again as soon as it is back', async () => {
    await isReady();
    storeIsThere = false;
    nowMs += 1_000;
    const gone = await isReady();
    storeIsThere = true;

    assert.deepEqual([gone, await isReady()], [false, true]);
  });
});
