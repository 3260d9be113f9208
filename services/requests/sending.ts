import { instant, later } from '../clock.ts';
import type { PersonRef } from '../people/person.ts';
import { driftBetween } from '../readiness/drift.ts';
import { inactiveOf } from '../readiness/inactive.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { Change } from './change.ts';
import { nextChaseAt } from './chase-clock.ts';
import { byPerson, moveTo, tell, without, type RequestPolicy } from './moves.ts';
import type { ClearingStep, NotSent, Plan, RemovalRequest, RequestForm, RequestRecord } from './request.ts';

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

/** *Send request* was pressed: everything is read once more, and only then are approvers asked. */
export function askToSend(
  { request }: RequestRecord,
  now: Date,
  asked: { readonly form: RequestForm; readonly approvers: readonly PersonRef[]; readonly messageId?: string },
): Change {
  const { form, approvers, messageId } = asked;
  const { id } = request.requester;
  return {
    request: {
      ...without(request, 'notSent'),
      form,
      approvers: [...approvers],
      sendingSince: instant(now),
      revision: request.revision + 1,
    },
    audit: [{ action: 'request.sending', actor: byPerson(id), target: request.customer.id }],
    outbox: [{ recipient: id, slot: 'request', mode: 'edit' }],
    work: { run: { here: true } },
    ...(messageId !== undefined && { shown: [{ recipient: id, slot: 'request', messageId }] }),
  };
}

/**
 * What the last reading before sending makes of the request: approvers are asked when nothing known stands in
 * the way, otherwise it is a draft as before. A source that could not be read stands in the way.
 */
export function sendAfterReading(
  { request, steps }: RequestRecord,
  now: Date,
  policy: RequestPolicy,
  readiness: Readiness,
  /** The request before it whose approval is void. */
  before?: RemovalRequest,
): Change {
  const { form, requester, customer } = request;
  const why = obstacle(readiness, form);
  if (why !== undefined || form === undefined) return notSent(request, now, why ?? 'blocked');
  const { companyName, domain } = readiness.customer ?? customer;
  const approveBy = later(now, policy.approvalTtlMs);
  const { readAt, digest, facts, lines } = readiness;
  const delegatedAdmin = form.endDelegatedAdmin === true ? liveDelegatedAdmin(readiness) : undefined;
  const pending = {
    ...without(moveTo(request, 'pending', now), 'sendingSince', 'notSent'),
    // As approvers are to read it: it may have been renamed since the draft was opened.
    customer: { id: customer.id, companyName, domain },
    plan: {
      readAt,
      digest,
      facts,
      lines: lines.filter(({ group }) => group !== 'blocks'),
      inactive: inactiveOf(facts, new Set(steps.flatMap(withAddOns))),
      ...(delegatedAdmin && { delegatedAdmin }),
      ...(before && differenceFrom(before, readiness)),
    },
    sentAt: instant(now),
    approveBy,
  };
  return {
    request: pending,
    audit: [
      {
        action: 'request.sent',
        actor: byPerson(requester.id),
        target: customer.id,
        detail: {
          digest,
          reason: form.reason,
          ticket: form.ticket,
          notice: form.notice,
          nextProvider: form.nextProvider,
          approvers: pending.approvers.map(({ id }) => id),
          ...(delegatedAdmin && { delegatedAdmin: delegatedAdmin.map(({ id }) => id) }),
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

function obstacle(readiness: Readiness, form: RequestForm | undefined): NotSent['why'] | undefined {
  if (readiness.verdict.kind === 'cannot-tell' || readiness.customer === undefined) return 'unread';
  if (readiness.verdict.kind !== 'clear') return 'blocked';
  if (form?.endDelegatedAdmin === true && liveDelegatedAdmin(readiness) === undefined) return 'unread-delegated-admin';
  return isDomain(form?.domain ?? '', readiness.customer.domain) ? undefined : 'wrong-domain';
}

const liveDelegatedAdmin = ({ delegatedAdmin }: Readiness) =>
  delegatedAdmin?.kind === 'read' ? delegatedAdmin.live : undefined;

function notSent(request: RequestRecord['request'], now: Date, why: NotSent['why']): Change {
  return {
    request: {
      ...without(request, 'sendingSince'),
      notSent: { why, at: instant(now) },
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
