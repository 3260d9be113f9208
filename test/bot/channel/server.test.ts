import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ConfigError } from '../../../bot/config/config.ts';
import { createServer, PortTakenError, type BotServer, type ServerParts } from '../../../bot/channel/server.ts';
import { quietLog } from '../quiet-log.ts';
import { eventually } from '../../support/eventually.ts';
import { exchange, parseAnswer, RawConnection, type RawAnswer } from './raw-http.ts';

const bodies: unknown[] = [];
const parts: ServerParts = {
  onActivity: (_request, response, body) => {
    bodies.push(body);
    response.statusCode = 200;
    response.end();
    return Promise.resolve();
  },
  isReady: () => Promise.resolve(true),
  log: quietLog().log,
};

describe('the server of the bot', () => {
  let server: BotServer;
  let port: number;

  const start = async (more: Partial<ServerParts> = {}): Promise<void> => {
    await server.close();
    server = createServer({ ...parts, ...more });
    ({ port } = await server.listen(0, '127.0.0.1'));
  };
  const request = (line: string, ...headers: readonly string[]): Promise<RawAnswer> =>
    exchange(port, `${line} HTTP/1.1\r\n${['Host: bot', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`);
  const post = (body: string | Uint8Array, ...headers: readonly string[]): Promise<RawAnswer> => {
    const all = ['Host: bot', 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`, ...headers];
    return exchange(port, `POST /api/messages HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`, body);
  };
  const JSON_TYPE = 'Content-Type: application/json';

  beforeEach(async () => {
    bodies.length = 0;
    server = createServer(parts);
    ({ port } = await server.listen(0, '127.0.0.1'));
  });
  afterEach(async () => {
    const { status } = await request('GET /healthz');
    await server.close();
    assert.equal(status, 200, 'it still answers after everything');
  });

  it('hands on what was sent as JSON', async () => {
    const answer = await post('{"type":"message"}', JSON_TYPE);

    assert.equal(answer.status, 200);
    assert.deepEqual(bodies, [{ type: 'message' }]);
  });

  it('says that it is alive, and whether it is ready', async () => {
    const alive = await request('GET /healthz?from=probe');
    const ready = await request('GET /readyz');
    await start({ isReady: () => Promise.resolve(false) });
    const unready = await request('GET /readyz');
    await start({ isReady: () => Promise.reject(new Error('no disk')) });
    const broken = await request('GET /readyz');
    await start({
      isReady: () => {
        throw new Error('no disk');
      },
    });
    const worse = await request('GET /readyz');

    assert.deepEqual(
      [alive, ready, unready, broken, worse].map(({ status, body }) => [status, body]),
      [
        [200, ''],
        [200, ''],
        [503, ''],
        [503, ''],
        [503, ''],
      ],
    );
  });

  it('says of no answer what it is made with, and lets nobody keep or run it', async () => {
    for (const answer of [await request('GET /healthz'), await request('GET /'), await post('', JSON_TYPE)]) {
      const { headers } = answer;
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cache-control'], 'no-store');
      assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/);
      assert.equal(headers['strict-transport-security'], undefined);
      assert.equal(headers['server'], undefined);
    }
  });

  it('asks for TLS wherever others can reach it', async () => {
    await server.close();
    server = createServer(parts);
    ({ port } = await server.listen(0, '0.0.0.0'));

    const { headers } = await request('GET /healthz');

    assert.match(headers['strict-transport-security'] ?? '', /max-age=\d+/);
  });

  describe('sent what is no activity', () => {
    const refused: [what: string, status: number, body: string | Uint8Array, ...headers: string[]][] = [
      ['gzip that is none', 415, 'abc', JSON_TYPE, 'Content-Encoding: gzip'],
      ['gzip that is large', 415, gzipSync(Buffer.alloc(20_000_000, ' ')), JSON_TYPE, 'Content-Encoding: gzip'],
      ['deflate', 415, 'abc', JSON_TYPE, 'Content-Encoding: deflate'],
      ['brotli', 415, 'abc', JSON_TYPE, 'Content-Encoding: br'],
      ['plain text', 415, '{}', 'Content-Type: text/plain'],
      ['XML', 415, '<a/>', 'Content-Type: application/xml'],
      ['a form', 415, 'a=b', 'Content-Type: application/x-www-form-urlencoded'],
      ['bytes', 415, '{}', 'Content-Type: application/octet-stream'],
      ['no type', 415, '{}'],
      ['nothing', 400, '', JSON_TYPE],
      ['the beginning of an object', 400, '{"a":', JSON_TYPE],
      ['2 MB', 413, JSON.stringify('a'.repeat(2_000_000)), JSON_TYPE],
      ['200,000 arrays in one another', 400, '['.repeat(200_000), JSON_TYPE],
      ['bytes that are no UTF-8', 400, Buffer.from([0x22, 0xff, 0x22]), JSON_TYPE],
      ['a byte order mark', 400, '\ufeff{}', JSON_TYPE],
      ['UTF-16', 400, Buffer.from('{"a":1}', 'utf16le'), JSON_TYPE],
    ];
    for (const [what, status, body, ...headers] of refused) {
      it(`refuses ${what} with ${status} and an empty body`, async () => {
        const answer = await post(body, ...headers);

        assert.deepEqual([answer.status, answer.body], [status, '']);
        assert.deepEqual(bodies, []);
      });
    }

    it('stores nothing of an upload', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'upload-'));
      const before = process.env['TMPDIR'];
      process.env['TMPDIR'] = folder;
      try {
        const file = `--x\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\n${'a'.repeat(1_000_000)}\r\n--x--`;
        const answer = await post(file, 'Content-Type: multipart/form-data; boundary=x');

        assert.deepEqual([answer.status, answer.body], [415, '']);
        assert.deepEqual(await readdir(folder), []);
      } finally {
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
        await rm(folder, { recursive: true });
      }
    });

    it('refuses 2 MB that come in pieces of unknown number', async () => {
      const piece = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
      const head = 'POST /api/messages HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n';
      const answer = await exchange(
        port,
        `${head}${JSON_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n`,
        ...Array.from({ length: 32 }, () => piece),
        '0\r\n\r\n',
      );

      assert.equal(answer.status, 413);
    });

    it('hands on any JSON, with keys that do no harm', async () => {
      for (const json of ['null', '[]', '"x"', '5', '{}', '{"__proto__":{"a":1},"constructor":{}}']) {
        assert.equal((await post(json, JSON_TYPE)).status, 200);
      }

      assert.deepEqual(bodies, [null, [], 'x', 5, {}, { constructor: {} }]);
    });

    it('does not heed a checksum', async () => {
      assert.equal((await post('{}', JSON_TYPE, 'Content-MD5: AAAA')).status, 200);
    });
  });

  describe('asked for what there is not', () => {
    const odd = [
      '/',
      '/api',
      '/api/messages/',
      '/API/messages',
      '/api%2Fmessages',
      '//api/messages',
      '/healthz/',
      '/%E0%A4%A',
      '/%',
      '/../../etc/passwd',
      '/auth/start',
      '/tab/',
      '/metrics',
      '/toString',
      '/__proto__',
      'http://elsewhere.example/healthz',
      '*',
      `/${'a'.repeat(8_000)}`,
    ];
    for (const path of odd) {
      it(`answers 404 for ${path.slice(0, 40)}`, async () => {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const answer = await request(`${method} ${path}`);
          assert.deepEqual([answer.status, answer.body], [404, ''], method);
        }
      });
    }

    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND', 'QUERY'];
    const addresses: [path: string, allowed: string][] = [
      ['/api/messages', 'POST'],
      ['/healthz', 'GET'],
      ['/readyz', 'GET'],
    ];
    for (const [path, allowed] of addresses) {
      it(`answers 405 for all but ${allowed} at ${path}`, async () => {
        for (const method of methods.filter((one) => one !== allowed)) {
          const answer = await request(`${method} ${path}`, JSON_TYPE);
          assert.deepEqual([answer.status, answer.body, answer.headers['allow']], [405, '', allowed], method);
        }
      });
    }
  });

  describe('sent what is no proper HTTP', () => {
    const written: [what: string, text: string, status: number][] = [
      ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n', 200],
      ['a host with a path', 'GET /healthz HTTP/1.1\r\nHost: a/b c?#@:x\r\nConnection: close\r\n\r\n', 200],
      ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      ['no HTTP', 'hello\r\n\r\n', 400],
      ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n', 200],
      ['60 KB of headers', `GET /healthz HTTP/1.1\r\nHost: bot\r\nX: ${'a'.repeat(60_000)}\r\n\r\n`, 431],
      ['a method that is none', 'BREW /healthz HTTP/1.1\r\nHost: bot\r\n\r\n', 400],
      [
        'two lengths',
        'POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
        400,
      ],
      ['an expectation', 'GET /healthz HTTP/1.1\r\nHost: bot\r\nExpect: wonders\r\nConnection: close\r\n\r\n', 417],
    ];
    for (const [what, text, status] of written) {
      it(`answers ${what} with ${status}`, async () => {
        assert.equal((await exchange(port, text)).status, status);
      });
    }

    it('lets whoever asks first send a body', async () => {
      const head = 'POST /api/messages HTTP/1.1\r\nHost: bot\r\nConnection: close\r\nContent-Length: 2\r\n';
      const received = await exchange(port, `${head}${JSON_TYPE}\r\nExpect: 100-continue\r\n\r\n`, '{}');

      assert.equal(received.status, 100);
      assert.equal(parseAnswer(received.body).status, 200);
    });

    it('answers a hundred requests that are sent at once', async () => {
      const connection = await RawConnection.open(port);
      connection.write('GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n'.repeat(99));
      connection.write('GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n');

      assert.equal((await connection.closed).match(/HTTP\/1\.1 200/g)?.length, 100);
    });

    it('closes whoever wants to speak something else', async () => {
      for (const target of ['GET /healthz', 'GET /api/messages', 'POST /api/messages', 'CONNECT bot:443']) {
        const answer = await exchange(
          port,
          `${target} HTTP/1.1\r\nHost: bot\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        );
        assert.equal(answer.status, 0, target);
      }
    });
  });

  describe('kept waiting', () => {
    const hasty = { limits: { headersMs: 50, requestMs: 100, checkEveryMs: 10, idleMs: 20 } };

    it('ends a request whose body does not come', async () => {
      await start(hasty);

      const answer = await exchange(
        port,
        `POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n${JSON_TYPE}\r\n\r\n{`,
      );

      assert.equal(answer.status, 408);
      assert.deepEqual(bodies, []);
    });

    it('ends a request whose headers do not come', async () => {
      await start(hasty);

      assert.equal((await exchange(port, 'GET /healthz HTTP/1.1\r\nHost:')).status, 408);
    });

    it('ends a connection on which nothing more is asked', async () => {
      await start(hasty);

      const answer = await exchange(port, 'GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n');

      assert.equal(answer.status, 200);
    });

    it('minds nobody who leaves in the middle', async () => {
      const connection = await RawConnection.open(port);
      connection.write(`POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n${JSON_TYPE}\r\n\r\n{`);
      connection.destroy();
      await connection.closed;

      assert.deepEqual(bodies, []);
    });

    it('keeps connections for longer than whoever stands in front of it does, which may send at the last moment', async () => {
      await start();

      const { headers } = await fetch(`http://127.0.0.1:${port}/healthz`);

      const seconds = Number(/timeout=(\d+)/.exec(headers.get('Keep-Alive') ?? '')?.[1]);
      assert.ok(seconds > 60, headers.get('Keep-Alive') ?? 'it does not say');
    });

    it('ends connections on which nothing is asked once there is no room for others', async () => {
      await start({ limits: { sockets: 2 } });
      const asked = [await RawConnection.open(port), await RawConnection.open(port)];
      for (const connection of asked) {
        connection.write('GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n');
        await eventually(() => connection.received.endsWith('\r\n\r\n'), 'it is not answered');
      }

      const turnedAway = await RawConnection.open(port);

      assert.equal(await turnedAway.closed, '');
      for (const connection of asked) assert.match(await connection.closed, /^HTTP\/1.1 200 /);
      assert.equal(
        (await exchange(port, 'GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n')).status,
        200,
      );
    });

    it('has room for no more connections than it is told', async () => {
      await start({ limits: { sockets: 2 } });
      const [first, second] = [await RawConnection.open(port), await RawConnection.open(port)];

      const third = await RawConnection.open(port);

      assert.equal(await third.closed, '');
      first.destroy();
      second.destroy();
      await Promise.all([first.closed, second.closed]);
    });
  });

  it('answers 500 with an empty body, and says so to its operator, when an activity fails', async () => {
    const { log, lines } = quietLog();
    await start({ log, onActivity: () => Promise.reject(new Error('Contoso')) });

    const answer = await post('{}', JSON_TYPE);

    assert.deepEqual([answer.status, answer.body], [500, '']);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(JSON.stringify(lines), /Contoso/);
  });

  it('refuses before it reads, where it is told to', async () => {
    const refused: number[] = [];
    await start({
      onKnock: ({ headers }) => Promise.resolve(headers.authorization === undefined ? 429 : undefined),
      onRefused: (_request, status) => {
        refused.push(status);
        return status;
      },
    });

    const statuses = [
      await post('{}', JSON_TYPE),
      await post('{}', JSON_TYPE, 'Authorization: x'),
      await post('{', JSON_TYPE, 'Authorization: x'),
      await post('{}', 'Authorization: x'),
    ].map(({ status }) => status);

    assert.deepEqual(statuses, [429, 200, 400, 415]);
    assert.deepEqual(refused, [400, 415]);
  });

  it('goes on when it cannot be said whether to refuse', async () => {
    const { log, lines } = quietLog();
    await start({ log, onKnock: () => Promise.reject(new Error('Contoso')) });

    const answer = await post('{}', JSON_TYPE);

    assert.deepEqual([answer.status, answer.body, bodies], [400, '', []]);
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['a request could not be read'],
    );
  });

  describe('closed', () => {
    it('lets a running request end, and takes no other', async () => {
      let finish: () => void = () => undefined;
      let began: () => void = () => undefined;
      const running = new Promise<void>((resolve) => (began = resolve));
      await start({
        onActivity: async (_request, response) => {
          began();
          await new Promise<void>((resolve) => (finish = resolve));
          response.statusCode = 200;
          response.end();
        },
      });
      const connection = await RawConnection.open(port);
      connection.write(`POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n${JSON_TYPE}\r\n\r\n{}`);
      await running;

      const closed = server.close();
      await assert.rejects(RawConnection.open(port));
      finish();
      await closed;

      assert.equal(parseAnswer(await connection.closed).status, 200);
      await start();
    });

    it('ends a request that does not end by itself', async () => {
      let began: () => void = () => undefined;
      const running = new Promise<void>((resolve) => (began = resolve));
      await start({
        limits: { closingMs: 20 },
        onActivity: () => {
          began();
          return new Promise(() => undefined);
        },
      });
      const connection = await RawConnection.open(port);
      connection.write(`POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n${JSON_TYPE}\r\n\r\n{}`);
      await running;

      await server.close();

      assert.equal(await connection.closed, '');
      await start();
    });

    it('is closed, however often it is', async () => {
      await server.close();
      await server.close();
      await start();
    });
  });

  it('does not start where somebody listens already', async () => {
    const second = createServer(parts);

    await assert.rejects(
      second.listen(port, '127.0.0.1'),
      (error) => error instanceof PortTakenError && error.port === port,
    );
  });

  it('does not start at an address that is no machine’s of ours, and says which variable it is', async () => {
    for (const host of ['203.0.113.5', 'no-such-host.invalid']) {
      const { log, lines } = quietLog();

      await assert.rejects(createServer({ ...parts, log }).listen(0, host), (error) => {
        assert.ok(error instanceof ConfigError, String(error));
        assert.deepEqual(error.faults, ['HOST: is no address of this machine; 0.0.0.0 stands for all it has']);
        return true;
      });

      assert.deepEqual(lines, []);
    }
  });
});
