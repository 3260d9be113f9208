import { instant } from '../../clock.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import { approverIds, byPerson, tell } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type Refused } from '../request-store.ts';
import { noApproverOf } from '../who-may.ts';
import { openPointsOf } from './open-points.ts';

/** Why this person ticks nothing of what stays open, if so: whoever asked does, and approvers of it do. */
export function barsTicking(
  request: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): DecisionRefusal | undefined {
  if (person.id === request.requester.id || approverIds(request).includes(person.id)) return undefined;
  return noApproverOf(request, person, roles);
}

/**
 * Something that stays open was seen to, or was not after all. It is kept who said so and when; the same click again
 * changes nothing.
 */
export function tick(
  record: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent, point, isDone }: Click & { readonly point: string; readonly isDone: boolean },
): Change | Refused<DecisionRefusal> {
  const { request } = record;
  const why = barsTicking(request, person, roles);
  if (why !== undefined) return refuse(why);
  const open = openPointsOf(record).find(({ name, isToTick }) => name === point && isToTick);
  if (open === undefined || !isCurrent(request)) return refuse('stale-card');
  if ((open.ticked !== undefined) === isDone) return refuse('repeated');
  const others = (request.ticked ?? []).filter((one) => one.point !== point);
  const ticked = isDone ? [...others, { point, by: refOf(person), at: instant(now) }] : others;
  const after = { ...request, ticked };
  return {
    request: after,
    audit: [
      {
        action: isDone ? 'open-point.ticked' : 'open-point.unticked',
        actor: byPerson(person.id),
        target: request.customer.id,
        detail: { point },
      },
    ],
    outbox: tell(after, { requester: 'edit', approvers: 'edit' }),
  };
}
