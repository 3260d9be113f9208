import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sendAnswer } from './http.ts';

/** So many are kept; the oldest go first. */
const MOST = 50;

/** What people have sent to the bot: Teams keeps it, and tells the bot where. Whoever knows the address may read it. */
export class SentFiles {
  readonly #origin: string;
  readonly #kept = new Map<string, Uint8Array>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** @returns where it is read. */
  keep(name: string, content: Uint8Array): string {
    const path = `/files/${randomUUID()}/${encodeURIComponent(name)}`;
    this.#kept.set(path, content);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(oldest);
    }
    return `${this.#origin}${path}`;
  }

  send(response: ServerResponse, path: string): void {
    const content = this.#kept.get(path);
    if (content === undefined) {
      sendAnswer(response, { status: 404, body: { error: `There is nothing at ${path}.` } });
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'X-Content-Type-Options': 'nosniff' });
    response.end(content);
  }
}
