import assert from 'node:assert/strict';
import type { CrashPoint, Crossing } from './boundaries.ts';
import { explore } from './explore.ts';
import { doJob, repeatCommand, type Outcome } from './job.ts';
import { aroundRemoval, distinctPoints, killedAgain, pointsOfList, sampleOf } from './points.ts';
import { LIST, ONE, type Story } from './stories.ts';

const outcomesOf = async (all: readonly (readonly CrashPoint[])[], story: Story = ONE): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  await explore(story, all, (outcome) => outcomes.push(outcome) > 0);
  return outcomes;
};
const brokenIn = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes
    .filter(({ broken }) => broken.length > 0)
    .map((outcome) => [repeatCommand(outcome), ...outcome.broken].join('\n'));

describe('the whole way to a removal, with the process killed', () => {
  let crossings: readonly Crossing[] = [];

  before(async () => {
    const clean = await doJob([]);
    assert.deepEqual(clean.broken, []);
    [crossings = []] = clean.crossings;
  });

  it('ends as approved, wherever it is killed around the call that removes, at each moment once', async () => {
    const points = distinctPoints(aroundRemoval(crossings));

    const outcomes = await outcomesOf(points.map((point) => [point]));

    assert.deepEqual(brokenIn(outcomes), []);
    assert.ok(points.some(({ at, mode }) => at.startsWith('PATCH') && mode === 'torn'));
    assert.ok(outcomes.filter(({ wasReached }) => wasReached).length >= points.length * 0.8, 'it was killed there');
  });

  it('ends as approved, wherever else it is killed: every so manieth point of a sample', async () => {
    const points = sampleOf(distinctPoints(crossings), 5);

    assert.deepEqual(brokenIn(await outcomesOf(points.map((point) => [point]))), []);
  });

  it('ends as approved, although it is killed again while it recovers', async () => {
    const points = sampleOf(distinctPoints(crossings), 2);

    assert.deepEqual(brokenIn(await outcomesOf(killedAgain(points))), []);
  });
}).timeout(600_000);

describe('the whole way of a list of customers, with the process killed', () => {
  it('removes each of them once, as it was approved by itself, wherever it is killed until all are asked for', async () => {
    const clean = await doJob([], LIST);
    assert.deepEqual(clean.broken, []);
    const points = sampleOf(pointsOfList(clean.crossings[0] ?? []), 2);

    const outcomes = await outcomesOf(
      points.map((point) => [point]),
      LIST,
    );

    assert.deepEqual(brokenIn(outcomes), []);
    assert.ok(
      outcomes.some(({ wasReached }) => wasReached),
      'it was killed there',
    );
  });
}).timeout(300_000);
