import { instant } from '../../clock.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import { isFinal } from '../life.ts';
import { byPerson, moveTo, tell, without } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import { refuse, type Refused } from '../request-store.ts';
import { reasonFault } from '../sending/sending.ts';
import { whoTookPart } from '../deciding/taking-part.ts';

/**
 * Why this person cannot close this request, if so. Only what nobody knows the outcome of is closed, and only by an
 * auditor who has, and has had, no part in it.
 */
export function barsClosing(
  { request, steps }: Pick<RequestRecord, 'request' | 'steps'>,
  { id }: Pick<PersonRef, 'id'>,
  roles: Roles,
): DecisionRefusal | undefined {
  if (!roles.isAuditor(id)) return 'not-an-auditor';
  if (whoTookPart({ request, steps }).some((one) => roles.isSamePerson(one, id))) return 'has-a-part';
  const { state, closed } = request;
  if (state === 'unknown') return undefined;
  if (state === 'closed' && closed?.by.id === id) return 'repeated';
  return isFinal(state) ? 'already-decided' : 'not-unknown';
}

/** Ends the looking for an outcome that a person has found out elsewhere; the reason says what it is. */
export function close(
  record: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent, reason: typed }: Click & { readonly reason: string },
): Change | Refused<DecisionRefusal> {
  const { request } = record;
  const why = barsClosing(record, person, roles) ?? (isCurrent(request) ? reasonFault(typed) : 'stale-card');
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
