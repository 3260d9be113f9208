import { instant } from '../clock.ts';
import { refOf, type PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import type { Change } from './change.ts';
import type { Click, DecisionRefusal } from './deciding.ts';
import { isFinal } from './life.ts';
import { byPerson, moveTo, tell, without } from './moves.ts';
import type { RemovalRequest, RequestRecord } from './request.ts';
import { refuse, type Refused } from './request-store.ts';
import { reasonFault } from './sending.ts';

/**
 * Why this person cannot close this request, if so. Only what nobody knows the outcome of is closed, and only by an
 * auditor who has no part in it: neither asked for it, nor approved it, nor was to carry it out.
 */
export function barsClosing(
  { requester, approvals, executor, state, closed, removal }: RemovalRequest,
  { id }: Pick<PersonRef, 'id'>,
  roles: Roles,
): DecisionRefusal | undefined {
  if (!roles.isAuditor(id)) return 'not-an-auditor';
  const partners = [requester, ...approvals.map(({ by }) => by), ...(executor ? [executor] : [])].map((one) => one.id);
  // Whoever sent the call has a part, too, though somebody else is to go on with it.
  const sender = removal?.actAs.startsWith('person:') === true ? [removal.actAs.slice('person:'.length)] : [];
  if ([...partners, ...sender].some((one) => roles.isSamePerson(one, id))) return 'has-a-part';
  if (state === 'unknown') return undefined;
  if (state === 'closed' && closed?.by.id === id) return 'repeated';
  return isFinal(state) ? 'already-decided' : 'not-unknown';
}

/** Ends the looking for an outcome that a person has found out elsewhere; the reason says what it is. */
export function close(
  { request }: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent, reason: typed }: Click & { readonly reason: string },
): Change | Refused<DecisionRefusal> {
  const why = barsClosing(request, person, roles) ?? (isCurrent(request) ? reasonFault(typed) : 'stale-card');
  if (why !== undefined) return refuse(why);
  const reason = typed.trim();
  const closed = {
    ...without(moveTo(request, 'closed', now), 'waitingFor'),
    closed: { by: refOf(person), at: instant(now), reason },
  };
  return {
    request: closed,
    audit: [{ action: 'request.closed', actor: byPerson(person.id), target: request.customer.id, detail: { reason } }],
    outbox: tell(closed, { requester: 'new', approvers: 'approved' }, 'closed'),
    work: { run: null, clock: null },
  };
}
