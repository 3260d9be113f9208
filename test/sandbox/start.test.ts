import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { readMessage } from '../support/journey.ts';
import { clearSandboxes, Sandbox } from '../support/sandbox-process.ts';

const WELCOME = /End a reseller relationship, step by step/;

/** Everything that the page starts with: the messages of both, by person. */
async function chatsAt(url: string): Promise<Readonly<Record<string, readonly ShownMessage[]>>> {
  const response = await fetch(`${url}/api/events?device=test`);
  let received = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    received += decoder.decode(chunk as Uint8Array, { stream: true });
    const [, data] = /^event: everything\ndata: (.*)\n\n/m.exec(received) ?? [];
    if (data !== undefined) return (JSON.parse(data) as { messages: Record<string, ShownMessage[]> }).messages;
  }
  assert.fail('the page was told nothing');
}

async function assertWelcomed(url: string): Promise<void> {
  const chats = await chatsAt(url);
  assert.deepEqual(Object.keys(chats), ['requester', 'manager']);
  for (const messages of Object.values(chats)) {
    assert.equal(messages.length, 1);
    assert.match(readMessage(messages[0]!), WELCOME);
  }
}

/** Waits until the newest message of a person's chat says so. */
async function showsSoon(url: string, person: string, words: RegExp): Promise<void> {
  for (;;) {
    const newest = (await chatsAt(url))[person]!.at(-1);
    if (newest !== undefined && words.test(readMessage(newest))) return;
    await delay(50);
  }
}

async function post(url: string, body: unknown = {}): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 200, await response.text());
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Takes a port, unless somebody has it already: then it is taken as well. */
async function occupied(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  const settled = new Promise((resolve) => server.once('listening', resolve).once('error', resolve));
  server.listen(port, '127.0.0.1');
  await settled;
  return server;
}

