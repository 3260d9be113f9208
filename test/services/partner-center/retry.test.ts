import assert from 'node:assert/strict';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { expectFault } from './expect-fault.ts';
import { against, clientOf, type Scripted } from './scripted-server.ts';

const CUSTOMER = '11111111-aaaa-4bbb-8ccc-222222222222';
const bot = { actAs: 'bot' } as const;
const found: Scripted = { json: { id: CUSTOMER, companyProfile: { companyName: 'Contoso', domain: 'contoso.com' } } };
const reset: Scripted = { act: (response) => response.destroy() };
const throttled = (retryAfter?: string): Scripted => ({
  status: 429,
  ...(retryAfter !== undefined && { headers: { 'Retry-After': retryAfter } }),
  json: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 57 seconds.' },
});

describe('a throttled read', () => {
  const waits: [name: string, retryAfter: string | undefined, waitMs: number][] = [
    ['for as long as the service asks', '7', 7_000],
    ['until the date the service names', 'Sun, 01 Mar 2026 12:00:09 GMT', 9_000],
    ['a second when it asks for none', '0', 1_000],
    ['a second when it asks for less than none', '-1', 1_000],
    ['a second when it names no time', undefined, 1_000],
    ['a second when what it names is no time', 'soon', 1_000],
    ['a second when it names a date that is past', 'Sun, 01 Mar 2026 11:00:00 GMT', 1_000],
  ];
  for (const [name, retryAfter, waitMs] of waits) {
    it(
      `F10: waits ${name}, and is sent again`,
      against([throttled(retryAfter), found], async (server) => {
        const client = clientOf(server);

        await client.customer(CUSTOMER, bot);

        assert.deepEqual(client.waits, [waitMs]);
      }),
    );
  }

  const handed: [name: string, retryAfter: string, retryAfterMs: number][] = [
    ['more than ten seconds', '11', 11_000],
    ['absurdly long', '1e9', 300_000],
    ['until a far date', 'Mon, 01 Mar 2027 12:00:00 GMT', 300_000],
  ];
  for (const [name, retryAfter, retryAfterMs] of handed) {
    it(
      `F10: that is to wait ${name} is handed to the caller`,
      against([throttled(retryAfter), found], async (server) => {
        const client = clientOf(server);

        const error = await expectFault(client.customer(CUSTOMER, bot), 'throttled');

        assert.equal(error.retryAfterMs, retryAfterMs);
        assert.equal(error.description, 'Rate limit is exceeded. Try again in 57 seconds.');
        assert.equal(server.received.length, 1);
        assert.deepEqual(client.waits, []);
      }),
    );
  }

  it(
    'is given up after four sendings',
    against([throttled('2')], async (server) => {
      const error = await expectFault(clientOf(server).customer(CUSTOMER, bot), 'throttled');

      assert.equal(error.retryAfterMs, 2_000);
      assert.equal(server.received.length, 4);
    }),
  );
});

describe('a read that is not answered', () => {
  for (const status of [500, 502, 503, 504]) {
    it(
      `F8: is sent again after ${status}`,
      against([{ status }, { status }, { status }, found], async (server) => {
        const client = clientOf(server);

        await client.customer(CUSTOMER, bot);

        assert.deepEqual(client.waits, [300, 1_000, 2_000]);
      }),
    );
  }

  it(
    'is sent again when the connection breaks',
    against([reset, found], async (server) => {
      const client = clientOf(server);

      await client.customer(CUSTOMER, bot);

      assert.equal(server.received.length, 2);
    }),
  );

  it(
    'is sent again when the connection breaks in the middle of the answer',
    against(
      [
        {
          act: (response) => {
            response.writeHead(200, { 'Content-Length': '1000' });
            response.write('{"id":', () => response.destroy());
          },
        },
        found,
      ],
      async (server) => {
        await clientOf(server).customer(CUSTOMER, bot);

        assert.equal(server.received.length, 2);
      },
    ),
  );

  it(
    'is unavailable after four sendings',
    against([{ status: 503, text: '<html>down</html>' }], async (server) => {
      const error = await expectFault(clientOf(server).customer(CUSTOMER, bot), 'unavailable');

      assert.equal(error.status, 503);
      assert.equal(error.isRefusal, false);
      assert.equal(server.received.length, 4);
    }),
  );

  it(
    'is not sent again when it took the whole time-out',
    against([{ act: () => undefined }], async (server) => {
      const error = await expectFault(clientOf(server, { timeoutMs: 40 }).customer(CUSTOMER, bot), 'unavailable');

      assert.equal(error.status, undefined);
      assert.equal(server.received.length, 1);
    }),
  );

  it(
    'times out too when the answer begins and never ends',
    against(
      [
        {
          act: (response) => {
            response.writeHead(200);
            response.write('{');
          },
        },
      ],
      async (server) => {
        await expectFault(clientOf(server, { timeoutMs: 40 }).customer(CUSTOMER, bot), 'unavailable');
      },
    ),
  );

  it(
    'ends when the caller gives up',
    against([{ act: () => undefined }], async (server) => {
      const stop = new AbortController();
      const call = clientOf(server).customer(CUSTOMER, { ...bot, signal: stop.signal });
      setTimeout(() => {
        stop.abort();
      }, 20);

      await expectFault(call, 'unavailable');
    }),
  );

  it(
    'is not waited for by a caller who gave up',
    against([{ status: 503 }, found], async (server) => {
      const sleep = (): Promise<void> => Promise.reject(new Error('aborted'));

      await expectFault(clientOf(server, { sleep }).customer(CUSTOMER, bot), 'unavailable');

      assert.equal(server.received.length, 1);
    }),
  );

  it(
    'leaves no token in its error',
    against([{ json: {} }], async (server) => {
      const http: HttpClient = {
        sendRequest: (request) => Promise.reject(Object.assign(new Error('ECONNRESET'), { request })),
      };
      const tokens = { tokenFor: () => Promise.resolve('top-secret'), canActAs: () => true, refused: () => false };

      const error = await expectFault(clientOf(server, { http, tokens }).customer(CUSTOMER, bot), 'unavailable');

      const { inspect } = await import('node:util');
      assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /top-secret/);
    }),
  );
});

describe('an answered read', () => {
  for (const status of [400, 401, 403, 404, 409]) {
    it(
      `is not sent again after ${status}`,
      against([{ status }, found], async (server) => {
        await assert.rejects(clientOf(server).customer(CUSTOMER, bot));

        assert.equal(server.received.length, 1);
      }),
    );
  }
});
