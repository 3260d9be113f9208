import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataTables, TABLE } from '../../services/storage/azure/data-tables.ts';
import type { Tables } from '../../services/storage/azure/tables.ts';
import { startChat, type Chat, type ChatOptions } from '../../sandbox/chat/chat.ts';
import {
  startPartnerCenter,
  type PartnerCenterStandIn,
  type StandInOptions,
} from '../../sandbox/partner-center/server.ts';
import { startAzurite, type Azurite } from '../support/azurite.ts';
import { startDoor, type Door } from '../support/door.ts';
import { freePort } from '../support/free-port.ts';
import {
  journeyEnv,
  partnerCenterControls,
  startBotProcess,
  type BotProcess,
  type Journey,
} from '../support/journey.ts';

export interface ReplicasOptions {
  /** How many processes (2). */
  readonly count?: number;
  readonly chat?: ChatOptions;
  readonly standIn?: StandInOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Of each process, whose tokens it has: a line each, as `test/support/signed-in-bot.ts` wants it (it can act for everybody). */
  readonly tokensOf?: readonly string[];
}

/** Several processes of the bot with one store in Azurite, behind one address that gives what comes to each of them in turn. */
export interface ReplicasWorld extends Pick<Journey, 'chat' | 'calls' | 'changes' | 'control'> {
  readonly azurite: Azurite;
  readonly partnerCenter: PartnerCenterStandIn;
  readonly tables: Tables;
  /** Transactions of storage so far, by what they are. */
  readonly transactions: ReadonlyMap<string, number>;
  /** Whether the queue answers from now on. */
  queueAnswers(does: boolean): void;
  /** From now on everything comes to this process, or to each in turn again. */
  only(which: number | undefined): void;
  /** The address of one process. */
  addressOf(which: number): string;
  log(which: number): string;
  /** Ends a process; nothing comes to it from then on. @returns its exit code, or its signal. */
  end(which: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>;
  /** The same without waiting for it. */
  beginToEnd(which: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>;
  start(which: number): Promise<void>;
  close(): Promise<void>;
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

export async function startReplicas(options: ReplicasOptions = {}): Promise<ReplicasWorld> {
  const { count = 2, tokensOf } = options;
  const azurite = await startAzurite({ queues: true });
  const partnerCenter = await startPartnerCenter({ staleListMs: 300, ...options.standIn });
  const chat: Chat = await startChat({ partnerCenterUrl: partnerCenter.url, ...options.chat });
  const folder = await mkdtemp(path.join(tmpdir(), 'replicas-'));
  const transactions = new Map<string, number>();
  let isQueueThere = true;
  const counting = (endpoint: () => string, kindOf: (method: string, url: string) => string): Promise<Door> =>
    startDoor({
      to: () => new URL(endpoint()).origin,
      onPassed: (method, url) => {
        const kind = kindOf(method, url);
        transactions.set(kind, (transactions.get(kind) ?? 0) + 1);
      },
    });
  const tableDoor = await counting(() => azurite.account.endpoint, tableCall);
  const queueDoor = await counting(() => (isQueueThere ? (azurite.account.queueEndpoint ?? '') : NOWHERE), queueCall);
  const through = (text: string, endpoint: string | undefined, door: Door): string =>
    text.replace(new URL(endpoint ?? '').origin, door.url);
  const { account } = azurite;
  const connectionString = through(
    through(azurite.connectionString, account.endpoint, tableDoor),
    account.queueEndpoint,
    queueDoor,
  );
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  const env = {
    ...journeyEnv(partnerCenter.url, ''),
    STORE: 'azure',
    AZURE_STORAGE_CONNECTION_STRING: connectionString,
    LEASE_SECONDS: '4',
    // They share what may be called in a minute.
    VERIFY_EVERY_SECONDS: '1',
    ...options.env,
  };
  const processes: (BotProcess | undefined)[] = ports.map(() => undefined);
  const isIn = ports.map(() => false);
  const addressOf = (which: number): string => `http://127.0.0.1:${ports[which] ?? 0}`;
  let chosen: number | undefined;
  let turns = 0;
  const nextOf = (): number => {
    for (let tried = 0; tried < count; tried += 1) {
      const which = turns++ % count;
      if (isIn[which] === true) return which;
    }
    return 0;
  };
  const door = await startDoor({ to: () => addressOf(chosen ?? nextOf()), tries: count * 2 });

  const start = async (which: number): Promise<void> => {
    const signedIn = path.join(folder, `signed-in-${which}`);
    if (tokensOf !== undefined) await writeFile(signedIn, tokensOf[which] ?? '');
    const program = tokensOf === undefined ? undefined : ['test/support/signed-in-bot.ts', signedIn];
    const started = startBotProcess({ ...env, PORT: String(ports[which]) }, program);
    processes[which] = started;
    if (!(await started.ready)) throw new Error(`process ${which}: ${started.errors()}`);
    isIn[which] = true;
  };
  const beginToEnd = (which: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string> => {
    isIn[which] = false;
    const one = processes[which];
    if (one === undefined) return Promise.resolve(0);
    one.send(signal);
    return one.ended;
  };
  await Promise.all(ports.map((_, which) => start(which)));
  chat.connect(`${door.url}/api/messages`);
  for (const person of ['requester', 'manager']) await chat.install(person);

  return {
    ...{ chat, azurite, partnerCenter, transactions, addressOf, start, beginToEnd, end: beginToEnd },
    ...partnerCenterControls(partnerCenter.url),
    tables: dataTables({ account, table: TABLE, callMs: 20_000 }),
    queueAnswers(does) {
      isQueueThere = does;
    },
    only(which) {
      chosen = which;
    },
    log: (which) => `${processes[which]?.output() ?? ''}${processes[which]?.errors() ?? ''}`,
    async close() {
      await Promise.all(processes.map((_, which) => beginToEnd(which, 'SIGKILL')));
      await Promise.all([door, tableDoor, queueDoor].map((one) => one.close()));
      await Promise.all([chat.close(), partnerCenter.close(), azurite.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tableCall(method: string, url: string): string {
  if (url.includes('$batch')) return 'table: commit';
  if (method !== 'GET') return 'table: remove';
  return decodeURIComponent(url).includes('(PartitionKey=') ? 'table: entity' : 'table: query';
}

function queueCall(method: string, url: string): string {
  if (!url.includes('/messages')) return 'queue: look';
  return method === 'POST' ? 'queue: call' : method === 'DELETE' ? 'queue: delete' : 'queue: take';
}
