import { MINUTE_MS, SECOND_MS, type Clock, type Instant } from '../../clock.ts';
import type { NewId } from '../../ids.ts';
import { attempt } from '../../partner-center/attempt.ts';
import { PartnerCenterError, type ActAs } from '../../partner-center/partner-center.ts';
import type { ReadinessReader } from '../../readiness/reader.ts';
import type { Claim } from '../../storage/claim.ts';
import { stepKey, type Change } from '../change.ts';
import { answeredForNow, lookAgain, maxLooks, stepAccepted, stepEnded, type StepEnd } from './clearing.ts';
import type { RequestRecord } from '../request.ts';
import type { ClearingStep } from './clearing-step.ts';
import { stepTurnedAway, turnedAway } from '../cancelling/pausing-cancellation.ts';
import type { Refused, RequestStore } from '../request-store.ts';
import type { SharedLooks } from './shared-looks.ts';
import { isAlreadySo, isRenewing, isStale, isUnderWay, seeTarget, type Seen, type StepCalls } from './step-effects.ts';
import { changeInWork, known } from '../working.ts';

export interface StepRunParts {
  readonly requests: RequestStore;
  readonly partnerCenter: StepCalls;
  /** Reads for several steps at once (each by itself). */
  readonly looks?: SharedLooks;
  readonly reader: Pick<ReadinessReader, 'forget'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
}

/** Between two sendings of which the first got no answer, and after a reading that did not succeed. */
export const AGAIN_MS = 2 * SECOND_MS;
/** While something else has to come first. */
export const SOMETHING_FIRST_MS = SECOND_MS;
/** While another operation is pending: so long after the first sending, twice after the second, and so on. */
const UNDER_WAY_MS = 10 * SECOND_MS;
const RENEWING_MS = 2 * MINUTE_MS;

type Sendable = Extract<Seen, { readonly kind: 'to-do' }>;
/** What a rule makes of a step that is about to be sent: its intent, or that it may not be sent after all. */
export type Intent = (
  record: RequestRecord,
  now: Date,
  step: ClearingStep,
  sending: { readonly correlationId: string },
) => Change | Refused<'barred'>;
type Rule = (record: RequestRecord, now: Date, step: ClearingStep) => Change;

/**
 * One pass over one step, from what was stored when it began: how a step is read and sent, and what an answer makes of
 * it, whatever it does. When it may be sent is said by what it does: `run-clearing-step`, `run-cancel-step`.
 */
export class StepRun {
  readonly record: RequestRecord;
  readonly step: ClearingStep;
  /** Whether it was sent, so that it may have been carried out. */
  readonly wasSent: boolean;
  /** Whether it was confirmed before a restore: nobody knows what has become of it since. */
  readonly isFromBeforeRestore: boolean;
  readonly #parts: StepRunParts;
  readonly #claim: Claim;

  constructor(parts: StepRunParts, record: RequestRecord, step: ClearingStep, claim: Claim) {
    this.#parts = parts;
    this.#claim = claim;
    this.record = record;
    this.step = step;
    this.wasSent = step.sendings > 0;
    this.isFromBeforeRestore = parts.restoredAt !== undefined && step.askedAt <= parts.restoredAt;
  }

