import type { AuditEvent } from '../../audit/audit-chain.ts';
import { instant, later } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import type { CallIds, PartnerCenterError, ActAs } from '../../partner-center/partner-center.ts';
import { driftBetween } from '../../readiness/drift.ts';
import type { DriftLine, Line, Readiness } from '../../readiness/readiness.ts';
import type { Change } from '../change.ts';
import type { Roles } from '../../people/roles.ts';
import { lapseAt } from '../deciding/lapsing.ts';
import { endingOf } from '../delegated-admin/ending-delegated-admin.ts';
import { executorOf } from './executor.ts';
import { approverIds, moveTo, tell, without, type RequestPolicy } from '../moves.ts';
import { nextTellingAt, unknownAnew } from './still-unknown.ts';
import { mayStandIn } from '../who-may.ts';
import { MOST_ASKED } from '../sending/whom-to-ask.ts';
import type { Removal, RemovalRequest, RequestRecord, VoidReason, WaitingFor } from '../request.ts';
import { NOT_RESENT, refusedCall, type RefusedCall } from './refused-call.ts';

/** What was approved, against what is there now. */
export type Recheck =
  | { readonly kind: 'as-approved' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'void'; readonly why: 'drift' | 'blocked'; readonly drift: readonly DriftLine[] };

/** Compares a fresh and complete reading with the plan. What only got better voids nothing. */
export function recheck({ plan }: RemovalRequest, readiness: Readiness): Recheck {
  if (readiness.verdict.kind === 'cannot-tell' || readiness.customer === undefined) return { kind: 'unread' };
  if (plan === undefined) return { kind: 'void', why: 'blocked', drift: [] };
  const drift = driftBetween(plan.facts, readiness.facts).worse;
  if (drift.length > 0) return { kind: 'void', why: 'drift', drift };
  return readiness.verdict.kind === 'clear' ? { kind: 'as-approved' } : { kind: 'void', why: 'blocked', drift: [] };
}

/** The approval no longer covers what is there, or who stood behind it may no longer do so. */
export function voidRequest(
  { request }: RequestRecord,
  now: Date,
  why: VoidReason,
  drift: readonly DriftLine[] = [],
): Change {
  const voided = { ...without(moveTo(request, 'void', now), 'waitingFor', 'sendingSince'), voided: { why, drift } };
  return {
    request: voided,
    audit: [
      {
        action: 'request.void',
        actor: 'bot',
        target: request.customer.id,
        detail: { why, drift: drift.map((line) => JSON.stringify(line)) },
      },
    ],
    outbox: tell(voided, { requester: 'new', approvers: 'approved' }, why === 'gone' ? 'gone' : 'void'),
    work: { run: null, clock: null },
  };
}

/** The intent: stored before the first byte. A re-send keeps the `MS-RequestId` and has a correlation id of its own. */
export function intendRemoval(
  { request }: RequestRecord,
  now: Date,
  sending: { readonly actAs: ActAs; readonly requestId: string; readonly correlationId: string },
): Change {
  const before = request.removal;
  const removal: Removal = {
    requestId: before?.requestId ?? sending.requestId,
    correlationId: sending.correlationId,
    digest: request.plan?.digest ?? '',
    actAs: sending.actAs,
    sentAt: instant(now),
    sendings: (before?.sendings ?? 0) + 1,
  };
  const moved = request.state === 'executing' ? request : moveTo(request, 'executing', now);
  const executing = { ...without(moved, 'waitingFor', 'refused'), removal };
  return {
    request: executing,
    audit: [
      {
        action: 'step.intent',
        actor: sending.actAs,
        target: request.customer.id,
        detail: {
          step: 'removal',
          requestId: removal.requestId,
          correlationId: removal.correlationId,
          digest: removal.digest,
          sending: removal.sendings,
        },
      },
    ],
    outbox: tell(executing, { requester: 'edit', approvers: 'edit' }),
    work: { run: { held: true }, clock: null },
  };
}

/** Partner Center said yes: what counts is read from now on. */
export function removalAnswered(
  record: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  answer: { readonly status: number; readonly ids: CallIds },
): Change {
  const { request } = record;
  const nextLookAt = later(now, Math.min(policy.verifyEveryMs, 1_000));
  const verifying = {
    ...moveTo(request, 'verifying', now),
    ...(request.removal && { removal: { ...request.removal, acceptedAt: instant(now) } }),
    waitingFor: { why: 'still-listed' as const, since: instant(now), looks: 0, nextLookAt },
  };
  return {
    request: verifying,
    audit: [outcome(request, { status: answer.status, correlationId: answer.ids.correlationId })],
    outbox: tell(verifying, { requester: 'edit', approvers: 'edit' }),
    work: { run: { at: nextLookAt } },
  };
}

