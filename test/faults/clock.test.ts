import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../services/clock.ts';
import { about, approves, removalsOf, REMOVED, seatOf, waits, type Seat } from '../journeys/steps.ts';
import { on, onRemoval } from '../services/requests/workbench.ts';
import { journeyEnv, startBotProcess, startJourney, type Journey } from '../support/journey.ts';

const JUMPED = /The clock of the machine that I run on has jumped/;
const name = 'fabrikambikes';

describe('when the clock jumps', () => {
  let journey: Journey;
  let requester: Seat;
  let manager: Seat;
  const isReady = async (): Promise<number> => (await fetch(new URL('/readyz', journey.botUrl))).status;

  beforeEach(async () => {
    journey = await startJourney();
    requester = seatOf(journey, 'requester');
    manager = seatOf(journey, 'manager');
  });
  afterEach(() => journey.close());

  for (const [way, ms] of [
    ['an hour back', -HOUR_MS],
    ['a day back', -DAY_MS],
    ['an hour ahead', HOUR_MS],
    ['a day ahead', DAY_MS],
  ] as const)
    it(`F32: (${way}) an approval waits, everybody is told so, and it is carried out once the clock is right again`, async () => {
      await waits(journey, name);
      journey.setClockBy(ms);

      await approves(manager, name);

      await requester.sees(about(name), JUMPED);
      assert.equal(await isReady(), 503);
      assert.ok(journey.logLines.some((line) => line.includes('the clock has jumped')));
      assert.deepEqual(await removalsOf(journey, name), []);
      journey.setClockBy(-ms);
      await isReady(); // it is looked at
      journey.advance(6 * MINUTE_MS);
      await requester.sees(about(name), REMOVED);
      assert.equal((await removalsOf(journey, name)).length, 1);
      assert.equal(await isReady(), 200);
    });

  it('F32: (an hour ahead, for good) what was approved before expires by the later time, and nothing is removed', async () => {
    await waits(journey, name);
    journey.setClockBy(2 * HOUR_MS);
    await approves(manager, name);
    await requester.sees(about(name), JUMPED);

    await isReady();
    journey.advance(6 * MINUTE_MS);

    await requester.sees(about(name), /Expired: the time ran out/);
    assert.deepEqual(await removalsOf(journey, name), []);
  });

  it('F32: (a day back, and started anew) an approval from the future counts for nothing', async () => {
    await waits(journey, name);
    await journey.control('_faults', { rules: [{ path: 'subscriptions', status: 503 }] });
    await approves(manager, name);
    await requester.sees(about(name), /cannot be read completely right now/);
    await journey.stop();
    journey.setClockBy(-DAY_MS);
    await journey.control('_faults', {});

    await journey.restart();
    await requester.sees(about(name), /Expired: the time ran out/);
    assert.deepEqual(await removalsOf(journey, name), []);
  });
}).timeout(30_000);

describe('a removal whose time is in doubt', () => {
  it(
    'F32: is followed to its end where it was sent, and not sent again before the time is certain',
    on({}, async (bench) => {
      const id = await bench.approved(name);
      await bench.faults([onRemoval({ kind: 'reset' })]);
      await bench.step();
      bench.isTimeInDoubt = true;

      await bench.settle(10 * MINUTE_MS);
      const doubtful = await bench.request(id);
      const sent = (await bench.removalCalls()).length;
      bench.isTimeInDoubt = false;
      await bench.settle(20 * MINUTE_MS);

      assert.deepEqual([doubtful.state, doubtful.waitingFor?.why, sent], ['unknown', 'clock', 1]);
      const calls = await bench.removalCalls();
      assert.equal((await bench.request(id)).state, 'done');
      assert.deepEqual([calls.length, new Set(calls.map(({ requestId }) => requestId)).size], [2, 1]);
    }),
  );

  it(
    'F32: that was carried out is seen to be done, whatever the clock says',
    on({}, async (bench) => {
      const id = await bench.approved(name);
      await bench.faults([onRemoval({ kind: 'apply-then-reset' })]);
      await bench.step();
      bench.isTimeInDoubt = true;

      await bench.settle(10 * MINUTE_MS);

      assert.equal((await bench.request(id)).state, 'done');
      assert.equal((await bench.removalCalls()).length, 1);
    }),
  );
});

describe('a process whose clock is set back', () => {
  it('F32: is not ready, and says so in its log', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
    const jumps = path.join(folder, 'jumps');
    const preloaded = pathToFileURL(path.join(import.meta.dirname, 'jumps.mjs')).href;
    const bot = startBotProcess({
      ...journeyEnv('http://127.0.0.1:9', path.join(folder, 'store')),
      NODE_OPTIONS: `--import ${preloaded}`,
      CLOCK_JUMPS_ONCE: jumps,
    });
    try {
      assert.ok(await bot.ready, bot.errors());
      const [url = ''] = /http:\S+:\d+/.exec(bot.output()) ?? [];
      const before = (await fetch(`${url}/readyz`)).status;
      await writeFile(jumps, '');

      const after = (await fetch(`${url}/readyz`)).status;

      assert.deepEqual([before, after], [200, 503]);
      assert.match(bot.output(), /the clock has jumped: nothing that was approved is carried out/);
    } finally {
      bot.send('SIGKILL');
      await bot.ended;
      await rm(folder, { recursive: true, force: true });
    }
  });
}).timeout(30_000);
