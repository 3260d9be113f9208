import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { TablesAccount } from '../../services/storage/azure/tables-account.ts';

/** What each part of it says once it listens. */
const READY = { table: 'Azurite Table service success', queue: 'Azurite Queue service success' } as const;
type Part = keyof typeof READY;
const READY_WITHIN_MS = 60_000;
/** Somebody else may have taken a port that was free a moment ago. */
const TRIES = 3;

export interface Azurite {
  readonly account: TablesAccount;
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** Starts the tables of Azurite in memory, as a process of its own, on a free port of this machine; its queues too where that is asked for. */
export async function startAzurite({ queues = false }: { readonly queues?: boolean } = {}): Promise<Azurite> {
  const name = 'devstoreaccount1';
  const key = randomBytes(64).toString('base64');
  const started: { readonly port: number; stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((part) => part.stop()));
  };
  const addressOf = async (part: Part): Promise<string> => {
    const one = await startPart(part, `${name}:${key}`);
    started.push(one);
    return `http://127.0.0.1:${one.port}/${name}`;
  };
  try {
    const endpoint = await addressOf('table');
    const queueEndpoint = queues ? await addressOf('queue') : undefined;
    const account = { name, key, endpoint, ...(queueEndpoint !== undefined && { queueEndpoint }) };
    const addresses = `TableEndpoint=${endpoint}${queueEndpoint === undefined ? '' : `;QueueEndpoint=${queueEndpoint}`}`;
    return {
      account,
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};${addresses}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startPart(
  part: Part,
  accounts: string,
  tries = TRIES,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const root = path.dirname(createRequire(import.meta.url).resolve('azurite/package.json'));
  const options = [
    `--${part}Host`,
    '127.0.0.1',
    `--${part}Port`,
    String(port),
    '--inMemoryPersistence',
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--silent',
  ];
  const child = spawn(process.execPath, [path.join(root, 'dist/src', part, 'main.js'), ...options], {
    env: { ...process.env, AZURITE_ACCOUNTS: accounts },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    await listening(child, READY[part]);
    return { port, stop };
  } catch (error) {
    await stop();
    if (tries > 1 && error instanceof Error && error.message.includes('EADDRINUSE'))
      return startPart(part, accounts, tries - 1);
    throw error;
  }
}

async function listening(child: ChildProcess, ready: string): Promise<void> {
  let said = '';
  const found = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(ready)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => {
      reject(new Error(`Azurite ended: ${said}`));
    });
  });
  const late = delay(READY_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`Azurite does not listen: ${said}`);
  });
  await Promise.race([found, late]);
}
