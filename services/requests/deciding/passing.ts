import { instant } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import { refOf, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import { hasDecided, type Click, type DecisionRefusal } from './deciding.ts';
import { approverIds, byPerson, tell } from '../moves.ts';
import type { Passed, RemovalRequest, RequestRecord } from '../request.ts';
import { refuse, type Refused } from '../request-store.ts';
import { mayDecide } from '../who-may.ts';
import { MOST_ASKED } from '../sending/whom-to-ask.ts';

/** Those who are asked and have not decided yet. */
export const undecided = (request: RemovalRequest, roles: Roles): readonly PersonRef[] =>
  request.approvers.filter((one) => !hasDecided(request, one, roles));

/** Who may be asked instead of somebody: whoever may decide, and is not asked already by whichever account. */
export const othersToAsk = (request: RemovalRequest, roles: Roles): readonly UserId[] =>
  roles
    .approversFor(request.requester.id)
    .filter(
      (id) =>
        ![...request.approvers, ...request.approvals.map(({ by }) => by)].some((one) => roles.isSamePerson(one.id, id)),
    );

/** Whether as many approvers have a card of it as may: it can only go back to one of them. */
export const isWithEnough = (request: RemovalRequest): boolean => approverIds(request).length >= MOST_ASKED;

/** To whom it can be passed: each who has had it keeps their card, so that there is an end to new ones. */
export function othersToPassTo(request: RemovalRequest, roles: Roles): readonly UserId[] {
  const others = othersToAsk(request, roles);
  const hasCard = approverIds(request);
  return isWithEnough(request) ? others.filter((id) => hasCard.includes(id)) : others;
}

/** Why this person cannot have somebody else asked, if so: only those who are asked can, and whoever asked. */
export function barsPassing(request: RemovalRequest, person: PersonRef, roles: Roles): DecisionRefusal | undefined {
  const isOwn = person.id === request.requester.id;
  if (isOwn && !roles.isRequester(person.id)) return 'not-a-requester';
  const barred = isOwn ? undefined : mayDecide(request, person, roles);
  if (barred !== undefined) return barred;
  if (request.state !== 'pending') return request.state === 'expired' ? 'expired' : 'already-decided';
  if (isOwn) return undefined;
  if (hasDecided(request, person, roles)) return 'already-decided';
  return request.approvers.some(({ id }) => id === person.id) ? undefined : 'not-asked';
}

/**
 * Somebody else is asked instead of one who has not decided. The time runs on, and nobody else's place changes.
 *
 * @param instead of whom, where it is whoever asked that passes it on, and more than one has not decided.
 */
export function passOn(
  { request }: RequestRecord,
  now: Date,
  roles: Roles,
  { person, isCurrent, to, instead }: Click & { readonly to: PersonRef; readonly instead?: UserId },
): Change | Refused<DecisionRefusal> {
  const last = request.passed?.at(-1);
  const isLast = last?.by.id === person.id && last.to.id === to.id;
  if (isLast && request.approvers.some(({ id }) => id === to.id)) return refuse('repeated');
  const why = barsPassing(request, person, roles);
  if (why !== undefined) return refuse(why);
  if (request.approveBy === undefined || instant(now) >= request.approveBy) return refuse('expired');
  if (!isCurrent(request)) return refuse('stale-card');
  const open = undecided(request, roles);
  const wanted = person.id === request.requester.id ? (instead ?? open[0]?.id) : person.id;
  const from = open.find(({ id }) => id === wanted);
  if (from === undefined || !othersToAsk(request, roles).includes(to.id)) return refuse('not-available');
  if (!othersToPassTo(request, roles).includes(to.id)) return refuse('with-enough');
  const passed: RemovalRequest = {
    ...request,
    revision: request.revision + 1,
    approvers: request.approvers.map((one) => (one.id === from.id ? refOf(to) : one)),
    passed: [...(request.passed ?? []), { from, to: refOf(to), by: refOf(person), at: instant(now) }],
  };
  return {
    request: passed,
    audit: [
      {
        action: 'request.passed',
        actor: byPerson(person.id),
        target: request.customer.id,
        detail: { from: from.id, to: to.id },
      },
    ],
    outbox: tell(passed, { requester: 'edit', approvers: 'edit' }).map((item) =>
      item.slot === 'approval' && item.recipient === to.id
        ? { ...item, mode: 'new' as const, headline: 'approval-wanted' as const }
        : item,
    ),
  };
}

/** How the request came to somebody who is asked, where it was passed to them. */
export const passedTo = ({ passed = [], approvers }: RemovalRequest, { id }: PersonRef): Passed | undefined =>
  approvers.some((one) => one.id === id) ? passed.findLast(({ to }) => to.id === id) : undefined;
