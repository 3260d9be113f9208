/* The long proofs: `npm run verify` for all of them, `npm run verify -- simulation --seeds 10000` for one, with what it takes. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

/** What each part runs. They print their figures, and end with 0 where all of it held. */
const PARTS: Readonly<Record<string, string>> = {
  simulation: 'test/simulation/main.ts',
  crash: 'scripts/crash-points.ts',
  image: 'test/image/main.ts',
  'seeded-bugs': 'test/seeded-bugs/main.ts',
  replicas: 'test/replicas/main.ts',
  gallery: 'test/e2e/gallery-main.ts',
};

function commit(): string {
  const git = (...args: readonly string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ', changed since'}`;
  } catch {
    return 'unknown';
  }
}

function prove(part: string, file: string, args: readonly string[]): boolean {
  console.log(`${part}: begun ${new Date().toISOString()}`);
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [path.resolve(file), ...args], { stdio: 'inherit' });
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(`${part}: ${status === 0 ? 'held' : 'BROKEN'} after ${seconds} s`);
  return status === 0;
}

const [, , chosen, ...args] = process.argv;
const parts = Object.entries(PARTS).filter(([part]) => chosen === undefined || part === chosen);
if (parts.length === 0) {
  console.error(`usage: npm run verify -- [${Object.keys(PARTS).join(' | ')}] [arguments]`);
  process.exitCode = 2;
} else {
  console.log(`commit ${commit()}; Node ${process.version}; ${availableParallelism()} processors`);
  const held = parts.map(([part, file]) => prove(part, file, args));
  process.exitCode = held.every(Boolean) ? 0 : 1;
}
