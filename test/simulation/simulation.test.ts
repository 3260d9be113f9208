import assert from 'node:assert/strict';
import { scheduleOf } from './schedule.ts';
import { explain, simulate } from './simulate.ts';

const SEEDS = 500;
const SEEDS_IN_AZURE = 50;

describe('the bot in a world that fails in every way', () => {
  it(`keeps every promise, whatever happens in ${SEEDS} lives`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { broken } = await simulate(scheduleOf(seed));
      if (broken !== undefined) assert.fail(await explain(seed, broken));
    }
  }).timeout(240_000);

  it(`keeps every promise with a store in Azure, whatever happens in ${SEEDS_IN_AZURE} lives`, async () => {
    for (let seed = 1; seed <= SEEDS_IN_AZURE; seed++) {
      const { broken } = await simulate({ ...scheduleOf(seed), store: 'azure' });
      if (broken !== undefined) assert.fail(await explain(seed, broken, 'azure'));
    }
  }).timeout(240_000);

  it('meets the same life again by its seed, whatever was lived before it', async () => {
    const seeds = [17, 18, 19, 20];
    for (const store of ['file', 'azure'] as const) {
      const live = (seed: number) => simulate({ ...scheduleOf(seed), store });
      const lived = [];
      for (const seed of seeds) lived.push(await live(seed));
      const again = [];
      for (const seed of seeds.toReversed()) again.unshift(await live(seed));

      assert.deepEqual(again, lived);
    }
  }).timeout(20_000);
});
