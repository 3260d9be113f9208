import { z } from 'zod';
import { instant } from '../../clock.ts';
import type { Row, RowChange } from '../../storage/store.ts';
import type { StateName } from '../life.ts';
import type { RemovalRequest } from '../request.ts';

/** The row of a request that holds what is still to be told to another system, the oldest first. */
export const NOTICES_KEY = 'webhook';

/** One thing that became of a request, in the bytes that are sent however often it takes. */
const Notice = z.object({
  /** The same for every sending. */
  id: z.string(),
  since: z.string(),
  body: z.string(),
});
export type Notice = z.output<typeof Notice>;

export const NoticesRow = z.object({
  notices: z.array(Notice),
  /** How often the oldest was sent in vain. */
  tries: z.number(),
});
export type NoticesRow = z.output<typeof NoticesRow>;

/** What other systems are told of, by the state that a request comes into; drafts are nobody's business. */
const TYPES: Partial<Record<StateName, string>> = {
  pending: 'request.sent',
  approved: 'request.approved',
  executing: 'request.executing',
  unknown: 'request.unknown',
  blocked: 'request.blocked',
  declined: 'request.declined',
  withdrawn: 'request.withdrawn',
  expired: 'request.expired',
  void: 'request.void',
  closed: 'request.closed',
};
const DONE = { removal: 'request.removed', cancellation: 'request.cancelled' } as const;

/**
 * What a change of a request is told to another system as, if at all: ids and states, and no names, reasons or domains,
 * which other systems keep as they like. The ticket's number is what such a system knows it by.
 */
export function noticeOf(before: RemovalRequest | undefined, after: RemovalRequest, now: Date): Notice | undefined {
  const type = typeOf(before, after);
  if (type === undefined || before === undefined) return undefined;
  const { id, revision } = after;
  const since = instant(now);
  const data = { schema: 1, ...dataOf(after), ...(after.state !== before.state && { previousState: before.state }) };
  return {
    id: `msg_${id}_${revision}${type === LEFT_OPEN ? '_delegated-admin' : ''}`,
    since,
    body: JSON.stringify({ type, timestamp: since, data }),
  };
}

const LEFT_OPEN = 'request.delegated-admin-left';

function typeOf(before: RemovalRequest | undefined, after: RemovalRequest): string | undefined {
  if (before?.state !== after.state) return after.state === 'done' ? DONE[after.kind] : TYPES[after.state];
  const { delegatedAdmin } = after;
  const hasEnded = delegatedAdmin?.endedAt !== undefined && before.delegatedAdmin?.endedAt === undefined;
  const isLeft = delegatedAdmin?.relationships.some(({ state }) => state !== 'done') ?? false;
  return hasEnded && isLeft ? LEFT_OPEN : undefined;
}

function dataOf(request: RemovalRequest) {
  const { id, kind, state, stateSince, customer, requester, approvers, approvals, form } = request;
  const { removal, declined, closed, voided, refused, previous } = request;
  return {
    requestId: id,
    kind,
    state,
    stateSince,
    customerTenantId: customer.id,
    requesterId: requester.id,
    askedIds: approvers.map((one) => one.id),
    approvedByIds: approvals.map(({ by }) => by.id),
    ...(declined && { declinedById: declined.by.id }),
    ...(closed && { closedById: closed.by.id }),
    ...(form?.ticket !== undefined && { ticket: form.ticket }),
    ...(previous !== undefined && { previousRequestId: previous }),
    ...(voided && { why: voided.why }),
    ...(removal && { msRequestId: removal.requestId, msCorrelationId: removal.correlationId }),
    ...(state === 'blocked' &&
      refused && { partnerCenter: { fault: refused.fault, status: refused.status, code: refused.code } }),
  };
}

/** The row with one more to tell. Whoever is at it goes on; what waits for its next try, waits on. */
export function noticeChange(stored: Row | undefined, notice: Notice, now: Date): RowChange {
  const waiting = NoticesRow.safeParse(stored?.value).data;
  const value = { notices: [...(waiting?.notices ?? []), notice], tries: waiting?.tries ?? 0 };
  const isWaiting = waiting !== undefined && waiting.notices.length > 0 && stored?.dueAt !== undefined;
  const dueAt = isWaiting ? stored.dueAt : instant(now);
  return { key: NOTICES_KEY, row: { value, dueAt, ...(stored?.lease && { lease: stored.lease }) } };
}
