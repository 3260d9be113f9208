import { createHash } from 'node:crypto';
import { countsOf } from './coverage.ts';
import type { Counts } from './tally.ts';
import { Witness } from './evidence.ts';
import { brokenIn } from './invariants.ts';
import { Life } from './life.ts';
import { openingOf } from './openings.ts';
import { scheduleOf, type Action, type Schedule } from './schedule.ts';
import { SimulatedWorld, type StoreKind } from './simulated-world.ts';

/** What came of one schedule; `broken` says what did not hold. */
export interface Outcome {
  /** What has happened in it. */
  readonly met: Counts;
  /** Sums up what was asked of Partner Center, and what it answered. */
  readonly calls: string;
  readonly broken?: string;
}

/** One call in so many goes wrong in Azure, until everything is well again. */
const TABLE_TROUBLE = 1 / 30;

export async function simulate(schedule: Schedule): Promise<Outcome> {
  const opened = await openingOf(schedule);
  const world = new SimulatedWorld({ ...schedule, kept: opened?.kept });
  const { stackTraceLimit } = Error;
  // Faults are thrown by the thousand here, and where they come from is known.
  Error.stackTraceLimit = 0;
  try {
    await world.open();
    const life = new Life(world, schedule, opened?.pressed);
    const witness = new Witness(world, life);
    if (opened === undefined) await life.begin();
    if (schedule.store === 'azure') world.tableTrouble = TABLE_TROUBLE;
    if ((schedule.switches.staleListMs ?? 0) > 0) world.met.add('lives whose lists lag');
    if (schedule.overHttp === true) world.met.add('lives over HTTP');
    for (const action of schedule.actions) {
      await life.act(action);
      witness.note();
    }
    await life.end(() => witness.lookMeanwhile());
    const evidence = await witness.atTheEnd();
    const broken = brokenIn(evidence);
    return {
      met: countsOf(world.met, evidence),
      calls: createHash('sha256')
        .update(evidence.calls.map(({ at, method, path, status }) => `${at} ${method} ${path} ${status}`).join())
        .digest('hex'),
      ...(broken.length > 0 && { broken: broken.join('\n') }),
    };
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { met: {}, calls: '', broken };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    world.close();
  }
}

/** Leaves out actions as long as it stays broken, halves of the schedule first. */
export async function shrink(schedule: Schedule): Promise<Schedule> {
  let { actions } = schedule;
  for (let size = Math.ceil(actions.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < actions.length;) {
      const fewer: readonly Action[] = [...actions.slice(0, at), ...actions.slice(at + size)];
      if ((await simulate({ ...schedule, actions: fewer })).broken === undefined) at += size;
      else actions = fewer;
    }
  }
  return { ...schedule, actions };
}

/** What a failure says: what broke, how to see it again, and the shortest way there that was found. */
export async function explain(seed: number, broken: string, store?: StoreKind): Promise<string> {
  const { actions, ...rest } = await shrink({ ...scheduleOf(seed), store });
  const steps = actions.map((action) => `  ${JSON.stringify(action)}`).join('\n');
  return `${broken}\n${commandOf(seed, store)}\n${JSON.stringify(rest)}\n${steps}`;
}

export const commandOf = (seed: number, store?: StoreKind): string =>
  `npm run simulate -- ${store === 'azure' ? '--store azure ' : ''}--seeds 1 --from ${seed}`;
