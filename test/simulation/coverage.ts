import type { Evidence } from './evidence.ts';
import { Tally, type Counts } from './tally.ts';

/** What a life held: what happened in it, and what it has left on the other side. */
export function countsOf(happened: Tally, { calls, requests }: Pick<Evidence, 'calls' | 'requests'>): Counts {
  const left = new Tally();
  for (const { method, status, fault, applied } of calls) {
    left.add(method === 'GET' ? 'reads at Partner Center' : 'changes at Partner Center');
    if (status === 429) left.add('429');
    if (fault === undefined) continue;
    const isCut = status === 0 || fault === 'truncate' || fault === 'apply-then-answer';
    if (isCut) left.add(applied === undefined ? 'no answer, not carried out' : 'no answer, carried out');
    else if (status !== 429) left.add('a fault as the answer');
  }
  for (const { request, chain } of requests) {
    left.add(`ended ${request.state}`);
    if (request.batch !== undefined) left.add(`of a list, ended ${request.state}`);
    if (request.waitingFor !== undefined) left.add(`waits for ${request.waitingFor.why}`);
    for (const { action } of chain) left.add(`recorded ${action}`);
  }
  return sumOf([happened.counts, left.counts]);
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
