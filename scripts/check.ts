/**
 * Everything that CI checks, in one command: format, lint, types, direction of imports, tests.
 * The last line reads `N passed, N failed`; each static check counts as one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const totalsFile = path.resolve('tmp/test/totals');
mkdirSync(path.dirname(totalsFile), { recursive: true });
rmSync(totalsFile, { force: true });

let passed = 0;
let failed = 0;

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(path.resolve('node_modules/.bin', command), args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TEST_TOTALS_FILE: totalsFile },
  }).status === 0;

const check = (name: string, command: string, args: readonly string[]): void => {
  const ok = run(command, args);
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`);
  if (ok) passed += 1;
  else failed += 1;
};

check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
check('lint', 'eslint', ['.', '--max-warnings', '0']);
check('types', 'tsc', ['--noEmit']);
check('types of the chat page', 'tsc', ['--noEmit', '-p', 'sandbox/chat/public']);
check('types of the tab', 'tsc', ['--noEmit', '-p', 'bot/tab/public']);
check('direction of imports', 'depcruise', [
  ...['--config', '.dependency-cruiser.cjs'],
  ...['bot', 'cards', 'dialogs', 'services', 'sandbox', 'bench', 'test', 'scripts', 'manifest'],
]);

const [, , ...chosen] = process.argv;
// Most of what takes long waits for a process or for time to pass, and not for a processor.
const jobs = String(Math.max(3, availableParallelism()));
const testsEnded = run('mocha', [
  '--parallel',
  '--jobs',
  jobs,
  ...(chosen.length > 0 ? chosen : ['test/**/*.test.ts']),
]);
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
