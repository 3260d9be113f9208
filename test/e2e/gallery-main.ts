/* The gallery on a narrow phone in every language: `npm run verify -- gallery`. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const mocha = path.resolve('node_modules/mocha/bin/mocha.js');
const { status } = spawnSync(process.execPath, [mocha, 'test/e2e/gallery.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, GALLERY: 'all' },
});
process.exitCode = status ?? 1;
