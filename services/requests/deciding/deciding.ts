import type { AuditEvent } from '../../audit/audit-chain.ts';
import { instant, later } from '../../clock.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import { cancelSteps, carryOutBy, isRetryable } from '../cancelling/cancellation.ts';
import type { CustomerRead, NoAccess } from './access.ts';
import type { Change } from '../change.ts';
import { voidRequest } from '../removing/executing.ts';
import { executorOnceApproved } from '../removing/executor.ts';
import { canMove, isFinal } from '../life.ts';
import { byPerson, cardsOfDraft, moveTo, tell, without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { isOpen } from '../clearing/clearing-step.ts';
import { NOT_RESENT, type RefusedCall } from '../removing/refused-call.ts';
import { refuse, type Refused } from '../request-store.ts';
import { reasonFault, type ReasonFault } from '../sending/sending.ts';
import type { UndoRefusal } from '../giving-back/undo-refusal.ts';
import { mayDecide, noApproverOf, peopleAmong } from '../who-may.ts';

/** Why somebody's decision does not count. Nothing was changed. */
export type DecisionRefusal =
  /** Nobody decides on what they asked for themselves, whatever roles they hold. */
  | 'own-request'
  | 'not-an-approver'
  | 'not-the-requester'
  /** It was passed to somebody else, who decides now. */
  | 'passed-on'
  /** Only those who are asked, and whoever asked, have somebody else asked. */
  | 'not-asked'
  /** Whoever was chosen cannot be asked. */
  | 'not-available'
  /** As many approvers have a card of it as may. */
  | 'with-enough'
  /** This person has decided so already: the same click again, or another device. */
  | 'repeated'
  /** Somebody else carries it out by now. */
  | 'taken-over'
  /** Only auditors close what nobody knows the outcome of, and none who has a part in it. */
  | 'not-an-auditor'
  | 'has-a-part'
  | 'not-unknown'
  | 'already-decided'
  | 'expired'
  /** The removal may be on its way. */
  | 'too-late'
  /** A button of a card that was overtaken. */
  | 'stale-card'
  | ReasonFault
  | NoAccess
  | UndoRefusal;

/** Somebody's click on a card. */
export interface Click {
  readonly person: PersonRef;
  /** Whether the button is of the card as it is now. */
  readonly isCurrent: (request: RemovalRequest) => boolean;
  /** The message that was pressed, where it is to show the request from then on. */
  readonly messageId?: string;
}

/** A request after somebody's decision on it, or why it does not count; `record` is the present one either way. */
export type Decision =
  | { readonly kind: 'changed'; readonly record: RequestRecord }
  | {
      readonly kind: 'refused';
      readonly why: DecisionRefusal;
      readonly record: RequestRecord;
      /** Where Partner Center lets nobody carry it out: whom, and what it answered. */
      readonly barred?: { readonly name: string; readonly refused: RefusedCall };
    };

/** Why this click decides nothing, if so. */
export function decisionRefusal(
  request: RemovalRequest,
  { person, isCurrent }: Click,
  roles: Roles,
  now: Date,
): DecisionRefusal | undefined {
  const barred = mayDecide(request, person, roles);
  if (barred !== undefined) return barred;
  if (hasDecided(request, person, roles)) return 'repeated';
  if (request.state !== 'pending') return request.state === 'expired' ? 'expired' : 'already-decided';
  if (request.approveBy === undefined || instant(now) >= request.approveBy) return 'expired';
  return isCurrent(request) ? undefined : 'stale-card';
}

/** By whichever of their accounts: two accounts of one person are no two people. */
export const hasDecided = ({ approvals, declined }: RemovalRequest, { id }: PersonRef, roles: Roles): boolean =>
  [...approvals, ...(declined ? [declined] : [])].some(({ by }) => roles.isSamePerson(by.id, id));

/**
 * An approval counts once a person, as long as that person may approve, and only after the customer was read in the
 * name of whoever would carry the removal out, where they can be asked. The last one that is needed starts the removal,
 * in this process; or it waits for the requester's *Remove now*, where it is carried out in their name.
 */
export function approve(
  record: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  roles: Roles,
  click: Click & { readonly comment?: string; readonly read?: CustomerRead },
): Change | Refused<DecisionRefusal> {
  const { request } = record;
  const why = decisionRefusal(request, click, roles, now);
  if (why !== undefined) return refuse(why);
  // Nobody asks for it any more.
  if (!roles.isRequester(request.requester.id)) return voidRequest(record, now, 'no-longer-requester');
  const { person, comment, read } = click;
  const approval = { by: refOf(person), at: instant(now), ...(comment !== undefined && { comment }) };
  const stillApprovers = request.approvals.filter(({ by }) => noApproverOf(request, by, roles) === undefined);
  const people = peopleAmong(
    stillApprovers.map((one) => one.by),
    roles,
  );
  const standing = stillApprovers.filter(({ by }) => people.includes(by));
  const dropped = request.approvals.filter((one) => !standing.includes(one)).map(({ by }) => by.id);
  const approvals = [...standing, approval];
  const audit: AuditEvent = {
    action: 'request.approved',
    actor: byPerson(person.id),
    target: request.customer.id,
    detail: {
      digest: request.plan?.digest,
      approvals: approvals.length,
      of: request.approvalsRequired,
      comment,
      // Of those who may approve no longer.
      ...(dropped.length > 0 && { dropped }),
      // The read that showed that it can be carried out.
      ...(read && { readAs: read.actAs, correlationId: read.correlationId }),
    },
  };
  if (approvals.length < request.approvalsRequired) {
    // Nobody else's buttons have changed: a confirm view that is open somewhere stays good.
    const { stateSince, revision } = request;
    const pending = { ...moveTo(request, 'pending', now), stateSince, revision, approvals };
    return { request: pending, audit: [audit], outbox: tell(pending, { requester: 'edit', approvers: 'edit' }) };
  }
  const { at: executeBy, windowEnds } = carryOutBy(request, later(now, policy.executionTtlMs));
  const executor = executorOnceApproved(request, refOf(person), policy.executeAs);
  const approved = {
    ...without(moveTo(request, 'approved', now), 'endsWithWindow'),
    ...{ approvals, executeBy, executor, ...windowEnds },
  };
  if (executor.id === request.requester.id) {
    const waiting = { ...approved, waitingFor: { why: 'remove-now' as const, since: instant(now), looks: 0 } };
    return {
      request: waiting,
      audit: [audit],
      outbox: tell(waiting, { requester: 'new', approvers: 'edit' }, 'remove-now'),
      work: { run: null, clock: { at: executeBy } },
    };
  }
  return {
    request: approved,
    audit: [audit],
    outbox: tell(approved, { requester: 'new', approvers: 'edit' }, 'approved'),
    work: { run: { here: true }, clock: { at: executeBy } },
  };
}

/** One person's no is final. The reason reaches the requester. */
export function decline(
  { request }: RequestRecord,
  now: Date,
  roles: Roles,
  click: Click & { readonly reason: string },
): Change | Refused<DecisionRefusal> {
  const why = decisionRefusal(request, click, roles, now) ?? reasonFault(click.reason);
  if (why !== undefined) return refuse(why);
  const reason = click.reason.trim();
  const declined = {
    ...moveTo(request, 'declined', now),
    declined: { by: refOf(click.person), at: instant(now), reason },
  };
  return {
    request: declined,
    audit: [
      {
        action: 'request.declined',
        actor: byPerson(click.person.id),
        target: request.customer.id,
        detail: { reason },
      },
    ],
    outbox: tell(declined, { requester: 'new', approvers: 'edit' }, 'declined'),
    work: { run: null, clock: null },
  };
}

/**
 * Why this person cannot withdraw this request, if so: only its requester can, until the removal may be on its way.
 * Whoever has lost the role for it can do nothing with it any more.
 */
export function barsWithdrawal(
  { requester, state }: RemovalRequest,
  person: PersonRef,
  roles: Roles,
): DecisionRefusal | undefined {
  if (person.id !== requester.id) return 'not-the-requester';
  if (!roles.isRequester(person.id)) return 'not-a-requester';
  if (state === 'withdrawn' || state === 'abandoned') return 'repeated';
  if (isFinal(state)) return 'already-decided';
  return state === 'draft' || canMove(state, 'withdrawn') ? undefined : 'too-late';
}

/** Ends a request that its requester no longer wants. A draft is abandoned by it. */
export function withdraw(
  record: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent }: Click,
): Change | Refused<DecisionRefusal> {
  const { request } = record;
  const why = barsWithdrawal(request, person, roles);
  if (why !== undefined) return refuse(why);
  if (!isCurrent(request)) return refuse('stale-card');
  const state = request.state === 'draft' ? 'abandoned' : 'withdrawn';
  const withdrawn = without(moveTo(request, state, now), 'sendingSince', 'waitingFor');
  return {
    request: withdrawn,
    audit: [{ action: `request.${state}`, actor: byPerson(person.id), target: request.customer.id }],
    outbox:
      state === 'abandoned'
        ? cardsOfDraft(record)
        : tell(withdrawn, { requester: 'edit', approvers: 'edit' }, 'withdrawn'),
    work: { run: null, clock: null, look: null },
  };
}

