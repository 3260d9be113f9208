import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  CHAT_TENANT_ID,
  defaultPeople,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  startChat,
  type Chat,
  type TeamsSetting,
} from './chat/chat.ts';
import type { FaultSettings } from './entra/control/faults.ts';
import { PARTNER_CENTER } from './entra/registrations.ts';
import { createGraph } from './graph/graph.ts';
import { onceNpmIsGone } from './npm-above.ts';
import { startPartnerCenter } from './partner-center/server.ts';
import { directoryOf, startSignedTenant, type SignedTenant } from './signed-tenant.ts';

/** Where the page and the bot are looked for first; a taken port is stepped over. */
const CHAT_PORT = 3979;
const BOT_PORT = 3978;
const PORTS_TO_TRY = 50;
/** How long the bot may take to end before it is ended. */
const ENDING_MS = 5_000;
/** A bot that ends more often than that in a minute is not started again. */
const ENDINGS_A_MINUTE = 5;

/** How often Teams brings one click to the bot, where it is as real as that. */
const DELIVERIES = 4;

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'reseller-offboarding-'));
let bot: ChildProcess | undefined;
/** Where the bot keeps what it knows, and its key; a new one each time that it starts over. */
let store = newStore(1);
/** The tenant that people sign in to, once somebody has wanted it, and whether the bot is in it now. */
let tenant: SignedTenant | undefined;
let isReal = false;
/** When it has ended by itself, as it does when somebody kills it. */
let endings: readonly number[] = [];
/** Whether the bot is meant to end. */
let isEnding = false;
let isStopping = false;

// Ahead of everything that has to be cleared away again, however this ends.
process.on('exit', () => {
  bot?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    stop(0);
  });

if (process.env['npm_lifecycle_event'] !== undefined)
  onceNpmIsGone(() => {
    stop(0);
  });

const partnerCenter = await startPartnerCenter({ alongside: [createGraph(directoryOf(defaultPeople()))] });
let restarts = Promise.resolve();
/** How many more times it is to start over. */
let restartsWaiting = 0;
const chat = await startChatOnFreePort();
await startBot().catch(giveUp);
if (!stops()) console.log(`Open ${chat.url}`);

