import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import { createSteadyClock, isFromTheFuture } from '../../services/steady-clock.ts';

const START = Date.parse('2026-03-29T00:30:00.000Z');

/** A machine that counts, and has a clock that can be set. */
function machine() {
  let elapsed = 0;
  let setBy = 0;
  const jumps: number[] = [];
  let certain = 0;
  const clock = createSteadyClock({
    wall: () => new Date(START + elapsed + setBy),
    elapsedMs: () => elapsed,
    onJump: (ms) => jumps.push(ms),
    onCertain: () => {
      certain += 1;
    },
  });
  return {
    jumps,
    certainties: () => certain,
    isInDoubt: () => clock.isInDoubt(),
    /** How much time has gone by for the bot. */
    gone: () => clock.now().getTime() - START,
    pass(ms: number) {
      // It is looked at several times a second.
      for (let end = elapsed + ms; elapsed < end; clock.now()) elapsed = Math.min(end, elapsed + 10 * SECOND_MS);
    },
    set(ms: number) {
      setBy += ms;
    },
  };
}

describe('the time', () => {
  it('F32: is the machine’s as long as nothing jumps, whatever the zone does, and follows small corrections', () => {
    const one = machine();

    one.pass(2 * HOUR_MS); // Europe puts its clocks forward in between
    one.set(-SECOND_MS); // a leap second
    one.pass(MINUTE_MS);
    one.set(4 * MINUTE_MS);
    one.pass(MINUTE_MS);

    assert.deepEqual(one.jumps, []);
    assert.equal(one.gone(), 2 * HOUR_MS + 6 * MINUTE_MS - SECOND_MS);
  });

  for (const [name, ms] of [
    ['an hour back', -HOUR_MS],
    ['a day back', -DAY_MS],
    ['an hour ahead', HOUR_MS],
    ['a day ahead', DAY_MS],
  ] as const) {
    it(`F32: goes on as it would have when the clock jumps ${name}, and is in doubt; told once`, () => {
      const one = machine();
      one.pass(HOUR_MS);

      one.set(ms);
      one.pass(4 * MINUTE_MS);

      assert.equal(one.isInDoubt(), true);
      assert.equal(one.gone(), HOUR_MS + 4 * MINUTE_MS);
      assert.deepEqual(one.jumps, [ms]);
      assert.equal(one.certainties(), 0);
    });

    it(`F32: is certain some minutes after a clock that jumped ${name} was put right, and not before`, () => {
      const one = machine();
      one.set(ms);
      one.pass(MINUTE_MS);

      one.set(-ms);
      one.pass(4 * MINUTE_MS);
      const early = one.isInDoubt();
      one.pass(2 * MINUTE_MS);

      assert.deepEqual([early, one.isInDoubt(), one.certainties()], [true, false, 1]);
      assert.equal(one.gone(), 7 * MINUTE_MS);
    });
  }

  it('F32: is the later one when the clock stays ahead: the machine may have slept', () => {
    const one = machine();
    one.set(HOUR_MS);
    one.pass(6 * MINUTE_MS);

    assert.equal(one.isInDoubt(), false);
    assert.equal(one.gone(), HOUR_MS + 6 * MINUTE_MS);
  });

  it('F32: is in doubt for as long as the clock stays back', () => {
    const one = machine();
    one.set(-HOUR_MS);
    one.pass(10 * HOUR_MS);

    assert.equal(one.isInDoubt(), true);
    assert.equal(one.gone(), 10 * HOUR_MS);
  });

  it('F32: is in doubt for as long as the clock goes on jumping', () => {
    const one = machine();
    for (let times = 0; times < 20; times++) {
      one.set(times % 2 === 0 ? HOUR_MS : -HOUR_MS);
      one.pass(3 * MINUTE_MS);
    }

    assert.equal(one.isInDoubt(), true);
    assert.equal(one.jumps.length, 20);
  });

  it('F32: knows what is dated so late that the clock was set back since', () => {
    const now = new Date(START);
    const at = (ms: number): string => new Date(START + ms).toISOString();

    assert.deepEqual(
      [-DAY_MS, 0, 5 * MINUTE_MS, 5 * MINUTE_MS + 1, DAY_MS].map((ms) => isFromTheFuture(at(ms), now)),
      [false, false, false, true, true],
    );
  });
});