/** Whether what Partner Center refused may be tried again under the same approval, as long as that holds. */
export const mayContinue = (record: Pick<RequestRecord, 'request' | 'steps'>): boolean =>
  record.request.kind === 'removal'
    ? record.request.refused?.fault !== NOT_RESENT
    : cancelSteps(record).some(isRetryable);

/**
 * By the requester, after Partner Center refused: the same plan again, while its approval still holds. A call to
 * which no answer was seen is not made again as another one.
 */
export function continueAfterRefusal(
  { request, steps }: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent }: Click,
): Change | Refused<DecisionRefusal> {
  if (person.id !== request.requester.id) return refuse('not-the-requester');
  if (!roles.isRequester(person.id)) return refuse('not-a-requester');
  if (request.state !== 'blocked') return refuse(isFinal(request.state) ? 'already-decided' : 'repeated');
  if (request.executeBy === undefined || instant(now) >= request.executeBy) return refuse('expired');
  if (!mayContinue({ request, steps })) return refuse('too-late');
  if (!isCurrent(request)) return refuse('stale-card');
  if (steps.some(isOpen)) return refuse('giving-back');
  const approved: RemovalRequest = {
    ...without(moveTo(request, 'approved', now), 'refused', 'inTheWay', 'waitingFor', 'removal'),
    ...(request.removal && { wasRefused: true }),
  };
  return {
    request: approved,
    audit: [{ action: 'request.continued', actor: byPerson(person.id), target: request.customer.id }],
    outbox: tell(approved, { requester: 'edit', approvers: 'edit' }),
    work: { run: { here: true } },
  };
}
