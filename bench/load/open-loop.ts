import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './connection.ts';
import { Connection } from './connection.ts';

const TICK_MS = 4;

/** Connections that are taken as they are needed, as many as there are requests under way; beyond `most` they are waited for. */
export class Line {
  readonly #port: number;
  readonly #most: number;
  readonly #free: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: ((connection: Connection) => void)[] = [];

  constructor(port: number, most = Number.POSITIVE_INFINITY) {
    this.#port = port;
    this.#most = most;
  }

  async send(request: Buffer): Promise<Answer> {
    const connection = this.#free.pop() ?? (await this.#another());
    const answer = await connection.send(request);
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
    return answer;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  #another(): Connection | Promise<Connection> {
    if (this.#all.size >= this.#most) return new Promise((resolve) => this.#waiting.push(resolve));
    const connection = new Connection(this.#port);
    this.#all.add(connection);
    return connection;
  }
}

/**
 * Begins so many pieces of work a second, however long the ones before take. What each takes is counted from when it was to begin, so
 * that a pause of whoever is asked, or of whoever asks, is not left out.
 *
 * @param begin told when it was to begin, by `performance.now()`.
 */
export async function openLoop(options: {
  readonly perSecond: number;
  readonly forMs: number;
  readonly begin: (dueAtMs: number) => Promise<void>;
}): Promise<void> {
  const { perSecond, forMs, begin } = options;
  const began = performance.now();
  const all = Math.round((perSecond * forMs) / 1_000);
  const running: Promise<void>[] = [];
  for (let count = 0; count < all;) {
    const now = performance.now();
    for (let due = began + (count * 1_000) / perSecond; due <= now && count < all;) {
      running.push(begin(due));
      count++;
      due = began + (count * 1_000) / perSecond;
    }
    await delay(TICK_MS);
  }
  await Promise.all(running);
}
