import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { CustomerRead } from '../deciding/access.ts';
import type { Change } from '../change.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import { executorOf } from './executor.ts';
import { isTimeOver } from '../deciding/lapsing.ts';
import { isFinal } from '../life.ts';
import { approverIds, byPerson, tell, without } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type Refused } from '../request-store.ts';
import { barsExecution } from '../who-may.ts';

/** What somebody's click ends: they carry it out from now on. */
type ForAPerson = 'sign-in' | 'remove-now';

/** Whether a person has to act before it goes on, and which button is theirs. */
export function waitsForPerson({ state, waitingFor }: RemovalRequest): ForAPerson | undefined {
  if (isFinal(state)) return undefined;
  const why = waitingFor?.why;
  return why === 'sign-in' || why === 'remove-now' ? why : undefined;
}

/** Why this person's click does not make them carry it out, if so. */
export function barsCarryingOut(
  request: RemovalRequest,
  now: Date,
  roles: Roles,
  { person, isCurrent }: Click,
): DecisionRefusal | undefined {
  if (isFinal(request.state)) return request.state === 'expired' ? 'expired' : 'already-decided';
  const barred = barsExecution(request, person, roles);
  if (barred !== undefined) return barred;
  if (waitsForPerson(request) === undefined) return executorOf(request).id === person.id ? 'repeated' : 'taken-over';
  // What may have been carried out is followed to its end whatever the time.
  if (request.state === 'approved' && isTimeOver(request, now)) return 'expired';
  return isCurrent(request) ? undefined : 'stale-card';
}

/** Whoever carries it out has a card, also where it was not shown to every approver. */
const withCardFor = ({ id }: Pick<PersonRef, 'id'>, request: RemovalRequest): RemovalRequest =>
  id === request.requester.id || approverIds(request).includes(id)
    ? request
    : { ...request, alsoTold: [...(request.alsoTold ?? []), id] };

/**
 * *Remove now* and *Sign in and remove*: from now on it is carried out in this person's name, by this process, and goes
 * on where it stood. What may have been sent already is looked for first, and is sent again under the same `MS-RequestId`.
 */
export function carryOut(
  { request }: RequestRecord,
  now: Date,
  roles: Roles,
  click: Click & { readonly read: CustomerRead },
): Change | Refused<DecisionRefusal> {
  const why = barsCarryingOut(request, now, roles, click);
  if (why !== undefined) return refuse(why);
  const { person, read } = click;
  const before = executorOf(request);
  const carried = {
    ...withCardFor(person, without(request, 'waitingFor')),
    executor: refOf(person),
    revision: request.revision + 1,
  };
  return {
    request: carried,
    audit: [
      {
        action: waitsForPerson(request) === 'remove-now' ? 'request.remove-now' : 'request.taken-over',
        actor: byPerson(person.id),
        target: request.customer.id,
        detail: {
          ...(before.id !== person.id && { from: before.id }),
          readAs: read.actAs,
          correlationId: read.correlationId,
        },
      },
    ],
    outbox: tell(carried, { requester: 'edit', approvers: 'edit' }),
    work: { run: { here: true } },
  };
}
