import { Histogram } from '../measuring/histogram.ts';
import { Connection } from './connection.ts';

export interface Loaded {
  readonly perSecond: number;
  readonly took: Histogram;
  /** How many answers there were of each status. */
  readonly statuses: ReadonlyMap<number, number>;
}

/** Sends as fast as it is answered, over so many connections, for so long. */
export async function closedLoop(options: {
  readonly port: number;
  readonly connections: number;
  readonly forMs: number;
  /** The next request; it ends early when there is none. */
  readonly next: () => Buffer | undefined;
}): Promise<Loaded> {
  const { port, connections, forMs, next } = options;
  const took = new Histogram();
  const statuses = new Map<number, number>();
  const began = performance.now();
  const ends = began + forMs;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(port);
      for (let now = performance.now(); now < ends;) {
        const request = next();
        if (request === undefined) break;
        const { status } = await connection.send(request);
        const then = performance.now();
        took.add(then - now);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        now = then;
      }
      connection.close();
    }),
  );
  return { perSecond: took.count / ((performance.now() - began) / 1_000), took, statuses };
}
