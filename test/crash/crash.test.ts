import assert from 'node:assert/strict';
import type { CrashPoint, Crossing } from './boundaries.ts';
import { explore } from './explore.ts';
import { doJob, repeatCommand, type Outcome } from './job.ts';
import { distinctPoints, killedAgain, pointsAroundRemoval, sampleOf } from './points.ts';

describe('the whole way to a removal, with the process killed', () => {
  let crossings: readonly Crossing[] = [];
  const outcomesOf = async (all: readonly (readonly CrashPoint[])[]): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    await explore(all, (outcome) => outcomes.push(outcome) > 0);
    return outcomes;
  };
  const brokenIn = (outcomes: readonly Outcome[]): readonly string[] =>
    outcomes
      .filter(({ broken }) => broken.length > 0)
      .map(({ crashes, broken }) => [repeatCommand(crashes), ...broken].join('\n'));

  before(async () => {
    const clean = await doJob([]);
    assert.deepEqual(clean.broken, []);
    [crossings = []] = clean.crossings;
  });

  it('ends as approved, wherever it is killed around the call that removes', async () => {
    const points = pointsAroundRemoval(crossings);

    const outcomes = await outcomesOf(points.map((point) => [point]));

    assert.deepEqual(brokenIn(outcomes), []);
    assert.ok(points.some(({ at, mode }) => at.startsWith('PATCH') && mode === 'torn'));
    assert.ok(outcomes.filter(({ wasReached }) => wasReached).length >= points.length * 0.8, 'it was killed there');
  });

  it('ends as approved, wherever else it is killed: every so manieth point of a sample', async () => {
    const points = sampleOf(distinctPoints(crossings), 8);

    assert.deepEqual(brokenIn(await outcomesOf(points.map((point) => [point]))), []);
  });

  it('ends as approved, although it is killed again while it recovers', async () => {
    const points = sampleOf(distinctPoints(crossings), 4);

    assert.deepEqual(brokenIn(await outcomesOf(killedAgain(points))), []);
  });
}).timeout(600_000);
