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

  it('comes to the same whether Teams comes over HTTP or to the ports of the bot', async () => {
    const goOn = (seed: number) => ({ seed, do: 'go-on' }) as const;
    for (const seed of [1, 2, 3, 4, 5]) {
      const actions = Array.from({ length: 9 }, (_, at) => goOn(100 * seed + at));
      const undisturbed = { ...scheduleOf(seed), opening: 'known', replicas: 1, actions } as const;

      const atPorts = await simulate({ ...undisturbed, overHttp: false });
      const overHttp = await simulate({ ...undisturbed, overHttp: true });

      // How many pictures of one card are made one depends on how soon the one before has arrived.
      const isElse = ([name]: readonly [string, unknown]): boolean => !/^(calls to Teams|lives over HTTP)$/.test(name);
      const withoutPictures = ({ met, ...rest }: typeof atPorts) => ({
        ...rest,
        met: Object.fromEntries(Object.entries(met).filter(isElse)),
      });
      assert.deepEqual(withoutPictures(atPorts), withoutPictures(overHttp));
      assert.ok((atPorts.met['calls to Teams'] ?? 0) > 0);
      assert.equal(overHttp.met['lives over HTTP'], 1);
    }
  }).timeout(20_000);
});
