import type { StepEvent } from '../../audit/audit-actions.ts';
import type { AuditEvent } from '../../audit/audit-chain.ts';
import { instant, later, MINUTE_MS, SECOND_MS, type Instant } from '../../clock.ts';
import type { ActAs, PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { HoldingId, NewId } from '../../ids.ts';
import type { AddOn, Offer, Readiness } from '../../readiness/readiness.ts';
import { stepKey, type Change } from '../change.ts';
import { refusedCall } from '../removing/refused-call.ts';
import { isTimeOver } from '../deciding/lapsing.ts';
import { isFinal } from '../life.ts';
import { byPerson, stepCards, stepSlot, without } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { isOpen, leftSuspended, type ClearingStep, type OwnAction } from './clearing-step.ts';

/** A commit takes so many: each is a row of its own. */
export const STEPS_PER_CHANGE = 60;
/** How often one step is sent in all. */
export const MAX_SENDINGS = 5;
const FIRST_LOOK_MS = 300;
/** A list may show the state of before for so long; it is read again every so often meanwhile. */
export const LIST_LAGS_MS = 5 * MINUTE_MS;
const LIST_AGAIN_MS = 15 * SECOND_MS;
const LONGEST_LOOK_MS = 10_000;
/** How often a step is looked at after it was accepted: a few minutes, and for an order the quarter of an hour it may take. */
export const maxLooks = ({ order }: ClearingStep): number => (order === undefined ? 40 : 110);

/** What a person wants done, each by an `MS-RequestId` of its own. */
export interface WantedStep extends Omit<Offer, 'action' | 'clears' | 'until' | 'billedUntil'> {
  readonly action: OwnAction;
  readonly requestId: string;
  /** The base that has to be active before it. */
  readonly baseId?: HoldingId;
}

/** The add-ons that were suspended with a base. */
export const addOnsWith = (baseId: HoldingId, { steps }: RequestRecord): readonly AddOn[] =>
  steps.find((one) => one.holdingId === baseId && leftSuspended(one))?.addOns ?? [];

/** What an offer comes to: with a base that is given back, its add-ons are, which may not come back by themselves. */
export function wantedSteps(
  offer: Offer & { readonly action: OwnAction },
  record: RequestRecord,
  newId: NewId,
): readonly WantedStep[] {
  const { action, holdingId, class: holdingClass, name, quantity, order, addOns } = offer;
  const wanted = { action, holdingId, class: holdingClass, name, quantity, ...(order && { order }) };
  return [
    { ...wanted, ...(addOns && { addOns }), requestId: newId() },
    ...(action === 'reactivate'
      ? addOnsWith(holdingId, record).map((addOn) => ({
          ...addOn,
          action,
          class: 'legacy-add-on' as const,
          baseId: holdingId,
          requestId: newId(),
        }))
      : []),
  ];
}

/** Whether a step is under way, or was done after what it is wanted by was read. */
export const isBegun = (
  { steps }: RequestRecord,
  wanted: Pick<WantedStep, 'action' | 'holdingId'>,
  readAt: Instant | undefined,
): boolean =>
  steps.some(
    (one) =>
      stepKey(one) === stepKey(wanted) &&
      (isOpen(one) ||
        (one.action === wanted.action && one.state === 'done' && readAt !== undefined && (one.doneAt ?? '') > readAt)),
  );

/** When it was suspended from here, where a suspension is confirmed again that is done: it stays ours to give back. */
function suspendedHere(record: RequestRecord, wanted: WantedStep): string | undefined {
  const own = record.steps.find((one) => stepKey(one) === stepKey(wanted) && leftSuspended(one));
  return wanted.action === 'suspend' ? (own?.suspendedAt ?? own?.doneAt) : undefined;
}

/**
 * Somebody has confirmed: these steps are taken, and nothing else. What is under way already is not begun again, nor what
 * was done after what they saw was read: that is the same yes, delivered again.
 */
export function takeSteps(
  record: RequestRecord,
  now: Date,
  wanted: {
    readonly actAs: ActAs;
    readonly steps: readonly WantedStep[];
    readonly messageId?: string;
    /** When that was read which is confirmed. */
    readonly readAt?: Instant;
  },
): Change {
  const { request } = record;
  const { id } = request.requester;
  const begun = wanted.steps.filter((step) => !isBegun(record, step, wanted.readAt));
  const taken = begun.map((step): ClearingStep => {
    const { action, holdingId, class: holdingClass, name, quantity, order, baseId, requestId } = step;
    const before = action === 'reactivate' ? leftBefore(record, step) : undefined;
    const addOns = step.addOns ?? before?.addOns;
    const suspendedAt = before?.suspendedAt ?? before?.doneAt ?? suspendedHere(record, step);
    return {
      action,
      holdingId,
      class: holdingClass,
      name,
      quantity,
      ...(order && { order }),
      ...(addOns && { addOns: [...addOns] }),
      ...(baseId !== undefined && { baseId }),
      ...(suspendedAt !== undefined && { suspendedAt }),
      actAs: wanted.actAs,
      askedAt: instant(now),
      state: 'asked',
      requestId,
      sendings: 0,
      looks: 0,
    };
  });
  return {
    request: { ...request, revision: request.revision + 1 },
    audit: Map.groupBy(begun, ({ action }) => action)
      .entries()
      .map(([action, steps]): AuditEvent => ({
        action: 'step.asked',
        actor: byPerson(id),
        target: request.customer.id,
        detail: { step: action, subscriptions: steps.map(({ holdingId }) => holdingId) },
      }))
      .toArray(),
    steps: taken.map((step) => ({ step, due: { here: true } })),
    ...(wanted.messageId !== undefined && {
      shown: [{ recipient: id, slot: stepSlot(request), messageId: wanted.messageId }],
    }),
    outbox: stepCards(request),
  };
}

/** What had left suspended what is given back: the subscription itself, or the base that it went with. */
const leftBefore = ({ steps }: RequestRecord, { holdingId, baseId }: WantedStep): ClearingStep | undefined =>
  steps.find((one) => one.holdingId === holdingId && leftSuspended(one)) ??
  steps
    .filter((one) => one.holdingId === baseId && leftSuspended(one))
    .map((base) => without(base, 'addOns'))
    .at(0);

/**
 * Why a step may not be sent as the request stands, if so. What was suspended may be given back after the end of a
 * request; everything else belongs to one that is open, and a cancellation to one that was approved for exactly that.
 */
export function barsSending(
  { request }: Pick<RequestRecord, 'request'>,
  step: ClearingStep,
  now: Date,
): 'ended' | 'not-approved' | 'too-late' | undefined {
  if (step.action === 'reactivate') return undefined;
  if (isFinal(request.state)) return 'ended';
  if (step.action !== 'cancel') return undefined;
  if (!isApprovedToCancel(request, step)) return 'not-approved';
  return isTimeOver(request, now) ? 'too-late' : undefined;
}

/** Others than the requester, as many as it takes, have approved the cancellation of this in no smaller quantity. */
function isApprovedToCancel(
  request: RemovalRequest,
  { holdingId, class: holdingClass, quantity }: ClearingStep,
): boolean {
  const { kind, state, cancels = [], approvals, approvalsRequired, requester } = request;
  const approvers = new Set(approvals.map(({ by }) => by.id).filter((id) => id !== requester.id));
  return (
    kind === 'cancellation' &&
    state === 'executing' &&
    approvers.size >= approvalsRequired &&
    cancels.some((one) => one.holdingId === holdingId && one.class === holdingClass && one.quantity >= quantity)
  );
}

/** The intent of one step, stored before it is sent. */
export function intendStep(
  record: RequestRecord,
  step: ClearingStep,
  sending: { readonly correlationId: string; readonly requestId?: string },
): Change {
  const sent: ClearingStep = {
    ...without(step, 'waitsForSignIn'),
    state: 'sent',
    requestId: sending.requestId ?? step.requestId,
    correlationId: sending.correlationId,
    sendings: step.sendings + 1,
  };
  return {
    request: record.request,
    audit: [event(record, 'step.intent', sent)],
    steps: [{ step: sent, due: { held: true } }],
    outbox: stepCards(record.request),
  };
}

/** Partner Center took it; what counts is what it shows. */
export function stepAccepted(
  record: RequestRecord,
  now: Date,
  step: ClearingStep,
  answer: { readonly status: number; readonly correlationId: string },
): Change {
  const accepted: ClearingStep = {
    ...without(step, 'refused', 'unread'),
    state: 'accepted',
    correlationId: answer.correlationId,
    acceptedAt: instant(now),
    looks: 0,
  };
  return {
    request: record.request,
    audit: [event(record, 'step.outcome', accepted, { status: answer.status })],
    steps: [{ step: accepted, due: { at: instant(now) } }],
  };
}

/**
 * Not seen yet, or not to be had just now: looked at again, a little later each time.
 *
 * @param after.error why no answer to the change is known; on record.
 * @param after.unread what reading was answered with. Once something was sent that says nothing of the change.
 */
export function lookAgain(
  record: RequestRecord,
  now: Date,
  step: ClearingStep,
  after: { readonly ms?: number; readonly error?: PartnerCenterError; readonly unread?: PartnerCenterError } = {},
): Change {
  const ms = after.ms ?? Math.min(FIRST_LOOK_MS * 1.4 ** step.looks, LONGEST_LOOK_MS);
  const waiting: ClearingStep = { ...without(withAnswer(step, after), 'waitsForSignIn'), looks: step.looks + 1 };
  const { error } = after;
  const unanswered = error && { status: error.status, code: error.code, fault: error.fault, why: 'no-answer' };
  return {
    request: record.request,
    audit: unanswered === undefined ? [] : [event(record, 'step.outcome', step, unanswered)],
    steps: [{ step: waiting, due: { at: later(now, ms) } }],
    ...(step.waitsForSignIn === true && { outbox: stepCards(record.request) }),
  };
}

/** With what was met last: what the change was answered with stays while only reading does not succeed. */
function withAnswer(
  step: ClearingStep,
  { error, unread }: { readonly error?: PartnerCenterError; readonly unread?: PartnerCenterError },
): ClearingStep {
  if (unread !== undefined && step.sendings > 0) return { ...step, unread: refusedCall(unread) };
  const refused = error ?? unread;
  return { ...without(step, 'refused', 'unread'), ...(refused && { refused: refusedCall(refused) }) };
}

/** Answered with a no that passes: the answer is on record, and the next sending is another call. */
export function answeredForNow(
  record: RequestRecord,
  now: Date,
  step: ClearingStep,
  answered: { readonly error: PartnerCenterError; readonly requestId: string; readonly ms: number },
): Change {
  const { error, requestId, ms } = answered;
  const { status, code, fault: why } = error;
  return {
    ...lookAgain(record, now, { ...step, requestId }, { ms, error }),
    audit: [event(record, 'step.outcome', step, { status, code, why })],
  };
}

/** What a step came to; with what the change, or reading, was answered with at last. */
export type StepEnd =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly error?: PartnerCenterError;
      readonly unread?: PartnerCenterError;
      readonly why?: string;
    };

