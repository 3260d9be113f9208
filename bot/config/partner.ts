import { readRegistration, type Registration } from './registration.ts';
import { guid, keyVault, oneOf, origin, tokenFile, wholeNumber } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';
import { isLoopback } from './loopback.ts';
import { PUBLIC_AUTHORITY } from '../../services/sign-in/authority.ts';

/** The partner whose relationships the bot ends. */
export interface PartnerConfig {
  /** Missing only where neither Teams nor Partner Center asks who somebody is. */
  readonly tenantId?: string;
  /** `indirect-reseller`: removals are the indirect provider's, and none is offered. */
  readonly type: 'direct' | 'indirect-provider' | 'indirect-reseller';
  readonly environment: 'production' | 'sandbox';
}

/** The Secure Application Model: one account for everybody, which signed in once. */
export type ServiceAccountConfig =
  | { readonly tokenFile: string }
  /** A key vault, by its origin. */
  | { readonly vaultUrl: string };

const APP_NAMES = {
  id: 'PARTNER_CENTER_APP_ID',
  secret: 'PARTNER_CENTER_APP_SECRET',
  certificatePath: 'PARTNER_CENTER_APP_CERTIFICATE_PATH',
} as const;

/** How Partner Center and Graph are called. */
export interface PartnerCenterConfig {
  /** Origins, without a slash at the end. */
  readonly url: string;
  readonly graphUrl: string;
  /** `none`: calls go without a token. For loopback addresses only. */
  readonly auth: 'none' | 'on-behalf-of' | 'service-account';
  /** Parallel calls for one customer. */
  readonly lanes: number;
  /** The app-only credential for reads that nobody waits for. */
  readonly app?: Registration;
  /** Origin of the Entra that issues the tokens. */
  readonly authorityUrl: string;
  /** Whose refresh token everything runs with, where nobody signs in. */
  readonly serviceAccount?: ServiceAccountConfig;
}

export function readPartnerCenter(variables: Variables): PartnerCenterConfig {
  const url = variables.withDefault('PARTNER_CENTER_URL', origin, 'https://api.partnercenter.microsoft.com');
  const auth = variables.withDefault(
    'PARTNER_CENTER_AUTH',
    oneOf('on-behalf-of', 'service-account', 'none'),
    'on-behalf-of',
  );
  // A Partner Center that asks for no token is a stand-in, and has the Graph with it.
  const graphUrl = variables.withDefault('GRAPH_URL', origin, auth === 'none' ? url : 'https://graph.microsoft.com');
  const app = readRegistration(variables, APP_NAMES);
  const serviceAccount = readServiceAccount(variables, auth);
  if (auth === 'none') {
    const elsewhere: VariableName[] = [];
    if (!isLocal(url)) elsewhere.push('PARTNER_CENTER_URL');
    if (!isLocal(graphUrl)) elsewhere.push('GRAPH_URL');
    if (elsewhere.length > 0) {
      variables.fault(['PARTNER_CENTER_AUTH', ...elsewhere], 'calls go without a token to loopback addresses only');
    }
  }
  return {
    url,
    graphUrl,
    auth,
    lanes: variables.withDefault('PARTNER_CENTER_LANES', wholeNumber(1, 100), 10),
    ...(app && { app }),
    authorityUrl: variables.withDefault('AZURE_AUTHORITY_HOST', origin, PUBLIC_AUTHORITY.url),
    ...(serviceAccount && { serviceAccount }),
  };
}

const TOKEN_PLACES = ['SERVICE_ACCOUNT_TOKEN_FILE', 'KEY_VAULT_URL'] as const;

function readServiceAccount(variables: Variables, auth: PartnerCenterConfig['auth']): ServiceAccountConfig | undefined {
  const given = TOKEN_PLACES.filter((name) => variables.isSet(name));
  if (auth !== 'service-account') {
    if (given.length > 0) variables.fault([...given, 'PARTNER_CENTER_AUTH'], 'is for service-account only');
    return undefined;
  }
  const file = variables.optional('SERVICE_ACCOUNT_TOKEN_FILE', tokenFile);
  const vaultUrl = variables.optional('KEY_VAULT_URL', keyVault);
  if (given.length === 0) variables.fault(TOKEN_PLACES, 'one of the two is required');
  if (given.length > 1) variables.fault(given, 'give a file or a key vault, not both');
  if (!variables.isSet(APP_NAMES.id))
    variables.fault(APP_NAMES.id, 'is required, since its token was given to that app');
  if (vaultUrl !== undefined) return { vaultUrl };
  return file === undefined ? undefined : { tokenFile: file };
}

/** @param appTenantId the tenant of the bot's own app, where it has one. */
export function readPartner(
  variables: Variables,
  { url, auth }: PartnerCenterConfig,
  appTenantId: string | undefined,
): PartnerConfig {
  const tenantId = variables.optional('PARTNER_TENANT_ID', guid) ?? appTenantId;
  if (auth !== 'none' && tenantId === undefined && !variables.isSet('PARTNER_TENANT_ID')) {
    variables.fault('PARTNER_TENANT_ID', 'is required');
  }
  const environments = oneOf('production', 'sandbox');
  return {
    ...(tenantId !== undefined && { tenantId }),
    type: variables.withDefault('PARTNER_TYPE', oneOf('direct', 'indirect-provider', 'indirect-reseller'), 'direct'),
    environment: isLocal(url)
      ? variables.withDefault('PARTNER_CENTER_ENVIRONMENT', environments, 'production')
      : variables.required('PARTNER_CENTER_ENVIRONMENT', environments, 'sandbox'),
  };
}

const isLocal = (url: string): boolean => isLoopback(new URL(url).hostname);
