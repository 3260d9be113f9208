/**
 * Everything that CI checks, in one command: format, lint, types, direction of imports, tests.
 * The last line reads `N passed, N failed`; each static check counts as one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { longestFirst } from './test-order.ts';

const totalsFile = path.resolve('tmp/test/totals');
mkdirSync(path.dirname(totalsFile), { recursive: true });
rmSync(totalsFile, { force: true });
/** Tests start hundreds of processes; each of them reads what the first ones have compiled. */
const compileCache = path.resolve('tmp/test/compile-cache');

let passed = 0;
let failed = 0;

interface Ended {
  readonly isWell: boolean;
  /** What it has said, where that was not told at once. */
  readonly said: string;
}

/** @param stdio `inherit`: what it says is told at once. */
async function run(command: string, args: readonly string[], stdio: 'inherit' | 'pipe'): Promise<Ended> {
  const child = spawn(path.resolve('node_modules/.bin', command), args, {
    stdio: ['inherit', stdio, stdio],
    shell: process.platform === 'win32',
    env: {
      NODE_COMPILE_CACHE: compileCache,
      ...process.env,
      TEST_TOTALS_FILE: totalsFile,
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { isWell: code === 0, said };
}

const tell = (name: string, { isWell, said }: Ended): void => {
  process.stdout.write(said);
  console.log(`${isWell ? 'ok' : 'FAILED'}: ${name}`);
  if (isWell) passed += 1;
  else failed += 1;
};
const check = async (name: string, command: string, args: readonly string[]): Promise<void> => {
  tell(name, await run(command, args, 'pipe'));
};

// What takes longest goes on beside the tests, and is told after them.
const linted = run('eslint', ['.', '--max-warnings', '0'], 'pipe');
await check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
await check('types', 'tsc', ['--noEmit']);
await check('types of the chat page', 'tsc', ['--noEmit', '-p', 'sandbox/chat/public']);
await check('types of the tab', 'tsc', ['--noEmit', '-p', 'bot/tab/public']);
await check('direction of imports', 'depcruise', [
  ...['--config', '.dependency-cruiser.cjs'],
  ...['bot', 'cards', 'dialogs', 'services', 'sandbox', 'bench', 'test', 'scripts', 'manifest'],
]);

await run('node', ['scripts/compile-ahead.ts'], 'pipe');
const [, , ...chosen] = process.argv;
// Most of what takes long waits for a process or for time to pass, and not for a processor.
const jobs = String(Math.max(4, availableParallelism()));
const tested = await run(
  'mocha',
  ['--parallel', '--jobs', jobs, ...(chosen.length > 0 ? chosen : longestFirst(globSync('test/**/*.test.ts')))],
  'inherit',
);
const [line = ''] = (() => {
  try {
    return readFileSync(totalsFile, 'utf8').trim().split('\n').slice(-1);
  } catch {
    return []; // mocha died before its reporter could count
  }
})();
const [passes = 0, failures = 0] = line.split(' ').map(Number);
passed += passes;
failed += failures;
if (!tested.isWell && failures === 0) failed += 1;
if (passes === 0) failed += 1;
tell('lint', await linted);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
