import { brokenIn } from '../simulation/invariants.ts';
import type { Evidence, Kept } from '../simulation/evidence.ts';
import { printPoint, type CrashPoint, type Crossing } from './boundaries.ts';
import { CrashWorld } from './crash-world.ts';
import { People } from './people.ts';
import { ONE, pathOf, type Story } from './stories.ts';
import { Witness } from './witness.ts';

/** What came of one job whose process ended where it was told to. */
export interface Outcome {
  readonly story: Story['name'];
  readonly crashes: readonly CrashPoint[];
  /** Whether each run came to where it was to end. */
  readonly wasReached: boolean;
  /** What did not hold. */
  readonly broken: readonly string[];
  /** Requests that were dropped before they were sent, since their customer had been removed by another one. */
  readonly droppedDrafts: readonly string[];
  /** What each run of the process crossed. */
  readonly crossings: readonly (readonly Crossing[])[];
}

/** One whole job, from the first word to the last receipt. */
export async function doJob(crashes: readonly CrashPoint[], story: Story = ONE): Promise<Outcome> {
  const world = await CrashWorld.open(crashes);
  const people = new People(world, story);
  const witness = new Witness(world, people, story);
  const broken: string[] = [];
  let droppedDrafts: readonly string[] = [];
  try {
    await people.lead();
    await world.orFailed(witness.untilQuiet());
    const evidence = await witness.atTheEnd();
    broken.push(...witness.lost, ...brokenIn(evidence), ...undoneIn(evidence, story));
    droppedDrafts = evidence.requests.filter(isDroppedDraft).map(({ request }) => request.id);
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error), world.output.slice(-1_000));
  } finally {
    witness.stop();
    await world.close();
  }
  const { hasCrashedAsWanted: wasReached, crossings } = world;
  return { story: story.name, crashes, wasReached, broken, droppedDrafts, crossings };
}

/** Whoever has listed the same customers twice asks again for some that were removed meanwhile: that is found before it is sent. */
const isDroppedDraft = ({ request: { state }, chain }: Kept): boolean =>
  state === 'abandoned' &&
  chain.some(({ action, detail }) => action === 'request.abandoned' && detail?.['why'] === 'gone') &&
  !chain.some(({ action }) => action === 'request.sent');

/** What is missing of the job, or is more than was to be done. */
function undoneIn({ requests, calls }: Evidence, { customers, changes: wanted }: Story): readonly string[] {
  const asked = requests.filter((kept) => customers.length === 1 || !isDroppedDraft(kept));
  const states = asked.map(({ request: { state } }) => state);
  const whose = new Set(asked.map(({ request: { customer } }) => customer.id));
  const changes = calls.filter(({ method }) => method !== 'GET');
  const paths = [...new Set(changes.map(({ path }) => path))];
  const own = customers.map(pathOf);
  const ids = paths.map(
    (path) => new Set(changes.filter((one) => one.path === path).map(({ requestId }) => requestId)),
  );
  return [
    ...(states.join() === customers.map(() => 'done').join() && whose.size === customers.length
      ? []
      : [`the requests of ${whose.size} customers have ended as ${states.join()}`]),
    ...own.filter((path) => !paths.includes(path)).map((path) => `${path} was not removed`),
    ...(paths.length === wanted ? [] : [`${paths.length} things were changed, not ${wanted}`]),
    ...paths.filter((path) => !own.some((one) => path.startsWith(one))).map((path) => `${path} was changed`),
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
export const repeatCommand = ({ story, crashes }: Pick<Outcome, 'story' | 'crashes'>): string =>
  [
    'npm run verify -- crash',
    ...(story === 'one' ? [] : [`--story ${story}`]),
    ...crashes.map((point) => `--crash "${printPoint(point)}"`),
  ].join(' ');
