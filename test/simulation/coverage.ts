import type { Evidence } from './evidence.ts';

/** How often each kind of thing has happened, by its name. */
export type Counts = Readonly<Record<string, number>>;

/** Counts what really happens in a life: what was planned and never came to be is not in it. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  /** @param evidence what the life has left on the other side. */
  withWhatIsLeft({ calls, requests }: Pick<Evidence, 'calls' | 'requests'>): Counts {
    for (const { method, status, fault, applied } of calls) {
      this.add(method === 'GET' ? 'reads at Partner Center' : 'changes at Partner Center');
      if (status === 429) this.add('429');
      if (fault === undefined) continue;
      const isCut = status === 0 || fault === 'truncate' || fault === 'apply-then-answer';
      if (isCut) this.add(applied === undefined ? 'no answer, not carried out' : 'no answer, carried out');
      else if (status !== 429) this.add('a fault as the answer');
    }
    for (const { request, chain } of requests) {
      this.add(`ended ${request.state}`);
      if (request.waitingFor !== undefined) this.add(`waits for ${request.waitingFor.why}`);
      for (const { action } of chain) this.add(`recorded ${action}`);
    }
    return Object.fromEntries(this.#counts);
  }
}

export function sumOf(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [what, times] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + times;
  return sum;
}

/** What one life holds on average, in the order of the names. */
export const perLife = (counts: Counts, lives: number): Counts =>
  Object.fromEntries(
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, times]) => [what, Number((times / lives).toPrecision(3))]),
  );
