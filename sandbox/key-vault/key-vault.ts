import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { FaultRules } from '../control/fault-rules.ts';
import { RequestLog, type Logged } from '../control/request-log.ts';
import { createCertificate } from '../entra/certificate.ts';
import type { Answer } from '../partner-center/api/answers.ts';
import { addressOf, readBody, send } from '../partner-center/api/http.ts';
import { isObject, parseJson, type Json } from '../partner-center/json.ts';

/** What tokens for a vault are issued for, in the public cloud. */
const RESOURCE = 'https://vault.azure.net';

/** One version of a secret, as it is stored. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly enabled: boolean;
  /** Seconds since 1970. */
  readonly created: number;
  readonly expires?: number;
}

/** A call as it came; never a token and never a value. */
export interface VaultCall extends Logged {
  readonly method: string;
  readonly path: string;
  /** The application that the token was issued to. */
  appId?: string;
}

/** Strikes calls of a method, or all. */
export interface VaultRule {
  readonly kind: 'answer' | 'hang' | 'reset';
  readonly method?: 'GET' | 'PUT';
  /** For `answer` (503). */
  readonly status?: number;
  readonly code?: string;
  readonly innerCode?: string;
  readonly times?: number;
  readonly skip?: number;
}

export interface KeyVaultOptions {
  readonly tenantId: string;
  /** An Entra: where a challenge sends whoever has no token. */
  readonly authorityUrl: string;
  /** The claims of a token that this Entra has signed. */
  readonly verified: (token: string) => Readonly<Record<string, unknown>> | undefined;
  /** Ids of the applications that may do what. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
}

export interface KeyVaultStandIn {
  readonly url: string;
  /** PEM of the authority that has to be trusted. */
  readonly ca: string;
  /** All versions of a secret, oldest first. */
  versions(name: string): readonly SecretVersion[];
  /** As in the portal: a new version. */
  put(name: string, value: string): void;
  /** Of the newest version. */
  disable(name: string): void;
  log(): readonly VaultCall[];
  /** Replaces what was set; `[]` clears. */
  setFaults(rules: readonly VaultRule[]): void;
  reset(): void;
  close(): Promise<void>;
}

const Bundle = z.looseObject({
  value: z.string(),
  attributes: z.looseObject({ exp: z.number().optional(), enabled: z.boolean().optional() }).optional(),
});

const refusal = (status: number, code: string, innerCode?: string): Answer => ({
  status,
  body: {
    error: {
      code,
      message: 'Words of the service.',
      ...(innerCode !== undefined && { innererror: { code: innerCode } }),
    },
  },
});

/**
 * Starts an HTTPS server on 127.0.0.1 that answers about secrets as one Azure Key Vault does. A call without a token is
 * challenged with 401, and its body is not looked at.
 *
 * @see "Key Vault REST API", Get Secret, Set Secret; "Authentication, requests and responses"
 */
export async function startKeyVault(options: KeyVaultOptions): Promise<KeyVaultStandIn> {
  const { ca, cert, key } = await createCertificate('Azure Key Vault');
  const server = createServer({ cert, key });
  const secrets = new Map<string, SecretVersion[]>();
  const log = new RequestLog<VaultCall>();
  const faults = new FaultRules<VaultRule>();
  const open = new Set<ServerResponse>();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const add = (name: string, value: string, more: Partial<SecretVersion> = {}): SecretVersion => {
    const created = Math.floor(Date.now() / 1_000);
    const added = { version: randomUUID().replaceAll('-', ''), value, enabled: true, created, ...more };
    secrets.set(name, [...(secrets.get(name) ?? []), added]);
    return added;
  };
  const shown = (name: string, { version, value, enabled, created, expires }: SecretVersion): Answer => ({
    status: 200,
    body: {
      value,
      id: `${url}/secrets/${name}/${version}`,
      attributes: { enabled, created, updated: created, ...(expires !== undefined && { exp: expires }) },
    },
  });
  const challenge: Answer = {
    ...refusal(401, 'Unauthorized'),
    headers: {
      'WWW-Authenticate': `Bearer authorization="${options.authorityUrl}/${options.tenantId}", resource="${RESOURCE}"`,
    },
  };
  const appOf = ({ headers }: IncomingMessage): string | undefined => {
    const claims = options.verified((headers.authorization ?? '').replace(/^Bearer /, ''));
    if (claims?.['aud'] !== RESOURCE || claims['tid'] !== options.tenantId) return undefined;
    if (Number(claims['exp']) * 1_000 <= Date.now()) return undefined;
    return String(claims['appid'] ?? claims['azp']);
  };
  const told = (request: IncomingMessage, address: URL, appId: string, body: string): Answer => {
    const name = /^\/secrets\/([\w-]+)\/?$/.exec(address.pathname)?.[1];
    if (name === undefined) return refusal(404, 'NotFound');
    if (!address.searchParams.has('api-version')) return refusal(400, 'BadParameter');
    if (request.method === 'GET') {
      if (!options.readers.includes(appId)) return refusal(403, 'Forbidden', 'ForbiddenByRbac');
      const newest = secrets.get(name)?.at(-1);
      if (newest === undefined) return refusal(404, 'SecretNotFound');
      return newest.enabled ? shown(name, newest) : refusal(403, 'Forbidden', 'SecretDisabled');
    }
    if (request.method !== 'PUT') return refusal(405, 'MethodNotAllowed');
    if (!options.writers.includes(appId)) return refusal(403, 'Forbidden', 'ForbiddenByRbac');
    const bundle = Bundle.safeParse(jsonOf(body)).data;
    if (bundle === undefined) return refusal(400, 'BadParameter');
    const { exp, enabled = true } = bundle.attributes ?? {};
    return shown(name, add(name, bundle.value, { enabled, ...(exp !== undefined && { expires: exp }) }));
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    void readBody(request)
      .then((body = '') => {
        const address = addressOf(request);
        const method = request.method ?? 'GET';
        const entry = log.open({ method, path: address?.pathname ?? '' });
        const appId = appOf(request);
        if (appId !== undefined) entry.appId = appId;
        const rule = faults.strike((one) => one.method === undefined || one.method === method);
        if (rule?.kind === 'hang') return;
        if (rule?.kind === 'reset') {
          response.destroy();
          return;
        }
        const answered =
          rule !== undefined
            ? refusal(rule.status ?? 503, rule.code ?? 'ServiceUnavailable', rule.innerCode)
            : address === undefined || appId === undefined
              ? challenge
              : told(request, address, appId, body);
        entry.status = answered.status;
        send(response, answered, JSON.stringify(answered.body));
      })
      .catch(() => response.destroy());
  });

  return {
    url,
    ca,
    versions: (name) => secrets.get(name) ?? [],
    put: (name, value) => {
      add(name, value);
    },
    disable: (name) => {
      const all = secrets.get(name) ?? [];
      secrets.set(
        name,
        all.map((one, index) => ({ ...one, enabled: index < all.length - 1 && one.enabled })),
      );
    },
    log: () => log.since(0),
    setFaults: (rules) => {
      faults.set(rules);
    },
    reset: () => {
      secrets.clear();
      faults.set([]);
      log.clear();
      for (const response of open) response.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function jsonOf(text: string): Json | undefined {
  const json = parseJson(text);
  return json !== undefined && isObject(json) ? json : undefined;
}
