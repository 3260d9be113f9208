import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../services/clock.ts';
import {
  accountNamed,
  accountOfConnectionString,
  type TablesAccount,
} from '../../services/storage/azure/tables-account.ts';
import { isLoopback } from './loopback.ts';
import { Secret } from './secret.ts';

// What a variable may hold. The sentence of a fault says what is wanted and never repeats the value.

type Parsed<T> = z.ZodType<T, string>;

/** @param parse gives `undefined` for what it cannot read. */
const value = <T>(wanted: string, parse: (text: string) => T | undefined): Parsed<T> =>
  z.string().transform((text, context) => {
    const parsed = parse(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: wanted });
    return z.NEVER;
  });

export const text: Parsed<string> = z.string();
export const textUpTo = (most: number): Parsed<string> =>
  value(`must have at most ${most} characters`, (written) => (written.length <= most ? written : undefined));
export const secret: Parsed<Secret> = z.string().transform((written) => new Secret(written));
const NOBODYS_GUID = '00000000-0000-0000-0000-000000000000';
/** The one that is all zeros stands for nobody. */
export const guid: Parsed<string> = value('must be a GUID', (written) => {
  const parsed = z.guid().toLowerCase().safeParse(written).data;
  return parsed === NOBODYS_GUID ? undefined : parsed;
});
export const guids: Parsed<readonly string[]> = value('must be GUIDs, separated by commas', (written) => {
  const parsed = listed(written).map((entry) => guid.safeParse(entry).data);
  return parsed.length > 0 && parsed.every((id) => id !== undefined) ? [...new Set(parsed)] : undefined;
});

/** In hex, without what programs put between the bytes. */
export const thumbprint: Parsed<string> = value(
  'must be the thumbprint of the certificate in hex, by SHA-1 or SHA-256',
  (written) => {
    const hex = written.replaceAll(/[:\s]/g, '').toLowerCase();
    return /^([\da-f]{40}|[\da-f]{64})$/.test(hex) ? hex : undefined;
  },
);

/** Where a variable can have one line only, `\n` stands for its ends. */
export const privateKey: Parsed<Secret> = value('must be an RSA private key in PEM, without a password', (written) => {
  const pem = written.replaceAll('\\n', '\n');
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa' ? new Secret(pem) : undefined;
  } catch {
    return undefined;
  }
});

const CERTIFICATE_FILE = 'must name a file with a certificate and its RSA private key in PEM, without a password';

/** The path of a file that `ClientCertificateCredential` can work with; it is read to see whether it is one. */
export const certificateFile: Parsed<string> = value(CERTIFICATE_FILE, (written) => {
  try {
    const pem = readFileSync(written, 'utf8');
    const key = createPrivateKey(pem);
    const isPair = new X509Certificate(pem).checkPrivateKey(key);
    return isPair && key.asymmetricKeyType === 'rsa' ? written : undefined;
  } catch {
    return undefined;
  }
});

/** The path of a file that holds one line and nothing else. */
export const tokenFile: Parsed<string> = value(
  'must name a file that holds a refresh token and nothing else',
  (written) => {
    try {
      return /^\S+$/.test(readFileSync(written, 'utf8').trim()) ? written : undefined;
    } catch {
      return undefined;
    }
  },
);

/** What stands between commas, without spaces and empty entries. */
export const listed = (written: string): readonly string[] =>
  written
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

export const oneOf = <const T extends string>(...values: readonly T[]): Parsed<T> =>
  value(`must be ${values.join(' or ')}`, (written) => values.find((one) => one === written));

export const wholeNumber = (least: number, most: number): Parsed<number> =>
  value(`must be a whole number from ${least} to ${most}`, (written) => {
    const number = /^\d{1,9}$/.test(written) ? Number(written) : NaN;
    return number >= least && number <= most ? number : undefined;
  });

/** @returns milliseconds, at least 1. */
const duration = (unit: string, unitMs: number, most: number): Parsed<number> =>
  value(`must be a number of ${unit} above 0 and up to ${most}; decimals are allowed`, (written) => {
    const number = /^\d{1,9}(\.\d{1,9})?$/.test(written) ? Number(written) : NaN;
    return number > 0 && number <= most ? Math.max(1, Math.round(number * unitMs)) : undefined;
  });
export const seconds = (most: number): Parsed<number> => duration('seconds', SECOND_MS, most);
export const minutes = (most: number): Parsed<number> => duration('minutes', MINUTE_MS, most);
export const hours = (most: number): Parsed<number> => duration('hours', HOUR_MS, most);

const parseUrl = (written: string): URL | undefined => {
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return isSafe && url.username === '' && url.password === '' ? url : undefined;
};

/** Scheme, host and port, and nothing behind them. */
export const origin: Parsed<string> = value(
  'must be an https address without a path (http for a loopback address only)',
  (written) => {
    const url = parseUrl(written);
    return url?.pathname === '/' && !/[?#]/.test(written) ? url.origin : undefined;
  },
);
/** Of the public cloud and of the national ones. @see "Azure Key Vault security worlds and geographic boundaries" */
const VAULT_HOST = /^[a-z][a-z\d-]{1,22}[a-z\d]\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)$/;
/** The origin of a key vault. Nobody else is told a refresh token, and the vault says itself whom it wants a token for. */
export const keyVault: Parsed<string> = value(
  'must be the https address of a key vault, as in https://<name>.vault.azure.net',
  (written) => {
    const vault = origin.safeParse(written).data;
    if (vault === undefined) return undefined;
    const { protocol, host, hostname } = new URL(vault);
    return protocol === 'https:' && (VAULT_HOST.test(host) || isLoopback(hostname)) ? vault : undefined;
  },
);

