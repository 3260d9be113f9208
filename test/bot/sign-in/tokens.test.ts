import assert from 'node:assert/strict';
import tls from 'node:tls';
import { decodeJwt } from 'jose';
import { parseConfig } from '../../../bot/config/config.ts';
import { createTellAccount } from '../../../bot/sign-in/tell-account.ts';
import { createTokens, type Tokens } from '../../../bot/sign-in/tokens.ts';
import { startKeyVault, type KeyVaultStandIn } from '../../../sandbox/key-vault/key-vault.ts';
import {
  bench,
  newRefreshToken,
  pia,
  SIGN_IN_APP as BENCH_APP,
  TENANT as BENCH_TENANT,
} from '../../sandbox/entra/support.ts';
import { eventually } from '../../support/eventually.ts';
import { startEntra } from '../../../sandbox/entra/entra.ts';
import type { EntraStandIn } from '../../../sandbox/entra/stand-in.ts';
import { quietLog } from '../quiet-log.ts';
import { newGuid } from '../../../services/ids.ts';
import type { AppTokens } from '../../../services/sign-in/app-tokens.ts';
import { REFRESH_TOKEN_SECRET, VaultError } from '../../../services/sign-in/refresh-token-vault.ts';

const TENANT = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';
const BOT_APP = '9f3e6d10-4a8b-4c55-b1d2-7e0c5a9b8f64';
const SIGN_IN_APP = '6a1f7d52-0b3c-4f4e-8a55-9d2c1e7b3f60';
const BACKGROUND_APP = '3c5d9e71-8f20-4a6b-b7d4-0e1f2a3b4c5d';
const PERSON = 'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d01';
const OTHER = 'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d02';
const SECRET = 'what the stand-in of Entra knows the apps by';

describe('the bot’s own tokens for Graph', () => {
  let entra: EntraStandIn;
  const trusted = tls.getCACertificates('default');

  before(async () => {
    entra = await startEntra({
      tenantId: TENANT,
      apps: [SIGN_IN_APP, BACKGROUND_APP].map((clientId) => ({ clientId, secret: SECRET, redirectUris: [] })),
      people: [],
    });
    tls.setDefaultCACertificates([...trusted, entra.ca]);
  });
  after(async () => {
    tls.setDefaultCACertificates(trusted);
    await entra.close();
  });

  const tokensOf = (more: Readonly<Record<string, string>> = {}): Tokens =>
    createTokens({
      config: parseConfig({
        PUBLIC_URL: 'https://bot.contoso.com',
        MicrosoftAppId: BOT_APP,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppTenantId: TENANT,
        MicrosoftAppPassword: 'x',
        PARTNER_CENTER_ENVIRONMENT: 'sandbox',
        AZURE_AUTHORITY_HOST: entra.url,
        SIGN_IN_APP_ID: SIGN_IN_APP,
        SIGN_IN_SECRET: SECRET,
        REQUESTERS: PERSON,
        APPROVERS: OTHER,
        AUDIT_KEY: '0f'.repeat(32),
        ...more,
      }),
      clock: () => new Date(),
      newId: newGuid,
      log: quietLog().log,
    });
  const appOf = async (tokens: AppTokens | undefined): Promise<unknown> => {
    const { appid, azp } = decodeJwt(await tokens!.tokenFor('graph'));
    return appid ?? azp;
  };
  const background = { PARTNER_CENTER_APP_ID: BACKGROUND_APP, PARTNER_CENTER_APP_SECRET: SECRET };

  it('are of the registration for background reads, where people are read', async () => {
    assert.equal(await appOf(tokensOf(background).app), BACKGROUND_APP);
  });

  it('are of the registration people sign in with where there is no other', async () => {
    assert.equal(await appOf(tokensOf().app), SIGN_IN_APP);
  });

  it('are of the registration that the manifest names, where the app is to be installed', async () => {
    assert.equal(await appOf(tokensOf(background).teamsApp), SIGN_IN_APP);
  });
});

describe('the tokens of a service account in a key vault', () => {
  const { entra } = bench();
  let vault: KeyVaultStandIn;
  const trusted = tls.getCACertificates('default');

  before(async () => {
    vault = await startKeyVault({
      ...{ tenantId: BENCH_TENANT, authorityUrl: entra().url, verified: (token) => entra().verified(token) },
      ...{ readers: [BENCH_APP], writers: [BENCH_APP] },
    });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), vault.ca]);
  });
  after(async () => {
    tls.setDefaultCACertificates(trusted);
    await vault.close();
  });

  it('are had and renewed as configured, and the log says at the start what is missing', async () => {
    const { log, lines } = quietLog();
    const { source } = createTokens({
      config: parseConfig({
        ...{ MicrosoftAppId: BOT_APP, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 'x' },
        ...{ MicrosoftAppTenantId: BENCH_TENANT, AZURE_AUTHORITY_HOST: entra().url, AUDIT_KEY: '0f'.repeat(32) },
        ...{ PARTNER_CENTER_ENVIRONMENT: 'sandbox', PARTNER_CENTER_AUTH: 'service-account' },
        ...{ PARTNER_CENTER_APP_ID: BENCH_APP, PARTNER_CENTER_APP_SECRET: 'right' },
        ...{ KEY_VAULT_URL: vault.url, REQUESTERS: PERSON, APPROVERS: OTHER },
      }),
      clock: () => new Date(),
      newId: newGuid,
      log,
    });

    await assert.rejects(source.tokenFor('bot', 'partner-center'));
    vault.put(REFRESH_TOKEN_SECRET, await newRefreshToken(entra()));
    const token = (await source.tokenFor('bot', 'partner-center')) ?? '';
    await eventually(() => vault.versions(REFRESH_TOKEN_SECRET).length === 2, 'the newer one is not stored');

    assert.equal(decodeJwt(token)['oid'], pia.objectId);
    assert.deepEqual(
      lines.map(({ level }) => level),
      ['error'],
    );
    assert.match(
      String(lines[0]?.['msg']),
      /has no secret "partner-center-refresh-token" \(404\)\. Put the refresh token/,
    );
    for (const { value } of vault.versions(REFRESH_TOKEN_SECRET)) assert.ok(!JSON.stringify(lines).includes(value));
  });
});

describe('the log of a service account', () => {
  const bot = { auth: 'teams', appType: 'UserAssignedMSI' } as const;

  it('says what is to be done, once a minute, and nothing of what was said', () => {
    const { log, lines } = quietLog();
    let nowMs = 0;
    const { onNoToken, onNotStored } = createTellAccount(bot, log, () => new Date(nowMs));
    const cause = new Error('AADSTS700016: eyJ-a-token of contoso');

    onNoToken(new VaultError('no-token', { cause }));
    onNoToken(new VaultError('forbidden', { status: 403 }));
    nowMs = 60_000;
    onNoToken(new VaultError('forbidden', { status: 403 }));
    onNotStored(new VaultError('unreachable'));

    assert.deepEqual(
      lines.map(({ level }) => level),
      ['error', 'error', 'warn'],
    );
    assert.match(String(lines[1]?.['msg']), /does not let MicrosoftAppId .*Give MicrosoftAppId the role/);
    assert.match(
      String(lines[2]?.['msg']),
      /the one that is stored stays good, and it is tried again: .*does not answer/,
    );
    assert.doesNotMatch(JSON.stringify(lines), /eyJ|contoso/);
  });
});
