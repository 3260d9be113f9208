import { connect, type Socket } from 'node:net';

/** What came back; 0 where the connection broke off. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';

/**
 * One kept connection that sends requests, one after another, which were written before. As little as possible is done for each: on a
 * machine with few processors whoever measures takes them from what is measured.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = '';
  #answered: ((answer: Answer) => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** @param request the whole request, its head included. */
  send(request: Buffer): Promise<Answer> {
    const socket = this.#socket ?? this.#open();
    return new Promise((resolve) => {
      this.#answered = resolve;
      socket.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      this.#received = this.#received === '' ? part : this.#received + part;
      this.#read();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#end({ status: 0, body: '' });
    });
    this.#socket = socket;
    return socket;
  }

  #read(): void {
    const text = this.#received;
    const end = text.indexOf(HEAD_END);
    if (end < 0) return;
    const body = bodyIn(text, end);
    if (body === undefined) return;
    if (/\r\nconnection: close/i.test(text.slice(0, end))) this.close();
    this.#end({ status: Number(text.slice(9, 12)), body });
  }

  #end(answer: Answer): void {
    this.#received = '';
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(answer);
  }
}

/** @returns `undefined` while there is more to come. */
function bodyIn(text: string, headEnd: number): string | undefined {
  const head = text.slice(0, headEnd);
  const body = text.slice(headEnd + HEAD_END.length);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? utf8(body) : undefined;
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return utf8(body);
  return body.endsWith(`0${HEAD_END}`) ? utf8(unchunked(body)) : undefined;
}

function unchunked(body: string): string {
  let text = '';
  for (let at = 0; at < body.length;) {
    const line = body.indexOf('\r\n', at);
    const size = parseInt(body.slice(at, line), 16);
    text += body.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
  return text;
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** A request as it stands on the line. */
export function requestBytes(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' && method === 'GET' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}${HEAD_END}${body}`);
}
