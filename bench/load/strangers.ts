import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from './connection.ts';

/**
 * Sends what is refused, over so many connections and no more, so often a second at most. Whoever is slow to refuse gets less of it:
 * requests that pile up would only show how fast the machine is.
 *
 * @returns how many were answered, and how many connections broke off.
 */
export async function strangers(options: {
  readonly port: number;
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly perSecond: number;
  readonly forMs: number;
}): Promise<{ readonly answered: number; readonly brokenOff: number }> {
  const { port, requests, connections, perSecond, forMs } = options;
  const everyMs = (connections * 1_000) / perSecond;
  const ends = performance.now() + forMs;
  let [answered, brokenOff] = [0, 0];
  await Promise.all(
    Array.from({ length: connections }, async (_, n) => {
      const connection = new Connection(port);
      await delay((n * everyMs) / connections);
      for (let turn = n; performance.now() < ends; turn++) {
        const began = performance.now();
        const request = requests[turn % requests.length];
        if (request === undefined) break;
        const { status } = await connection.send(request);
        if (status > 0) answered++;
        else brokenOff++;
        await delay(Math.max(0, everyMs - (performance.now() - began)));
      }
      connection.close();
    }),
  );
  return { answered, brokenOff };
}
