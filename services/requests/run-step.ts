import { MINUTE_MS, SECOND_MS, type Clock, type Instant } from '../clock.ts';
import type { NewId, RequestId } from '../ids.ts';
import type { Roles } from '../people/roles.ts';
import { PartnerCenterError } from '../partner-center/partner-center.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import { stepKey } from './change.ts';
import type { Claims } from './claims.ts';
import {
  answeredForNow,
  barsSending,
  intendStep,
  lookAgain,
  MAX_SENDINGS,
  maxLooks,
  stepAccepted,
  stepEnded,
} from './clearing.ts';
import { isFinal } from './life.ts';
import { noLongerAllowed } from './who-may.ts';
import { isOpen, type ClearingStep, type RequestRecord } from './request.ts';
import { refuse, type Claim, type RequestStore } from './request-store.ts';
import { isAlreadySo, isRenewing, isStale, isUnderWay, seeTarget, type StepCalls } from './step-effects.ts';

export interface StepRunnerParts {
  readonly requests: RequestStore;
  readonly partnerCenter: StepCalls;
  readonly reader: Pick<ReadinessReader, 'forget'>;
  readonly claims: Pick<Claims, 'standingOf'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
  readonly roles: Roles;
  /** Whether the machine's clock has jumped, so that nobody knows what time it is. */
  readonly isTimeInDoubt?: () => boolean;
}

/** Between two sendings of which the first got no answer. */
const AGAIN_MS = 2 * SECOND_MS;
/** While another operation is pending: so long after the first sending, twice after the second, and so on. */
const UNDER_WAY_MS = 10 * SECOND_MS;
const RENEWING_MS = 2 * MINUTE_MS;
/** While somebody is about to open a newer request. */
const OVERTAKING_MS = 5 * SECOND_MS;
/** While the base of an add-on is given back. */
const BASE_FIRST_MS = SECOND_MS;
/** While nobody knows whether the time of an approval is over. */
const TIME_IN_DOUBT_MS = 5 * SECOND_MS;

/**
 * Carries one step of clearing further: reads what it is about, and only where the change is still to be made
 * stores the intent and sends it. Called again until the step has ended; whatever happened in between, reading
 * comes first, and a change without an answer is sent again under the same `MS-RequestId`.
 *
 * @see "Suspend a subscription", "Reactivate a suspended subscription", "Update a subscription by ID"
 */
