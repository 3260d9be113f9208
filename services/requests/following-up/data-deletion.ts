import type { Instant } from '../../clock.ts';
import { dayOf } from '../days.ts';
import { deletedAt } from '../giving-back/undo-clock.ts';
import type { RequestRecord } from '../request.ts';

/** When Microsoft deletes the data of what is suspended: all of it on one day, or the first of it on this one. */
export interface DataDeletion {
  readonly kind: 'on' | 'from';
  readonly at: Instant;
}

/**
 * Of everything that is suspended with a request. @returns nothing where the day of any of it is not known: of what
 * somebody else has suspended, and of new commerce, whose data stays to the end of its term.
 */
export function dataDeletion({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): DataDeletion | undefined {
  if ((request.plan?.inactive ?? []).some(({ status }) => status === 'suspended')) return undefined;
  const known: Instant[] = [];
  for (const step of steps) {
    if (step.action !== 'suspend' || step.state !== 'done') continue;
    const at = deletedAt(step);
    if (at === undefined) return undefined;
    known.push(at);
  }
  const [at] = known.sort();
  if (at === undefined) return undefined;
  // Partner Center's days are those of UTC.
  const days = new Set(known.map((one) => dayOf(new Date(one))));
  return { kind: days.size === 1 ? 'on' : 'from', at };
}
