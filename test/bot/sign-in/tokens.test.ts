import assert from 'node:assert/strict';
import tls from 'node:tls';
import { decodeJwt } from 'jose';
import { parseConfig } from '../../../bot/config/config.ts';
import { createTokens, type Tokens } from '../../../bot/sign-in/tokens.ts';
import { startEntra } from '../../../sandbox/entra/entra.ts';
import type { EntraStandIn } from '../../../sandbox/entra/stand-in.ts';
import { newGuid } from '../../../services/ids.ts';
import type { AppTokens } from '../../../services/sign-in/app-tokens.ts';

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
