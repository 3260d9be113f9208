import { REFRESH_TOKEN_SECRET, VaultError, type VaultFault } from '../../services/sign-in/refresh-token-vault.ts';
import type { VariableName } from '../config/names.ts';
import { whyNoToken, type NoToken, type TokenNames } from './why-no-token.ts';

const VAULT = 'the key vault of KEY_VAULT_URL';
const SERVICE_ACCOUNT = 'see "Service account" in docs/operations.md';
const SECRET = `"${REFRESH_TOKEN_SECRET}"`;

/** Where the app stands in the configuration that the service account has given its consent to. */
export const ACCOUNT_APP: TokenNames = {
  app: 'PARTNER_CENTER_APP_ID',
  proof: ['PARTNER_CENTER_APP_SECRET', 'PARTNER_CENTER_APP_CERTIFICATE_PATH'],
  tenant: 'PARTNER_TENANT_ID',
};

/**
 * Why the service account has no token, or why a newer refresh token could not be stored, in words for whoever operates
 * the bot.
 *
 * @param opensVault whose permissions count at the vault.
 */
export function whyNoRefreshToken(error: unknown, opensVault: VariableName): NoToken {
  if (!(error instanceof VaultError)) return whyNoToken(error, ACCOUNT_APP);
  if (error.fault === 'no-token') {
    const isApp = opensVault === ACCOUNT_APP.app;
    const { why, todo } = whyNoToken(error, isApp ? ACCOUNT_APP : { ...ACCOUNT_APP, app: opensVault, proof: [] });
    return { why: `there is no token for ${VAULT}: ${why}`, todo };
  }
  return FAULTS[error.fault](opensVault);
}

const FAULTS: Readonly<Record<Exclude<VaultFault, 'no-token'>, (app: VariableName) => NoToken>> = {
  unreachable: () => ({
    why: `${VAULT} does not answer`,
    todo: 'Let the bot reach it over https (proxy, firewall, private endpoint), and check the name in KEY_VAULT_URL',
  }),
  refused: (app) => ({
    why: `${VAULT} does not take the token of ${app} (401)`,
    todo: 'The vault has to be in the tenant of that app, and AZURE_AUTHORITY_HOST of the same cloud',
  }),
  forbidden: (app) => ({
    why: `${VAULT} does not let ${app} read or write the secret (403)`,
    todo: `Give ${app} the role Key Vault Secrets Officer on the secret ${SECRET}: a new role takes some minutes; ${SERVICE_ACCOUNT}`,
  }),
  firewall: () => ({
    why: `the firewall of ${VAULT} does not let this machine in (403)`,
    todo: 'Azure portal › the vault › Networking: let the address of this machine in, or give it a private endpoint',
  }),
  missing: () => ({
    why: `${VAULT} has no secret ${SECRET} (404)`,
    todo: `Put the refresh token there: ${SERVICE_ACCOUNT}`,
  }),
  disabled: () => ({
    why: `the secret ${SECRET} is disabled (403)`,
    todo: 'Enable its newest version, or add one with a new refresh token',
  }),
  deleted: () => ({
    why: `the secret ${SECRET} was deleted, and can be recovered (409)`,
    todo: 'Recover it, or purge it and put the refresh token there again',
  }),
  'no-refresh-token': () => ({
    why: `what the secret ${SECRET} holds is no refresh token`,
    todo: `Put the refresh token there, and nothing else: ${SERVICE_ACCOUNT}`,
  }),
  unavailable: () => ({
    why: `${VAULT} is in trouble, or is asked too often`,
    todo: 'Try again; if that stays so, look at the service health of Azure',
  }),
};
