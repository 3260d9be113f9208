import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a call is answered. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const LARGEST_BODY_BYTES = 5 * 1_024 * 1_024;

/** @returns undefined when the body is larger than anything meant for us. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= LARGEST_BODY_BYTES) parts.push(part);
  }
  return bytes > LARGEST_BODY_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
}

export function sendAnswer(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
