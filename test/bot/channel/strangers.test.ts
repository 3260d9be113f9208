import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { CHAT_BOT_ID, CHAT_TENANT_ID } from '../../../sandbox/chat/chat.ts';
import { ChannelKeys } from '../../../sandbox/channel/channel-keys.ts';
import { journeyEnv, startBotProcess, type BotProcess } from '../../support/journey.ts';
import { exchange, RawConnection } from './raw-http.ts';

const NOWHERE = 'http://127.0.0.1:9';
const SERVICE_URL = 'http://127.0.0.1:9/connector/';
const MB = 1_024 * 1_024;
const JSON_TYPE = 'Content-Type: application/json';

/** Something that Teams tells and that nobody answers. */
const message = JSON.stringify({
  type: 'conversationUpdate',
  id: '1',
  channelId: 'msteams',
  serviceUrl: SERVICE_URL,
  from: { id: '29:x', name: 'X', aadObjectId: CHAT_TENANT_ID },
  recipient: { id: `28:${CHAT_BOT_ID}`, name: 'Bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: CHAT_TENANT_ID },
});

describe('strangers at the door of the bot', () => {
  let folder: string;
  let keys: ChannelKeys;
  let bot: BotProcess;
  let port: number;

  const post = (body: string | Uint8Array, ...headers: readonly string[]) =>
    exchange(
      port,
      [
        'POST /api/messages HTTP/1.1',
        ...['Host: bot', 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`],
        ...headers,
        '\r\n',
      ].join('\r\n'),
      body,
    );
  const signedPost = async (body = message): Promise<number> => {
    const token = await keys.token({ appId: CHAT_BOT_ID, serviceUrl: SERVICE_URL });
    return (await post(body, JSON_TYPE, `Authorization: Bearer ${token}`)).status;
  };
  const memoryOf = async (): Promise<number> => {
    const [, pages = '0'] = (await readFile(`/proc/${bot.pid}/statm`, 'utf8')).split(' ');
    return Number(pages) * 4_096;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'strangers-'));
    keys = await ChannelKeys.start();
  });
  const start = async (): Promise<void> => {
    bot = startBotProcess({
      ...journeyEnv(NOWHERE, path.join(folder, 'store')),
      BOT_AUTH: 'teams',
      CHANNEL_SERVICE_HOSTS: new URL(SERVICE_URL).host,
      MicrosoftAppId: CHAT_BOT_ID,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: CHAT_TENANT_ID,
      MicrosoftAppPassword: 'password-of-the-bot',
      ToBotFromChannelOpenIdMetadataUrl: keys.openIdMetadataUrl,
      TMPDIR: await mkdtemp(path.join(folder, 'tmp-')),
    });
    assert.ok(await bot.ready, bot.errors());
    port = Number(/:(\d+)\/api/.exec(bot.output())?.[1]);
  };
  afterEach(async () => {
    bot.send('SIGKILL');
    await bot.ended;
    await keys.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are told nothing, whatever they send, and end nothing', async () => {
    await start();
    const before = await memoryOf();
    const upload = `--x\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\n${'a'.repeat(5 * MB)}\r\n--x--`;
    const bodies: [status: number, body: string | Uint8Array, ...headers: string[]][] = [
      [415, 'abc', JSON_TYPE, 'Content-Encoding: gzip'],
      [415, gzipSync(Buffer.alloc(100 * MB, ' ')), JSON_TYPE, 'Content-Encoding: gzip'],
      [415, 'abc', JSON_TYPE, 'Content-Encoding: deflate'],
      [415, 'abc', JSON_TYPE, 'Content-Encoding: br'],
      [415, upload, 'Content-Type: multipart/form-data; boundary=x'],
      ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'].map(
        (type): [number, string, string] => [415, '{}', `Content-Type: ${type}`],
      ),
      ...['', '{"a":', 'null', '[]', '"x"', '5', '{}', '{"__proto__":{"type":"message"}}', '\ufeff{}'].map(
        (body): [number, string, string] => [400, body, JSON_TYPE],
      ),
      [400, Buffer.from([0x22, 0xff, 0x22]), JSON_TYPE],
      [400, Buffer.from('{"a":1}', 'utf16le'), JSON_TYPE],
      [413, JSON.stringify('a'.repeat(2 * MB)), JSON_TYPE],
      [400, '['.repeat(200_000), JSON_TYPE],
      [401, message, JSON_TYPE],
      [401, message, JSON_TYPE, 'Content-MD5: AAAA'],
      [401, JSON.stringify({ ...(JSON.parse(message) as object), text: '\ud83d' }), JSON_TYPE],
      [401, message, JSON_TYPE, 'Authorization: Bearer abc'],
      [401, message, JSON_TYPE, 'Authorization: Bearer abc', 'Expect: 100-continue'],
      [431, message, JSON_TYPE, `X: ${'a'.repeat(60_000)}`],
    ];
    for (const [status, body, ...headers] of bodies) {
      const answer = await post(body, ...headers);
      const final = answer.status === 100 ? { status: Number(/ (\d{3}) /.exec(answer.body)?.[1]), body: '' } : answer;
      assert.deepEqual([final.status, final.body], [status, ''], `${headers.join()} ${body.slice(0, 20).toString()}`);
    }
    for (const [status, line] of [
      [405, 'GET /api/messages HTTP/1.1'],
      [405, 'PUT /api/messages HTTP/1.1'],
      [405, 'TRACE /api/messages HTTP/1.1'],
      [405, 'OPTIONS /api/messages HTTP/1.1'],
      [405, 'GET /api/messages HTTP/1.0'],
      [404, 'GET /%E0%A4%A HTTP/1.1'],
      [404, 'GET /../../etc/passwd HTTP/1.1'],
      [404, 'GET /auth/start HTTP/1.1'],
      [404, 'GET /auth/end HTTP/1.1'],
      [404, 'GET /tab/ HTTP/1.1'],
      [404, 'POST /api/tab/sign-in HTTP/1.1'],
      [404, 'GET /metrics HTTP/1.1'],
    ] as const) {
      const answer = await exchange(port, `${line}\r\nHost: bot\r\nConnection: close\r\n\r\n`);
      assert.deepEqual([answer.status, answer.body], [status, ''], line);
    }
    const upgrading = await exchange(
      port,
      'GET /api/messages HTTP/1.1\r\nHost: bot\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const pipelined = await RawConnection.open(port);
    const one = `POST /api/messages HTTP/1.1\r\nHost: bot\r\n${JSON_TYPE}\r\nContent-Length: ${message.length}\r\n\r\n${message}`;
    pipelined.write(one.repeat(99));
    pipelined.write(one.replace('Host: bot', 'Host: bot\r\nConnection: close'));

    assert.equal(upgrading.status, 0);
    assert.equal((await pipelined.closed).match(/HTTP\/1\.1 401/g)?.length, 100);
    assert.equal(await signedPost(), 200, 'it answers Teams all the same');
    assert.equal(await signedPost(message.replace('"msteams"', '"emulator"')), 403);
    assert.deepEqual(
      await readdir(
        path.join(
          folder,
          (await readdir(folder)).find((one) => one.startsWith('tmp-'))!,
        ),
      ),
      [],
    );
    assert.ok((await memoryOf()) - before < 100 * MB, 'it has kept nothing of all that');
    assert.doesNotMatch(bot.output(), /passwd|__proto__|"a":/);
    bot.send('SIGTERM');
    assert.equal(await bot.ended, 0, 'it ends when it is told to, and not before');
  });

  it('F30: are all that there is while nobody can know who is Teams; that is known as soon as it can be', async () => {
    keys.answerWith((_request, response) => {
      response.statusCode = 503;
      response.end();
    });
    await start();

    const without = await signedPost();
    const ready = await exchange(port, 'GET /readyz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n');
    keys.answerWith(undefined);
    let then = 0;
    while (then !== 200) {
      await delay(50);
      then = await signedPost();
    }

    assert.deepEqual([without, ready.status, then], [401, 200, 200]);
  });
}).timeout(60_000);
