import { instant, later } from '../../clock.ts';
import type { PersonRef } from '../../people/person.ts';
import { driftBetween } from '../../readiness/drift.ts';
import { inactiveOf } from '../../readiness/inactive.ts';
import { isNoLongerOurs } from '../../readiness/relationship.ts';
import type { Readiness } from '../../readiness/readiness.ts';
import { decideBy, prepare } from '../cancelling/cancellation.ts';
import type { Change } from '../change.ts';
import { nextChaseAt } from '../deciding/chase-clock.ts';
import { byPerson, moveTo, tell, without, type RequestPolicy } from '../moves.ts';
import type { NotSent, OfBatch, Plan, RemovalRequest, RequestForm, RequestRecord, ToCancel } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';

/** How long a reason may be, in characters, on both sides. */
export const REASON_LENGTH = { min: 10, max: 500 } as const;
export const TICKET_LENGTH = 60;
export const COMMENT_LENGTH = 500;

export type ReasonFault = 'reason-too-short' | 'reason-too-long';
/** @returns what is wrong with a reason, if anything. */
export function reasonFault(reason: string): ReasonFault | undefined {
  const { length } = reason.trim();
  if (length < REASON_LENGTH.min) return 'reason-too-short';
  return length > REASON_LENGTH.max ? 'reason-too-long' : undefined;
}

/** Whether a domain typed by hand is the customer's: case and blanks around it do not matter. */
export const isDomain = (typed: string, domain: string): boolean =>
  domain !== '' && typed.trim().toLowerCase() === domain.trim().toLowerCase();

/**
 * *Send request* was pressed: everything is read once more, and only then are approvers asked. What a draft asks for is
 * settled by the form that it was sent with.
 */
export function askToSend(
  { request }: RequestRecord,
  now: Date,
  asked: {
    readonly form: RequestForm;
    readonly approvers: readonly PersonRef[];
    /** What is to be cancelled; left out, it is the removal that is asked for. */
    readonly cancels?: readonly ToCancel[];
    readonly messageId?: string;
    /** Where several are asked for together. */
    readonly batch?: OfBatch;
  },
): Change {
  const { form, approvers, cancels, messageId, batch } = asked;
  const { id } = request.requester;
  return {
    request: {
      // What is handed in by itself is one of several no longer.
      ...without(request, 'notSent', 'cancels', 'batch'),
      kind: cancels === undefined ? 'removal' : 'cancellation',
      ...(cancels && { cancels: [...cancels] }),
      ...(batch && { batch }),
      form,
      approvers: [...approvers],
      sendingSince: instant(now),
      revision: request.revision + 1,
    },
    audit: [
      {
        action: 'request.sending',
        actor: byPerson(id),
        target: request.customer.id,
        ...(batch && { detail: { batch: batch.id } }),
      },
    ],
    outbox: [{ recipient: id, slot: 'request', mode: 'edit' }],
    work: { run: { here: true } },
    ...(messageId !== undefined && { shown: [{ recipient: id, slot: 'request', messageId }] }),
  };
}

/**
 * What the last reading before sending makes of the request: approvers are asked to end the relationship when nothing
 * known stands in the way, and to cancel what can still be cancelled; otherwise it is a draft as before. A source that
 * could not be read stands in the way of both.
 */
