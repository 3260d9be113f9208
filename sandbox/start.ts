import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CHAT_TENANT_ID, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID, startChat } from './chat/chat.ts';
import { startPartnerCenter } from './partner-center/server.ts';

/** Where the page and the bot are looked for first; a taken port is stepped over. */
const CHAT_PORT = 3979;
const BOT_PORT = 3978;
const PORTS_TO_TRY = 50;

const root = path.resolve(import.meta.dirname, '..');

const partnerCenter = await startPartnerCenter();
const chat = await startChat({
  port: await freePort(CHAT_PORT),
  partnerCenterUrl: partnerCenter.url,
  onReset: () => restartBot(),
});
let folder = '';
let bot: ChildProcess | undefined;
let isStopping = false;

await startBot();
console.log(`Open ${chat.url}`);

process.on('SIGINT', stop);
process.on('SIGTERM', stop);

/** The bot as anybody runs it, in a process of its own, from its environment alone. */
async function startBot(): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), 'reseller-offboarding-'));
  const port = await freePort(BOT_PORT);
  const child = spawn(process.execPath, ['bot/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      BOT_AUTH: 'none',
      PARTNER_TENANT_ID: CHAT_TENANT_ID,
      PARTNER_CENTER_URL: partnerCenter.url,
      GRAPH_URL: partnerCenter.url,
      PARTNER_CENTER_AUTH: 'none',
      PARTNER_CENTER_ENVIRONMENT: 'production',
      REQUESTERS: REQUESTER_OBJECT_ID,
      APPROVERS: MANAGER_OBJECT_ID,
      AUDIT_KEY: randomBytes(32).toString('hex'),
      STORE: `file:${folder}`,
      VERIFY_EVERY_SECONDS: '1',
      LEASE_SECONDS: '10',
      DIRECTORY_REFRESH_MINUTES: '0.25',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    },
  });
  bot = child;
  child.once('exit', (code) => {
    if (bot !== child || isStopping) return;
    console.error(`The bot has ended (${code ?? 'killed'}).`);
    stop();
  });
  child.stdout.pipe(process.stdout);
  const botUrl = `http://127.0.0.1:${port}`;
  await untilReady(botUrl, child);
  chat.connect(`${botUrl}/api/messages`);
  for (const { key } of chat.people) await chat.install(key);
}

/** *Start over* on the page: the world and the chats are as new, and so is the bot's memory. */
async function restartBot(): Promise<void> {
  await stopBot();
  await startBot();
}

async function stopBot(): Promise<void> {
  const child = bot;
  bot = undefined;
  if (child?.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  if (folder !== '') await rm(folder, { recursive: true, force: true });
}

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  void (async () => {
    await stopBot();
    await Promise.all([chat.close(), partnerCenter.close()]);
    process.exit();
  })();
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error('The bot could not be started.');
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await delay(50);
  }
  throw new Error('The bot did not become ready.');
}

/** The first free port from here on. */
async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + PORTS_TO_TRY; port++) if (await isFree(port)) return port;
  throw new Error(`No port is free between ${from} and ${from + PORTS_TO_TRY - 1}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
