/* Plants each seeded bug in a copy of the checkout, and sees that the proofs find it: `npm run verify -- seeded-bugs`. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROOFS } from './proofs.ts';
import { plant, removeCopy, seededBugs, type SeededBug } from './seeded-bugs.ts';

interface Run {
  readonly failed: boolean;
  readonly output: string;
  readonly seconds: number;
}

async function prove(folder: string, proof: string): Promise<Run> {
  const command = PROOFS[proof];
  if (command === undefined) throw new Error(`there is no proof "${proof}", only ${Object.keys(PROOFS).join(', ')}`);
  const began = performance.now();
  const [file = '', ...args] = command;
  const child = spawn(process.execPath, [path.join(folder, file), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (part: Buffer): void => {
    output += part.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { failed: code !== 0, output, seconds: Math.round((performance.now() - began) / 1_000) };
}

async function find(bug: SeededBug, by: string): Promise<boolean> {
  const folder = await plant(bug);
  try {
    const { failed, output, seconds } = await prove(folder, by);
    const line = output
      .split('\n')
      .find((one) => bug.shows.test(one))
      ?.trim();
    const isFound = failed && line !== undefined;
    console.log(`${isFound ? 'found' : 'NOT FOUND'}: ${bug.name}, by ${by}, in ${seconds} s`);
    const again = output.split('\n').find((one) => one.startsWith('npm run'));
    console.log(isFound ? `  ${line}\n  ${again ?? ''}` : output.slice(-2_000));
    return isFound;
  } finally {
    await removeCopy(folder);
  }
}

const { values } = parseArgs({ options: { bug: { type: 'string' }, by: { type: 'string' } } });
let missed = 0;
let found = 0;
for (const bug of await seededBugs()) {
  if (values.bug !== undefined && values.bug !== bug.name) continue;
  for (const by of bug.foundBy) {
    if (values.by !== undefined && values.by !== by) continue;
    if (await find(bug, by)) found += 1;
    else missed += 1;
  }
}
console.log(JSON.stringify({ found, missed }));
process.exitCode = missed === 0 && found > 0 ? 0 : 1;
