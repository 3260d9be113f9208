import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshTokenFile } from '../../../services/sign-in/refresh-token-file.ts';
import { redeemRefreshToken } from '../../../services/sign-in/service-account.ts';
import { bench, claimsOf, newRefreshToken, pia, SIGN_IN_APP, TENANT } from '../../sandbox/entra/support.ts';

describe('the token of a service account', () => {
  const { entra } = bench();
  let folder: string;
  let tokenFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'service-account-'));
    tokenFile = join(folder, 'refresh-token');
    await writeFile(tokenFile, `${await newRefreshToken(entra())}\n`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const registration = { tenantId: TENANT, clientId: SIGN_IN_APP, proof: { secret: 'right' } };

  it('can be looked at without changing what is kept', async () => {
    const before = await readFile(tokenFile, 'utf8');

    const used = await refreshTokenFile(tokenFile).read();
    const { token, newer } = await redeemRefreshToken(registration, { url: entra().url }, used, 'partner-center');

    assert.equal(claimsOf(token)['oid'], pia.objectId);
    assert.ok(newer !== undefined && newer !== before.trim());
    assert.equal(await readFile(tokenFile, 'utf8'), before);
  });
});
