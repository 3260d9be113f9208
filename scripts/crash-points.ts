/*
 * Kills the bot's process at every boundary of a whole job, and sees that what has to hold holds: `npm run verify -- crash`.
 * `--story one` does so with the job of one customer alone, `--story list` with that of a list of three, from its first commit until all are asked for.
 * `--crash "rename request executing#1 after"` does one point again, twice given it kills the run that recovers, too;
 * `--every` takes each boundary in each mode, `--sample 50` so many of them, `--removal` those around the removal call, `--first` ends with the first that breaks,
 * `--list` only names them, `--parallel 4` does four at the same time.
 */
import { parseArgs } from 'node:util';
import { parsePoint, printPoint, type CrashPoint } from '../test/crash/boundaries.ts';
import { explore } from '../test/crash/explore.ts';
import { doJob, repeatCommand, type Outcome } from '../test/crash/job.ts';
import { allPoints, aroundRemoval, distinctPoints, killedAgain, pointsOfList, sampleOf } from '../test/crash/points.ts';
import { LIST, ONE, STORIES, type Story } from '../test/crash/stories.ts';

/** Points whose recovery is killed as well. */
const KILLED_AGAIN = { one: 48, list: 12 } as const;

const { values } = parseArgs({
  options: {
    crash: { type: 'string', multiple: true },
    every: { type: 'boolean', default: false },
    sample: { type: 'string' },
    story: { type: 'string' },
    removal: { type: 'boolean', default: false },
    parallel: { type: 'string', default: '2' },
    first: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const figures = {
  boundaries: 0,
  points: 0,
  killedAgain: 0,
  notReached: 0,
  broken: 0,
  withDroppedDrafts: 0,
  seconds: 0,
};
const began = performance.now();

function tell(outcome: Outcome): boolean {
  const { crashes, broken, droppedDrafts, wasReached } = outcome;
  if (crashes.length === 1) figures.points += 1;
  if (crashes.length > 1) figures.killedAgain += 1;
  if (!wasReached) {
    figures.notReached += 1;
    console.log(`not reached: ${crashes.map(printPoint).join(', then ')}`);
  }
  if (droppedDrafts.length > 0) {
    figures.withDroppedDrafts += 1;
    console.log(`dropped before they were sent: ${crashes.map(printPoint).join(', then ')}: ${droppedDrafts.join()}`);
  }
  if (broken.length > 0) {
    figures.broken += 1;
    console.log(`${repeatCommand(outcome)}\n  ${broken.join('\n  ')}`);
  } else if (values.crash !== undefined) console.log(`${repeatCommand(outcome)}: held`);
  const done = figures.points + figures.killedAgain;
  if (done % 50 === 0 && done > 0) console.log(`${done} points so far`);
  return broken.length === 0 || !values.first;
}

async function choose(story: Story): Promise<readonly (readonly CrashPoint[])[]> {
  if (values.crash !== undefined) return [values.crash.map(parsePoint)];
  const clean = await doJob([], story);
  const crossings = clean.crossings[0] ?? [];
  figures.boundaries += crossings.length;
  if (!tell(clean)) return [];
  if (values.removal) return alone(allPoints(aroundRemoval(crossings)));
  if (values.every) return alone(allPoints(crossings));
  const points = story === LIST ? pointsOfList(crossings) : distinctPoints(crossings);
  const all = [...alone(points), ...killedAgain(sampleOf(points, KILLED_AGAIN[story.name]))];
  return values.sample === undefined ? all : sampleOf(all, Number(values.sample));
}

const alone = (points: readonly CrashPoint[]): readonly (readonly CrashPoint[])[] => points.map((point) => [point]);

/** One point is of one job, and the removal call is looked at in that of one customer. */
function storiesOf(name: string | undefined): readonly Story[] {
  if (name === undefined) return values.crash !== undefined || values.removal ? [ONE] : [ONE, LIST];
  const story = Object.values(STORIES).find((one) => one.name === name);
  if (story === undefined) throw new Error(`there is no story "${name}": ${Object.keys(STORIES).join(', ')}`);
  return [story];
}

for (const story of storiesOf(values.story)) {
  const chosen = await choose(story);
  if (values.list) for (const crashes of chosen) console.log(crashes.map(printPoint).join(', then '));
  else await explore(story, chosen, tell, Number(values.parallel));
}
figures.seconds = Math.round((performance.now() - began) / 1_000);
console.log(JSON.stringify(figures));
process.exitCode = figures.broken === 0 ? 0 : 1;
