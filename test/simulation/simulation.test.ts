import assert from 'node:assert/strict';
import { scheduleOf } from './schedule.ts';
import { explain, simulate } from './simulate.ts';

const SEEDS = 500;

describe('the bot in a world that fails in every way', () => {
  it(`keeps every promise, whatever happens in ${SEEDS} lives`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { broken } = await simulate(scheduleOf(seed));
      if (broken !== undefined) assert.fail(await explain(seed, broken));
    }
  }).timeout(240_000);

  it('meets the same life again by its seed', async () => {
    const [first, second] = [await simulate(scheduleOf(17)), await simulate(scheduleOf(17))];

    assert.deepEqual(first, second);
  }).timeout(20_000);
});
