import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './connection.ts';
import { Connection } from './connection.ts';

const TICK_MS = 4;

/** Connections that are taken as they are needed, as many as there are requests under way. */
export class Line {
  readonly #port: number;
  readonly #free: Connection[] = [];
  readonly #all = new Set<Connection>();

  constructor(port: number) {
    this.#port = port;
  }

  async send(request: Buffer): Promise<Answer> {
    const connection = this.#free.pop() ?? new Connection(this.#port);
    this.#all.add(connection);
    const answer = await connection.send(request);
    this.#free.push(connection);
    return answer;
  }

  close(): void {
    for (const connection of this.#all) connection.close();
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
