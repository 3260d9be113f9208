import type { Store } from '../../storage/store.ts';
import { isTimeOver, lapse } from '../deciding/lapsing.ts';
import type { RequestPolicy } from '../moves.ts';
import { refuse, type RequestStore } from '../request-store.ts';

const DISTANT = new Date('9999-12-31T00:00:00Z');
const MANY = 10_000;

/**
 * Ends, at a start, what was approved at a time that has not come yet: the clock was set back since. Its work is due at
 * such times, too, and when they come nobody would know any more how long ago the approval was.
 */
export async function endWhatIsFromTheFuture(parts: {
  readonly store: Pick<Store, 'due'>;
  readonly requests: RequestStore;
  readonly policy: RequestPolicy;
}): Promise<void> {
  const { store, requests, policy } = parts;
  const running = await store.due(DISTANT, MANY, { beginning: 'run' });
  for (const { partition } of running.filter((row) => row.partition.startsWith('request:')))
    await requests.change(partition.slice('request:'.length), (record, now) =>
      record?.request.state === 'approved' && isTimeOver(record.request, now)
        ? (lapse(record, now, policy) ?? refuse('not-yet'))
        : refuse('not-yet'),
    );
}
