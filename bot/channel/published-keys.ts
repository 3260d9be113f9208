import { importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import { isLoopback } from '../config/loopback.ts';

/** A key with which the channel signs its tokens. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** The channels for which tokens may be signed with it. */
  readonly endorsements: readonly string[];
}

/** By the ids that tokens name. */
export type PublishedKeys = ReadonlyMap<string, SigningKey>;

/** What a token for Teams' activities has to be signed with. */
export const TEAMS_ENDORSEMENT = 'msteams';

/**
 * Why there are no keys.
 *
 * - `unavailable`: no answer in time, or another one than 200.
 * - `too-large`, `malformed`: an answer that cannot be what was asked for.
 * - `address`: the keys are said to be where nobody may be sent to.
 * - `no-keys`: none that Teams signs with.
 */
export type KeysFault = 'unavailable' | 'too-large' | 'malformed' | 'address' | 'no-keys';

/** The keys could not be had. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
  readonly fault: KeysFault;
  /** Missing when no answer came. */
  readonly status?: number;

  constructor(fault: KeysFault, status?: number, options?: ErrorOptions) {
    super(`The signing keys of the channel could not be had: ${fault}`, options);
    this.fault = fault;
    if (status !== undefined) this.status = status;
  }
}

const MOST_BYTES = 1_024 * 1_024;

const OpenIdDocument = z.looseObject({ jwks_uri: z.string() });
const KeySet = z.looseObject({ keys: z.array(z.unknown()).max(1_000) });
const RsaKey = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(500),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  endorsements: z.array(z.string()).optional(),
});

/**
 * Asks where the channel's keys are, and for the keys. Follows no redirect, and goes to no other host than the one
 * that was configured: whoever could choose the keys could sign everything.
 *
 * @param signal ends both calls.
 * @throws {KeysError}
 * @see "Authentication with the Bot Connector API"
 */
export async function fetchPublishedKeys(
  openIdMetadataUrl: string,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<PublishedKeys> {
  const document = OpenIdDocument.safeParse(await fetchJson(openIdMetadataUrl, send, signal));
  if (!document.success) throw new KeysError('malformed');
  const { jwks_uri: address } = document.data;
  if (!isWhereKeysMayBe(address, openIdMetadataUrl)) throw new KeysError('address');
  const set = KeySet.safeParse(await fetchJson(address, send, signal));
  if (!set.success) throw new KeysError('malformed');
  const keys = new Map<string, SigningKey>();
  for (const published of set.data.keys) {
    const parsed = RsaKey.safeParse(published);
    const key = parsed.success ? await imported(parsed.data) : undefined;
    if (parsed.success && key) keys.set(parsed.data.kid, { key, endorsements: parsed.data.endorsements ?? [] });
  }
  if (![...keys.values()].some(({ endorsements }) => endorsements.includes(TEAMS_ENDORSEMENT)))
    throw new KeysError('no-keys');
  return keys;
}

function isWhereKeysMayBe(address: string, openIdMetadataUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const [keys, document] = [new URL(address), new URL(openIdMetadataUrl)];
  if (keys.username !== '' || keys.password !== '') return false;
  if (isLoopback(keys.hostname) && isLoopback(document.hostname)) return /^https?:$/.test(keys.protocol);
  return keys.protocol === 'https:' && keys.host === document.host;
}

/** A key that cannot be used is none. */
async function imported({ n, e }: z.infer<typeof RsaKey>): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK({ kty: 'RSA', n, e }, 'RS256');
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}

async function fetchJson(url: string, send: typeof fetch, signal: AbortSignal): Promise<unknown> {
  const text = await fetchText(url, send, signal);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KeysError('malformed', undefined, { cause: error });
  }
}

async function fetchText(url: string, send: typeof fetch, signal: AbortSignal): Promise<string> {
  try {
    const response = await send(url, { redirect: 'manual', signal, headers: { Accept: 'application/json' } });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new KeysError('unavailable', response.status);
    }
    return await textOf(response);
  } catch (error) {
    throw error instanceof KeysError ? error : new KeysError('unavailable', undefined, { cause: error });
  }
}

/** Leaving the loop early ends the answer, too. */
async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new KeysError('too-large', 200);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
