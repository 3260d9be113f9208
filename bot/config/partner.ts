import { guid, oneOf, origin, secret, text, wholeNumber } from './values.ts';
import type { VariableName } from './names.ts';
import type { Variables } from './variables.ts';
import { isLoopback } from './loopback.ts';
import type { Secret } from './secret.ts';

/** The partner whose relationships the bot ends. */
export interface PartnerConfig {
  /** Missing only where neither Teams nor Partner Center asks who somebody is. */
  readonly tenantId?: string;
  /** `indirect-reseller`: removals are the indirect provider's, and none is offered. */
  readonly type: 'direct' | 'indirect-provider' | 'indirect-reseller';
  readonly environment: 'production' | 'sandbox';
}

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
  readonly app?: {
    readonly clientId: string;
    readonly credential: { readonly secret: Secret } | { readonly certificatePath: string };
  };
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
  const app = readApp(variables);
  if (auth === 'none') {
    const elsewhere: VariableName[] = [];
    if (!isLocal(url)) elsewhere.push('PARTNER_CENTER_URL');
    if (!isLocal(graphUrl)) elsewhere.push('GRAPH_URL');
    if (elsewhere.length > 0) {
      variables.fault(['PARTNER_CENTER_AUTH', ...elsewhere], 'calls go without a token to loopback addresses only');
    }
  } else {
    variables.fault(
      'PARTNER_CENTER_AUTH',
      'signing people in to Partner Center is not available in this version; only none works, ' +
        'with PARTNER_CENTER_URL and GRAPH_URL at a loopback address',
    );
  }
  return {
    url,
    graphUrl,
    auth,
    lanes: variables.withDefault('PARTNER_CENTER_LANES', wholeNumber(1, 100), 10),
    ...(app && { app }),
  };
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

const APP_ID = 'PARTNER_CENTER_APP_ID';
const APP_CREDENTIALS = ['PARTNER_CENTER_APP_SECRET', 'PARTNER_CENTER_APP_CERTIFICATE_PATH'] as const;

function readApp(variables: Variables): PartnerCenterConfig['app'] {
  const given = APP_CREDENTIALS.filter((name) => variables.isSet(name));
  const clientId = variables.optional(APP_ID, guid);
  const appSecret = variables.optional('PARTNER_CENTER_APP_SECRET', secret);
  const certificatePath = variables.optional('PARTNER_CENTER_APP_CERTIFICATE_PATH', text);
  if (!variables.isSet(APP_ID)) {
    if (given.length > 0) variables.fault([APP_ID, ...given], 'a credential needs the id of its app');
    return undefined;
  }
  if (given.length === 0) variables.fault([APP_ID, ...APP_CREDENTIALS], 'an app needs a secret or a certificate');
  if (given.length > 1) variables.fault(given, 'give a secret or a certificate, not both');
  if (clientId === undefined) return undefined;
  if (appSecret !== undefined) return { clientId, credential: { secret: appSecret } };
  return certificatePath === undefined ? undefined : { clientId, credential: { certificatePath } };
}
