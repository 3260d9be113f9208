import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { botCredential } from '../../../bot/channel/bot-credential.ts';
import { createBotToken, type BotToken, type BotTokenParts } from '../../../bot/channel/bot-token.ts';
import { SendError } from '../../../bot/channel/messenger.ts';
import type { BotConfig } from '../../../bot/config/bot.ts';
import { Secret } from '../../../bot/config/secret.ts';
import { HOUR_MS, MINUTE_MS } from '../../../services/clock.ts';
import type { Credential } from '../../../services/sign-in/app-tokens.ts';
import { PUBLIC_AUTHORITY, type Authority } from '../../../services/sign-in/authority.ts';
import {
  about,
  APPROVAL_WANTED,
  approves,
  asks,
  CLEAR,
  opens,
  REMOVED,
  removalsOf,
  seatOf,
  sends,
} from '../../journeys/steps.ts';
import { localBot } from './chatting-bot.ts';
import { EntraDouble } from './entra-double.ts';
import { startSignedBot, type SignedBot } from './signed-bot.ts';

const appId = 'aaaaaaaa-0000-4000-8000-00000000000a';
const appTenantId = 'bbbbbbbb-0000-4000-8000-00000000000b';
const singleTenant: BotConfig = { ...localBot, auth: 'teams', appId, appTenantId, appType: 'SingleTenant' };
const TOKEN_URL = `https://login.microsoftonline.com/${appTenantId}/oauth2/v2.0/token`;

const faultOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SendError, String(error));
  return error.fault;
};

describe('the bot’s own token', () => {
  let entra: EntraDouble;
  let nowMs: number;
  const now = (): Date => new Date(nowMs);
  let authority: Authority;
  const credentialOf = (config: BotConfig): Credential => botCredential(config, { authority, http: entra, now });
  const tokenOf = (config: Partial<BotConfig>, more: Partial<BotTokenParts> = {}): BotToken =>
    createBotToken({ newCredential: () => credentialOf({ ...singleTenant, ...config }), now, ...more });
  const withPassword = { password: new Secret('pass-word') };

  beforeEach(() => {
    entra = new EntraDouble();
    authority = PUBLIC_AUTHORITY;
    nowMs = Date.now();
  });

  it('is asked for with the password', async () => {
    assert.equal(await tokenOf(withPassword)(), 'token-1');

    const [{ url, form } = { url: '', form: {} }] = entra.asked;
    assert.ok(url.startsWith(TOKEN_URL));
    assert.equal(form['client_id'], appId);
    assert.equal(form['client_secret'], 'pass-word');
    assert.equal(form['scope'], 'https://api.botframework.com/.default');
  });

  it('is asked for as the managed identity that the bot is', async () => {
    assert.equal(await tokenOf({ appType: 'UserAssignedMSI' })(), 'token-1');

    const { searchParams } = new URL(entra.asked[0]?.url ?? '');
    assert.equal(searchParams.get('client_id'), appId);
    assert.equal(searchParams.get('resource'), 'https://api.botframework.com');
  });

  for (const [by, thumbprint, alg] of [
    ['x5t', 'ab12'.repeat(10), 'RS256'],
    ['x5t#S256', 'ab12'.repeat(16), 'PS256'],
  ] as const) {
    it(`is asked for with a certificate, which is named by its ${by}`, async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
      const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

      assert.equal(await tokenOf({ certificate: { thumbprint, privateKey: new Secret(pem) } })(), 'token-1');

      const { client_assertion: assertion = '', client_secret: secret } = entra.asked[0]?.form ?? {};
      const { payload } = await jwtVerify(assertion, publicKey, { audience: TOKEN_URL, issuer: appId, subject: appId });
      assert.deepEqual(decodeProtectedHeader(assertion), {
        alg,
        [by]: Buffer.from(thumbprint, 'hex').toString('base64url'),
      });
      assert.equal((payload.exp ?? 0) - (payload.nbf ?? 0), 600);
      assert.match(payload.jti ?? '', /^[\da-f-]{36}$/);
      assert.equal(secret, undefined);
    });
  }

  it('is asked of the Entra of another cloud where that is the one, with a certificate that proves it there', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    authority = { url: 'https://login.microsoftonline.us' };

    await tokenOf({ certificate: { thumbprint: 'ab12'.repeat(16), privateKey: new Secret(pem) } })();

    const url = `https://login.microsoftonline.us/${appTenantId}/oauth2/v2.0/token`;
    const [asked = { url: '', form: {} }] = entra.asked;
    assert.ok(asked.url.startsWith(url));
    await jwtVerify(asked.form['client_assertion'] ?? '', publicKey, { audience: url });
  });

  it('is asked for by nobody without an identity', () => {
    for (const config of [singleTenant, { ...singleTenant, appId: '' }, localBot])
      assert.throws(() => credentialOf(config), /no identity/);
  });

  it('is kept until five minutes before it lapses, and asked for once however many wait', async () => {
    const lapses = [HOUR_MS, 2 * HOUR_MS].map((ms) => nowMs + ms);
    let asked = 0;
    const token = createBotToken({
      now,
      newCredential: () => ({
        getToken: async () => {
          await delay(5);
          asked += 1;
          return { token: `token-${asked}`, expiresOnTimestamp: lapses[asked - 1] ?? 0 };
        },
      }),
    });
    const all = (): Promise<readonly string[]> => Promise.all(Array.from({ length: 50 }, token));

    assert.deepEqual(new Set(await all()), new Set(['token-1']));
    nowMs += HOUR_MS - 5 * MINUTE_MS - 1;
    assert.deepEqual(new Set(await all()), new Set(['token-1']));
    nowMs += 1;
    assert.deepEqual(new Set(await all()), new Set(['token-2']));
    assert.equal(asked, 2);
  });

  it('F31: is a line in trouble when it is refused, and is asked for again by whoever needs it next', async () => {
    const token = tokenOf(withPassword);
    entra.refusal = { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: secret' } };

    assert.equal(await faultOf(token()), 'unavailable');
    entra.refusal = undefined;
    assert.equal(await token(), 'token-2');
  });

  it('F31: is waited for no longer than it may take', async () => {
    entra.refusal = 'hang';

    assert.equal(await faultOf(tokenOf(withPassword, { timeoutMs: 20 })()), 'unavailable');
  });
});

