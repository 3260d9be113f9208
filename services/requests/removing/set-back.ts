import type { Store } from '../../storage/store.ts';
import { instant } from '../../clock.ts';
import { isFromTheFuture } from '../../steady-clock.ts';
import { isPaused } from '../cancelling/pausing-cancellation.ts';
import { STEP_KEY, type Change, type Work } from '../change.ts';
import { isOpen } from '../clearing/clearing-step.ts';
import { lapse } from '../deciding/lapsing.ts';
import { canMove, isFinal } from '../life.ts';
import type { RequestPolicy } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import { refuse, type RequestStore } from '../request-store.ts';

const DISTANT = new Date('9999-12-31T00:00:00Z');
const MANY = 10_000;
const OF_REQUESTS = 'request:';
/** What is done by itself. */
const UNDER_WAY: readonly string[] = ['run', STEP_KEY] satisfies readonly (Work | typeof STEP_KEY)[];
/** What waits for somebody's click has only its clock; so has what nobody has decided yet, which may be much. */
const WAITING: readonly string[] = ['clock'] satisfies readonly Work[];

export interface SetBackParts {
  readonly store: Pick<Store, 'due'>;
  readonly requests: RequestStore;
  readonly policy: RequestPolicy;
  /** Whether the process ends. */
  readonly isStopped?: () => boolean;
}

/**
 * Ends, at a start, what was approved at a time that has not come yet: the clock was set back since. Its work is due at
 * such times, too, and when they come nobody would know any more how long ago the approval was. What has begun is looked
 * at now, and nothing more is sent for it.
 */
export const endWhatIsFromTheFuture = (parts: SetBackParts): Promise<void> => endAll(parts, UNDER_WAY);

/** The same for what waits for a click: until then nothing is done, so that a start need not wait for this. */
export const endWhatWaitsFromTheFuture = (parts: SetBackParts): Promise<void> => endAll(parts, WAITING);

async function endAll(
  { store, requests, policy, isStopped = () => false }: SetBackParts,
  keys: readonly string[],
): Promise<void> {
  const due = await Promise.all(keys.map((beginning) => store.due(DISTANT, MANY, { beginning })));
  const partitions = due.flat().map(({ partition }) => partition);
  for (const partition of new Set(partitions.filter((one) => one.startsWith(OF_REQUESTS)))) {
    if (isStopped()) return;
    await requests.change(
      partition.slice(OF_REQUESTS.length),
      (record, now) => (record && endedOrHastened(record, now, policy)) ?? refuse('not-yet'),
    );
  }
}

function endedOrHastened(record: RequestRecord, now: Date, policy: RequestPolicy): Change | undefined {
  const { request, steps } = record;
  const { state, approvals } = request;
  if (isFinal(state) || !approvals.some(({ at }) => isFromTheFuture(at, now))) return undefined;
  // Approvals of others are waited for, and the last one counts from then on.
  if (state === 'pending') return undefined;
  if (canMove(state, 'expired')) return lapse(record, now, policy);
  const at = instant(now);
  const underWay = steps.filter((step) => isOpen(step) && !isPaused(step));
  return { request, audit: [], steps: underWay.map((step) => ({ step, due: { at } })), work: { run: { at } } };
}
