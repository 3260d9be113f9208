import type { CrashPoint } from './boundaries.ts';
import { doJob, type Outcome } from './job.ts';

/** Jobs at the same time, each with a process of its own. */
const PARALLEL = 2;

/** Does the job once for each list of crash points. @param onOutcome told of each; ends the exploring with `false`. */
export async function explore(
  all: readonly (readonly CrashPoint[])[],
  onOutcome: (outcome: Outcome) => boolean,
): Promise<void> {
  const left = [...all];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      if (!onOutcome(await doJob(next))) left.length = 0;
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}
