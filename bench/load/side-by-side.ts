import { median, round } from '../measuring/histogram.ts';
import { closedLoop, type Loaded } from './closed-loop.ts';

/** Something that is asked as fast as it answers. */
export interface Flow {
  readonly port: number;
  /** Makes what the requests of one round come from. */
  readonly requests: () => Promise<() => Buffer | undefined>;
  /** What it may be answered: anything else, and nothing is measured. */
  readonly statuses: readonly number[];
}

export interface Measured {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/**
 * Asks one after another, round by round, so that whatever else the machine does strikes all of them alike. The first
 * round only warms up. @returns the medians of the others.
 */
export async function sideBySide<Name extends string>(
  flows: Readonly<Record<Name, Flow>>,
  options: { readonly connections: number; readonly rounds: number; readonly forMs: number },
): Promise<Readonly<Record<Name, Measured>>> {
  const { connections, rounds, forMs } = options;
  const seen = new Map<string, Loaded[]>();
  for (let count = 0; count <= rounds; count++)
    for (const [name, { port, requests, statuses }] of Object.entries<Flow>(flows)) {
      const loaded = await closedLoop({ port, connections, forMs, next: await requests() });
      const others = [...loaded.statuses].filter(([status]) => !statuses.includes(status));
      if (others.length > 0) throw new Error(`${name}: answered ${others.map(String).join('; ')}`);
      if (count > 0) seen.set(name, [...(seen.get(name) ?? []), loaded]);
    }
  const measured = Object.keys(flows).map((name) => {
    const all = seen.get(name) ?? [];
    const perSecond = round(median(all.map((loaded) => loaded.perSecond)));
    return [name, { perSecond, p99Ms: round(median(all.map(({ took }) => took.at(0.99)))) }];
  });
  return Object.fromEntries(measured) as Record<Name, Measured>;
}

/** The same ones again and again. */
export function cycling(requests: readonly Buffer[]): () => Buffer | undefined {
  let turn = 0;
  return () => requests[turn++ % requests.length];
}

/** Each once. */
export function once(requests: readonly Buffer[]): () => Buffer | undefined {
  let turn = 0;
  return () => requests[turn++];
}
