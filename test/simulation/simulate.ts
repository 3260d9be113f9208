import { Invariants } from './invariants.ts';
import { Life } from './life.ts';
import { scheduleOf, type Action, type Schedule } from './schedule.ts';
import { SimulatedWorld } from './simulated-world.ts';

/** What came of one schedule; `broken` says what did not hold. */
export interface Outcome {
  readonly states: readonly string[];
  readonly crashes: number;
  readonly removals: number;
  readonly broken?: string;
}

export async function simulate(schedule: Schedule): Promise<Outcome> {
  const { seed, approvalsRequired, switches, actions } = schedule;
  const world = new SimulatedWorld(seed, approvalsRequired, switches);
  try {
    await world.open();
    const life = new Life(world, schedule);
    const invariants = new Invariants(world, life);
    await life.begin();
    for (const action of actions) {
      await life.act(action);
      await invariants.note();
    }
    await life.end();
    const outcome = { states: await statesIn(world), crashes: world.crashes, removals: removalsIn(world) };
    try {
      await invariants.atTheEnd();
      return outcome;
    } catch (error) {
      return { ...outcome, broken: error instanceof Error ? error.message : String(error) };
    }
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { states: [], crashes: world.crashes, removals: 0, broken };
  } finally {
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
export async function explain(seed: number, broken: string): Promise<string> {
  const { actions, ...rest } = await shrink(scheduleOf(seed));
  const steps = actions.map((action) => `  ${JSON.stringify(action)}`).join('\n');
  return `${broken}\nSEED=${seed} npm run simulate\n${JSON.stringify(rest)}\n${steps}`;
}

async function statesIn(world: SimulatedWorld): Promise<readonly string[]> {
  const store = await world.look();
  const states: string[] = [];
  for await (const partition of store.partitions('request'))
    states.push(((await store.read(partition)).rows.get('request')?.value as { readonly state: string }).state);
  return states;
}

const removalsIn = ({ partnerCenter }: SimulatedWorld): number =>
  partnerCenter.log.filter(({ method, path }) => method === 'PATCH' && /\/customers\/[^/]+$/.test(path)).length;
