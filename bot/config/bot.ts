import {
  guid,
  guids,
  hostName,
  oneOf,
  origin,
  privateKey,
  secret,
  serviceHosts,
  text,
  thumbprint,
  webAddress,
  wholeNumber,
} from './values.ts';
import type { Variables } from './variables.ts';
import { isLoopback } from './loopback.ts';
import type { Secret } from './secret.ts';
import { TEAMS_HOSTS, type ServiceHosts } from '../channel/service-hosts.ts';

export type AppType = 'SingleTenant' | 'UserAssignedMSI';

/** Where the bot listens, what it is towards Teams, and whom it listens to. */
export interface BotConfig {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  /** `none`: whoever reaches the port is believed. For loopback addresses only. */
  readonly auth: 'teams' | 'none';
  /** The identity of the bot; all of it missing when `auth` is `none`. */
  readonly appId?: string;
  readonly appType?: AppType;
  readonly appTenantId?: string;
  readonly password?: Secret;
  /** The thumbprint in lower-case hex, 40 digits (SHA-1) or 64 (SHA-256); the key in PEM. */
  readonly certificate?: { readonly thumbprint: string; readonly privateKey: Secret };
  readonly openIdMetadataUrl?: string;
  /** Tenant ids in lower case; missing when no tenant is asked for. */
  readonly allowedTenants?: readonly string[];
  readonly channelServiceHosts: ServiceHosts;
}

type Identity = Pick<BotConfig, 'appId' | 'appType' | 'appTenantId' | 'password' | 'certificate'>;
type Credential = Pick<BotConfig, 'password' | 'certificate'>;

/** All but the tenants, which depend on the partner. */
export function readBot(variables: Variables): Omit<BotConfig, 'allowedTenants'> {
  const host = variables.withDefault('HOST', hostName, '127.0.0.1');
  const auth = variables.withDefault('BOT_AUTH', oneOf('teams', 'none'), 'teams');
  if (auth === 'none' && !isLoopback(host)) {
    variables.fault(['BOT_AUTH', 'HOST'], 'without authentication the bot listens on a loopback address only');
  }
  const publicUrl = variables.optional('PUBLIC_URL', origin);
  const openIdMetadataUrl = variables.optional('ToBotFromChannelOpenIdMetadataUrl', webAddress);
  const identity = auth === 'teams' ? readIdentity(variables) : {};
  const hosts = variables.optional('CHANNEL_SERVICE_HOSTS', serviceHosts);

  return {
    port: variables.withDefault('PORT', wholeNumber(0, 65_535), 3978),
    host,
    auth,
    ...identity,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(openIdMetadataUrl !== undefined && { openIdMetadataUrl }),
    channelServiceHosts:
      hosts === undefined ? { hosts: TEAMS_HOSTS, loopback: auth === 'none' } : { hosts, loopback: false },
  };
}

/** Whom the bot listens to: what is configured, or else the tenant it belongs to. `undefined` asks for none. */
export function readAllowedTenants(variables: Variables, own: string | undefined): Pick<BotConfig, 'allowedTenants'> {
  const allowedTenants = variables.optional('ALLOWED_TENANTS', guids) ?? (own === undefined ? undefined : [own]);
  return allowedTenants === undefined ? {} : { allowedTenants };
}

function readIdentity(variables: Variables): Identity {
  const appType = readAppType(variables);
  return {
    appId: variables.required('MicrosoftAppId', guid, ''),
    appTenantId: variables.required('MicrosoftAppTenantId', guid, ''),
    ...(appType !== undefined && { appType, ...readCredential(variables, appType) }),
  };
}

function readAppType(variables: Variables): AppType | undefined {
  const written = variables.required('MicrosoftAppType', text, '').toLowerCase();
  if (written === 'singletenant') return 'SingleTenant';
  if (written === 'userassignedmsi') return 'UserAssignedMSI';
  const name = 'MicrosoftAppType';
  if (written === 'multitenant')
    variables.fault(name, 'a multi-tenant bot is refused; use SingleTenant or UserAssignedMSI');
  else if (written !== '') variables.fault(name, 'must be SingleTenant or UserAssignedMSI');
  return undefined;
}

const PASSWORD = 'MicrosoftAppPassword';
const CERTIFICATE = ['CertificateThumbprint', 'CertificatePrivateKey'] as const;

function readCredential(variables: Variables, appType: AppType): Credential {
  const given = ([PASSWORD, ...CERTIFICATE] as const).filter((name) => variables.isSet(name));
  if (appType === 'UserAssignedMSI') {
    if (given.length > 0) variables.fault(given, 'a managed identity has no password and no certificate');
    return {};
  }
  const certificate = {
    thumbprint: variables.optional('CertificateThumbprint', thumbprint),
    privateKey: variables.optional('CertificatePrivateKey', privateKey),
  };
  const password = variables.optional(PASSWORD, secret);
  if (password !== undefined && given.length > 1) {
    variables.fault(given, 'give a password or a certificate, not both');
  } else if (password !== undefined) {
    return { password };
  } else if (certificate.thumbprint !== undefined && certificate.privateKey !== undefined) {
    return { certificate: { thumbprint: certificate.thumbprint, privateKey: certificate.privateKey } };
  } else if (given.length === 1) {
    variables.fault(CERTIFICATE, 'a certificate needs both');
  } else if (given.length === 0) {
    variables.fault([PASSWORD, ...CERTIFICATE], 'a SingleTenant bot needs a password or a certificate');
  }
  return {};
}
