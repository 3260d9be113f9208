import type { PlainEvent } from '../../audit/audit-chain.ts';
import { instant, later, type Instant } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import { chaseDue, nextChaseAt, type Chasers, type ChasePolicy } from './chase-clock.ts';
import { voidRequest } from '../removing/executing.ts';
import { tell } from '../moves.ts';
import { othersToAsk, undecided } from './passing.ts';
import type { Chased, RemovalRequest, RequestRecord } from '../request.ts';
import type { OutboxItem } from '../card-slots.ts';

/**
 * What becomes due while a request waits for its decision: a reminder to those who have not decided, somebody else who
 * is asked too or told, a word to everybody before the time runs out. Also where nothing is due: it is looked at next
 * when something is.
 */
export function chase(record: RequestRecord, now: Date, policy: ChasePolicy, chasers: Chasers): Change | undefined {
  const { request } = record;
  if (request.state !== 'pending') return undefined;
  const { roles } = chasers;
  if (!roles.isRequester(request.requester.id)) return voidRequest(record, now, 'no-longer-requester');
  const due = chaseDue(request, policy, now);
  if (!due.reminder && !due.escalation && !due.warning && due.reminded === (request.chased?.reminded ?? 0))
    return { request, audit: [], work: { clock: { at: nextChaseAt(request, policy) } } };

  const escalated = due.escalation ? escalation(request, now, policy, chasers) : undefined;
  const chased: Chased = {
    ...request.chased,
    reminded: due.reminded,
    ...(due.warning && { warned: true }),
    ...(escalated && { escalated }),
  };
  const isAsked = escalated?.as === 'asked';
  const after: RemovalRequest = {
    ...request,
    chased,
    ...(isAsked && escalated.to && { approvers: [...request.approvers, escalated.to] }),
  };
  const reminded =
    due.warning || due.reminder ? whoToRemind(request, roles, due.warning ? now : askedBefore(now, policy)) : [];
  const target = request.customer.id;
  const event = (
    action: PlainEvent['action'],
    detail: Readonly<Record<string, string | readonly string[]>>,
  ): PlainEvent => ({
    action,
    actor: 'bot',
    target,
    detail,
  });
  return {
    request: after,
    audit: [
      ...(due.reminder && reminded.length > 0 ? [event('request.reminded', { to: reminded })] : []),
      ...(due.warning ? [event('request.expiring', { to: reminded })] : []),
      ...(escalated ? [event('request.escalated', { as: escalated.as, to: policy.escalateTo ?? '' })] : []),
    ],
    outbox: cards(after, reminded, due.warning, escalated),
    work: { clock: { at: nextChaseAt(after, policy) } },
  };
}

/** So long somebody has to have been asked before they are reminded. */
const askedBefore = (now: Date, { remindAfterMs }: ChasePolicy): Date => new Date(later(now, -remindAfterMs));

/** Those who may decide and have not, and were asked by then. */
function whoToRemind(request: RemovalRequest, roles: Roles, askedBy: Date): readonly UserId[] {
  return undecided(request, roles)
    .filter(({ id }) => roles.isApprover(id) && (askedAt(request, id) ?? '') <= instant(askedBy))
    .map(({ id }) => id);
}

const askedAt = ({ passed = [], chased, sentAt }: RemovalRequest, id: UserId): Instant | undefined =>
  passed.findLast(({ to }) => to.id === id)?.at ?? (chased?.escalated?.to?.id === id ? chased.escalated.at : sentAt);

/** Who can decide is asked too; anybody else is told who waits for whom. */
function escalation(
  request: RemovalRequest,
  now: Date,
  { escalateTo: id }: ChasePolicy,
  { roles, escalateTo: person }: Chasers,
): NonNullable<Chased['escalated']> {
  const at = instant(now);
  const isTheirs = (one: PersonRef): boolean => id !== undefined && roles.isSamePerson(one.id, id);
  if (id === undefined || [request.requester, ...request.approvers].some(isTheirs)) return { as: 'nobody', at };
  if (person?.address === undefined) return { as: 'unreachable', at };
  return { as: othersToAsk(request, roles).includes(id) ? 'asked' : 'told', to: refOf(person), at };
}

/** At most one message for each, however much is due at once. */
function cards(
  request: RemovalRequest,
  reminded: readonly UserId[],
  isExpiring: boolean,
  escalated: Chased['escalated'],
): readonly OutboxItem[] {
  const isOfInterest = escalated !== undefined && escalated.as !== 'nobody';
  const headline = isExpiring ? 'expiring' : 'reminder';
  return tell(request, { requester: 'edit', approvers: 'edit' }).flatMap((item): readonly OutboxItem[] => {
    const { recipient, slot } = item;
    if (slot === 'request') {
      if (!isOfInterest && !isExpiring) return [];
      return [{ recipient, slot, mode: 'new', headline: isExpiring ? 'expiring' : 'undecided' }];
    }
    if (slot === 'escalation')
      return [{ ...item, mode: escalated ? 'new' : 'edit', ...(escalated && { headline: 'undecided' as const }) }];
    if (escalated?.to?.id === recipient) return [{ recipient, slot, mode: 'new', headline: 'approval-wanted' }];
    if (reminded.includes(recipient)) return [{ recipient, slot, mode: 'new', headline }];
    return isOfInterest ? [item] : [];
  });
}
