import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json } from '../json.ts';
import type { Answer } from './answers.ts';

const BODY_CAP_BYTES = 1_048_576;

/** @returns undefined when the body is longer than the service takes; the rest of it is read and dropped. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = chunk as Buffer;
    bytes += part.length;
    if (bytes <= BODY_CAP_BYTES) chunks.push(part);
    else chunks.length = 0;
  }
  return bytes > BODY_CAP_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

/** Header names in small letters, values as text. */
export function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** The address of a request. @returns undefined when it is none. */
export function addressOf({ url = '/', headers }: IncomingMessage): URL | undefined {
  try {
    const address = new URL(url, `http://${headers.host ?? 'localhost'}`);
    address.pathname = decodeURI(address.pathname);
    return address;
  } catch {
    return undefined;
  }
}

const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** The text of an answer, in the manner that the switches ask for. */
export function write(answer: Answer, manner: { numericCodes: boolean; mixedCaseIds: boolean }): string {
  if (answer.text !== undefined) return answer.text;
  if (answer.body === undefined || answer.body === null) return '';
  const text = JSON.stringify(manner.numericCodes ? withNumericCode(answer.body) : answer.body);
  if (!manner.mixedCaseIds || !isObject(answer.body) || !('totalCount' in answer.body)) return text;
  return text.replaceAll(GUID, (guid) => guid.toUpperCase());
}

function withNumericCode(body: Json): Json {
  if (!isObject(body)) return body;
  const { code } = body as { readonly code?: Json };
  return typeof code === 'string' && /^\d+$/.test(code) ? { ...body, code: Number(code) } : body;
}

export function send(
  response: ServerResponse,
  answer: Answer,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const contentType = answer.contentType ?? 'application/json; charset=utf-8';
  response.writeHead(answer.status, {
    ...headers,
    ...(text !== '' && { 'Content-Type': contentType }),
    ...(answer.status !== 204 && { 'Content-Length': Buffer.byteLength(text) }),
    ...answer.headers,
  });
  response.end(text);
}

/** Promises the whole answer, sends half of it, and hangs up. */
export function sendHalf(
  response: ServerResponse,
  answer: Answer,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(answer.status, {
    ...headers,
    'Content-Type': answer.contentType ?? 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text) + 1,
    ...answer.headers,
  });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
