import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection on which anything can be written, also what no HTTP client would write. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  readonly closed: Promise<string>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (part) => (this.#received += String(part)));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve(this.#received);
      });
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** What has come so far. */
  get received(): string {
    return this.#received;
  }

  write(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }
  end(): void {
    this.#socket.end();
  }
  destroy(): void {
    this.#socket.destroy();
  }
}

/** Writes one request and reads until the server closes the connection. Add `Connection: close`, or it will not. */
export async function exchange(port: number, ...bytes: readonly (string | Uint8Array)[]): Promise<RawAnswer> {
  const connection = await RawConnection.open(port);
  for (const part of bytes) connection.write(part);
  return parseAnswer(await connection.closed);
}

/** The first answer in what was received; status 0 when there is none. */
export function parseAnswer(received: string): RawAnswer {
  const [head = '', ...rest] = received.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 0),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: rest.join('\r\n\r\n'),
  };
}
