import { MODES, type CrashPoint, type Crossing, type Mode } from './boundaries.ts';

/** What leaves nothing behind that a process would find after its end: a reading, and what only a power cut would undo. */
const LEAVES_NOTHING = /^(GET|create|sync)/;
/** What reaches somebody else: there it counts whether it was begun. */
const REACHES_OUT = /^(PATCH|Teams|answer|activity)/;
const REMOVAL = 'PATCH customers/…#1';

const withModes = ({ at, canTear }: Crossing, modes: readonly Mode[] = MODES): readonly CrashPoint[] =>
  modes.filter((mode) => canTear || mode !== 'torn').map((mode) => ({ at, mode }));

/** Every boundary in every mode. */
export const allPoints = (crossings: readonly Crossing[]): readonly CrashPoint[] =>
  crossings.flatMap((one) => withModes(one));

/**
 * Each moment once: before a boundary on this machine is after the one that came last, and what leaves nothing behind makes
 * no other moment.
 */
export const distinctPoints = (crossings: readonly Crossing[]): readonly CrashPoint[] =>
  crossings
    .filter(({ at }) => !LEAVES_NOTHING.test(at))
    .flatMap((one) => withModes(one, REACHES_OUT.test(one.at) ? modesOut(one.at) : ['torn', 'after']));

const modesOut = (at: string): readonly Mode[] => (at.startsWith('activity') ? ['before'] : MODES);

/** The commit of the intent, the call, and the commit of the outcome: everything there. */
export const aroundRemoval = (crossings: readonly Crossing[]): readonly Crossing[] => [
  ...commitOf(crossings, 'executing'),
  ...crossings.filter(({ at }) => at === REMOVAL),
  ...commitOf(crossings, 'verifying'),
];

/**
 * From the first commit of a list to the last of its requests that is sent to whoever decides: after each file that is in its
 * place, and around each call. What becomes of a file that is half written is seen in the job of one customer.
 */
export function pointsOfList(crossings: readonly Crossing[]): readonly CrashPoint[] {
  const first = crossings.findIndex(({ at }) => at.startsWith('write batch'));
  const last = crossings.findLastIndex(({ at }) => at.startsWith('rename request pending'));
  return distinctPoints(crossings.slice(first, last + 1)).filter(
    ({ at }) => at.startsWith('rename') || REACHES_OUT.test(at),
  );
}

/** All that the first commit with a request in this state takes. */
function commitOf(crossings: readonly Crossing[], state: string): readonly Crossing[] {
  const at = (name: string): number => crossings.findIndex((one) => one.at === `${name} request ${state}#1`);
  const isOwn = (call: string) => (one: Crossing) => one.at.startsWith(`${call} request#`);
  return [
    ...crossings.slice(0, at('write')).filter(isOwn('create')).slice(-1),
    ...['write', 'sync', 'rename'].flatMap((call) => crossings.slice(at(call), at(call) + 1)),
    ...crossings.slice(at('rename')).filter(isOwn('sync folder')).slice(0, 1),
  ];
}

/** So many of them, evenly spread. */
export const sampleOf = <T>(all: readonly T[], count: number): readonly T[] =>
  Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(((at + 0.5) * all.length) / count)]!);

/** Of some points, each with a second end in the run that recovers from the first. */
const SECOND_ENDS = [3, 9, 21, 34, 55, 80];
export const killedAgain = (points: readonly CrashPoint[]): readonly (readonly CrashPoint[])[] =>
  points.map((point, at) => [
    point,
    { at: String(SECOND_ENDS[at % SECOND_ENDS.length]), mode: at % 2 === 0 ? 'after' : 'before' },
  ]);
