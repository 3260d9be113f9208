import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { journeyEnv, startBotProcess, type BotProcess } from '../support/journey.ts';

/** Nothing listens there: the bot starts without Partner Center, and goes on asking for it. */
const NOWHERE = 'http://127.0.0.1:9';

describe('the bot as a process', () => {
  let folder: string;
  let started: BotProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bot-main-'));
    started = [];
  });
  afterEach(async () => {
    for (const bot of started) bot.send('SIGKILL');
    await Promise.all(started.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  });

  const start = (env: Readonly<Record<string, string>> = {}): BotProcess => {
    const bot = startBotProcess({ ...journeyEnv(NOWHERE, path.join(folder, 'store')), ...env });
    started.push(bot);
    return bot;
  };
  const urlOf = (bot: BotProcess): string => /http:\S+:\d+/.exec(bot.output())?.[0] ?? '';

  it('makes its store’s folder at the first start, says where it listens, and is alive and ready', async () => {
    const bot = start();

    assert.ok(await bot.ready, bot.errors());

    assert.match(bot.output(), /^The bot listens on http:\/\/127\.0\.0\.1:\d+\/api\/messages$/m);
    assert.ok((await stat(path.join(folder, 'store'))).isDirectory());
    for (const address of ['healthz', 'readyz']) assert.equal((await fetch(`${urlOf(bot)}/${address}`)).status, 200);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends with exit code 0 on ${signal}, and gives its store back`, async () => {
      const bot = start();
      assert.ok(await bot.ready, bot.errors());

      bot.send(signal);
      bot.send(signal);

      assert.equal(await bot.ended, 0);
      assert.ok(!(await readdir(path.join(folder, 'store'))).includes('owner.lock'));
    });
  }

  it('says what is wrong with its configuration, one line a fault, by name and without a value', async () => {
    const bot = start({
      APPROVERS: 'hunter2-approver',
      AUDIT_KEY: 'hunter2-key',
      APPROVAL_TTL_HOURS: 'hunter2-hours',
      PARTNER_CENTER_URL: 'http://hunter2.example',
      REQESTERS: 'hunter2-requester',
      OTEL_TRACES_EXPORTER: 'hunter2-exporter',
    });

    assert.equal(await bot.ended, 78);

    const lines = bot.errors().trimEnd().split('\n');
    for (const name of [
      'APPROVERS',
      'AUDIT_KEY',
      'APPROVAL_TTL_HOURS',
      'PARTNER_CENTER_URL',
      'REQESTERS',
      'OTEL_TRACES_EXPORTER',
    ])
      assert.ok(
        lines.some((line) => line.split(/[:,] /).includes(name)),
        `${name} in ${bot.errors()}`,
      );
    assert.ok(
      lines.every((line) => /^[A-Za-z_]+(, [A-Za-z_]+)*: \S/.test(line)),
      bot.errors(),
    );
    assert.doesNotMatch(bot.errors() + bot.output(), /hunter2/);
    assert.equal(bot.output(), '');
    assert.deepEqual(await readdir(folder), []);
  });

  it('needs a configuration at all', async () => {
    const bot = startBotProcess({});
    started.push(bot);

    assert.equal(await bot.ended, 78);

    for (const name of ['REQUESTERS', 'APPROVERS', 'AUDIT_KEY', 'MicrosoftAppId'])
      assert.match(bot.errors(), new RegExp(`^${name}: `, 'm'));
  });

  it('ends when its port is taken, and leaves the store to others', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    try {
      const bot = start({ PORT: String(port) });

      assert.equal(await bot.ended, 1);

      assert.match(bot.errors(), new RegExp(`^Port ${port} is in use\\.$`, 'm'));
      assert.ok(await start().ready);
    } finally {
      taken.close();
    }
  });

  it('refuses to start on a store that another process works with, and says which', async () => {
    const first = start();
    assert.ok(await first.ready, first.errors());

    const second = start();

    assert.equal(await second.ended, 1);
    assert.match(second.errors(), new RegExp(`${first.pid}`));
    assert.equal(second.errors().trimEnd().split('\n').length, 1, second.errors());
    assert.equal((await fetch(`${urlOf(first)}/readyz`)).status, 200);
  });

  it('starts again at once after it was killed', async () => {
    const first = start();
    assert.ok(await first.ready, first.errors());
    first.send('SIGKILL');
    assert.equal(await first.ended, 'SIGKILL');

    const second = start();

    assert.ok(await second.ready, second.errors());
  });

  it('says no secret, whatever the level of its log', async () => {
    const bot = start({ LOG_LEVEL: 'trace' });
    assert.ok(await bot.ready, bot.errors());
    bot.send('SIGTERM');
    await bot.ended;

    assert.ok(!(bot.output() + bot.errors()).includes('11'.repeat(32)));
    for (const line of bot.output().trimEnd().split('\n')) {
      if (!line.startsWith('The bot listens on ')) assert.doesNotThrow(() => JSON.parse(line) as unknown, line);
    }
  });
}).timeout(30_000);