export function createStepRunner(parts: StepRunnerParts) {
  const { requests, partnerCenter, reader, claims, clock, newId, roles } = parts;

  /** What cannot be taken back takes those who stand behind it at this moment, too. */
  const bars = (record: RequestRecord, step: ClearingStep, now: Date): string | undefined =>
    barsSending(record, step, now) ??
    (step.action === 'cancel' && noLongerAllowed(record.request, roles) !== undefined ? 'not-approved' : undefined);

  return async (requestId: RequestId, key: string, claim: Claim): Promise<unknown> => {
    const record = await requests.read(requestId);
    const step = record?.steps.find((one) => stepKey(one) === key);
    if (record === undefined || step === undefined || !isOpen(step)) return undefined;
    const options = { actAs: step.actAs };
    const customerId = record.request.customer.id;

    const own = (stored: RequestRecord | undefined): ClearingStep =>
      known(stored).steps.find((one) => stepKey(one) === key) ?? step;
    const change = async (
      decide: (record: RequestRecord, now: Date, step: ClearingStep) => ReturnType<typeof lookAgain>,
    ): Promise<ClearingStep> => {
      const decided = await requests.change(requestId, (stored, now) => decide(known(stored), now, own(stored)), claim);
      if (decided.kind === 'refused') throw new Error('a step is never refused');
      return own(decided.record);
    };
    const fail = (error?: PartnerCenterError, why?: string): Promise<ClearingStep> =>
      change((stored, now, one) =>
        stepEnded(stored, now, one, { kind: 'failed', ...(error && { error }), ...(why && { why }) }),
      );
    const wait = (ms?: number, error?: PartnerCenterError): Promise<ClearingStep> =>
      change((stored, now, one) => lookAgain(stored, now, one, { ...(ms && { ms }), ...(error && { error }) }));

    // Nothing more is sent for a request that has ended, and nothing that was confirmed before a restore: nobody knows
    // what has become of it since. What was sent is followed to its end.
    const isRestored = parts.restoredAt !== undefined && step.askedAt <= parts.restoredAt;
    // What is bound to a time is not sent before that is certain again; what was sent is looked for meanwhile.
    const isTimeInDoubt = step.action === 'cancel' && parts.isTimeInDoubt?.() === true;
    if (isTimeInDoubt && step.sendings === 0) return wait(TIME_IN_DOUBT_MS);
    const barred = isRestored ? 'restored' : bars(record, step, clock());
    const isBarred = barred !== undefined;
    if (isBarred && step.sendings === 0) return fail(undefined, barred);
    // What a newer request has taken over is its to give back: it was opened before this step was stored.
    if (isFinal(record.request.state) && step.sendings === 0) {
      const standing = await claims.standingOf(record.request);
      if (standing.kind === 'overtaken') return fail(undefined, 'overtaken');
      if (standing.kind === 'being-overtaken') return wait(OVERTAKING_MS);
    }
    if (isBaseOpen(record, step) || isOrderBusy(record, step)) return wait(BASE_FIRST_MS);

    const seen = await attempt(() => seeTarget(partnerCenter, customerId, step, { ...options, clock }));
    if (seen instanceof PartnerCenterError) {
      const isHopeless = seen.fault === 'not-found' || seen.fault === 'forbidden' || step.looks >= maxLooks(step);
      // Whether what was sent was carried out is not known from a reading that failed.
      const why = step.sendings > 0 ? 'unreadable' : undefined;
      return isHopeless ? fail(seen, why) : wait(seen.retryAfterMs ?? AGAIN_MS, seen);
    }
    if (seen.kind === 'done') {
      reader.forget(customerId);
      return change((stored, now, one) => stepEnded(stored, now, one, { kind: 'done' }));
    }
    if (step.state === 'accepted' || isBarred)
      return step.looks >= maxLooks(step) ? fail(undefined, isRestored ? 'restored' : 'not-seen') : wait();
    if (seen.kind === 'impossible') return fail(undefined, seen.why);
    if (isTimeInDoubt) return wait(TIME_IN_DOUBT_MS);
    // One look is not enough for what cannot be taken back: the outcome is unknown, and is looked at as such.
    if (isUnanswered(step)) return fail(undefined, 'no-answer');
    if (step.sendings >= (step.sendingsAllowed ?? MAX_SENDINGS))
      return fail(undefined, wasRefused(step) ? undefined : 'no-answer');

    const correlationId = newId();
    const intended = await requests.change(
      requestId,
      (stored, now) =>
        bars(known(stored), own(stored), now) === undefined
          ? intendStep(known(stored), own(stored), { correlationId })
          : refuse('barred'),
      claim,
    );
    if (intended.kind === 'refused') return wait(1);
    const sent = own(intended.record);
    const answer = await attempt(() => seen.send({ ...options, requestId: sent.requestId, correlationId }));
    reader.forget(customerId);
    if (!(answer instanceof PartnerCenterError))
      return change((stored, now, one) =>
        stepAccepted(stored, now, one, { status: answer.status, correlationId: answer.correlationId }),
      );
    // An answer was seen, so the next sending is another call with an id of its own.
    const waitAnswered = (ms: number, error: PartnerCenterError): Promise<ClearingStep> =>
      change((stored, now, one) => answeredForNow(stored, now, one, { error, requestId: newId(), ms }));
    if (isStale(answer)) return waitAnswered(1, answer);
    // What was turned away was not sent: an answer was seen, and it was only too early.
    if (answer.fault === 'throttled')
      return change((stored, now, one) =>
        lookAgain(
          stored,
          now,
          { ...one, sendings: one.sendings - 1 },
          { ms: answer.retryAfterMs ?? SECOND_MS, error: answer },
        ),
      );
    if (isUnderWay(answer)) return waitAnswered(UNDER_WAY_MS * sent.sendings, answer);
    if (isRenewing(answer)) return waitAnswered(RENEWING_MS, answer);
    if (isAlreadySo(answer)) return waitAnswered(AGAIN_MS, answer);
    return answer.isRefusal || step.action === 'cancel' ? fail(answer) : wait(AGAIN_MS, answer);
  };
}

export type StepRunner = ReturnType<typeof createStepRunner>;

/** Whether an add-on has to wait, because its base is still being given back. */
const isBaseOpen = ({ steps }: RequestRecord, { baseId }: ClearingStep): boolean =>
  baseId !== undefined && steps.some((one) => one.holdingId === baseId && one.action === 'reactivate' && isOpen(one));

/** Whether a line has to wait, because another one of its order is being sent: an order is changed one call at a time. */
const isOrderBusy = ({ steps }: RequestRecord, { order, state, holdingId }: ClearingStep): boolean =>
  order !== undefined &&
  state === 'asked' &&
  steps.some(
    (one) =>
      one.order?.orderId === order.orderId &&
      (one.state === 'sent' || (one.state === 'asked' && one.holdingId < holdingId)),
  );

/** Whether a cancel call was sent of which no answer was seen. */
const isUnanswered = ({ action, state, refused }: ClearingStep): boolean =>
  action === 'cancel' &&
  state === 'sent' &&
  (refused === undefined || refused.fault === 'unavailable' || refused.fault === 'malformed');

/** Whether the newest answer to it was a no: another change that is under way may be this one, of which no answer came. */
const wasRefused = ({ refused }: ClearingStep): boolean =>
  refused !== undefined && refused.fault !== 'unavailable' && refused.fault !== 'malformed' && refused.status !== 409;

function known(record: RequestRecord | undefined): RequestRecord {
  if (record === undefined) throw new Error('a request that has steps is stored');
  return record;
}

async function attempt<T>(call: () => Promise<T>): Promise<T | PartnerCenterError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PartnerCenterError) return error;
    throw error;
  }
}
