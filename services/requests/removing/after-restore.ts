import type { Instant } from '../../clock.ts';
import type { Store } from '../../storage/store.ts';
import type { Work } from '../change.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type RequestStore } from '../request-store.ts';
import type { Change } from '../change.ts';
import { without } from '../moves.ts';
import { voidRequest } from './executing.ts';

const DISTANT = new Date('9999-12-31T00:00:00Z');
const MANY = 10_000;
const OF_REQUESTS = 'request:';
/** What waits for a decision has a clock; what is being handed in, or waits for its day, is work that is due. */
const WAITING: readonly string[] = ['run', 'clock'] satisfies readonly Work[];

/**
 * Whether a request was handed in before its store was put back from a backup, and nobody had decided on it by then: somebody may
 * have withdrawn or declined it since. What was approved is looked at (`run-removal`); a draft is nobody's turn but its requester's.
 */
export function isUndecidedFromBefore(
  { state, sentAt, sendingSince }: Pick<RemovalRequest, 'state' | 'sentAt' | 'sendingSince'>,
  restoredAt: Instant,
): boolean {
  const handedInAt = state === 'pending' ? (sentAt ?? restoredAt) : state === 'draft' ? sendingSince : undefined;
  return handedInAt !== undefined && handedInAt <= restoredAt;
}

/** It is void, and can be asked for again. What it has left suspended can be given back. */
export function voidSinceRestore({ request, ...record }: RequestRecord, now: Date): Change {
  const change = voidRequest({ ...record, request: without(request, 'plannedFor', 'notSent') }, now, 'restored');
  return request.state === 'draft' ? { ...change, work: { ...change.work, look: null } } : change;
}

/**
 * Ends, at a start and before anybody can press anything, what waited for a decision, was being handed in or waited for its
 * day when its store was put back from a backup. May be ended anywhere, and is done again.
 */
export async function voidWhatWaitedBefore({
  store,
  requests,
  restoredAt,
}: {
  readonly store: Pick<Store, 'due'>;
  readonly requests: RequestStore;
  readonly restoredAt: Instant;
}): Promise<void> {
  const due = await Promise.all(WAITING.map((beginning) => store.due(DISTANT, MANY, { beginning })));
  const partitions = due.flat().map(({ partition }) => partition);
  for (const partition of new Set(partitions.filter((one) => one.startsWith(OF_REQUESTS))))
    await requests.change(partition.slice(OF_REQUESTS.length), (record, now) =>
      record !== undefined && isUndecidedFromBefore(record.request, restoredAt)
        ? voidSinceRestore(record, now)
        : refuse('not-from-before'),
    );
}