/** An answer was seen, and it says no: nothing was changed. What stands in the way is read next. */
export function removalRefused({ request }: RequestRecord, now: Date, refused: RefusedCall): Change {
  const blocked = { ...without(moveTo(request, 'blocked', now), 'waitingFor', 'inTheWay'), refused };
  const { fault, status, code, ids } = refused;
  return {
    request: blocked,
    audit: [outcome(request, { fault, status, code, correlationId: ids.correlationId, refused: true })],
    outbox: tell(blocked, { requester: 'new', approvers: 'approved' }, 'blocked'),
    work: {
      run: fault === NOT_RESENT ? null : { at: instant(now) },
      clock: { at: lapseAt(request, now) },
    },
  };
}

/**
 * What a reading after the refusal found to stand in the way.
 *
 * @param again when it is read again, since nobody could tell whether the customer is still ours.
 */
export function foundInTheWay(
  { request }: RequestRecord,
  now: Date,
  inTheWay: readonly Line[],
  again?: { readonly forMs: number },
): Change {
  const work = { run: again === undefined ? null : { at: later(now, again.forMs) } };
  const isKnown = again !== undefined && request.inTheWay !== undefined;
  if (inTheWay.length === 0 || isKnown) return { request, audit: [], work };
  const blocked = { ...request, inTheWay };
  return { request: blocked, audit: [], outbox: tell(blocked, { requester: 'edit', approvers: 'edit' }), work };
}

/** Nothing tells whether the call was carried out. Said so, and found out by looking. */
export function removalUnanswered(
  record: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  why: Extract<WaitingFor['why'], 'no-answer' | 'still-listed'>,
  { error, forMs = policy.verifyEveryMs }: { readonly error?: PartnerCenterError; readonly forMs?: number } = {},
): Change {
  const { request } = record;
  const nextLookAt = later(now, forMs);
  const unknown = {
    ...unknownAnew(moveTo(request, 'unknown', now)),
    waitingFor: { why, since: instant(now), looks: 0, nextLookAt, ...(error && { refused: refusedCall(error) }) },
  };
  const correlationId = request.removal?.correlationId;
  // What was met in looking is no answer to the call.
  const said = error?.ids.correlationId === correlationId ? error && saidOf(error) : undefined;
  return {
    request: unknown,
    audit: [outcome(request, { ...said, correlationId, unknown: true, why })],
    outbox: tell(unknown, { requester: 'new', approvers: 'approved' }, 'unknown'),
    work: { run: { at: nextLookAt }, clock: { at: nextTellingAt(unknown) } },
  };
}

/** The customer is gone from the list and answers as somebody else's: only this is success, and lets GDAP be ended. */
export function removalDone({ request }: RequestRecord, now: Date, comeBackUrl: string | undefined): Change {
  const delegatedAdmin = endingOf(request, now);
  const done = {
    ...without(moveTo(request, 'done', now), 'waitingFor'),
    ...(delegatedAdmin && { delegatedAdmin }),
    ...(request.removal && { removal: { ...request.removal, goneAt: instant(now) } }),
    ...(comeBackUrl !== undefined && { comeBackUrl }),
  };
  return {
    request: done,
    audit: [
      {
        action: 'step.verified',
        actor: 'bot',
        target: request.customer.id,
        detail: { step: 'removal', correlationId: request.removal?.correlationId },
      },
    ],
    outbox: tell(done, { requester: 'new', approvers: 'approved' }, 'removed'),
    work: { run: null, clock: null, ...(delegatedAdmin && { gdap: { here: true } }) },
  };
}

/**
 * No answer to it is known, and the customer is seen to be gone: it was carried out. That is found out by looking, and
 * nobody has seen it accepted.
 *
 * @param error what the newest sending was answered with, where it was no yes.
 */
export function removalReconciled(
  record: RequestRecord,
  now: Date,
  comeBackUrl: string | undefined,
  error?: PartnerCenterError,
): Change {
  const { request } = record;
  const done = removalDone({ ...record, request: moveTo(request, 'unknown', now) }, now, comeBackUrl);
  const said = { ...(error && saidOf(error)), correlationId: request.removal?.correlationId };
  return { ...done, audit: [outcome(request, { ...said, why: 'reconciled' }), ...done.audit] };
}

