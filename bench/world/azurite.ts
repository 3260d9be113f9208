import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { startProgram } from './program.ts';

const NAME = 'devstoreaccount1';

/** The tables of Azurite, which keeps all of it in memory. */
export interface AzuriteProcess {
  readonly url: string;
  /** What opens them, at their own address or at another one that leads there. */
  connectionString(url?: string): string;
  end(): Promise<void>;
}

export async function startAzurite(): Promise<AzuriteProcess> {
  const key = randomBytes(64).toString('base64');
  const port = await freePort();
  const main = path.join(
    path.dirname(createRequire(import.meta.url).resolve('azurite/package.json')),
    'dist/src/table/main.js',
  );
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'];
  const program = await startProgram(
    [main, '--tableHost', '127.0.0.1', '--tablePort', String(port), ...options],
    { AZURITE_ACCOUNTS: `${NAME}:${key}` },
    /Azurite Table service success/,
  );
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    connectionString: (at = url) =>
      `DefaultEndpointsProtocol=http;AccountName=${NAME};AccountKey=${key};TableEndpoint=${at}/${NAME}`,
    end: () => program.end(),
  };
}

/** One that was free a moment ago: Azurite takes none of its own choice. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