  /** Stores what a rule makes of the step as it is stored by now. */
  async change(decide: Rule): Promise<void> {
    const { requests } = this.#parts;
    await changeInWork(requests, this.record.request.id, this.#claim, (record, now) =>
      decide(record, now, this.#own(record)),
    );
  }

  fail(error?: PartnerCenterError, why?: string): Promise<void> {
    return this.#end({ kind: 'failed', ...(error && { error }), ...(why !== undefined && { why }) });
  }

  wait(ms?: number, error?: PartnerCenterError): Promise<void> {
    const after = { ...(ms !== undefined && { ms }), ...(error && { error }) };
    return this.change((record, now, step) => lookAgain(record, now, step, after));
  }

  /** How its target stands, read newly. */
  see(actAs: ActAs): Promise<Seen | PartnerCenterError> {
    const { partnerCenter, clock, looks } = this.#parts;
    const { id } = this.record.request.customer;
    return attempt(() => seeTarget(partnerCenter, id, this.step, { actAs, clock, ...(looks && { looks }) }));
  }

  /** It could not be read. */
  unread(error: PartnerCenterError): Promise<void> {
    const isHopeless = error.fault === 'not-found' || error.fault === 'forbidden' || this.#isLookedAtEnough();
    // Whether what was sent was carried out is not known from a reading that failed.
    if (isHopeless)
      return this.#end({ kind: 'failed', unread: error, ...(this.wasSent && { why: 'unreadable' as const }) });
    const ms = error.retryAfterMs ?? AGAIN_MS;
    return this.change((record, now, step) => lookAgain(record, now, step, { ms, unread: error }));
  }

  /** Partner Center shows it. */
  done(): Promise<void> {
    this.#forget();
    return this.#end({ kind: 'done' });
  }

  /** It does not show, and is not sent (again). */
  undone(): Promise<void> {
    if (!this.#isLookedAtEnough()) return this.wait();
    return this.fail(undefined, this.isFromBeforeRestore ? 'restored' : 'not-seen');
  }

  /**
   * Stores the intent, sends it, and stores what was answered.
   *
   * @param sending.intend the intent, as it is stored by now; refuses where it may not be sent after all.
   * @param sending.sendBefore what has not begun to be sent by then is given up (there is no such time).
   * @param sending.notDone what is made of an answer that says nothing of when to try again.
   */
  async send(
    seen: Sendable,
    {
      actAs,
      intend,
      notDone,
      sendBefore,
    }: {
      readonly actAs: ActAs;
      readonly intend: Intent;
      readonly notDone: (error: PartnerCenterError) => Promise<void>;
      readonly sendBefore?: Instant;
    },
  ): Promise<void> {
    const { requests, newId } = this.#parts;
    const correlationId = newId();
    const intended = await requests.change(
      this.record.request.id,
      (stored, now) => {
        const record = known(stored);
        return intend(record, now, { ...this.#own(record), actAs }, { correlationId });
      },
      this.#claim,
    );
    if (intended.kind === 'refused') return this.wait(1);
    const { requestId, sendings } = this.#own(intended.record);
    const call = { actAs, requestId, correlationId, ...(sendBefore !== undefined && { sendBefore }) };
    const answer = await attempt(() => seen.send(call));
    this.#forget();
    if (answer instanceof PartnerCenterError) return this.#notAccepted(answer, sendings, notDone);
    const { status } = answer;
    return this.change((record, now, step) =>
      stepAccepted(record, now, step, { status, correlationId: answer.correlationId }),
    );
  }

  #notAccepted(
    error: PartnerCenterError,
    sendings: number,
    notDone: (error: PartnerCenterError) => Promise<void>,
  ): Promise<void> {
    if (error.fault === 'not-sent') return this.#notSent(error);
    if (error.fault === 'throttled') return this.#turnedAway(error);
    if (isStale(error)) return this.#anotherCall(1, error);
    if (isUnderWay(error)) return this.#anotherCall(UNDER_WAY_MS * sendings, error);
    if (isRenewing(error)) return this.#anotherCall(RENEWING_MS, error);
    if (isAlreadySo(error)) return this.#anotherCall(AGAIN_MS, error);
    return notDone(error);
  }

  /** It had to wait for a place for too long. It is looked at again before it is sent, under the same id. */
  #notSent(error: PartnerCenterError): Promise<void> {
    return this.change((record, now, step) => ({
      ...lookAgain(record, now, turnedAway(step), { ms: AGAIN_MS }),
      audit: [stepTurnedAway(record, step, error)],
    }));
  }

  /** What was turned away was not sent: an answer was seen, and it was only too early. */
  #turnedAway(error: PartnerCenterError): Promise<void> {
    const ms = error.retryAfterMs ?? SECOND_MS;
    return this.change((record, now, step) => ({
      ...lookAgain(record, now, { ...step, sendings: step.sendings - 1 }, { ms, error }),
      audit: [stepTurnedAway(record, step, error)],
    }));
  }

  /** An answer was seen, so the next sending is another call with an id of its own. */
  #anotherCall(ms: number, error: PartnerCenterError): Promise<void> {
    const requestId = this.#parts.newId();
    return this.change((record, now, step) => answeredForNow(record, now, step, { error, requestId, ms }));
  }

  #end(end: StepEnd): Promise<void> {
    return this.change((record, now, step) => stepEnded(record, now, step, end));
  }

  #isLookedAtEnough(): boolean {
    return this.step.looks >= maxLooks(this.step);
  }

  #forget(): void {
    this.#parts.reader.forget(this.record.request.customer.id);
  }

  #own({ steps }: RequestRecord): ClearingStep {
    const key = stepKey(this.step);
    return steps.find((one) => stepKey(one) === key) ?? this.step;
  }
}

/** Whether the newest answer to it was a no: another change that is under way may be this one, of which no answer came. */
export const wasRefused = ({ refused }: ClearingStep): boolean =>
  refused !== undefined && refused.fault !== 'unavailable' && refused.fault !== 'malformed' && refused.status !== 409;
