import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { CHAT_BOT_ID, CHAT_TENANT_ID } from '../../../sandbox/chat/chat.ts';
import { channelClaims, type Claims } from '../../../sandbox/channel/channel-keys.ts';
import { exchange } from './raw-http.ts';
import { startSignedBot, type SignedBot } from './signed-bot.ts';

const otherApp = 'cccccccc-0000-4000-8000-00000000000c';
const otherTenant = 'dddddddd-0000-4000-8000-00000000000d';
const nowS = (): number => Math.floor(Date.now() / 1_000);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a request that Teams has not signed', () => {
  let bot: SignedBot;
  const bearer = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` });
  const claims = (more: Claims = {}): Claims =>
    channelClaims({ appId: CHAT_BOT_ID, serviceUrl: bot.journey.chat.serviceUrl }, more);
  /** What lies in the store about people and what they are in the middle of. */
  const stored = async (): Promise<readonly string[]> =>
    (await readdir(bot.journey.folder, { recursive: true })).filter((file) =>
      /^(person|conversation|request)/.test(file),
    );

  before(async () => {
    bot = await startSignedBot();
  });
  after(() => bot.close());

  /** Refused with an empty body; and nobody has answered, sent or stored anything. */
  const assertRefused = async (
    headers: Readonly<Record<string, string>>,
    status = 401,
    body: unknown = bot.message(),
  ): Promise<void> => {
    const [before, sentBefore] = [await stored(), bot.sent.length];

    assert.deepEqual(await bot.post(body, headers), { status, text: '' });

    assert.deepEqual(await stored(), before);
    assert.equal(bot.sent.length, sentBefore);
  };

  type Headers = Readonly<Record<string, string>>;
  const signed = (more: Claims) => async (): Promise<Headers> => bearer(await bot.keys.signed(claims(more)));
  const pieces = async (): Promise<[string, string, string]> => {
    const [head = '', payload = '', signature = ''] = (await bot.token()).split('.');
    return [head, payload, signature];
  };
  const entraClaims = (tenant: string, more: Claims = {}): Claims => ({
    aud: CHAT_BOT_ID,
    iss: `https://sts.windows.net/${tenant}/`,
    appid: CHAT_BOT_ID,
    tid: tenant,
    ver: '1.0',
    serviceurl: bot.journey.chat.serviceUrl,
    nbf: nowS(),
    exp: nowS() + 3_600,
    ...more,
  });

  const forged: [what: string, headers: () => Headers | Promise<Headers>][] = [
    ['no token', () => ({})],
    ['an empty header', () => ({ Authorization: '' })],
    ['a scheme alone', () => ({ Authorization: 'Bearer' })],
    ['three words', async () => ({ Authorization: `Bearer ${await bot.token()} x` })],
    ['two spaces', async () => ({ Authorization: `Bearer  ${await bot.token()}` })],
    ['another scheme', async () => ({ Authorization: `Basic ${await bot.token()}` })],
    ['the scheme in lower case', async () => ({ Authorization: `bearer ${await bot.token()}` })],
    ['two tokens', async () => ({ Authorization: `Bearer ${await bot.token()}, Bearer ${await bot.token()}` })],
    ['a token that is none', () => bearer('abc')],
    ['a token of two parts', async () => bearer((await pieces()).slice(0, 2).join('.'))],
    ['a token that is not base64url', () => bearer('a+b.c/d.e=f')],
    ['a token with a tail', async () => bearer(`${await bot.token()}=`)],
    ['a token of 9 KB', async () => bearer(await bot.keys.signed(claims({ padding: 'a'.repeat(7_000) })))],
    ['a token whose payload is no JSON', async () => bearer((await pieces()).with(1, part('x').slice(1)).join('.'))],
    ['a token whose payload is a list', async () => bearer((await pieces()).with(1, part([1])).join('.'))],
    ['a token whose header is no JSON', async () => bearer((await pieces()).with(0, 'abc').join('.'))],
    ['a token without algorithm', () => bearer(`${bot.keys.unsigned(claims())}x`)],
    ['a token without algorithm and without signature', () => bearer(bot.keys.unsigned(claims()))],
    ['a token signed with the public key', async () => bearer(await bot.keys.signedWithPublicKey(claims()))],
    [
      'a token whose payload was changed',
      async () => bearer((await pieces()).with(1, part(claims({ extra: 1 }))).join('.')),
    ],
    [
      'a token whose signature was changed',
      async () => bearer((await pieces()).map((one, at) => (at === 2 ? `AAAAAAAA${one.slice(8)}` : one)).join('.')),
    ],
    ['a token that names no key', async () => bearer((await pieces()).with(0, part({ alg: 'RS256' })).join('.'))],
    ['a token that names an unknown key', async () => bearer(await bot.keys.signed(claims(), bot.keys.kid, 'unknown'))],
    [
      'a token that says to be signed by the channel’s key',
      async () => bearer(await bot.keys.signedByAnother(claims())),
    ],
    [
      'a token that wants something unknown to be understood',
      async () =>
        bearer(
          (await pieces()).with(0, part({ alg: 'RS256', kid: bot.keys.kid, crit: ['b64'], b64: false })).join('.'),
        ),
    ],
    ['a token that lapsed 4 minutes ago', signedAt(-64, -4)],
    ['a token that lapsed 10 minutes ago', signedAt(-70, -10)],
    ['a token for in 10 minutes', signedAt(10, 70)],
    ['a token that never lapses', signed({ exp: undefined })],
    ['a token that lapses in words', signed({ exp: 'never' })],
    ['a token that begins at no time', signed({ nbf: undefined })],
    ['a token for several bots', signed({ aud: [CHAT_BOT_ID] })],
    ['a token for several bots, this one first', signed({ aud: [CHAT_BOT_ID, otherApp] })],
    ['a token for another bot', signed({ aud: otherApp })],
    ['a token for nobody', signed({ aud: undefined })],
    ['a token of no issuer', signed({ iss: undefined })],
    ['a token of an issuer that begins alike', signed({ iss: 'https://api.botframework.com/' })],
    ['a token of another cloud', signed({ iss: 'https://api.botframework.us' })],
    [
      'a token that a foreign tenant gave to the bot’s own app',
      async () => bearer(await bot.keys.signed(entraClaims(otherTenant))),
    ],
    [
      'a token that the bot’s own tenant gave to its app',
      async () => bearer(await bot.keys.signed(entraClaims(CHAT_TENANT_ID))),
    ],
    [
      'a token of version 2 that the bot’s app has for itself',
      async () =>
        bearer(
          await bot.keys.signed(
            entraClaims(CHAT_TENANT_ID, {
              iss: `https://login.microsoftonline.com/${CHAT_TENANT_ID}/v2.0`,
              ver: '2.0',
              azp: CHAT_BOT_ID,
              appid: undefined,
            }),
          ),
        ),
    ],
    [
      'a token of Teams’ single sign-on',
      async () =>
        bearer(
          await bot.keys.signed(
            entraClaims(CHAT_TENANT_ID, {
              iss: `https://login.microsoftonline.com/${CHAT_TENANT_ID}/v2.0`,
              ver: '2.0',
              azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
              scp: 'access_as_user',
              oid: randomUUID(),
            }),
          ),
        ),
    ],
    ['a token of the channel that names a tenant', signed({ tid: CHAT_TENANT_ID })],
    ['a token of the channel that names no tenant in so many words', signed({ tid: null })],
    ['a token for no address', signed({ serviceurl: undefined })],
    ['a token for another address', signed({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
    ['a token for a list of addresses', signed({ serviceurl: ['http://127.0.0.1/'] })],
  ];
  function signedAt(fromMinutes: number, untilMinutes: number) {
    return async (): Promise<Headers> => signed({ nbf: nowS() + fromMinutes * 60, exp: nowS() + untilMinutes * 60 })();
  }
  for (const [what, headers] of forged) {
    it(`with ${what} is refused with 401`, async () => {
      await assertRefused(await headers());
    });
  }

  it('with a key that Teams may not sign with is refused with 401', async () => {
    const other = await startSignedBot();
    try {
      const kid = await other.keys.add({ endorsements: ['directline', 'webchat'] });
      const none = await other.keys.add({});
      await other.keys.add();
      const said = channelClaims({ appId: CHAT_BOT_ID, serviceUrl: other.journey.chat.serviceUrl });

      await other.journey.chat.install('requester');
      for (const one of [kid, none]) {
        const answer = await other.post(other.message(), bearer(await other.keys.signed(said, one)));
        assert.deepEqual(answer, { status: 401, text: '' }, one);
      }

      assert.equal(other.journey.chat.messages('requester').length, 1, 'the good one is answered');
    } finally {
      await other.close();
    }
  });

  it('is refused with two headers for a token, one of them good', async () => {
    const token = await bot.token();
    const body = JSON.stringify(bot.message());
    const head = ['POST /api/messages HTTP/1.1', 'Host: bot', 'Connection: close', 'Content-Type: application/json'];
    const tokens = [`Authorization: Bearer ${token}`, 'Authorization: Bearer x'];
    const length = `Content-Length: ${Buffer.byteLength(body)}`;

    const { status } = await exchange(
      Number(new URL(bot.journey.botUrl).port),
      [...head, ...tokens, length, '', body].join('\r\n'),
    );

    assert.equal(status, 401);
  });

  it('is not told what else is wrong with it', async () => {
    await assertRefused({}, 401, bot.message({ channelId: 'emulator' }));
    await assertRefused({}, 401, bot.message({ serviceUrl: 'https://evil.example/' }));
    await assertRefused({}, 400, {});
  });

  it('is told of in the log once, however often it comes', async () => {
    const lines = bot.journey.logLines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const told = lines.filter(({ msg }) => msg === 'requests were refused');

    const kinds = told.map(({ kind }) => kind);
    assert.ok(kinds.includes('signature'));
    assert.ok(kinds.includes('token exp'));
    assert.ok(told.length < 60, `${told.length} lines`);
    for (const line of bot.journey.logLines) assert.doesNotMatch(line, /eyJ|evil/);
  });

  describe('10,000 times, in the name of as many tenants', () => {
    it('leaves nothing behind, and keeps nobody out', async () => {
      const issuers = sdkIssuers();
      const before = issuers.length;
      const port = Number(new URL(bot.journey.botUrl).port);
      const body = JSON.stringify(bot.message());
      const tokens = Array.from(
        { length: 10_000 },
        () => `${part({ alg: 'RS256', typ: 'JWT', kid: bot.keys.kid })}.${part(claims({ tid: randomUUID() }))}.AAAA`,
      );
      const statuses = new Set<number>();
      const send = async (): Promise<void> => {
        for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
          const head = [
            'POST /api/messages HTTP/1.1',
            'Host: bot',
            'Connection: close',
            'Content-Type: application/json',
          ];
          const rest = [`Authorization: Bearer ${token}`, `Content-Length: ${Buffer.byteLength(body)}`, '', body];
          statuses.add((await exchange(port, [...head, ...rest].join('\r\n'))).status);
        }
      };
      await Promise.all(Array.from({ length: 40 }, send));

      await bot.journey.chat.install('requester');

      assert.deepEqual([...statuses].toSorted(), [401, 429]);
      assert.equal(issuers.length, before);
      assert.deepEqual(
        bot.keys.asked,
        ['/openid', '/keys', '/openid', '/keys'],
        'at the start, and for the unknown key',
      );
      assert.equal(bot.journey.chat.messages('requester').length, 1, 'what Teams has signed is taken all the same');
    }).timeout(60_000);
  });

  it('is refused with 429 and an empty body after too many others, until that has calmed down', async () => {
    const calm = await startSignedBot();
    try {
      const answers = new Map<number, string>();
      const forge = async (): Promise<void> => {
        for (let n = 0; n < 200 && !answers.has(429); n += 1) {
          const { status, text } = await calm.post(calm.message(), { 'X-Forwarded-For': `203.0.113.${n}` });
          answers.set(status, text);
        }
      };
      await Promise.all(Array.from({ length: 20 }, forge));
      const good = await calm.post(calm.message(), bearer(await calm.token()));
      const alive = await fetch(calm.journey.botUrl.replace('/api/messages', '/healthz'));
      calm.journey.advance(60_000);
      const later = await calm.post(calm.message(), {});

      assert.deepEqual(Object.fromEntries(answers), { 401: '', 429: '' });
      assert.deepEqual([good.status, alive.status, later.status], [200, 200, 401]);
    } finally {
      await calm.close();
    }
  });
}).timeout(30_000);

/** The list of issuers that the SDK would let strangers add to. */
function sdkIssuers(): readonly string[] {
  const require = createRequire(import.meta.url);
  const { ToBotFromBotOrEmulatorTokenValidationParameters: parameters } =
    require('botframework-connector/lib/auth/tokenValidationParameters.js') as {
      readonly ToBotFromBotOrEmulatorTokenValidationParameters: { readonly issuer: readonly string[] };
    };
  return parameters.issuer;
}