describe('a bot that speaks with a token of its own', () => {
  let bot: SignedBot;

  const start = async (...options: Parameters<typeof startSignedBot>): Promise<void> => {
    bot = await startSignedBot(...options);
  };
  afterEach(() => bot.close());

  it('does its whole job with it: all that goes to Teams has it, and it is asked for once', async () => {
    await start({ installed: ['requester', 'manager'] });
    const [requester, manager] = [seatOf(bot.journey, 'requester'), seatOf(bot.journey, 'manager')];
    await Promise.all(Array.from({ length: 10 }, () => requester.says('help')));
    await asks(requester, 'firstupconsultants');
    await approves(manager, 'firstupconsultants');
    for (const seat of [requester, manager]) await seat.sees(about('firstupconsultants'), REMOVED);

    assert.equal((await removalsOf(bot.journey, 'firstupconsultants')).length, 1);
    assert.ok(bot.sent.length > 15);
    for (const { url, authorization } of bot.sent) {
      assert.ok(url.startsWith(bot.journey.chat.serviceUrl));
      assert.equal(authorization, 'Bearer token-1');
    }
    assert.equal(bot.entra.asked.length, 1);
    assert.doesNotMatch(bot.journey.logLines.join(), /token-1|password-of-the-bot/);
  });

  it('sends it to nobody but Teams, whatever an activity that is signed for them says', async () => {
    await start();
    const elsewhere = 'http://127.0.0.1:9/connector/';
    const authorization = `Bearer ${await bot.token({ serviceurl: elsewhere })}`;

    const answer = await bot.post(bot.message({ serviceUrl: elsewhere }), { Authorization: authorization });

    assert.deepEqual(answer, { status: 403, text: '' });
    assert.deepEqual([bot.sent, bot.entra.asked], [[], []]);
  });

  it('F31: goes on without one, and sends what had to wait when there is one again', async () => {
    await start();
    // So that none is kept.
    bot.entra.lifetimeS = 240;
    for (const person of ['requester', 'manager']) await bot.journey.chat.install(person);
    const [requester, manager] = [seatOf(bot.journey, 'requester'), seatOf(bot.journey, 'manager')];
    const ready = await opens(requester, 'firstupconsultants', CLEAR);
    bot.entra.refusal = { status: 401, body: { error: 'invalid_client' } };
    const [asked, sent] = [bot.entra.asked.length, bot.sent.length];

    await sends(requester, ready, 'firstupconsultants');
    while (bot.entra.asked.length < asked + 2) await delay(10);
    const sentWithout = bot.sent.length - sent;
    bot.entra.refusal = undefined;

    await manager.sees(about('firstupconsultants'), APPROVAL_WANTED);
    assert.equal(sentWithout, 0);
    assert.equal((await fetch(bot.journey.botUrl.replace('/api/messages', '/readyz'))).status, 200);
  });
}).timeout(30_000);
