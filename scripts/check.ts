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

/** @param stdio `pipe`: what it says is told once it has ended. */
async function run(command: string, args: readonly string[], stdio: 'inherit' | 'pipe'): Promise<boolean> {
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
  process.stdout.write(said);
  return code === 0;
}

const check = async (name: string, command: string, args: readonly string[]): Promise<void> => {
  const ok = await run(command, args, 'pipe');
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
  if (ok) passed += 1;
  else failed += 1;
};

// What takes longest has one processor, and all others together another one.
await Promise.all([
  check('lint', 'eslint', ['.', '--max-warnings', '0']),
  (async () => {
    await check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
    await check('types', 'tsc', ['--noEmit']);
    await check('types of the chat page', 'tsc', ['--noEmit', '-p', 'sandbox/chat/public']);
    await check('types of the tab', 'tsc', ['--noEmit', '-p', 'bot/tab/public']);
    await check('direction of imports', 'depcruise', [
      ...['--config', '.dependency-cruiser.cjs'],
      ...['bot', 'cards', 'dialogs', 'services', 'sandbox', 'bench', 'test', 'scripts', 'manifest'],
    ]);
  })(),
]);

const [, , ...chosen] = process.argv;
// Most of what takes long waits for a process or for time to pass, and not for a processor.
const jobs = String(Math.max(4, availableParallelism()));
const testsEnded = await run(
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
if (!testsEnded && failures === 0) failed += 1;
if (passes === 0) failed += 1;

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
