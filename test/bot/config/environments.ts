import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import { ConfigError, parseConfig } from '../../../bot/config/config.ts';

export type Env = Readonly<Record<string, string>>;

export const ada = '11111111-1111-4111-8111-111111111111';
export const bo = '22222222-2222-4222-8222-222222222222';
export const cy = '33333333-3333-4333-8333-333333333333';
export const ada2 = '44444444-4444-4444-8444-444444444444';
export const app = 'aaaaaaaa-0000-4000-8000-00000000000a';
export const otherApp = 'aaaaaaaa-0000-4000-8000-00000000000b';
export const tenant = 'bbbbbbbb-0000-4000-8000-00000000000b';
export const otherTenant = 'cccccccc-0000-4000-8000-00000000000c';
export const hexKey = '0f'.repeat(32);
export const thumbprint = 'ab12'.repeat(10);
export const pemOf = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  String(key.export({ type: 'pkcs8', format: 'pem' }));
export const pem = pemOf(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey);

export const folder = mkdtempSync(path.join(tmpdir(), 'config-'));
export const fileOf = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
/** A certificate, and a file with it and its key. */
export async function certificate() {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'app' }], { algorithm: 'sha256' });
  return { cert, certificateFile: fileOf('app.pem', key + cert) };
}
export const tokenFile = fileOf('token', '1.refresh-token-4711\n');
// Several test files of one process share it.
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});

/** All that has to be said to try the bot on one machine. */
export const local: Env = {
  BOT_AUTH: 'none',
  PARTNER_CENTER_AUTH: 'none',
  PARTNER_CENTER_URL: 'http://127.0.0.1:4000',
  GRAPH_URL: 'http://127.0.0.1:4000/',
  PARTNER_TENANT_ID: tenant,
  REQUESTERS: ada,
  APPROVERS: bo,
  AUDIT_KEY: hexKey,
};
/** The same, with the bot's door to Teams as it is in production. */
export const teams: Env = {
  ...without(local, 'BOT_AUTH', 'PARTNER_TENANT_ID'),
  HOST: '0.0.0.0',
  MicrosoftAppId: app.toUpperCase(),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: tenant,
  MicrosoftAppPassword: 'pass-word-4711',
};
/** Everybody in their own name. */
export const signingIn: Env = {
  ...teams,
  PARTNER_CENTER_AUTH: 'on-behalf-of',
  PUBLIC_URL: 'https://bot.contoso.com',
  SIGN_IN_APP_ID: 'dddddddd-0000-4000-8000-00000000000d',
  SIGN_IN_SECRET: 'sign-in-4711',
};
export const nobody = '00000000-0000-0000-0000-000000000000';
export const signingInBy: Env = without(signingIn, 'SIGN_IN_SECRET');
/** One account for everybody. */
export const serviceAccount: Env = {
  ...teams,
  PARTNER_CENTER_AUTH: 'service-account',
  PARTNER_CENTER_APP_ID: otherApp,
  PARTNER_CENTER_APP_SECRET: 'app-secret-4711',
  SERVICE_ACCOUNT_TOKEN_FILE: tokenFile,
};
export const inVault: Env = {
  ...without(serviceAccount, 'SERVICE_ACCOUNT_TOKEN_FILE'),
  KEY_VAULT_URL: 'https://partner.vault.azure.net',
};
export const managed: Env = { ...without(teams, 'MicrosoftAppPassword'), MicrosoftAppType: 'UserAssignedMSI' };
export const certified: Env = {
  ...without(teams, 'MicrosoftAppPassword'),
  CertificateThumbprint: thumbprint,
  CertificatePrivateKey: pem,
};

export function without(env: Env, ...names: readonly string[]): Env {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

export function faultsOf(env: Env): readonly string[] {
  try {
    parseConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults;
  }
  return [];
}

export const namesOf = (fault: string): readonly string[] => (fault.split(':')[0] ?? '').split(', ');

export const inAzure = { ...local, STORE: 'azure', AZURE_STORAGE_ACCOUNT: 'contoso' };
export const CONNECTION =
  'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=S2V5NDcxMQ==;EndpointSuffix=core.windows.net';
export const AZURE = ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_CONNECTION_STRING'];
export const named = (...people: readonly string[]) => ({ people, groups: [] });