describe('npm start', function () {
  this.timeout(60_000);
  this.slow(8_000);

  afterEach(clearSandboxes);

  /** It ends with all that it has started, and leaves nothing behind. */
  const endsAsAWhole = async (sandbox: Sandbox, signal: NodeJS.Signals): Promise<void> => {
    const addresses = [await sandbox.address(), await sandbox.botAddress()];
    assert.equal(sandbox.kept().length, 1);

    assert.deepEqual(await sandbox.end(signal), [0, null]);

    for (const address of addresses) assert.equal(await answers(address), false, `${address} still answers`);
    assert.deepEqual(sandbox.kept(), []);
    assert.equal(sandbox.errors(), '');
  };

  it('prints where the page is, with both people welcomed there, and ends as a whole on SIGTERM', async () => {
    const sandbox = new Sandbox();

    const url = await sandbox.address();

    const page = await fetch(url);
    assert.match(await page.text(), /<title>Reseller Offboarding<\/title>/);
    assert.ok(await answers(`${await sandbox.botAddress()}/readyz`));
    assert.equal((await fetch(`${url}/pc/_state?limit=1`)).status, 200);
    await assertWelcomed(url);
    await endsAsAWhole(sandbox, 'SIGTERM');
  });

  it('steps over ports that others have taken, and ends as a whole on SIGINT', async () => {
    const others = await Promise.all([3978, 3979].map(occupied));
    try {
      const sandbox = new Sandbox();

      const url = await sandbox.address();

      const ports = [url, await sandbox.botAddress()].map((address) => Number(new URL(address).port));
      for (const port of ports) assert.ok(port > 3979, `${port} was taken`);
      await assertWelcomed(url);
      await endsAsAWhole(sandbox, 'SIGINT');
    } finally {
      for (const server of others) server.close();
    }
  });

  it('runs as often as wanted at one time, each with a bot of its own', async () => {
    const sandboxes = [new Sandbox(), new Sandbox(), new Sandbox()];

    const urls = await Promise.all(sandboxes.map((sandbox) => sandbox.address()));
    const bots = await Promise.all(sandboxes.map((sandbox) => sandbox.botAddress()));

    assert.equal(new Set([...urls, ...bots]).size, 6);
    assert.deepEqual(
      sandboxes.map((sandbox) => sandbox.errors()),
      ['', '', ''],
    );
    for (const url of urls) await assertWelcomed(url);
    await post(`${urls[0]!}/api/say`, { person: 'requester', text: 'remove fabrikam' });
    assert.ok((await chatsAt(urls[0]!))['requester']!.length > 1);
    await assertWelcomed(urls[1]!);
  });

  it('ends when npm has been ended, which passes that on to its shell only', async () => {
    const npm = new Sandbox([
      '-e',
      `require('node:child_process').spawn(process.execPath, ['sandbox/start.ts'], { stdio: 'inherit' })`,
    ]);
    const bot = await npm.botAddress();
    const page = await npm.address();

    await npm.end('SIGKILL');

    for (const address of [page, bot]) while (await answers(address)) await delay(50);
    while (npm.kept().length > 0) await delay(50);
  });

  it('ends when npm was killed, whose shell stays behind then', async () => {
    const npm = new Sandbox([
      '-e',
      // Two commands, so that the shell does not become the first one.
      `require('node:child_process').spawn('sh', ['-c', '"' + process.execPath + '" sandbox/start.ts; exit $?'], { stdio: 'inherit' })`,
    ]);
    const bot = await npm.botAddress();
    const page = await npm.address();

    await npm.end('SIGKILL');

    for (const address of [page, bot]) while (await answers(address)) await delay(50);
    while (npm.kept().length > 0) await delay(50);
  });

  it('plays a Teams in which people sign in, with what single sign-on may lack, and starts the bot anew for each', async () => {
    const sandbox = new Sandbox();
    const url = await sandbox.address();
    const shown = async (): Promise<string> => (await chatsAt(url))['requester']!.map(readMessage).join('\n');
    const says = async (text: string, answer: RegExp): Promise<void> => {
      await post(`${url}/api/say`, { person: 'requester', text });
      while (!answer.test(await shown())) await delay(50);
    };

    for (const [signOn, answer] of [
      ['enough', /You are signed in/],
      ['no-second-factor', /^Sign in$/m],
      ['no-consent', /Nobody in your organisation has allowed this app/],
      ['entra-down', /Microsoft Entra does not answer/],
    ] as const) {
      await post(`${url}/_teams`, { isReal: true, signOn });
      assert.doesNotMatch(await shown(), answer);
      await says('sign in', answer);
    }
    await post(`${url}/_teams`, { isReal: false, signOn: 'enough' });
    await says('requests', /You have not asked for anything yet/);

    assert.equal((await fetch(`${url}/auth/start`)).status, 404);
    assert.equal((await fetch(`${url}/_teams`, { method: 'POST', body: '{"isReal":"yes"}' })).status, 400);
  });

  it('says why when the bot cannot be started, and ends', async () => {
    const sandbox = new Sandbox(undefined, { LOG_LEVEL: 'deafening' });

    assert.deepEqual(await sandbox.ended(), [1, null]);

    assert.match(sandbox.errors(), /^The bot could not be started\.\n.*LOG_LEVEL/);
    assert.deepEqual(sandbox.kept(), []);
  });

  it('takes its bot along when it is killed, and leaves nothing behind', async () => {
    const sandbox = new Sandbox();
    const bot = await sandbox.botAddress();
    await sandbox.address();

    assert.deepEqual(await sandbox.end('SIGKILL'), [null, 'SIGKILL']);

    while (await answers(bot)) await delay(50);
    while (sandbox.kept().length > 0) await delay(50);
  });

  it('leaves nothing behind when it is ended while it starts', async () => {
    const sandbox = new Sandbox();
    const bot = await sandbox.botAddress();

    assert.deepEqual(await sandbox.end('SIGINT'), [0, null]);

    assert.equal(await answers(bot), false);
    assert.deepEqual(sandbox.kept(), []);
  });

  it('starts over with a bot that remembers nothing, and with fresh chats', async () => {
    const sandbox = new Sandbox();
    const url = await sandbox.address();
    const [folder = ''] = sandbox.kept();
    const stores = sandbox.kept(folder);
    await post(`${url}/api/say`, { person: 'requester', text: 'remove fabrikam' });
    assert.ok((await chatsAt(url))['requester']!.length > 1);

    await post(`${url}/_reset`);

    await assertWelcomed(url);
    assert.ok(await answers(`${await sandbox.botAddress()}/readyz`));
    assert.equal(sandbox.kept(folder).length, 1);
    assert.notDeepEqual(sandbox.kept(folder), stores);
    await post(`${url}/api/say`, { person: 'manager', text: 'help' });
    assert.match(readMessage((await chatsAt(url))['manager']!.at(-1)!), /What you can write/);
    assert.equal(sandbox.errors(), '');
  });

  for (const [how, words] of [
    ['end', 'its own end'],
    ['kill', 'kill -9'],
  ] as const)
    it(`has the bot run again on the same store after ${words} from the page`, async () => {
      const sandbox = new Sandbox();
      const url = await sandbox.address();
      await post(`${url}/api/say`, { person: 'requester', text: 'watch woodgrove' });
      await showsSoon(url, 'requester', /I watch this customer, and tell you/);

      await post(`${url}/_bot`, { how });
      await post(`${url}/api/say`, { person: 'requester', text: 'watch woodgrove' });

      await showsSoon(url, 'requester', /I watch this customer already/);
      assert.equal((await chatsAt(url))['manager']!.length, 1, 'nobody is welcomed again');
      assert.equal(sandbox.errors(), '');
    });

  it('has the bot run again on the same store when somebody has killed it from elsewhere', async () => {
    const sandbox = new Sandbox();
    const url = await sandbox.address();
    await post(`${url}/api/say`, { person: 'requester', text: 'watch woodgrove' });
    await showsSoon(url, 'requester', /I watch this customer, and tell you/);
    const before = await sandbox.botAddress();

    process.kill(sandbox.botProcess(), 'SIGKILL');
    while (await answers(before)) await delay(20);
    while (!(await answers(`${await sandbox.botAddress()}/readyz`))) await delay(50);
    await post(`${url}/api/say`, { person: 'requester', text: 'watch woodgrove' });

    await showsSoon(url, 'requester', /I watch this customer already/);
    assert.match(sandbox.errors(), /^The bot has ended \(SIGKILL\)\. It starts again on what it has stored\.\n$/);
  });

  it('starts over once more for each who asks, one after the other', async () => {
    const sandbox = new Sandbox();
    const url = await sandbox.address();

    await Promise.all([post(`${url}/_reset`), post(`${url}/_reset`)]);

    await assertWelcomed(url);
    assert.deepEqual(await sandbox.end('SIGINT'), [0, null]);
    assert.deepEqual(sandbox.kept(), []);
  });
});
