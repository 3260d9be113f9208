import { instant, later } from '../../clock.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import { beginOf } from '../days.ts';
import { without, type RequestPolicy } from '../moves.ts';
import type { RemovalDay } from './removal-days.ts';
import type { NotSent, RemovalRequest, RequestRecord } from '../request.ts';

/** So many are sent on the days before: this one is sent on its own day, after everything was read again. */
export function planFor({ request }: RequestRecord, { day, most }: RemovalDay): Change {
  return {
    request: { ...request, plannedFor: { day, most }, revision: request.revision + 1 },
    audit: [{ action: 'request.planned', actor: 'bot', target: request.customer.id, detail: { day } }],
    outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'edit' }],
    // A draft that waits for its day does not lie about.
    work: { run: { at: beginOf(day) }, clock: null },
  };
}

/** What a request has become once its day has come: it is sent, or it is a draft again, which its requester is told. */
export function onItsDay({ request: before }: RequestRecord, now: Date, policy: RequestPolicy, change: Change): Change {
  const { plannedFor } = before;
  if (plannedFor === undefined) return change;
  const request = without(change.request, 'plannedFor');
  if (request.state !== 'draft' || request.notSent === undefined) return { ...change, request };
  return {
    ...change,
    request: { ...request, notSent: { ...request.notSent, plannedFor: plannedFor.day } },
    outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'new', headline: 'not-sent' }],
    work: { ...change.work, clock: { at: later(now, policy.draftTtlMs) } },
  };
}

/** Since a request was handed in, which may wait for its day or for a sign-in, its people may have lost their roles. */
export function peopleHaveChanged(
  { requester, approvers }: RemovalRequest,
  roles: Roles,
): Extract<NotSent['why'], 'not-a-requester' | 'not-an-approver'> | undefined {
  if (!roles.isRequester(requester.id)) return 'not-a-requester';
  const may = approvers.every(({ id }) => roles.isApprover(id) && !roles.isSamePerson(id, requester.id));
  return may ? undefined : 'not-an-approver';
}

/** A draft again, for what people may do now. */
export const notSentFor = ({ request }: RequestRecord, now: Date, why: NotSent['why']): Change => ({
  request: {
    ...without(request, 'sendingSince'),
    notSent: { why, at: instant(now) },
    revision: request.revision + 1,
  },
  audit: [{ action: 'request.not-sent', actor: 'bot', target: request.customer.id, detail: { why } }],
  outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'edit', headline: 'not-sent' }],
  work: { run: null },
});