/** The end of one step. After the last one everything is read again. */
export function stepEnded(record: RequestRecord, now: Date, step: ClearingStep, end: StepEnd): Change {
  const failed = end.kind === 'failed';
  const isNew = failed && (end.error ?? end.unread) !== undefined;
  const kept = isNew ? withAnswer(step, end) : failed ? step : without(step, 'refused', 'unread');
  const ended: ClearingStep = {
    ...without(kept, 'waitsForSignIn'),
    state: end.kind,
    doneAt: instant(now),
    ...(end.kind === 'done' && step.sendings === 0 && step.suspendedAt === undefined && { wasSoBefore: true }),
    ...(failed && end.why !== undefined && { endedFor: end.why }),
  };
  const others = record.steps.filter((one) => stepKey(one) !== stepKey(step));
  const why = failed ? (end.why ?? (end.error ?? end.unread)?.fault) : undefined;
  return {
    request: { ...record.request, revision: record.request.revision + 1 },
    audit: [event(record, failed ? 'step.outcome' : 'step.verified', ended, { why })],
    steps: [{ step: ended }],
    outbox: stepCards(record.request),
    ...(!others.some(isOpen) && { work: { [afterSteps(record.request)]: { here: true } } }),
  };
}

/** What is to be done after the last step: a cancellation that is carried out is concluded, anything else is read again. */
const afterSteps = ({ kind, state }: RemovalRequest): 'run' | 'look' =>
  kind === 'cancellation' && state === 'executing' ? 'run' : 'look';