export function sendAfterReading(
  record: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  readiness: Readiness,
  /** The request before it whose approval is void. */
  before?: RemovalRequest,
): Change {
  const { request } = record;
  const { form, requester, customer } = request;
  const unfit = obstacle(readiness, form);
  if (unfit !== undefined || form === undefined) return notSent(request, now, { why: unfit ?? 'unread' });
  const planned =
    request.kind === 'removal' ? planOf(record, readiness) : prepare(request.cancels ?? [], readiness, now);
  if (planned.kind === 'not') return notSent(request, now, planned);
  const { companyName, domain } = readiness.customer ?? customer;
  const { plan, ...asked } = planned;
  const { at: approveBy, windowEnds } = decideBy(asked, later(now, policy.approvalTtlMs));
  const pending = {
    ...without(moveTo(request, 'pending', now), 'sendingSince', 'notSent', 'endsWithWindow'),
    // As approvers are to read it: it may have been renamed since the draft was opened.
    customer: { id: customer.id, companyName, domain },
    plan: {
      ...plan,
      ...(request.kind === 'removal' && before?.kind === 'removal' && differenceFrom(before, readiness)),
    },
    ...(asked.cancels && { cancels: [...asked.cancels] }),
    sentAt: instant(now),
    ...{ approveBy, ...windowEnds },
  };
  return {
    request: pending,
    audit: [
      {
        action: 'request.sent',
        actor: byPerson(requester.id),
        target: customer.id,
        detail: {
          digest: plan.digest,
          reason: form.reason,
          ticket: form.ticket,
          ...(asked.cancels
            ? { cancels: asked.cancels.map(({ holdingId }) => holdingId) }
            : { notice: form.notice, nextProvider: form.nextProvider }),
          approvers: pending.approvers.map(({ id }) => id),
          ...(plan.delegatedAdmin && { delegatedAdmin: plan.delegatedAdmin.map(({ id }) => id) }),
        },
      },
    ],
    outbox: tell(pending, { requester: 'edit', approvers: 'new' }, 'approval-wanted'),
    work: { run: null, clock: { at: nextChaseAt(pending, policy.chase) } },
  };
}

/** Who approves again sees what has changed since the approval that is void. */
function differenceFrom({ id, plan }: RemovalRequest, { facts }: Readiness): Pick<Plan, 'since'> {
  if (plan === undefined) return {};
  const { worse, better } = driftBetween(plan.facts, facts);
  return { since: { requestId: id, lines: [...worse, ...better] } };
}

function obstacle(
  readiness: Readiness,
  form: RequestForm | undefined,
): 'no-relationship' | 'unread' | 'wrong-domain' | undefined {
  if (isNoLongerOurs(readiness)) return 'no-relationship';
  if (readiness.verdict.kind === 'cannot-tell' || readiness.customer === undefined) return 'unread';
  return isDomain(form?.domain ?? '', readiness.customer.domain) ? undefined : 'wrong-domain';
}

/** What the approval of a removal is to be bound to, where nothing stands in its way. */
function planOf(
  { request: { form }, steps }: RequestRecord,
  { verdict, readAt, digest, facts, lines, delegatedAdmin, customer }: Readiness,
): Planned | { readonly kind: 'not'; readonly why: NotSent['why'] } {
  if (verdict.kind !== 'clear') return { kind: 'not', why: 'blocked' };
  const live = delegatedAdmin?.kind === 'read' ? delegatedAdmin.live : undefined;
  const isToEnd = form?.endDelegatedAdmin === true;
  if (isToEnd && live === undefined) return { kind: 'not', why: 'unread-delegated-admin' };
  const inactive = inactiveOf(facts, new Set(steps.flatMap(withAddOns)));
  return {
    kind: 'ready',
    plan: {
      ...{ readAt, digest, facts, lines: lines.filter(({ group }) => group !== 'blocks'), inactive },
      ...(customer?.locale !== undefined && { customerLocale: customer.locale }),
      ...(isToEnd && live && { delegatedAdmin: live }),
    },
  };
}

interface Planned {
  readonly kind: 'ready';
  readonly plan: Plan;
  readonly cancels?: readonly ToCancel[];
}

/** A draft again. `cancels`: what is left that can be asked for. */
function notSent(
  request: RequestRecord['request'],
  now: Date,
  {
    why,
    names,
    cancels,
  }: Pick<NotSent, 'why'> & {
    readonly names?: readonly string[];
    readonly cancels?: readonly ToCancel[];
  },
): Change {
  return {
    request: {
      ...without(request, 'sendingSince'),
      ...(cancels && { cancels: [...cancels] }),
      notSent: { why, at: instant(now), ...(names && { names: [...names] }) },
      revision: request.revision + 1,
    },
    audit: [{ action: 'request.not-sent', actor: 'bot', target: request.customer.id, detail: { why } }],
    outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'edit', headline: 'not-sent' }],
    work: { run: null },
  };
}

/** Ids of what a step is about, and of what goes with it. */
const withAddOns = ({ holdingId, addOns = [] }: ClearingStep): readonly string[] => [
  holdingId,
  ...addOns.map((addOn) => addOn.holdingId),
];
