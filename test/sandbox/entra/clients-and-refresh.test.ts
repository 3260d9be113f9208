import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientAssertionCredential, ClientCertificateCredential, OnBehalfOfCredential } from '@azure/identity';
import { generate } from 'selfsigned';
import { KeyRing } from '../../../sandbox/entra/tokens/keys.ts';
import { bench, claimsOf, PARTNER_CENTER_SCOPE, pia, REDIRECT, SIGN_IN_APP, TENANT, thrownBy } from './support.ts';

const certificate = await generate([{ name: 'commonName', value: 'sign-in' }], { algorithm: 'sha256' });
const DAY_MS = 86_400_000;

describe('an application with a certificate', () => {
  const { entra, trust } = bench({ certificatePublicKey: certificate.cert });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'entra-'));
    await writeFile(join(folder, 'good.pem'), certificate.private + certificate.cert);
    const other = await generate([{ name: 'commonName', value: 'other' }], { algorithm: 'sha256' });
    await writeFile(join(folder, 'other.pem'), other.private + other.cert);
  });
  after(() => rm(folder, { recursive: true }));

  it('gets tokens for itself and on behalf of a person', async () => {
    const certificatePath = join(folder, 'good.pem');
    const own = new ClientCertificateCredential(TENANT, SIGN_IN_APP, { certificatePath }, trust());
    const forPia = new OnBehalfOfCredential({
      tenantId: TENANT,
      clientId: SIGN_IN_APP,
      certificatePath,
      userAssertionToken: entra().ssoToken(pia.objectId),
      ...trust(),
    });

    assert.equal(claimsOf((await own.getToken('https://graph.microsoft.com/.default')).token)['appid'], SIGN_IN_APP);
    assert.equal(claimsOf((await forPia.getToken(PARTNER_CENTER_SCOPE)).token)['oid'], pia.objectId);
  });

  it('gets none with another certificate, or with an assertion that is no good', async () => {
    const other = new ClientCertificateCredential(
      TENANT,
      SIGN_IN_APP,
      { certificatePath: join(folder, 'other.pem') },
      trust(),
    );
    const madeUp = new ClientAssertionCredential(
      TENANT,
      SIGN_IN_APP,
      () => Promise.resolve(new KeyRing().sign({ iss: SIGN_IN_APP, sub: SIGN_IN_APP })),
      trust(),
    );

    for (const credential of [other, madeUp]) {
      const { cause } = await thrownBy(credential.getToken('https://graph.microsoft.com/.default'));
      assert.equal((cause as { errorNo?: unknown }).errorNo, 700027);
    }
    assert.deepEqual(
      entra()
        .log()
        .filter(({ grant }) => grant)
        .map(({ status }) => status),
      [401, 401],
    );
  });
});

describe('a refresh token', () => {
  const { entra } = bench();

  const post = async (form: Readonly<Record<string, string>>) => {
    const response = await fetch(`${entra().url}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: SIGN_IN_APP, client_secret: 'right', ...form }),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  };
  const refresh = (token: unknown, more: Readonly<Record<string, string>> = {}) =>
    post({ grant_type: 'refresh_token', refresh_token: String(token), scope: PARTNER_CENTER_SCOPE, ...more });
  /** As a service account's is had: once, at the sign-in page. */
  async function first(): Promise<unknown> {
    const address = new URL(`${entra().url}/${TENANT}/oauth2/v2.0/authorize`);
    const scope = `${PARTNER_CENTER_SCOPE} offline_access`;
    address.search = new URLSearchParams({
      client_id: SIGN_IN_APP,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope,
      login_hint: pia.objectId,
    }).toString();
    const location = (await fetch(address, { redirect: 'manual' })).headers.get('Location') ?? '';
    const code = new URL(location).searchParams.get('code') ?? '';
    const { body } = await post({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, scope });
    return body['refresh_token'];
  }

  it('gives access and another one', async () => {
    const { status, body } = await refresh(await first());

    assert.equal(status, 200);
    const claims = claimsOf(String(body['access_token']));
    assert.deepEqual([claims['oid'], claims['scp']], [pia.objectId, 'user_impersonation']);
    assert.equal((await refresh(body['refresh_token'])).status, 200);
  });

  it('is no good after ninety days without use, which use begins anew', async () => {
    const token = await first();
    entra().moveClock(new Date(entra().now().getTime() + 89 * DAY_MS));
    assert.equal((await refresh(token)).status, 200);
    entra().moveClock(new Date(entra().now().getTime() + 91 * DAY_MS));

    const { status, body } = await refresh(token);

    assert.equal(status, 400);
    assert.deepEqual([body['error'], body['error_codes']], ['invalid_grant', [700082]]);
    assert.match(String(body['error_description']), /^AADSTS700082: .+ Trace ID: .+ Correlation ID: .+ Timestamp: /);
    for (const member of ['timestamp', 'trace_id', 'correlation_id']) assert.equal(typeof body[member], 'string');
  });

  it('is no good once it was revoked, or to another application', async () => {
    const token = await first();
    const foreign = await refresh(token, {
      client_id: '3f0b9e52-8d7a-4f0e-8c66-2a9b1d4c7e22',
      client_secret: 'background',
    });
    entra().revoke(pia.objectId);
    const revoked = await refresh(token);

    assert.deepEqual(foreign.body['error_codes'], [70000]);
    assert.deepEqual([revoked.body['error_codes'], revoked.body['suberror']], [[50173], 'bad_token']);
  });

  it('is refused like any other grant where that was set', async () => {
    const token = await first();
    entra().setFaults({ rules: [{ kind: 'refuse', grant: 'refresh_token', code: 700082, times: 1 }] });

    assert.deepEqual((await refresh(token)).body['error_codes'], [700082]);
    assert.equal((await refresh(token)).status, 200);
  });
});
