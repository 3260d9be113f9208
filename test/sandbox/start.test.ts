import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShownMessage } from '../../sandbox/chat/chat.ts';
import { readMessage } from '../support/journey.ts';

const WELCOME = /End a reseller relationship, step by step/;

/** The sandbox as `npm start` runs it, in a process of its own, with a folder of its own for what is temporary. */
class Sandbox {
  readonly #temp = mkdtempSync(path.join(tmpdir(), 'start-test-'));
  readonly #child;
  readonly #ended;
  readonly #lines: string[] = [];
  #errors = '';
  #onLine = (): void => undefined;

  constructor(run: readonly string[] = ['sandbox/start.ts'], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, run, {
      env: { ...process.env, TMPDIR: this.#temp, TEMP: this.#temp, npm_lifecycle_event: 'start', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#onLine();
    });
    started.push(this);
  }

  /** Waits for a line of what is printed. @returns what its first group has matched, or the line. */
  async prints(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      this.#onLine = () => {
        const match = this.#lines.map((line) => pattern.exec(line)).findLast((one) => one !== null);
        if (match) resolve(match[1] ?? match[0]);
      };
      this.#onLine();
    });
    const ended = this.#ended.then(() => assert.fail(`It has ended instead: ${this.#errors}`));
    return Promise.race([found, ended]);
  }

  /** Where the page is. */
  address(): Promise<string> {
    return this.prints(/^Open (http:\/\/127\.0\.0\.1:\d+)$/);
  }

  /** Where the bot listens; the newest one, after *Start over*. */
  botAddress(): Promise<string> {
    return this.prints(/^The bot listens on (\S+)\/api\/messages$/);
  }

  /** @returns with which exit code, and by which signal, it has ended. */
  async end(signal: NodeJS.Signals): Promise<readonly [number | null, NodeJS.Signals | null]> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    return this.#ended;
  }

  /** @returns with which exit code, and by which signal, once it has ended by itself and all it said was read. */
  async ended(): Promise<readonly [number | null, NodeJS.Signals | null]> {
    await once(this.#child, 'close');
    return this.#ended;
  }

  /** What it keeps in the folder for what is temporary, beside what Node keeps there for itself. */
  kept(...inside: readonly string[]): readonly string[] {
    return readdirSync(path.join(this.#temp, ...inside)).filter((name) => name !== 'node-compile-cache');
  }

  /** The process of its bot, its only child. */
  botProcess(): number {
    const told = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
    const bots = [...told.matchAll(/^\s*(\d+) +(\d+) .*bot\/main\.ts$/gm)];
    return Number(bots.find(([, , parent]) => Number(parent) === this.#child.pid)?.[1]);
  }

  errors(): string {
    return this.#errors;
  }

  async clear(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.#temp, { recursive: true, force: true });
  }
}

let started: Sandbox[] = [];

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
  this.timeout(40_000);
  this.slow(8_000);

  beforeEach(() => {
    started = [];
  });
  afterEach(() => Promise.all(started.map((sandbox) => sandbox.clear())));

  it('prints where the page is, with both people welcomed there', async () => {
    const sandbox = new Sandbox();

    const url = await sandbox.address();

    const page = await fetch(url);
    assert.match(await page.text(), /<title>Reseller Offboarding<\/title>/);
    assert.ok(await answers(`${await sandbox.botAddress()}/readyz`));
    assert.equal((await fetch(`${url}/pc/_state?limit=1`)).status, 200);
    await assertWelcomed(url);
    assert.equal(sandbox.errors(), '');
  });

  it('steps over ports that others have taken', async () => {
    const others = await Promise.all([3978, 3979].map(occupied));
    try {
      const sandbox = new Sandbox();

      const url = await sandbox.address();

      const ports = [url, await sandbox.botAddress()].map((address) => Number(new URL(address).port));
      for (const port of ports) assert.ok(port > 3979, `${port} was taken`);
      await assertWelcomed(url);
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

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    it(`ends as a whole on ${signal}, and leaves nothing behind`, async () => {
      const sandbox = new Sandbox();
      const addresses = [await sandbox.address(), await sandbox.botAddress()];
      assert.equal(sandbox.kept().length, 1);

      assert.deepEqual(await sandbox.end(signal), [0, null]);

      for (const address of addresses) assert.equal(await answers(address), false, `${address} still answers`);
      assert.deepEqual(sandbox.kept(), []);
      assert.equal(sandbox.errors(), '');
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
    assert.match(readMessage((await chatsAt(url))['manager']!.at(-1)!), WELCOME);
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
