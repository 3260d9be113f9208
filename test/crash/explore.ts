import type { CrashPoint } from './boundaries.ts';
import { doJob, type Outcome } from './job.ts';
import type { Story } from './stories.ts';

/**
 * Does the job of a story once for each list of crash points.
 *
 * @param onOutcome told of each; ends the exploring with `false`.
 * @param parallel jobs at the same time, each with a process of its own.
 */
export async function explore(
  story: Story,
  all: readonly (readonly CrashPoint[])[],
  onOutcome: (outcome: Outcome) => boolean,
  parallel = 2,
): Promise<void> {
  const left = [...all];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      if (!onOutcome(await doJob(next, story))) left.length = 0;
  };
  await Promise.all(Array.from({ length: parallel }, work));
}