/** What is waited for, and what the last try has shown. */
export interface Waiting {
  readonly why: WaitingFor['why'];
  readonly forMs: number;
  /** How many looks in a row have seen that the customer is still ours. */
  readonly looks?: number;
  /** The call that did not succeed. */
  readonly refused?: RefusedCall;
  /** It is the removal that was answered so: nothing was carried out. */
  readonly isTurnedAway?: boolean;
  /** Neither it nor any before it was sent at all. */
  readonly isUnsent?: true;
  /** Who can be written to, of those who may do it in somebody's stead. @see reachableStandIns */
  readonly reachable?: ReadonlySet<UserId>;
}

/**
 * Nothing can be done now; who or what is waited for, and when it is looked at next, stands on the card. Who has to
 * sign in gets a new one, and so do those who may do it in their stead and have none, as far as there are cards.
 */
export function waitFor({ request }: RequestRecord, now: Date, roles: Roles, waiting: Waiting): Change {
  const { why, forMs, looks = 0, isTurnedAway = false, isUnsent, reachable } = waiting;
  const nextLookAt = later(now, forMs);
  const before = request.waitingFor;
  const isSame = before?.why === why;
  // What was never sent has no answer, and no id that Partner Center could be asked for.
  const answered = waiting.refused?.fault === 'not-sent' ? undefined : waiting.refused;
  const refused = answered ?? (isSame && why === 'sign-in' ? before.refused : undefined);
  const waitingFor: WaitingFor = {
    why,
    since: (isSame ? before.since : undefined) ?? instant(now),
    nextLookAt,
    looks,
    ...(refused && { refused }),
  };
  const after: RemovalRequest = {
    ...request,
    // Whether somebody else may do it has changed.
    revision: request.revision + (!isSame && (why === 'sign-in' || before?.why === 'sign-in') ? 1 : 0),
    waitingFor,
    // What was turned away was not sent: an answer was seen, and it was only too early.
    ...(isTurnedAway &&
      request.removal && {
        removal: {
          ...{ ...request.removal, isTurnedAway, sendings: request.removal.sendings - 1 },
          ...(isUnsent && { isUnsent }),
        },
      }),
  };
  const work = { run: { at: nextLookAt } };
  const audit = isTurnedAway && waiting.refused ? [turnedAway(request, waiting.refused)] : [];
  if (isSame) return { request: after, audit, work };
  if (why !== 'sign-in')
    return { request: after, audit, outbox: tell(after, { requester: 'edit', approvers: 'edit' }), work };
  return { ...askToSignIn(after, roles, reachable), audit, work };
}

/**
 * Shows whoever is waited for a new card, and others who may do it how it stands: those who were asked, then, up to as
 * many as are asked at most, those who can be written to, then the rest.
 */
function askToSignIn(
  request: RemovalRequest,
  roles: Roles,
  reachable: ReadonlySet<UserId> = new Set(),
): Pick<Change, 'request' | 'outbox'> {
  const executor = executorOf(request);
  const eligible = mayStandIn(request, roles);
  const hasCard = approverIds(request);
  const others = eligible
    .filter((id) => !hasCard.includes(id))
    .toSorted((a, b) => Number(reachable.has(b)) - Number(reachable.has(a)));
  const alsoTold = [...(request.alsoTold ?? []), ...others.slice(0, Math.max(0, MOST_ASKED - hasCard.length))];
  const asked = { ...request, ...(alsoTold.length > 0 && { alsoTold }) };
  return {
    request: asked,
    outbox: tell(asked, { requester: 'edit', approvers: 'edit' }).map((item) =>
      item.recipient === executor.id
        ? { ...item, mode: 'new', headline: 'sign-in' }
        : { ...item, ...(eligible.includes(item.recipient) && { headline: 'sign-in' }) },
    ),
  };
}

const outcome = (
  request: RemovalRequest,
  said: Readonly<Record<string, string | number | boolean | undefined>>,
): AuditEvent => ({
  action: 'step.outcome',
  actor: request.removal?.actAs ?? 'bot',
  target: request.customer.id,
  detail: { step: 'removal', requestId: request.removal?.requestId, ...said },
});

const turnedAway = (request: RemovalRequest, { fault, status, code, ids }: RefusedCall) =>
  outcome(request, { fault, status, code, correlationId: ids.correlationId, ...uncounted(fault) });

/** How the record says that a sending does not count: nothing was carried out by it. */
export const uncounted = (fault: string): Readonly<Record<string, true>> =>
  fault === 'not-sent' ? { notSent: true } : { turnedAway: true };

const saidOf = ({ fault, status, code }: PartnerCenterError) => ({ fault, status, code });
