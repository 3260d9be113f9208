import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { createPartnerCenterClient, type PartnerCenterClientParts } from '../../../services/partner-center/client.ts';
import type { PartnerCenter } from '../../../services/partner-center/partner-center.ts';
import { noTokens } from '../../../services/partner-center/token-source.ts';

/** One answer: JSON, text as it stands, or whatever else is done with the response. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly act?: (response: ServerResponse) => void;
}

/** What came in, for assertions on the other side's log. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** Answers one request after the other from a script; the last answer repeats. */
export async function scriptedServer(...script: readonly Scripted[]): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      play(script[Math.min(received.length, script.length) - 1] ?? {}, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function play({ status = 200, headers = {}, json, text, act }: Scripted, response: ServerResponse): void {
  if (act !== undefined) {
    act(response);
    return;
  }
  response.writeHead(status, headers);
  response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
}

/** Numbered GUIDs: a test can foresee them. */
export function countedIds(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

/** A client whose pauses are only written down. */
export function clientOf(
  { url }: Pick<ScriptedServer, 'url'>,
  parts: Partial<PartnerCenterClientParts> = {},
): PartnerCenter & { readonly waits: number[] } {
  const waits: number[] = [];
  const client = createPartnerCenterClient({
    url,
    tokens: noTokens,
    http: createDefaultHttpClient(),
    newId: countedIds(),
    now: () => new Date('2026-03-01T12:00:00Z'),
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    ...parts,
  });
  return Object.assign(client, { waits });
}

/** Runs a test against a scripted server, and closes it whatever happens. */
export const against =
  (script: readonly Scripted[], test: (server: ScriptedServer) => Promise<void>) => async (): Promise<void> => {
    const server = await scriptedServer(...script);
    try {
      await test(server);
    } finally {
      await server.close();
    }
  };
