import { createServer, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Door {
  /** Without a path. */
  readonly url: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  /** Where the next one goes; asked again where nobody listens there, as something that spreads requests does. */
  readonly to: () => string;
  /** Told of each that was passed on. */
  readonly onPassed?: (method: string, url: string) => void;
  /** So often another place is tried where nobody listens (once). */
  readonly tries?: number;
}

/** Passes on what comes, as it is, on a free port of this machine. */
export async function startDoor({ to, onPassed, tries = 1 }: DoorOptions): Promise<Door> {
  const pass = (incoming: IncomingMessage, body: Buffer, left: number): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers, url = '/' } = incoming;
      const passed = request(new URL(url, to()), { method, headers }, (answer) => {
        onPassed?.(method, url);
        resolve(answer);
      });
      passed.on('error', (error: NodeJS.ErrnoException) => {
        if (left > 1 && error.code === 'ECONNREFUSED') pass(incoming, body, left - 1).then(resolve, reject);
        else reject(error);
      });
      passed.end(body);
    });
  const server = createServer((incoming, outgoing) => {
    buffer(incoming)
      .then((body) => pass(incoming, body, tries))
      .then((answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => outgoing.destroy());
        answer.pipe(outgoing);
      })
      .catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