/** What the reading after the last step says: somebody waits for *nothing stands in the way*, while it can be gone on. */
export function lookedAfterClearing({ request, steps }: RequestRecord, now: Date, readiness: Readiness): Change {
  const isReady = readiness.verdict.kind === 'clear' && request.state === 'draft';
  const [card, ...others] = stepCards(request);
  return {
    request,
    audit: [],
    outbox: isReady && card ? [{ ...card, mode: 'new', headline: 'ready' }, ...others] : stepCards(request),
    work: { look: isListBehind(steps, now, readiness) ? { at: later(now, LIST_AGAIN_MS) } : null },
  };
}

/** Whether the list still shows something as active that was seen to be suspended a short while ago. */
function isListBehind(steps: readonly ClearingStep[], now: Date, { lines }: Readiness): boolean {
  const since = later(now, -LIST_LAGS_MS);
  const suspended = new Set(
    steps
      .filter(({ action, state, doneAt = '' }) => action === 'suspend' && state === 'done' && doneAt > since)
      .map(({ holdingId }) => holdingId),
  );
  return lines.some(
    (line) =>
      line.kind === 'holding' && line.group === 'blocks' && line.status === 'active' && suspended.has(line.holdingId),
  );
}

const event = (
  { request }: RequestRecord,
  action: Exclude<StepEvent, 'step.asked'>,
  { action: step, actAs, holdingId, order, requestId, correlationId, state, sendings }: ClearingStep,
  more: Readonly<Record<string, string | number | undefined>> = {},
): AuditEvent => ({
  action,
  actor: actAs,
  target: request.customer.id,
  detail: {
    step,
    subscription: holdingId,
    ...(order && { order: order.orderId }),
    requestId,
    correlationId,
    state,
    sending: sendings,
    ...more,
  },
});
