import assert from 'node:assert/strict';
import { createPublicKey, createSecretKey, type JsonWebKey } from 'node:crypto';
import { decode, isSignedBy } from '../../../sandbox/entra/tokens/keys.ts';
import { bench, PARTNER_CENTER_SCOPE, pia, SIGN_IN_APP, TENANT, thrownBy } from './support.ts';

type Body = Readonly<Record<string, unknown>>;

describe('the keys of Entra', () => {
  const { entra, onBehalfOf } = bench();
  interface Key extends JsonWebKey {
    readonly kid: string;
    readonly issuer: string;
  }
  const keys = async (): Promise<readonly Key[]> => {
    const metadata = await fetch(`${entra().url}/${TENANT}/v2.0/.well-known/openid-configuration`);
    const { jwks_uri: address } = (await metadata.json()) as { jwks_uri: string };
    return ((await (await fetch(address)).json()) as { keys: readonly Key[] }).keys;
  };
  const isGood = async (token: string): Promise<boolean> => {
    const key = (await keys()).find(({ kid }) => kid === decode(token)?.header['kid']);
    return key !== undefined && isSignedBy(token, createPublicKey({ key, format: 'jwk' }));
  };

  it('are published with their issuer, and have signed what it gives', async () => {
    const issuer = `${entra().url}/${TENANT}/v2.0`;
    const token = entra().ssoToken(pia.objectId);

    assert.deepEqual(
      (await keys()).map((key) => key.issuer),
      [issuer],
    );
    assert.equal(await isGood(token), true);
    const claims = decode(token)?.claims;
    assert.deepEqual(
      [claims?.['iss'], claims?.['aud'], claims?.['scp'], claims?.['ver'], claims?.['amr']],
      [issuer, SIGN_IN_APP, 'access_as_user', '2.0', undefined],
    );
  });

  it('change: old tokens are good while the old key is published, and their person is asked for until then', async () => {
    const old = entra().ssoToken(pia.objectId);
    entra().rotateKeys();
    const both = [await isGood(old), await isGood(entra().ssoToken(pia.objectId)), (await keys()).length];
    entra().rotateKeys(true);

    assert.deepEqual(both, [true, true, 2]);
    assert.equal(await isGood(old), false);
    const { cause } = await thrownBy(onBehalfOf(old).getToken(PARTNER_CENTER_SCOPE));
    assert.equal((cause as { errorNo?: unknown }).errorNo, 50013);
  });

  it('have not signed a forgery, whatever its header says', async () => {
    const [published] = await keys();
    const pem = createPublicKey({ key: published!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const claims = decode(entra().ssoToken(pia.objectId))!.claims;
    const unsigned = entra().sign(claims, { header: { alg: 'none' } });
    const forgeries = [
      entra().sign(claims, { key: 'stranger' }),
      entra().sign(claims, { key: createSecretKey(Buffer.from(pem)), header: { alg: 'HS256' } }),
      unsigned,
    ];

    for (const forgery of forgeries) {
      assert.equal(await isGood(forgery), false);
      assert.deepEqual(decode(forgery)?.claims, claims);
    }
    assert.match(unsigned, /\.$/);
    assert.equal(await isGood(entra().sign({ anything: 'at all' })), true);
  });
});

describe('behind Entra’s curtain', () => {
  const { entra } = bench();
  const call = async (path: string, body?: Body, method = body === undefined ? 'GET' : 'POST') => {
    const response = await fetch(`${entra().url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const metadata = () => fetch(`${entra().url}/${TENANT}/v2.0/.well-known/openid-configuration`);

  it('faults are set, shown and cleared, and a wrong one changes nothing', async () => {
    await call('/_faults', { rules: [{ kind: 'down', endpoint: 'metadata', retryAfterSeconds: 7 }] });
    const down = await metadata();
    const wrong = await call('/_faults', { obstacles: [{ code: 1 }] });
    const still = await metadata();
    await call('/_faults', {});

    assert.deepEqual([down.status, down.headers.get('Retry-After')], [503, '7']);
    assert.deepEqual([wrong.status, still.status], [400, 503]);
    assert.match(String(wrong.body['error']), /obstacles\.0\.code/);
    assert.equal((await metadata()).status, 200);
    assert.deepEqual((await call('/_faults')).body['rules'], []);
  });

  it('the log is read from a number on, cleared, and does not know of the curtain', async () => {
    await metadata();
    await metadata();
    const all = (await call('/_log')).body['entries'] as readonly { seq: number }[];
    const later = (await call(`/_log?since=${all[0]!.seq}`)).body['entries'] as readonly unknown[];
    await call('/_log', undefined, 'DELETE');

    assert.deepEqual([all.length, later.length], [2, 1]);
    assert.deepEqual((await call('/_log')).body['entries'], []);
  });

  it('the clock is moved, and a reset puts everything back', async () => {
    await call('/_clock', { now: '2031-01-01T00:00:00Z', advanceMs: 3_600_000 });
    const moved = String((await call('/_clock')).body['now']);
    await call('/_faults', { rules: [{ kind: 'down' }] });
    await call('/_keys', { forgetOld: true });
    await call('/_revoke', { person: pia.objectId });
    await call('/_reset', {});

    assert.match(moved, /^2031-01-01T01:/);
    assert.ok(!String((await call('/_clock')).body['now']).startsWith('2031'));
    assert.equal((await metadata()).status, 200);
    assert.equal(entra().log().length, 1);
  });

  it('a tenant that is not this one is not found, and common leaves the issuer open', async () => {
    const other = await fetch(`${entra().url}/${SIGN_IN_APP}/v2.0/.well-known/openid-configuration`);
    const common = await fetch(`${entra().url}/common/v2.0/.well-known/openid-configuration`);
    const instance = await fetch(`${entra().url}/common/discovery/instance?api-version=1.1`);

    assert.deepEqual([other.status, ((await other.json()) as Body)['error_codes']], [400, [90002]]);
    assert.equal(((await common.json()) as Body)['issuer'], `${entra().url}/{tenantid}/v2.0`);
    assert.match(String(((await instance.json()) as Body)['tenant_discovery_endpoint']), new RegExp(TENANT));
    assert.equal((await call('/_nothing')).status, 404);
    assert.equal((await call('/_reset')).status, 405);
  });
});
