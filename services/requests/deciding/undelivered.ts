import { HOUR_MS, type Instant } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import type { Change } from '../change.ts';
import { tell, without } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import type { OutboxItem } from '../card-slots.ts';
import { refuse, type Refused } from '../request-store.ts';

/** So long a card may be on its way before somebody has to know. */
const LONGEST_MS = HOUR_MS;

/** Whether a card that asks an approver has been on its way for too long. */
export const isOverdue = (
  { slot, since }: Pick<OutboxItem, 'slot'> & { readonly since: Instant },
  now: Date,
): boolean => slot === 'approval' && now.getTime() - new Date(since).getTime() >= LONGEST_MS;

/** An approver's card could not be shown: whoever asked is told once, and can have somebody else asked. */
export function undelivered({ request }: RequestRecord, person: UserId): Change | Refused<'known'> {
  const { state, approvers, undelivered: known = [] } = request;
  if (state !== 'pending' || known.includes(person) || !approvers.some(({ id }) => id === person))
    return refuse('known');
  const told = { ...request, undelivered: [...known, person] };
  return {
    request: told,
    audit: [{ action: 'approval.undelivered', actor: 'bot', target: request.customer.id, detail: { person } }],
    outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'new', headline: 'undelivered' }],
  };
}

/** It could after all. */
export function delivered({ request }: RequestRecord, person: UserId): Change | Refused<'known'> {
  const { undelivered: known = [] } = request;
  if (!known.includes(person)) return refuse('known');
  const left = known.filter((id) => id !== person);
  const told = { ...without(request, 'undelivered'), ...(left.length > 0 && { undelivered: left }) };
  return { request: told, audit: [], outbox: tell(told, { requester: 'edit', approvers: 'edit' }).slice(0, 1) };
}
