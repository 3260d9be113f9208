import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redeemRefreshToken } from '../../../services/sign-in/service-account.ts';
import {
  bench,
  claimsOf,
  PARTNER_CENTER_SCOPE,
  pia,
  REDIRECT,
  SIGN_IN_APP,
  TENANT,
} from '../../sandbox/entra/support.ts';

describe('the token of a service account', () => {
  const { entra } = bench();
  let folder: string;
  let tokenFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'service-account-'));
    tokenFile = join(folder, 'refresh-token');
    await writeFile(tokenFile, `${await newRefreshToken()}\n`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const registration = { tenantId: TENANT, clientId: SIGN_IN_APP, proof: { secret: 'right' } };

  it('can be looked at without changing what is kept', async () => {
    const before = await readFile(tokenFile, 'utf8');

    const { token, newer } = await redeemRefreshToken(registration, { url: entra().url }, tokenFile, 'partner-center');

    assert.equal(claimsOf(token)['oid'], pia.objectId);
    assert.ok(newer !== undefined && newer !== before.trim());
    assert.equal(await readFile(tokenFile, 'utf8'), before);
  });

  async function newRefreshToken(): Promise<string> {
    const scope = `${PARTNER_CENTER_SCOPE} offline_access`;
    const page = new URL(`${entra().url}/${TENANT}/oauth2/v2.0/authorize`);
    const asked = {
      client_id: SIGN_IN_APP,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope,
      login_hint: pia.objectId,
    };
    page.search = new URLSearchParams(asked).toString();
    const location = (await fetch(page, { redirect: 'manual' })).headers.get('Location') ?? '';
    const answer = await fetch(`${entra().url}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ client_id: SIGN_IN_APP, client_secret: 'right', redirect_uri: REDIRECT, scope },
        ...{ grant_type: 'authorization_code', code: new URL(location).searchParams.get('code') ?? '' },
      }),
    });
    return String(((await answer.json()) as { readonly refresh_token: unknown }).refresh_token);
  }
});
