import { guidOf } from '../../sandbox/partner-center/world/ids.ts';
import { domainOf } from '../journeys/steps.ts';
import { brokenIn } from '../simulation/invariants.ts';
import type { Evidence } from '../simulation/evidence.ts';
import { printPoint, type CrashPoint, type Crossing } from './boundaries.ts';
import { CrashWorld } from './crash-world.ts';
import { CUSTOMER, People } from './people.ts';
import { Witness } from './witness.ts';

/** What came of one job whose process ended where it was told to. */
export interface Outcome {
  readonly crashes: readonly CrashPoint[];
  /** Whether each run came to where it was to end. */
  readonly wasReached: boolean;
  /** What did not hold. */
  readonly broken: readonly string[];
  /** What each run of the process crossed. */
  readonly crossings: readonly (readonly Crossing[])[];
}

/** One whole job, from the first word to both receipts: two subscriptions are suspended, and the relationship is removed. */
export async function doJob(crashes: readonly CrashPoint[]): Promise<Outcome> {
  const world = await CrashWorld.open(crashes);
  const people = new People(world);
  const witness = new Witness(world, people);
  const broken: string[] = [];
  try {
    await people.lead();
    await world.orFailed(witness.untilQuiet());
    const evidence = await witness.atTheEnd();
    broken.push(...witness.lost, ...brokenIn(evidence), ...undoneIn(evidence));
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error), world.output.slice(-1_000));
  } finally {
    witness.stop();
    await world.close();
  }
  return { crashes, wasReached: world.hasCrashedAsWanted, broken, crossings: world.crossings };
}

/** What is missing of the job, or is more than was to be done. */
function undoneIn({ requests, calls }: Evidence): readonly string[] {
  const states = requests.map(({ request: { state } }) => state);
  const changes = calls.filter(({ method }) => method !== 'GET');
  const paths = [...new Set(changes.map(({ path }) => path))];
  const customer = `/v1/customers/${guidOf('customer', domainOf(CUSTOMER))}`;
  const ids = paths.map(
    (path) => new Set(changes.filter((one) => one.path === path).map(({ requestId }) => requestId)),
  );
  return [
    ...(states.join() === 'done' ? [] : [`the requests have ended as ${states.join()}`]),
    ...(paths.length === 3 ? [] : [`${paths.length} things were changed, not 3`]),
    ...paths.filter((path) => !path.startsWith(customer)).map((path) => `${path} was changed`),
    ...(ids.every(({ size }) => size === 1) ? [] : ['a change was sent under two MS-RequestIds']),
    ...intendedTwice(requests),
    // Everything that arrives here is carried out, so that reading before sending again finds it so.
    ...(changes.length === paths.length ? [] : ['what was carried out already was sent again']),
  ];
}

/** Nothing is refused here, so that a step keeps its id to the end. */
function intendedTwice(requests: Evidence['requests']): readonly string[] {
  const ids = new Map<string, unknown>();
  return requests.flatMap(({ chain }) =>
    chain
      .filter(({ action }) => action === 'step.intent')
      .flatMap(({ target, detail }) => {
        const step = JSON.stringify([detail?.['step'], detail?.['subscription'] ?? target]);
        const before = ids.get(step);
        ids.set(step, detail?.['requestId']);
        return before === undefined || before === detail?.['requestId']
          ? []
          : [`${step} was intended under another MS-RequestId before an answer was seen`];
      }),
  );
}

/** The command that does the same again. */
export const repeatCommand = (crashes: readonly CrashPoint[]): string =>
  ['npm run verify -- crash', ...crashes.map((point) => `--crash "${printPoint(point)}"`)].join(' ');
