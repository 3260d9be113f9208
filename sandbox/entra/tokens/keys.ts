import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  verify,
  type KeyObject,
} from 'node:crypto';
import { isObject, parseJson, type Json, type JsonObject } from '../../partner-center/json.ts';

/** `undefined` members are left out of the token. */
export type Claims = JsonObject;

export interface SigningOptions {
  /** `stranger` is a key that was never published. An HMAC takes a secret key; with `alg: none` there is none. */
  readonly key?: 'current' | 'stranger' | KeyObject;
  /** Laid over `{ typ, alg: RS256, kid }`. */
  readonly header?: Claims;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The keys that tokens are signed with, and that are published. */
export class KeyRing {
  #published: readonly SigningKey[] = [createKey()];
  #stranger: SigningKey | undefined;

  /** @param forget whether the old keys are no longer published, as some hours after a rotation */
  rotate(forget: boolean): void {
    this.#published = [createKey(), ...(forget ? [] : this.#published)];
  }

  /** Newest first. `issuer` tells whose tokens a key may sign. */
  published(issuer: string): Json {
    return {
      keys: this.#published.map(({ kid, publicKey }) => {
        const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
        return { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, issuer };
      }),
    };
  }

  sign(claims: Claims, { key = 'current', header }: SigningOptions = {}): string {
    const own = key === 'stranger' ? (this.#stranger ??= createKey()) : this.#current();
    const head = { typ: 'JWT', alg: 'RS256', kid: own.kid, ...header };
    const input = `${encode(head)}.${encode(claims)}`;
    return `${input}.${signature(input, head.alg, typeof key === 'string' ? own.privateKey : key)}`;
  }

  /** @returns the claims of a token that one of the published keys has signed. */
  verified(token: string): Claims | undefined {
    const parsed = decode(token);
    const key = this.#published.find(({ kid }) => kid === parsed?.header['kid']);
    if (parsed?.header['alg'] !== 'RS256' || key === undefined) return undefined;
    return isSignedBy(token, key.publicKey) ? parsed.claims : undefined;
  }

  #current(): SigningKey {
    const [newest] = this.#published;
    if (newest === undefined) throw new Error('there is no signing key');
    return newest;
  }
}

/** A claim that is text; empty when it is none. */
export const text = (claim: Json | undefined): string => (typeof claim === 'string' ? claim : '');

/** Header and claims of a token, unproved. @returns undefined for what is no token. */
export function decode(token: string): { readonly header: Claims; readonly claims: Claims } | undefined {
  const [head = '', body = '', ...rest] = token.split('.');
  const header = parseJson(Buffer.from(head, 'base64url').toString());
  const claims = parseJson(Buffer.from(body, 'base64url').toString());
  return rest.length === 1 && isObject(header) && isObject(claims) ? { header, claims } : undefined;
}

/** Whether a token with alg RS256 or PS256 was signed with the private half of this key. */
export function isSignedBy(token: string, publicKey: KeyObject | string): boolean {
  const end = token.lastIndexOf('.');
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
  const pss = decode(token)?.header['alg'] === 'PS256';
  return verify(
    'sha256',
    Buffer.from(token.slice(0, end)),
    pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key,
    Buffer.from(token.slice(end + 1), 'base64url'),
  );
}

const encode = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signature(input: string, alg: string, key: KeyObject): string {
  if (alg === 'none') return '';
  if (alg.startsWith('HS'))
    return createHmac(`sha${alg.slice(2)}`, key)
      .update(input)
      .digest('base64url');
  return createSign(`RSA-SHA${alg.slice(2)}`)
    .update(input)
    .sign(key, 'base64url');
}

function createKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha256').update(der).digest('base64url').slice(0, 27), privateKey, publicKey };
}
