import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { TablesAccount } from '../../services/storage/azure/tables-account.ts';

const READY = 'Azurite Table service success';
const READY_WITHIN_MS = 60_000;
/** Somebody else may have taken a port that was free a moment ago. */
const TRIES = 3;

export interface Azurite {
  readonly account: TablesAccount;
  readonly connectionString: string;
  stop(): Promise<void>;
}

/** Starts the tables of Azurite in memory, as a process of its own, on a free port of this machine. */
export async function startAzurite(tries = TRIES): Promise<Azurite> {
  const port = await freePort();
  const name = 'devstoreaccount1';
  const key = randomBytes(64).toString('base64');
  const main = path.join(
    path.dirname(createRequire(import.meta.url).resolve('azurite/package.json')),
    'dist/src/table/main.js',
  );
  const options = [
    '--tableHost',
    '127.0.0.1',
    '--tablePort',
    String(port),
    '--inMemoryPersistence',
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--silent',
  ];
  const child = spawn(process.execPath, [main, ...options], {
    env: { ...process.env, AZURITE_ACCOUNTS: `${name}:${key}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    await listening(child);
    const account = { name, key, endpoint: `http://127.0.0.1:${port}/${name}` };
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};TableEndpoint=${account.endpoint}`;
    return { account, connectionString, stop };
  } catch (error) {
    await stop();
    if (tries > 1 && error instanceof Error && error.message.includes('EADDRINUSE')) return startAzurite(tries - 1);
    throw error;
  }
}

async function listening(child: ChildProcess): Promise<void> {
  let said = '';
  const found = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(READY)) resolve();
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
