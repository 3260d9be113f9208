import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** One message as it arrived. */
export interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** Another system, over real HTTP: keeps what it is told, and answers what a test says. */
export interface WebhookReceiver {
  readonly url: string;
  readonly got: readonly Got[];
  /** What is answered to the next ones, in order; then 204. `hang` answers never. */
  answers: (number | 'hang' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> })[];
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      got.push({ path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) as Got['body'] });
      const answer = receiver.answers.shift() ?? 204;
      if (answer === 'hang') return;
      const { status, headers = {} } = typeof answer === 'number' ? { status: answer } : answer;
      response.writeHead(status, headers);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/4711?key=secret`,
    got,
    answers: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** As Standard Webhooks has receivers verify a message: by its own words, and not by what sends it. */
export function assertSigned({ headers, text }: Got, secret = WEBHOOK_SECRET): void {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${text}`)
    .digest('base64');
  assert.ok(String(signature).split(' ').includes(`v1,${expected}`), `the signature of ${String(id)} is not ours`);
}
