/* What has to hold under load: `npm run load` for all of it, `npm run load -- queue` for a part, `--quick` for the short form. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { thisCommit, thisMachine } from './measuring/machine.ts';
import { printed } from './measuring/table.ts';
import { createScope } from './scope.ts';
import { printedChecks, type Outcome, type TrialScope } from './trials/trial.ts';
import { TRIALS } from './trials/trials.ts';

const LONGEST_MINUTES = 24 * 60;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Seconds instead of minutes, with little of everything. */
    quick: { type: 'boolean', default: false },
    /** How long `soak` goes on (30). */
    minutes: { type: 'string', default: '30' },
    /** Where the results are kept. */
    into: { type: 'string', default: 'bench/results' },
  },
});
const names = TRIALS.map(({ name }) => name);
const chosen = TRIALS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const minutes = Number(values.minutes);
if (positionals.some((name) => !names.includes(name)) || !(minutes > 0 && minutes <= LONGEST_MINUTES)) {
  console.error(`usage: npm run load -- [--quick] [--minutes <for soak>] [--into <folder>] [${names.join(' | ')}]`);
  process.exit(2);
}

const machine = thisMachine();
const commit = thisCommit();
console.log(
  `commit ${commit}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.os}; Node ${machine.node}`,
);
const bench = createScope(values.quick);
const folders: string[] = [];
const scope: TrialScope = {
  ...bench,
  minutes,
  async folder() {
    const folder = await mkdtemp(path.join(tmpdir(), 'load-'));
    folders.push(folder);
    return folder;
  },
  tell: (sentence) => {
    console.log(`  ${sentence}`);
  },
};
const began = new Date();
const outcomes: (Outcome & { readonly name: string; readonly seconds: number })[] = [];
let isBroken = false;
try {
  for (const { name, run } of chosen) {
    const from = performance.now();
    try {
      console.log(`\n${name}`);
      const outcome = await run(scope);
      const seconds = Math.round((performance.now() - from) / 1_000);
      outcomes.push({ name, seconds, ...outcome });
      if (outcome.checks.some(({ holds }) => !holds)) isBroken = true;
      console.log(`${printed(outcome.rows)}\n${printedChecks(outcome.checks)}\n${name}: ${seconds} s`);
    } catch (error) {
      isBroken = true;
      console.error(`${name} did not come to its end.`, error);
    }
  }
} finally {
  bench.clear();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
mkdirSync(values.into, { recursive: true });
const day = began.toISOString().slice(0, 10);
for (const { name, ...outcome } of outcomes) {
  const file = path.join(values.into, `load-${name}-${day}-${commit}.json`);
  const result = { commit, at: began.toISOString(), isQuick: values.quick, machine, name, ...outcome };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
console.log(`\n${isBroken ? 'BROKEN' : 'all of it held'}; kept in ${values.into}`);
process.exitCode = isBroken ? 1 : 0;
