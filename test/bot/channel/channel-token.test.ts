import assert from 'node:assert/strict';
import { generateKeyPair, SignJWT, type CryptoKey, type GenerateKeyPairResult } from 'jose';
import { createChannelTokens, CHANNEL_ISSUER, type TokenVerdict } from '../../../bot/channel/channel-token.ts';
import type { SigningKey } from '../../../bot/channel/published-keys.ts';

const APP = '9f3e6d10-4a8b-4c55-b1d2-7e0c5a9b8f64';
const NOW = Date.parse('2026-06-15T10:00:00Z');

describe('the token of a request', () => {
  let pair: GenerateKeyPairResult;
  let published: Map<string, SigningKey>;
  let nowMs: number;
  let computed: number;
  const keyOf = (key: CryptoKey): SigningKey => ({ key, endorsements: ['msteams'] });
  let tokens: ReturnType<typeof createChannelTokens>;

  before(async () => {
    pair = await generateKeyPair('RS256');
  });
  beforeEach(() => {
    published = new Map([['k', keyOf(pair.publicKey)]]);
    nowMs = NOW;
    computed = 0;
    tokens = createChannelTokens({
      appId: APP,
      now: () => new Date(nowMs),
      keys: {
        known: (kid) => published.get(kid),
        find: (kid) => {
          computed++;
          return Promise.resolve(published.get(kid));
        },
      },
    });
  });
  const signed = (): Promise<string> => {
    const seconds = NOW / 1_000;
    return new SignJWT({ iss: CHANNEL_ISSUER, aud: APP, nbf: seconds, exp: seconds + 3_600, serviceurl: 'x' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(pair.privateKey);
  };
  const judged = async (...authorizations: readonly string[]): Promise<TokenVerdict> =>
    tokens.judge({ rawHeaders: authorizations.flatMap((one) => ['authorization', one]) });
  const kindOf = async (token: string): Promise<string> => (await judged(`Bearer ${token}`)).kind;

  it('is judged at once where there is none, or none that could be the channel’s', () => {
    for (const headers of [
      [],
      ['Authorization', 'Bearer'],
      ['AUTHORIZATION', 'Bearer a.b.c'],
      ['Authorization', 'Basic x'],
    ])
      assert.ok('kind' in tokens.judge({ rawHeaders: headers }), headers.join(' '));
    assert.equal(computed, 0);
  });

  it('is refused where two are sent, whatever they are', async () => {
    const token = await signed();

    assert.deepEqual(await judged(`Bearer ${token}`, `Bearer ${token}`), { kind: 'refused', why: 'token' });
  });

  it('is computed once, and known again by all of its characters', async () => {
    const token = await signed();

    assert.deepEqual([await kindOf(token), await kindOf(token), computed], ['verified', 'verified', 1]);
    const other = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    assert.deepEqual([await kindOf(other), computed], ['refused', 2]);
  });

  it('holds no longer than it says, however well it is known', async () => {
    const token = await signed();
    await kindOf(token);
    nowMs += 3_600_000;

    assert.deepEqual(await judged(`Bearer ${token}`), { kind: 'refused', why: 'token exp' });
  });

  it('is not known any more once another key is published in the place of the one that it was signed with, or none', async () => {
    const token = await signed();
    await kindOf(token);

    published.clear();
    assert.deepEqual(await judged(`Bearer ${token}`), { kind: 'refused', why: 'unknown key' });
    published.set('k', keyOf((await generateKeyPair('RS256')).publicKey));
    assert.deepEqual(await judged(`Bearer ${token}`), { kind: 'refused', why: 'signature' });
    published.set('k', { key: pair.publicKey, endorsements: [] });
    assert.deepEqual(await judged(`Bearer ${token}`), { kind: 'refused', why: 'key not endorsed' });
  });
});
