/**
 * Goes through the steps of the Dockerfile in an empty folder, and tries what is there then: whether the bot starts with
 * production dependencies alone, is found healthy, does its commands, and ends when it is told to.
 *
 * `npm run verify -- image`
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPartnerCenter } from '../../sandbox/partner-center/server.ts';
import { freePort } from '../support/free-port.ts';
import { copiesOf, environmentOf, instructionsOf, programOf } from './dockerfile.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const instructions = instructionsOf(readFileSync(path.join(checkout, 'Dockerfile'), 'utf8'));
const place = mkdtempSync(path.join(tmpdir(), 'image-'));
const app = path.join(place, 'app');
const partnerCenter = await startPartnerCenter();

try {
  mkdirSync(app);
  for (const { from, to } of copiesOf(instructions)) {
    const isFolder = to.endsWith('/') || to === '.';
    cpSync(path.join(checkout, from), path.join(app, isFolder ? path.join(to, path.basename(from)) : to), {
      recursive: true,
    });
  }
  const install = instructions.find(({ name, rest }) => name === 'RUN' && rest.startsWith('npm ci'));
  assert.ok(install, 'nothing installs the dependencies');
  console.log(install.rest);
  execFileSync('npm', install.rest.split(' ').slice(1), { cwd: app, stdio: 'inherit' });
  for (const name of ['typescript', 'mocha', 'playwright-core', 'node']) {
    assert.ok(!existsSync(path.join(app, 'node_modules', name)), `${name} is for development`);
  }
  for (const name of ['test', 'sandbox'])
    assert.ok(!existsSync(path.join(app, name)), `${name}/ is not for production`);

  const port = String(await freePort());
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...environmentOf(instructions),
    ...{ HOST: '127.0.0.1', PORT: port, STORE: `file:${path.join(place, 'data')}` },
    ...{ BOT_AUTH: 'none', PARTNER_CENTER_AUTH: 'none', PARTNER_CENTER_URL: partnerCenter.url },
    REQUESTERS: '11111111-1111-4111-8111-111111111111',
    APPROVERS: '22222222-2222-4222-8222-222222222222',
    AUDIT_KEY: '0f'.repeat(32),
    LOG_LEVEL: 'warn',
  };
  const node = async (args: readonly string[]): Promise<unknown> => {
    console.log(`node ${args.join(' ')}`);
    const [code] = (await once(spawn(process.execPath, args, { cwd: app, env, stdio: 'inherit' }), 'exit')) as [
      unknown,
    ];
    return code;
  };
  const healthy = programOf(instructions, 'HEALTHCHECK').slice(1);
  assert.equal(await node(healthy), 1, 'nothing is healthy before there is a bot');
  assert.equal(await node(['scripts/check-config.ts']), 0, 'the configuration is found wrong');

  const bot = spawn(process.execPath, programOf(instructions, 'CMD').slice(1), {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(bot, 'exit');
  await once(bot.stdout, 'data');
  assert.equal(await node(healthy), 0, 'the bot is not healthy');
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200, 'the bot is not ready');
  assert.equal(await node(['scripts/store.ts', 'backup']), 0, 'the store cannot be backed up');
  assert.equal(await node(['scripts/store.ts', 'list']), 0, 'the backup is not whole');
  assert.equal(await node(['scripts/audit.ts', 'verify']), 0, 'the record is not whole');
  assert.equal(await node(['scripts/migrate.ts', '--from', 'data']), 64, 'what moves the store to Azure does not run');
  assert.equal(await node(['scripts/check-config.ts']), 0, 'the configuration is found wrong beside a running bot');
  bot.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], 'the bot did not end when it was told to');
  console.log('The steps of the Dockerfile make a bot that runs with production dependencies alone.');
} finally {
  await partnerCenter.close();
  rmSync(place, { recursive: true, force: true });
}
