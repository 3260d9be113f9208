import type { AuditEvent } from '../../audit/audit-chain.ts';
import { instant, later } from '../../clock.ts';
import type { HoldingId, UserId } from '../../ids.ts';
import type { ActAs, PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { Roles } from '../../people/roles.ts';
import { cancelSteps, isUnknown, stepOf } from './cancellation.ts';
import { stepKey, type Change } from '../change.ts';
import { MAX_SENDINGS } from '../clearing/clearing.ts';
import { lapseAt } from '../deciding/lapsing.ts';
import { waitFor } from '../removing/executing.ts';
import { refusedCall } from '../removing/refused-call.ts';
import { moveTo, tell, without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord, ToCancel } from '../request.ts';
import { isOpen, type ClearingStep } from '../clearing/clearing-step.ts';
import { nextTellingAt, unknownAnew } from '../removing/still-unknown.ts';

/** A cancellation without an answer is sent again, or called not done, only after so many looks found it undone. */
const LOOKS_BEFORE_RESENDING = 2;
/** How often one is sent in all, however long there is no answer. */
const MOST_SENDINGS = 3 * MAX_SENDINGS;

/** Every cancellation that was approved and is still to be made, begun in one commit; each call has an intent of its own. */
export function beginCancelling(
  record: RequestRecord,
  now: Date,
  begun: {
    readonly left: readonly (ToCancel & { readonly requestId: string })[];
    /** What is gone already, without anything having been sent: only noted. */
    readonly gone: readonly (ToCancel & { readonly requestId: string })[];
    readonly actAs: ActAs;
  },
): Change {
  const { left, gone, actAs } = begun;
  const { request } = record;
  const at = instant(now);
  const executing = without(moveTo(request, 'executing', now), 'waitingFor');
  const asked = left.map((one): ClearingStep => asStep(one, stepOf(record, one.holdingId), actAs, at));
  const noted = gone.map((one): ClearingStep => {
    const before = stepOf(record, one.holdingId);
    const step = asStep(one, before, actAs, at);
    return { ...step, state: 'done', doneAt: at, ...(step.sendings === 0 && { wasSoBefore: true }) };
  });
  return {
    request: executing,
    audit: [
      {
        action: 'cancellation.begun',
        actor: actAs,
        target: request.customer.id,
        detail: {
          digest: request.plan?.digest,
          holdings: left.map(({ holdingId }) => holdingId),
          ...(gone.length > 0 && { gone: gone.map(({ holdingId }) => holdingId) }),
        },
      },
    ],
    steps: [...asked.map((step) => ({ step, due: { here: true } as const })), ...noted.map((step) => ({ step }))],
    outbox: tell(executing, { requester: 'edit', approvers: 'edit' }),
    work: { run: null, clock: null },
  };
}

/** A try after a call without an answer is the same call again; after an answer it is another one. */
function asStep(
  { holdingId, class: holdingClass, name, quantity, order, requestId }: ToCancel & { readonly requestId: string },
  before: ClearingStep | undefined,
  actAs: ActAs,
  askedAt: string,
): ClearingStep {
  const isSameCall = before?.notDoneAt !== undefined;
  return {
    ...{ action: 'cancel', holdingId, class: holdingClass, name, quantity, ...(order && { order }) },
    ...{ actAs, askedAt, state: 'asked', looks: 0 },
    ...(isSameCall
      ? {
          requestId: before.requestId,
          sendings: before.sendings,
          sendingsAllowed: before.sendings + MAX_SENDINGS,
          ...(before.correlationId !== undefined && { correlationId: before.correlationId }),
        }
      : { requestId, sendings: 0 }),
  };
}

/** What becomes of a cancellation once none of its calls is under way. `undefined` while one is. */
export function concludeCancelling(record: RequestRecord, now: Date, policy: RequestPolicy): Change | undefined {
  const steps = cancelSteps(record);
  if (steps.some(isOpen)) return undefined;
  const unknown = steps.filter(isUnknown);
  if (unknown.length > 0) return unknownOutcome(record, now, policy, unknown);
  return steps.every(({ state }) => state === 'done') ? allCancelled(record, now) : notAllCancelled(record, now);
}

/** Each was read back, so that nothing is left to be seen. */
function allCancelled(record: RequestRecord, now: Date): Change {
  const { request } = record;
  const verifying = request.state === 'executing' ? moveTo(request, 'verifying', now) : request;
  const done = without(moveTo(verifying, 'done', now), 'waitingFor');
  return {
    request: done,
    audit: [ended(record)],
    outbox: tell(done, { requester: 'new', approvers: 'approved' }, 'cancelled'),
    work: { run: null, clock: null },
  };
}

/** Partner Center refused some of it, which one by one is said on the card. What was cancelled stays so. */
function notAllCancelled(record: RequestRecord, now: Date): Change {
  const { request } = record;
  const blocked = without(moveTo(request, 'blocked', now), 'waitingFor');
  return {
    request: blocked,
    audit: [ended(record)],
    outbox: tell(blocked, { requester: 'new', approvers: 'approved' }, 'blocked'),
    work: { run: null, clock: { at: lapseAt(request, now) } },
  };
}

/** Nothing tells whether some of it was cancelled. Said so, and found out by looking. */
function unknownOutcome(
  record: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  steps: readonly ClearingStep[],
): Change {
  const { request } = record;
  const nextLookAt = later(now, policy.verifyEveryMs);
  const moved = unknownAnew(moveTo(request, 'unknown', now));
  const waitingFor = { why: whyUnknown(steps), since: instant(now), looks: 0, nextLookAt };
  const unknown: RemovalRequest = { ...moved, waitingFor };
  return {
    request: unknown,
    audit: [ended(record)],
    steps: steps.map((step) => ({ step: { ...step, looks: 0 } })),
    outbox: tell(unknown, { requester: 'new', approvers: 'approved' }, 'unknown'),
    work: { run: { at: nextLookAt }, clock: { at: nextTellingAt(unknown) } },
  };
}

const whyUnknown = (steps: readonly ClearingStep[]): 'still-listed' | 'no-answer' =>
  steps.every(({ acceptedAt }) => acceptedAt !== undefined) ? 'still-listed' : 'no-answer';

/** What reading has shown of one whose outcome is unknown. */
export type SeenCancelling =
  | { readonly kind: 'done' }
  /** It is there as before, and could be cancelled still. */
  | { readonly kind: 'to-do' }
  /** It is there, and cannot be cancelled any more. */
  | { readonly kind: 'impossible'; readonly why: string }
  | { readonly kind: 'unread'; readonly error: PartnerCenterError };

/** What was seen of everything whose outcome is unknown, and what may be done about it. */
export interface LookAtUnknown {
  readonly seen: ReadonlyMap<HoldingId, SeenCancelling>;
  /** Whether the approval still allows sending again what was not carried out, and somebody is at hand who can. */
  readonly mayResend: 'now' | 'once-signed-in' | false;
  /** Until the next look, in ms. */
  readonly pauseMs: number;
  readonly roles: Roles;
  /** Who can be written to, of those who may do it in somebody's stead. */
  readonly reachable?: ReadonlySet<UserId>;
  /** In whose name it is sent again: whoever carries it out by now. */
  readonly actAs: ActAs;
}

/**
 * What a look makes of a cancellation whose outcome is unknown. What is seen to be cancelled is; what reading has shown
 * often enough not to be is sent again under the same id while the approval holds, or else called not done, once one that
 * was accepted would have had its time to show. What was accepted, and does not show, is waited for and never sent again.
 */
export function lookedAtUnknown(record: RequestRecord, now: Date, policy: RequestPolicy, look: LookAtUnknown): Change {
  const mayShowYet = now.getTime() - Date.parse(record.request.stateSince) < policy.verifyForMs;
  const looked = cancelSteps(record)
    .filter(isUnknown)
    .flatMap((step) => lookedAt(step, now, { ...look, mayShowYet }) ?? []);
  const after = withSteps(
    record,
    looked.map(({ step }) => step),
  );
  const settled = looked.filter(({ found }) => found === 'done' || found === 'not-done');
  const change = {
    audit: settled.map(({ step }) => settledEvent(record, step)),
    steps: looked.map(({ step, found }) => ({ step, ...(found === 'resent' && { due: { here: true } as const }) })),
  };
  if (looked.some(({ found }) => found === 'resent')) {
    const executing = without(moveTo(record.request, 'executing', now), 'waitingFor');
    const outbox = tell(executing, { requester: 'edit', approvers: 'edit' });
    return { ...change, request: executing, outbox, work: { run: null, clock: null } };
  }
  const left = cancelSteps(after).filter(isUnknown);
  const concluded = left.length > 0 ? undefined : concludeCancelling(after, now, policy);
  if (concluded !== undefined)
    return { ...concluded, audit: [...change.audit, ...concluded.audit], steps: change.steps };
  const error = [...look.seen.values()].find((one) => one.kind === 'unread')?.error;
  const waiting = waitFor(after, now, look.roles, {
    why: looked.some(({ found }) => found === 'waits-for-sign-in') ? 'sign-in' : whyUnknown(left),
    forMs: look.pauseMs,
    ...(look.reachable && { reachable: look.reachable }),
    ...(error && { refused: refusedCall(error) }),
  });
  const outbox = waiting.outbox ?? tell(waiting.request, { requester: 'edit', approvers: 'edit' });
  return { ...waiting, ...change, ...(settled.length > 0 && { outbox }) };
}

interface Looked {
  readonly step: ClearingStep;
  readonly found: 'done' | 'not-done' | 'resent' | 'waits-for-sign-in' | 'undone-yet';
}

/**
 * What a look makes of one; nothing where it could not be read.
 *
 * @param look.mayShowYet whether it is too early to say that it was not carried out.
 */
function lookedAt(
  step: ClearingStep,
  now: Date,
  { seen: all, mayResend, actAs, mayShowYet }: LookAtUnknown & { readonly mayShowYet: boolean },
): Looked | undefined {
  const seen = all.get(step.holdingId);
  if (seen === undefined || seen.kind === 'unread') return undefined;
  const at = instant(now);
  if (seen.kind === 'done')
    return { step: { ...without(step, 'refused', 'endedFor'), state: 'done', doneAt: at }, found: 'done' };
  const looked = { ...step, looks: step.looks + 1 };
  if (looked.looks < LOOKS_BEFORE_RESENDING || step.acceptedAt !== undefined)
    return { step: looked, found: 'undone-yet' };
  if (seen.kind === 'to-do' && mayResend !== false && step.sendings < MOST_SENDINGS)
    return mayResend === 'now'
      ? { step: { ...sentAgain(step), actAs }, found: 'resent' }
      : { step: looked, found: 'waits-for-sign-in' };
  if (mayShowYet) return { step: looked, found: 'undone-yet' };
  const endedFor = seen.kind === 'impossible' && { endedFor: seen.why };
  return { step: { ...looked, notDoneAt: at, ...endedFor }, found: 'not-done' };
}

/** The same call again: what is known of it is kept. */
const sentAgain = (step: ClearingStep): ClearingStep => ({
  ...without(step, 'refused', 'endedFor', 'doneAt'),
  state: 'asked',
  looks: 0,
  sendingsAllowed: step.sendings + MAX_SENDINGS,
});

function withSteps(record: RequestRecord, steps: readonly ClearingStep[]): RequestRecord {
  const keys = new Set(steps.map(stepKey));
  return { ...record, steps: [...record.steps.filter((one) => !keys.has(stepKey(one))), ...steps] };
}

const settledEvent = (
  { request }: RequestRecord,
  { holdingId, requestId, state, endedFor }: ClearingStep,
): AuditEvent => ({
  action: state === 'done' ? 'step.verified' : 'step.outcome',
  actor: 'bot',
  target: request.customer.id,
  detail: {
    step: 'cancel',
    subscription: holdingId,
    requestId,
    state,
    ...(state !== 'done' && { why: 'not-done', found: endedFor }),
  },
});

/** How far it came, by number and by id. */
function ended(record: RequestRecord): AuditEvent {
  const steps = cancelSteps(record);
  const idsOf = (some: readonly ClearingStep[]) => some.map(({ holdingId }) => holdingId);
  const unknown = idsOf(steps.filter(isUnknown));
  const failed = idsOf(steps.filter((step) => step.state === 'failed' && !isUnknown(step)));
  return {
    action: 'cancellation.ended',
    actor: 'bot',
    target: record.request.customer.id,
    detail: {
      done: steps.filter(({ state }) => state === 'done').length,
      of: record.request.cancels?.length ?? 0,
      ...(failed.length > 0 && { failed }),
      ...(unknown.length > 0 && { unknown }),
    },
  };
}
