import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { sendAnswer } from './http.ts';

const require = createRequire(import.meta.url);
/** The chat page’s own files. */
export const publicFolder = new URL('public/', import.meta.url);

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Card pictures may come from anywhere; scripts come from here alone. */
const policy =
  "default-src 'self'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/**
 * Sends a file of the page, read anew each time so that an edited one shows after a reload.
 *
 * @param folders where it is looked for, one after another.
 */
export async function sendPageFile(
  response: ServerResponse,
  path: string,
  folders: readonly URL[] = [publicFolder],
): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const [, ending] = /^[\w-]+(?:\.min)?\.(html|css|js|svg)$/.exec(name) ?? [];
  const contentType = contentTypes[ending ?? ''];
  const text = contentType === undefined ? undefined : await readPageFile(name, folders);
  if (text === undefined || contentType === undefined) {
    sendAnswer(response, { status: 404, body: { error: `There is nothing at ${path}.` } });
    return;
  }
  response.writeHead(200, {
    'Content-Type': contentType,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(text);
}

async function readPageFile(name: string, folders: readonly URL[]): Promise<string | undefined> {
  const files =
    name === 'adaptivecards.min.js'
      ? [require.resolve('adaptivecards/dist/adaptivecards.min.js')]
      : folders.map((folder) => new URL(name, folder));
  for (const file of files)
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  return undefined;
}
