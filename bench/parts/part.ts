import type { Row } from '../measuring/row.ts';
import type { PreparedStore } from '../world/prepared-store.ts';

/** How much is measured: all of it, or so little that it only shows that it runs. */
export interface Scope {
  readonly isQuick: boolean;
  /** A store with so many requests in it; the same one, however often it is asked for. */
  store(requests: number): Promise<PreparedStore>;
  /** As many as is the rule, or fewer where it is to be quick. */
  size(usual: number, quick: number): number;
}

export interface Part {
  readonly name: string;
  readonly measure: (scope: Scope) => Promise<readonly Row[]>;
}

/** Ends what was begun, the last first, whatever happens in between. */
export async function clearingUp<T>(work: (later: (end: () => unknown) => void) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  try {
    return await work((end) => ends.push(end));
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
