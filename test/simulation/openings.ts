import { SECOND_MS } from '../../services/clock.ts';
import { brokenIn } from './invariants.ts';
import { Witness } from './evidence.ts';
import { Life, type Pressed } from './life.ts';
import { Random } from './random.ts';
import type { Opening, Schedule } from './schedule.ts';
import { PEOPLE, SimulatedWorld, type KeptWorld } from './simulated-world.ts';

/** What there is when a life begins. */
export interface Opened {
  readonly kept: KeptWorld;
  readonly pressed: readonly Pressed[];
}

const opened = new Map<string, Promise<Opened>>();

/**
 * The world in which a life begins that goes on from somewhere. Lived through once, without faults and by the same
 * code as all else, and then the same for every seed that begins there.
 */
export function openingOf(schedule: Schedule): Promise<Opened> | undefined {
  const { opening, customer, approvalsRequired, store = 'file' } = schedule;
  if (opening === 'unknown') return undefined;
  const second = opening === 'list-sent' ? schedule.second : undefined;
  const name = `${opening} ${customer} ${second ?? ''} ${approvalsRequired} ${store}`;
  const made = opened.get(name) ?? live(schedule);
  opened.set(name, made);
  return made;
}

const SAID: Readonly<Record<Exclude<Opening, 'unknown' | 'known'>, string>> = {
  cleared: 'step.verified',
  sent: 'request.sent',
  'list-sent': 'request.sent',
  'half-approved': 'request.approved',
  'given-up': 'request.withdrawn',
};

async function live({
  opening,
  customer,
  second,
  wish = 'removal',
  approvalsRequired,
  store,
}: Schedule): Promise<Opened> {
  const schedule: Schedule = {
    ...{ seed: 1, opening, customer, wish, approvalsRequired, store },
    ...(opening === 'list-sent' && { second, together: true }),
    ...{ replicas: 1, switches: {}, actions: [] },
  };
  const world = new SimulatedWorld(schedule);
  try {
    await world.open();
    const life = new Life(world, schedule);
    const witness = new Witness(world, life);
    await life.begin(PEOPLE.map(({ key }) => key));
    if (opening !== 'unknown' && opening !== 'known')
      await goTo(opening, life, async () => namesOn(await witness.atTheEnd()));
    await world.pass(20 * SECOND_MS);
    const broken = brokenIn({ ...(await witness.atTheEnd()), due: [] }).filter(
      (one) => !one.startsWith('every request ends'),
    );
    if (broken.length > 0) throw new Error(broken.join('\n'));
    return { kept: world.keep(life.customerId), pressed: life.pressed };
  } finally {
    world.close();
  }
}

const namesOn = ({ requests }: Awaited<ReturnType<Witness['atTheEnd']>>): readonly string[] =>
  requests.flatMap(({ chain }) => chain.map(({ action }) => action));

async function goTo(
  opening: Exclude<Opening, 'unknown' | 'known'>,
  life: Life,
  recorded: () => Promise<readonly string[]>,
): Promise<void> {
  const random = new Random(1);
  const wanted = opening === 'list-sent' ? 2 : 1;
  const isThere = (said: readonly string[]): boolean => said.filter((one) => one === SAID[opening]).length >= wanted;
  for (let steps = 0; steps < 20; steps++) {
    const past = await recorded();
    if (isThere(past)) return;
    if (opening === 'half-approved' && past.includes('request.sent')) await life.goOn(random, ['bo']);
    else if (opening === 'given-up' && past.includes('request.sent')) {
      if (!(await life.press('ada', 'request.confirm-withdraw'))) await life.press('ada', 'request.withdraw');
    } else await life.goOn(random, ['ada']);
  }
  if (!isThere(await recorded())) throw new Error(`no way to "${opening}"`);
}
