/* The numbers of the product on this machine: `npm run bench` for all of them, `npm run bench -- turns` for a part. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { thisCommit, thisMachine } from './measuring/machine.ts';
import { aboutMachine, type Result } from './measuring/result.ts';
import type { Row } from './measuring/row.ts';
import { printed } from './measuring/table.ts';
import { PARTS } from './parts/parts.ts';
import { publish } from './publish.ts';
import { createScope } from './scope.ts';

const RESULTS = 'bench/results';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Runs all of it in seconds, which shows that it runs, and nothing else. */
    quick: { type: 'boolean', default: false },
    /** Where the results are kept, instead of beside those of before and on the page about them. */
    into: { type: 'string' },
  },
});
const names = PARTS.map(({ name }) => name);
const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (positionals.some((name) => !names.includes(name))) {
  console.error(`usage: npm run bench -- [--quick] [${names.join(' | ')}]`);
  process.exit(2);
}

const machine = thisMachine();
const commit = thisCommit();
console.log(`commit ${commit}; ${aboutMachine(machine)}`);
const scope = createScope(values.quick);
const began = new Date();
const from = performance.now();
const rows: Row[] = [];
let isWhole = chosen.length === PARTS.length;
for (const { name, measure } of chosen) {
  const partFrom = performance.now();
  try {
    const measured = await measure(scope);
    rows.push(...measured);
    console.log(`\n${name}, in ${secondsSince(partFrom)} s\n${printed(measured)}`);
  } catch (error) {
    isWhole = false;
    process.exitCode = 1;
    console.error(`\n${name} could not be measured.`, error);
  }
}
scope.clear();
if (isWhole)
  keep({ commit, at: began.toISOString(), isQuick: values.quick, seconds: secondsSince(from), machine, rows });

function secondsSince(ms: number): number {
  return Math.round((performance.now() - ms) / 1_000);
}

function keep(result: Result): void {
  const into = values.into ?? (result.isQuick ? 'tmp/bench' : RESULTS);
  const file = path.join(into, `${result.at.slice(0, 10)}-${commit}.json`);
  mkdirSync(into, { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  if (values.into === undefined && !result.isQuick) publish(result);
  console.log(`\nAll of it, in ${result.seconds} s; kept in ${file}\n${printed(rows, { withDetails: false })}`);
}
