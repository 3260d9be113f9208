import type { AuditEvent } from '../../audit/audit-chain.ts';
import { instant, later, DAY_MS, HOUR_MS } from '../../clock.ts';
import type { HoldingId, UserId } from '../../ids.ts';
import type { Change } from '../change.ts';
import { seenOtherwise, undoOf, type SeenSuspended } from './giving-back.ts';
import { stepCards, stepSlot, without } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import { isOpen } from '../clearing/clearing-step.ts';
import { remindedBy, reminderAt, type UndoPolicy } from './undo-clock.ts';

/** While something is being suspended or given back. */
const BUSY_MS = HOUR_MS;
/** While somebody else is at this customer. */
const SILENT_MS = DAY_MS;
/** So many are noted in one commit, each with an entry of the record. */
const NOTED_AT_ONCE = 30;

/** Who is reminded, as roles and settings are at the moment. */
export interface Reminded {
  /** Whether the requester may give back what was suspended. */
  readonly isRequester: boolean;
  /** Who is told when the requester does nothing, or can do nothing. */
  readonly escalateTo?: UserId;
}

/** There is nothing (more) to remind anybody of. The card says how it stands. */
export const endReminders = (record: RequestRecord): Change => ({
  request: { ...record.request, revision: record.request.revision + 1 },
  audit: [],
  outbox: undoOf(record).items.length > 0 ? stepCards(record.request) : [],
  work: { undo: null },
});

/** Nobody is reminded while there is an open request for the customer, or one is about to be opened. */
export const staySilent = ({ request }: RequestRecord, now: Date): Change => ({
  request,
  audit: [],
  work: { undo: { at: later(now, SILENT_MS) } },
});

/** What has to wait before anything is read, if anything: the time has not come, or steps are under way. */
export function notYet(record: RequestRecord, now: Date, policy: UndoPolicy): Change | undefined {
  const { request, steps } = record;
  const at = steps.some(isOpen) ? later(now, BUSY_MS) : reminderAt(record, policy, request.undo?.reminded ?? 0);
  return at <= instant(now) ? undefined : { request, audit: [], work: { undo: { at } } };
}

/**
 * A reminder of what is suspended still, as it was read just now. What is active again or gone by somebody else's doing
 * is on the list no longer; what could not be read is, and the card says so.
 */
export function remind(
  record: RequestRecord,
  now: Date,
  policy: UndoPolicy,
  seen: ReadonlyMap<HoldingId, SeenSuspended>,
  { isRequester, escalateTo }: Reminded,
): Change {
  const all = seenOtherwise(record, now, seen);
  const found = all.slice(0, NOTED_AT_ONCE);
  const foundIds = new Set(found.map(({ holdingId }) => holdingId));
  const steps = [
    ...record.steps.filter((one) => one.action === 'auto-renew-off' || !foundIds.has(one.holdingId)),
    ...found,
  ];
  const { request } = record;
  const target = request.customer.id;
  const noted = found.map(({ holdingId, goneAt }): AuditEvent => ({
    action: 'step.verified',
    actor: 'bot',
    target,
    detail: {
      step: 'reactivate',
      subscription: holdingId,
      why: goneAt === undefined ? 'active-already' : 'gone-already',
    },
  }));
  const changed = { ...request, revision: request.revision + 1 };
  const first = { request: changed, audit: noted, steps: found.map((step) => ({ step })) };
  // One commit does not take it all: nobody is reminded before the rest is noted too.
  if (found.length < all.length) return { ...first, work: { undo: { at: instant(now) } } };
  const left = undoOf({ request, steps }).items;
  if (left.length === 0) return { ...first, outbox: stepCards(request), work: { undo: null } };

  const { remindAfterMs } = policy;
  const given = request.undo?.reminded ?? 0;
  const isEscalation = given >= remindAfterMs.length;
  const toOther = escalateTo !== undefined && (isEscalation || !isRequester);
  const reminded = isEscalation ? given + 1 : remindedBy(record, policy, given + 1, now);
  const isAnyUnread = left.some(({ holdingId }) => seen.get(holdingId) === 'unread');
  const isLast = reminded > remindAfterMs.length || (reminded === remindAfterMs.length && escalateTo === undefined);
  const undo = {
    ...without(request.undo ?? { reminded }, 'unreadAt'),
    reminded,
    ...(toOther && { escalatedTo: escalateTo }),
    ...(isAnyUnread && { unreadAt: instant(now) }),
  };
  const after = { ...changed, undo };
  return {
    request: after,
    audit: [
      ...noted,
      {
        action: 'undo.reminded',
        actor: 'bot',
        target,
        detail: { to: toOther ? escalateTo : request.requester.id, subscriptions: left.map((one) => one.holdingId) },
      },
    ],
    steps: found.map((step) => ({ step })),
    outbox: [
      toOther
        ? { recipient: escalateTo, slot: 'undo', mode: 'new', headline: 'still-suspended' }
        : { recipient: request.requester.id, slot: stepSlot(request), mode: 'new', headline: 'still-suspended' },
      ...(toOther ? stepCards(request).filter(({ slot }) => slot !== 'undo') : []),
    ],
    work: { undo: isLast ? null : { at: reminderAt({ request: after, steps }, policy, reminded) } },
  };
}