export const webAddress: Parsed<string> = value(
  'must be an https address (http for a loopback address only)',
  (written) => parseUrl(written)?.href,
);

/** Where notices go. What comes behind `#` would never be sent. */
export const webhookAddress: Parsed<string> = value(
  'must be an https address (http for a loopback address only), without a user and a fragment',
  (written) => (written.includes('#') ? undefined : parseUrl(written)?.href),
);
/** As Standard Webhooks writes them: `whsec_` and the bytes in base64. The new one and the old one, while one takes over from the other. */
export const webhookSecrets: Parsed<Secret<readonly Uint8Array[]>> = value(
  'must be one secret of 24 to 64 bytes, as whsec_ and base64, or two with a comma between',
  (written) => {
    const secrets = listed(written).map((one) => {
      const [, base64] = /^whsec_([\w+/-]+={0,2})$/.exec(one) ?? [];
      return base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, 'base64'));
    });
    const areGood = secrets.every((one) => one !== undefined && one.byteLength >= 24 && one.byteLength <= 64);
    return areGood && (secrets.length === 1 || secrets.length === 2)
      ? new Secret(secrets.filter((one) => one !== undefined))
      : undefined;
  },
);

/** Where telemetry goes, which holds no secret: a collector beside the bot is often asked without https. */
export const otlpEndpoint: Parsed<string> = value(
  'must be an https or http address, without a user, a query and a fragment',
  (written) => {
    const url = URL.canParse(written) ? new URL(written) : undefined;
    const isPlain = url?.username === '' && url.password === '' && !/[?#]/.test(written);
    return isPlain && /^https?:$/.test(url.protocol) ? url.href : undefined;
  },
);

/** @see OpenTelemetry, "Resource SDK", the same format as W3C baggage */
export const pairs: Parsed<Readonly<Record<string, string>>> = value(
  'must be name=value pairs, separated by commas, with %XX for what is special',
  (written) => {
    try {
      const entries = listed(written).map((pair): readonly [string, string] => {
        const [, name = '', content = ''] = /^([\w.*/-]+)\s*=\s*(.*)$/.exec(pair) ?? [];
        return [name, decodeURIComponent(content)];
      });
      return entries.every(([name]) => name !== '') ? Object.fromEntries(entries) : undefined;
    } catch {
      return undefined;
    }
  },
);

export const ratio: Parsed<number> = value('must be a number from 0 to 1', (written) => {
  const number = /^\d(\.\d{1,9})?$/.test(written) ? Number(written) : NaN;
  return number >= 0 && number <= 1 ? number : undefined;
});

/** @see "Enable SSO for your bot", the Application ID URI */
export const appUri: Parsed<string> = value('must be an Application ID URI that begins with api://', (written) =>
  /^api:\/\/[\w.:/-]+$/.test(written) ? written : undefined,
);

/** @see Microsoft Graph, authenticationContextClassReference: c1 to c99 */
export const authContext: Parsed<string> = value('must be an authentication context, c1 to c99', (written) =>
  /^c[1-9]\d?$/.test(written) ? written : undefined,
);

export const hostName: Parsed<string> = value('must be a host name or an IP address', (written) =>
  /^[\w.:-]+$/.test(written) ? written : undefined,
);

/** Hosts in lower case, with their ports where these are not 443. */
export const serviceHosts: Parsed<readonly string[]> = value(
  'must be host names, with :port where it is not 443, separated by commas; there are no wildcards',
  (written) => {
    const hosts = listed(written).map(parseHost);
    return hosts.length > 0 && hosts.every((host) => host !== undefined) ? hosts : undefined;
  },
);

function parseHost(written: string): string | undefined {
  const url = URL.canParse(`https://${written}`) ? new URL(`https://${written}`) : undefined;
  const isHostOnly = url !== undefined && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(written);
  return isHostOnly ? url.host : undefined;
}

const LEAST_KEY_BYTES = 32;

/** A key in hex or base64. Hex is tried first: whatever can be read as hex was meant as hex. */
export const key: Parsed<Secret<Uint8Array>> = value(
  `must hold at least ${LEAST_KEY_BYTES} bytes, in hex or base64`,
  (written) => {
    const bytes = keyBytes(written);
    return bytes !== undefined && bytes.byteLength >= LEAST_KEY_BYTES ? new Secret(bytes) : undefined;
  },
);

function keyBytes(written: string): Uint8Array | undefined {
  if (/^([0-9a-f]{2})+$/i.test(written)) return Buffer.from(written, 'hex');
  if (/^[\w+/-]+={0,2}$/.test(written)) return Buffer.from(written, 'base64');
  return undefined;
}

export type StoreKind = { readonly kind: 'file'; readonly folder: string } | { readonly kind: 'azure' };

export const store: Parsed<StoreKind> = value('must be file: and a folder, or azure', (written) => {
  if (written === 'azure') return { kind: 'azure' };
  const folder = /^file:(.+)$/.exec(written)?.[1];
  return folder === undefined || folder.includes('\0') ? undefined : { kind: 'file', folder };
});

/** @see "Storage account overview", names and endpoints */
export const storageAccount: Parsed<TablesAccount> = value(
  'must be the name of a storage account, or the https address of its tables without a path',
  accountNamed,
);

export const connectionString: Parsed<TablesAccount> = value(
  'must be a connection string with AccountName and AccountKey, or UseDevelopmentStorage=true',
  accountOfConnectionString,
);
