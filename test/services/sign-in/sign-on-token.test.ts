import assert from 'node:assert/strict';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTVerifyGetKey } from 'jose';
import { PUBLIC_AUTHORITY } from '../../../services/sign-in/authority.ts';
import { createReadSignedOn, ofThePerson } from '../../../services/sign-in/sign-on-token.ts';

const TENANT = '11111111-aaaa-4bbb-8ccc-222222222222';
const ADA = '22222222-aaaa-4bbb-8ccc-222222222222';
const APP = '33333333-aaaa-4bbb-8ccc-222222222222';
const APP_URI = `api://bot.contoso.com/botid-${APP}`;
const NOW_S = 1_800_000_000;

const genuine = await generateKeyPair('RS256');
const foreign = await generateKeyPair('RS256');
const published: JWTVerifyGetKey = createLocalJWKSet({
  keys: [{ ...(await exportJWK(genuine.publicKey)), kid: 'one', alg: 'RS256' }],
});

const claims = {
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  aud: APP,
  tid: TENANT,
  oid: ADA,
  scp: 'access_as_user',
  iat: NOW_S - 60,
  nbf: NOW_S - 60,
  exp: NOW_S + 3_600,
};
const signed = (
  changed: Readonly<Record<string, unknown>> = {},
  { key = genuine.privateKey, kid = 'one' }: { key?: typeof genuine.privateKey; kid?: string } = {},
): Promise<string> =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key);
const readSignedOn = createReadSignedOn({
  authority: PUBLIC_AUTHORITY,
  ...{ tenantId: TENANT, appId: APP, appUri: APP_URI, keys: published },
  now: () => new Date(NOW_S * 1_000),
});
const read = ofThePerson(readSignedOn);

describe('a sign-on token', () => {
  it('counts for the person it was issued to', async () => {
    const token = await signed({ acrs: ['c1', 'c2'] });

    assert.deepEqual(await read(token, ADA), {
      assertion: token,
      expiresOnTimestamp: (NOW_S + 3_600) * 1_000,
      authContexts: ['c1', 'c2'],
    });
  });

  const good: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['of the older shape', { iss: `https://sts.windows.net/${TENANT}/`, aud: APP_URI }],
    ['that names the person in capitals', { oid: ADA.toUpperCase() }],
    ['with more than the one permission', { scp: 'openid access_as_user' }],
    ['that lapsed within a minute', { exp: NOW_S - 30 }],
  ];
  for (const [name, changed] of good)
    it(`${name} counts`, async () => {
      assert.equal(typeof (await read(await signed(changed), ADA)), 'object');
    });

  const bad: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ['of another person', { oid: '99999999-aaaa-4bbb-8ccc-222222222222' }, 'not-yours'],
    ['of another tenant, from the same issuer', { tid: APP }, 'not-yours'],
    ['of nobody', { oid: undefined }, 'not-valid'],
    ['of another issuer', { iss: `https://login.microsoftonline.com/${APP}/v2.0` }, 'not-valid'],
    ['for Graph', { aud: 'https://graph.microsoft.com' }, 'not-valid'],
    ['for Partner Center', { aud: 'https://api.partnercenter.microsoft.com' }, 'not-valid'],
    ['without the permission', { scp: 'openid profile' }, 'not-valid'],
    ['whose permission only looks like it', { scp: 'access_as_user2' }, 'not-valid'],
    ['of an app and no person', { scp: undefined, roles: ['access_as_user'] }, 'not-valid'],
    ['that has lapsed', { exp: NOW_S - 61 }, 'lapsed'],
    ['that never lapses', { exp: undefined }, 'not-valid'],
    ['of the future', { nbf: NOW_S + 600 }, 'not-valid'],
  ];
  for (const [name, changed, why] of bad)
    it(`${name} does not count`, async () => {
      assert.equal(await read(await signed(changed), ADA), why);
    });

  it('signed by somebody else does not count, with or without the name of a genuine key', async () => {
    const key = foreign.privateKey;

    assert.equal(await read(await signed({}, { key }), ADA), 'not-valid');
    assert.equal(await read(await signed({}, { key, kid: 'two' }), ADA), 'not-valid');
  });

  it('that nobody or anybody could have signed does not count', async () => {
    const secret = new TextEncoder().encode('a secret of at least thirty-two bytes');
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);

    assert.equal(await read(new UnsecuredJWT(claims).encode(), ADA), 'not-valid');
    assert.equal(await read(symmetric, ADA), 'not-valid');
  });

  it('that is none does not count', async () => {
    for (const token of ['', 'abc', 'a.b.c', 'x'.repeat(9_000)]) assert.equal(await read(token, ADA), 'not-valid');
  });

  it('cannot be judged without the keys of Entra, which is no word about the token', async () => {
    const unreachable = ofThePerson(
      createReadSignedOn({
        authority: { url: 'https://127.0.0.1:1' },
        ...{ tenantId: TENANT, appId: APP, appUri: APP_URI },
        now: () => new Date(NOW_S * 1_000),
      }),
    );

    assert.equal(await unreachable(await signed(), ADA), 'unavailable');
  });
});
