import type { IncomingMessage } from 'node:http';
import { SECOND_MS } from '../../services/clock.ts';

/** A body that was read, or the HTTP status with which it is refused. */
export type JsonBody =
  { readonly kind: 'body'; readonly value: unknown } | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 };

const MOST_BYTES = 256 * 1_024;
const MOST_LEVELS = 64;
const DRAIN_MS = 2 * SECOND_MS;

const refused = (status: 400 | 413 | 415): JsonBody => ({ kind: 'refused', status });

/**
 * Reads a request's body as JSON: nothing but `application/json` in UTF-8, nothing compressed, at most 256 KB and 64
 * levels. Whoever sends it is not known yet, so nothing is unpacked, written to disk or kept beyond its size.
 *
 * Never rejects. A body that breaks off is refused with 400; that it comes too slowly is the server's to notice.
 */
export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  const { headers } = request;
  if (!isJson(headers['content-type'] ?? '') || !isPlain(headers['content-encoding'] ?? 'identity')) {
    await drain(request);
    return refused(415);
  }
  const bytes = await readBytes(request);
  if (bytes === 'too-large') {
    await drain(request);
    return refused(413);
  }
  if (bytes === 'broken-off') return refused(400);
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return makeHarmless(value, MOST_LEVELS) ? { kind: 'body', value } : refused(400);
  } catch {
    return refused(400);
  }
}

function isJson(contentType: string): boolean {
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  return type === 'application/json' && parameters.every((parameter) => /^(charset="?utf-8"?)?$/.test(parameter));
}

const isPlain = (encoding: string): boolean => encoding.trim().toLowerCase() === 'identity';

/**
 * Takes in what is refused, and throws it away: whoever is still sending when a connection is closed does not hear why.
 * Nobody is waited for for long.
 */
async function drain(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MS);
    for (const event of ['end', 'error', 'close'])
      request.once(event, () => {
        clearTimeout(timer);
        resolve();
      });
  });
}

function readBytes(request: IncomingMessage): Promise<Buffer | 'too-large' | 'broken-off'> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.byteLength;
      if (size <= MOST_BYTES) {
        parts.push(part);
        return;
      }
      parts.length = 0;
      resolve('too-large');
    });
    request.once('end', () => {
      resolve(Buffer.concat(parts));
    });
    const breakOff = (): void => {
      resolve('broken-off');
    };
    request.once('error', breakOff);
    request.once('close', breakOff);
  });
}

/**
 * Takes out keys named `__proto__`, which turn into something else when an object is copied key by key.
 *
 * @returns false for what is nested deeper than that.
 */
function makeHarmless(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (!Array.isArray(value)) Reflect.deleteProperty(value, '__proto__');
  return Object.values(value).every((one) => makeHarmless(one, levels - 1));
}
