/* The numbers of the product on this machine: `npm run bench` for all of them, `npm run bench -- turns` for a part. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { thisCommit, thisMachine } from './measuring/machine.ts';
import type { Row } from './measuring/row.ts';
import { printed } from './measuring/table.ts';
import { PARTS } from './parts/parts.ts';
import { createScope } from './scope.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Runs all of it in seconds, which shows that it runs, and nothing else. */
    quick: { type: 'boolean', default: false },
    /** Where the results are kept. */
    into: { type: 'string', default: 'bench/results' },
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
console.log(
  `commit ${commit}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.os}; Node ${machine.node}`,
);
const scope = createScope(values.quick);
const began = new Date();
const rows: Row[] = [];
let failed = false;
try {
  for (const { name, measure } of chosen) {
    const from = performance.now();
    try {
      const measured = await measure(scope);
      rows.push(...measured);
      console.log(`\n${name} (${Math.round((performance.now() - from) / 1_000)} s)\n${printed(measured)}`);
    } catch (error) {
      failed = true;
      console.error(`\n${name} could not be measured.`, error);
    }
  }
} finally {
  scope.clear();
}
const seconds = Math.round((performance.now() - began.getTime() + performance.timeOrigin) / 1_000);
if (chosen.length > 1) console.log(`\n${printed(rows)}`);
const file = path.join(values.into, `${began.toISOString().slice(0, 10)}-${commit}.json`);
mkdirSync(values.into, { recursive: true });
if (chosen.length === PARTS.length && !failed) {
  const result = { commit, at: began.toISOString(), isQuick: values.quick, seconds, machine, rows };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${rows.length} rows after ${seconds} s, kept in ${file}`);
}
process.exitCode = failed ? 1 : 0;
