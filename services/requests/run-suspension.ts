import { MINUTE_MS, SECOND_MS } from '../clock.ts';
import type { NewId, RequestId } from '../ids.ts';
import { PartnerCenterError, type PartnerCenter, type Subscription } from '../partner-center/partner-center.ts';
import { classifySubscription } from '../readiness/classify.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import type { HoldingClass } from '../readiness/readiness.ts';
import { isFinal } from './life.ts';
import { isOpen, type RequestRecord, type Suspension } from './request.ts';
import { refuse, type Claim, type RequestStore } from './request-store.ts';
import {
  intendSuspension,
  lookAgain,
  MAX_LOOKS,
  MAX_SENDINGS,
  suspensionAccepted,
  suspensionEnded,
} from './suspending.ts';

export interface SuspensionRunnerParts {
  readonly requests: RequestStore;
  readonly partnerCenter: Pick<PartnerCenter, 'subscription' | 'changeSubscriptionStatus'>;
  readonly reader: Pick<ReadinessReader, 'forget'>;
  readonly newId: NewId;
}

/** What can be suspended from here and taken back without a loss; everything else has another way out. */
const SUSPENDABLE: ReadonlySet<HoldingClass> = new Set([
  'legacy-licence',
  'legacy-add-on',
  'legacy-azure',
  'azure-plan',
]);
/** Between two sendings of which the first got no answer. */
const AGAIN_MS = 2 * SECOND_MS;
/** While another operation is pending: so long after the first sending, twice after the second, and so on. */
const UNDER_WAY_MS = 10 * SECOND_MS;

/**
 * Carries one confirmed suspension a step further: reads the subscription, and only where it is still active
 * stores the intent and sends the change. Called again until the suspension has ended; whatever happened in
 * between, reading comes first, and a change without an answer is sent again under the same `MS-RequestId`.
 *
 * @see "Suspend a subscription"
 */
export function createSuspensionRunner(parts: SuspensionRunnerParts) {
  const { requests, partnerCenter, reader, newId } = parts;

  return async (requestId: RequestId, holdingId: string, claim: Claim): Promise<unknown> => {
    const record = await requests.read(requestId);
    const suspension = record?.suspensions.find((one) => one.holdingId === holdingId);
    if (record === undefined || suspension === undefined || !isOpen(suspension)) return undefined;
    const options = { actAs: suspension.actAs };
    const customerId = record.request.customer.id;

    const change = async (
      decide: (record: RequestRecord, now: Date, suspension: Suspension) => ReturnType<typeof lookAgain>,
    ): Promise<Suspension> => {
      const decided = await requests.change(requestId, (stored, now) => decide(known(stored), now, own(stored)), claim);
      if (decided.kind === 'refused') throw new Error('a suspension is never refused');
      return own(decided.record);
    };
    const own = (stored: RequestRecord | undefined): Suspension =>
      known(stored).suspensions.find((one) => one.holdingId === holdingId) ?? suspension;
    const fail = (error?: PartnerCenterError, why?: string): Promise<Suspension> =>
      change((stored, now, one) =>
        suspensionEnded(stored, now, one, { kind: 'failed', ...(error && { error }), ...(why && { why }) }),
      );
    const wait = (ms?: number, error?: PartnerCenterError): Promise<Suspension> =>
      change((stored, now, one) => lookAgain(stored, now, one, { ...(ms && { ms }), ...(error && { error }) }));

    // Nothing more is sent for a request that has ended; what was sent is followed to its end.
    const hasEnded = isFinal(record.request.state);
    if (hasEnded && suspension.sendings === 0) return fail(undefined, 'ended');

    const seen = await attempt(() => partnerCenter.subscription(customerId, holdingId, options));
    if (seen instanceof PartnerCenterError) {
      const isHopeless = seen.fault === 'not-found' || seen.fault === 'forbidden' || suspension.looks >= MAX_LOOKS;
      return isHopeless ? fail(seen) : wait(seen.retryAfterMs ?? AGAIN_MS, seen);
    }
    if (seen.status === 'suspended') {
      reader.forget(customerId);
      return change((stored, now, one) => suspensionEnded(stored, now, one, { kind: 'suspended' }));
    }
    if (suspension.state === 'accepted' || hasEnded)
      return suspension.looks >= MAX_LOOKS ? fail(undefined, 'not-seen') : wait();
    const why = notSuspendable(seen);
    if (why !== undefined) return fail(undefined, why);
    if (suspension.sendings >= MAX_SENDINGS) return fail(undefined, 'no-answer');

    const correlationId = newId();
    const intended = await requests.change(
      requestId,
      (stored) =>
        isFinal(known(stored).request.state)
          ? refuse('ended')
          : intendSuspension(known(stored), own(stored), { correlationId }),
      claim,
    );
    if (intended.kind === 'refused') return wait(1);
    const sent = own(intended.record);
    const answer = await attempt(() =>
      partnerCenter.changeSubscriptionStatus(customerId, seen, 'suspended', {
        ...options,
        requestId: sent.requestId,
        correlationId,
      }),
    );
    reader.forget(customerId);
    if (!(answer instanceof PartnerCenterError))
      return change((stored, now, one) =>
        suspensionAccepted(stored, now, one, { status: answer.status, correlationId: answer.correlationId }),
      );
    // An answer was seen, so the next sending is another call with an id of its own.
    const waitAnswered = (ms: number, error?: PartnerCenterError): Promise<Suspension> =>
      change((stored, now, one) =>
        lookAgain(stored, now, { ...one, requestId: newId() }, { ms, ...(error && { error }) }),
      );
    if (isStale(answer)) return waitAnswered(1);
    if (answer.fault === 'throttled') return wait(Math.min(answer.retryAfterMs ?? SECOND_MS, 5 * MINUTE_MS), answer);
    if (isUnderWay(answer)) return waitAnswered(UNDER_WAY_MS * sent.sendings, answer);
    if (isAlreadySo(answer)) return waitAnswered(AGAIN_MS, answer);
    return answer.isRefusal ? fail(answer) : wait(AGAIN_MS, answer);
  };
}

export type SuspensionRunner = ReturnType<typeof createSuspensionRunner>;

function known(record: RequestRecord | undefined): RequestRecord {
  if (record === undefined) throw new Error('a request that has suspensions is stored');
  return record;
}

const notSuspendable = (seen: Subscription): string | undefined => {
  if (seen.status !== 'active') return `status ${seen.status}`;
  return SUSPENDABLE.has(classifySubscription(seen)) ? undefined : 'not-suspendable';
};

/** The subscription was changed by somebody since it was read. @see "Partner Center REST error codes": 2055 */
const isStale = ({ status, code }: PartnerCenterError): boolean =>
  status === 412 || (status === 400 && code === '2055');

/** Another operation is pending, perhaps the one whose answer was lost. @see "Partner Center REST error codes": 900278 */
const isUnderWay = ({ status }: PartnerCenterError): boolean => status === 409;

/** What says that it is suspended already: reading tells. @see "Partner Center REST error codes" */
const isAlreadySo = ({ status, code }: PartnerCenterError): boolean =>
  status === 400 && (code === '800091' || code === '800040');

async function attempt<T>(call: () => Promise<T>): Promise<T | PartnerCenterError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PartnerCenterError) return error;
    throw error;
  }
}
