import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer, type Answer } from './http.ts';

/** Where a bot may put a file, as Teams tells it after a yes. @see "Send and receive files from a bot" */
export interface FilePlace {
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

interface Stored {
  readonly name: string;
  bytes?: Buffer;
}

const PATH = '/drive/';
const LARGEST_FILE_BYTES = 10 * 1_024 * 1_024;
const MOST_FILES = 200;

/** Plays OneDrive for both people: takes a file in one piece, and gives it back to whoever has its link. */
export class OneDrive {
  readonly #url: () => string;
  readonly #files = new Map<string, Stored>();

  constructor(url: () => string) {
    this.#url = url;
  }

  static isPath(path: string): boolean {
    return path.startsWith(PATH);
  }

  place(name: string): FilePlace {
    const uniqueId = randomUUID();
    if (this.#files.size >= MOST_FILES) this.clear();
    this.#files.set(uniqueId, { name });
    const base = `${this.#url()}${PATH}${uniqueId}`;
    return {
      uploadUrl: `${base}/uploadSession?tempauth=made-up`,
      contentUrl: `${base}/${encodeURIComponent(name)}`,
      name,
      uniqueId,
      fileType: name.split('.').at(-1) ?? '',
    };
  }

  clear(): void {
    this.#files.clear();
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [id = '', last = ''] = path.slice(PATH.length).split('/');
    const file = this.#files.get(id);
    if (file === undefined) sendAnswer(response, notFound);
    else if (request.method === 'PUT' && last === 'uploadSession') sendAnswer(response, await take(request, file));
    else if (request.method === 'GET' && file.bytes !== undefined) give(response, file.name, file.bytes);
    else sendAnswer(response, notFound);
  }
}

const notFound: Answer = { status: 404, body: { error: { code: 'itemNotFound', message: 'Item does not exist' } } };

/** @see Microsoft Graph, "Upload large files with an upload session" */
async function take(request: IncomingMessage, file: Stored): Promise<Answer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= LARGEST_FILE_BYTES) parts.push(part);
  }
  const isWhole = request.headers['content-range'] === `bytes 0-${length - 1}/${length}`;
  if (!isWhole || length > LARGEST_FILE_BYTES)
    return { status: 416, body: { error: { code: 'invalidRange', message: 'The uploaded fragment is not whole.' } } };
  file.bytes = Buffer.concat(parts);
  return { status: 201, body: { name: file.name, size: length } };
}

function give(response: ServerResponse, name: string, bytes: Buffer): void {
  response.writeHead(200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(bytes);
}