async function startChatOnFreePort(): Promise<Chat> {
  for (let port = CHAT_PORT; port < CHAT_PORT + PORTS_TO_TRY; port++) {
    try {
      return await startChat({
        ...{ port, partnerCenterUrl: partnerCenter.url },
        ...{ onReset: startOver, onEndBot: endAndStart, onChangeTeams: changeTeams },
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw noneFree(CHAT_PORT);
}

/** *Start over* on the page: the world and the chats are as new, and so is the bot's memory. One after another. */
function startOver(): Promise<void> {
  restartsWaiting += 1;
  restarts = restarts.then(async () => {
    restartsWaiting -= 1;
    await endBot();
    clearStore();
    store = newStore(store.number + 1);
    await startBot();
  });
  return restarts.catch(giveUp);
}

/** Ends the bot as a machine may, and starts it again on what it has stored. */
function endAndStart(how: 'end' | 'kill'): Promise<void> {
  restarts = restarts.then(async () => {
    await endBot(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
    await startBot({ isKnown: true });
  });
  return restarts.catch(giveUp);
}

/** Plays Teams as it is wanted, and starts the bot for it, on what it has stored: nobody is signed in then. */
function changeTeams(setting: TeamsSetting): Promise<void> {
  restarts = restarts.then(async () => {
    await endBot();
    ({ isReal } = setting);
    if (isReal) tenant ??= await startSignedTenant(chat, path.join(folder, 'entra.pem'));
    tenant?.entra.setFaults(missingOf(setting));
    chat.behave(isReal ? { ...tenant?.manners, duplicates: DELIVERIES } : {});
    await startBot({ isKnown: true });
  });
  return restarts.catch(giveUp);
}

/** Why single sign-on is not enough. The bot itself gets its token all the same: it could not say what is wrong. */
function missingOf({ signOn }: TeamsSetting): FaultSettings {
  switch (signOn) {
    case 'enough':
      return {};
    case 'no-second-factor':
      return { withoutMfa: [REQUESTER_OBJECT_ID, MANAGER_OBJECT_ID] };
    case 'no-consent':
      return { obstacles: [{ code: 65001, resource: PARTNER_CENTER.uri }] };
    case 'entra-down':
      return { rules: [{ kind: 'down', grant: 'on_behalf_of' }] };
  }
}

/** It has ended and nobody here has asked for it: somebody has killed it, or it could not go on. */
function comeBack(why: string | number): void {
  const now = performance.now();
  endings = [...endings.filter((at) => now - at < 60_000), now];
  if (endings.length > ENDINGS_A_MINUTE) {
    giveUp(`The bot has ended (${why}).`);
    return;
  }
  console.error(`The bot has ended (${why}). It starts again on what it has stored.`);
  restarts = restarts.then(() => startBot({ isKnown: true }));
  restarts.catch(giveUp);
}

/**
 * Starts the bot on its store. Where it is not known yet, both people add it, unless the next one is waited for already.
 */
async function startBot({ isKnown = false } = {}): Promise<void> {
  let port = BOT_PORT;
  for (;;) {
    port = await freePort(port);
    if (stops()) return;
    isEnding = false;
    const child = spawnBot(port);
    bot = child;
    const { url, errors } = await whereItListens(child);
    if (stops()) return;
    if (url !== undefined) {
      child.once('exit', (code, signal) => {
        if (!isEnding) comeBack(signal ?? code ?? 'killed');
      });
      chat.connect(`${url}/api/messages`);
      if (!isKnown) for (const { key } of chat.people) if (restartsWaiting === 0) await chat.install(key);
      return;
    }
    // Somebody else may have taken the port since it was looked at: then what it says is nothing to worry about.
    if (await isFree(port)) throw new Error(`The bot could not be started.\n${errors}`.trim());
  }
}

/** The bot as anybody runs it, in a process of its own, from its environment alone. */
function spawnBot(port: number) {
  return spawn(process.execPath, ['--import', './sandbox/ends-with-parent.ts', 'bot/main.ts'], {
    cwd: root,
    stdio: 'pipe',
    env: {
      ...process.env,
      SANDBOX_FOLDER: folder,
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
      AUDITORS: MANAGER_OBJECT_ID,
      AUDIT_KEY: store.auditKey,
      STORE: `file:${store.folder}`,
      VERIFY_EVERY_SECONDS: '1',
      LEASE_SECONDS: '10',
      DIRECTORY_REFRESH_MINUTES: '0.25',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      ...(isReal && tenant?.env),
    },
  });
}

/**
 * Passes on what the bot prints, its errors only once it listens. Only its own word counts: on the port that was meant
 * for it another one may answer.
 *
 * @returns its address, or its errors when it has ended before.
 */
function whereItListens(child: ReturnType<typeof spawnBot>): Promise<{ url?: string; errors: string }> {
  return new Promise((resolve) => {
    let errors = '';
    const keep = (chunk: Buffer): void => {
      errors += chunk.toString();
    };
    child.stderr.on('data', keep);
    // All it has said is read by then, which is not so when it exits.
    child.once('close', () => {
      resolve({ errors });
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      const [, url] = /^The bot listens on (\S+)\/api\/messages$/.exec(line) ?? [];
      if (url === undefined) return;
      child.stderr.off('data', keep);
      process.stderr.write(errors);
      child.stderr.pipe(process.stderr, { end: false });
      resolve({ url, errors });
    });
  });
}

function newStore(number: number) {
  return { number, folder: path.join(folder, String(number)), auditKey: randomBytes(32).toString('hex') };
}

function clearStore(): void {
  rmSync(store.folder, { recursive: true, force: true, maxRetries: 5 });
}

async function endBot(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  isEnding = true;
  if (bot?.exitCode === null && bot.signalCode === null) {
    const child = bot;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** It may come to that while something is waited for. */
function stops(): boolean {
  return isStopping;
}

function giveUp(why: unknown): void {
  if (!isStopping) console.error(why instanceof Error ? why.message : why);
  stop(1);
}

function stop(exitCode: number): void {
  if (isStopping) return;
  isStopping = true;
  void endBot().finally(() => {
    clearStore();
    process.exit(exitCode);
  });
}

async function freePort(from: number): Promise<number> {
  for (let port = from; port < BOT_PORT + PORTS_TO_TRY; port++) if (await isFree(port)) return port;
  throw noneFree(BOT_PORT);
}

function noneFree(from: number): Error {
  return new Error(`No port is free between ${from} and ${from + PORTS_TO_TRY - 1}.`);
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
