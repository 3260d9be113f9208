import type { UserId } from '../ids.ts';
import type { PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { executorOf } from './removing/executor.ts';
import type { Passed, RemovalRequest } from './request.ts';

/** Whether this person is no approver of this request, whatever its state. */
export function noApproverOf(
  { requester }: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): 'own-request' | 'not-an-approver' | undefined {
  if (roles.isSamePerson(person.id, requester.id)) return 'own-request';
  return roles.isApprover(person.id) ? undefined : 'not-an-approver';
}

/** Whether this person may decide on this request at all, whatever its state. */
export function mayDecide(
  request: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): 'own-request' | 'not-an-approver' | 'passed-on' | undefined {
  const why = noApproverOf(request, person, roles);
  if (why !== undefined) return why;
  return passedFrom(request, person, roles) === undefined ? undefined : 'passed-on';
}

/** How somebody else came to be asked instead of this person, where that is so: they do not decide any more. */
export function passedFrom(
  { passed = [], approvers }: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): Passed | undefined {
  const isTheirs = ({ id }: PersonRef): boolean => roles.isSamePerson(id, person.id);
  return approvers.some(isTheirs) ? undefined : passed.findLast(({ from }) => isTheirs(from));
}

/**
 * Why this person may not carry out an approved removal with their own token, if so. Where the requester's is to be
 * used, nobody else's is; else any approver's who might have approved it.
 */
export function barsExecution(
  request: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): 'own-request' | 'not-an-approver' | 'not-the-requester' | undefined {
  if (executorOf(request).id !== request.requester.id) return noApproverOf(request, person, roles);
  return person.id === request.requester.id ? undefined : 'not-the-requester';
}

/** Every approver who may carry out what was approved, the executing person among them where it is one. */
export const mayStandIn = (request: RemovalRequest, roles: Roles): readonly UserId[] =>
  roles.approversFor(request.requester.id).filter((id) => barsExecution(request, { id }, roles) === undefined);

/** Everybody whose role a request hangs on. */
export const whoseRolesCount = (request: RemovalRequest): readonly UserId[] => {
  const { requester, approvers, approvals } = request;
  return [requester, ...approvers, ...approvals.map(({ by }) => by), executorOf(request)].map(({ id }) => id);
};

/** Each person once: two accounts of one person count as one. */
export const peopleAmong = <T extends Pick<PersonRef, 'id'>>(
  accounts: readonly T[],
  roles: Pick<Roles, 'isSamePerson'>,
): readonly T[] =>
  accounts.filter((one, at) => !accounts.slice(0, at).some(({ id }) => roles.isSamePerson(id, one.id)));

/**
 * Whether whoever asked or approved has lost the role for it since, or is known to be one person with another since.
 * `roles-unread`: nobody can tell now; it is neither void nor carried out.
 */
export function noLongerAllowed(
  request: RemovalRequest,
  roles: Roles,
): 'no-longer-requester' | 'no-longer-approver' | 'roles-unread' | undefined {
  const { requester, approvals } = request;
  const standing = roles.standing('requester', requester.id);
  if (standing === 'not-held') return 'no-longer-requester';
  const others = [...approvals.map(({ by }) => by), executorOf(request)].filter(({ id }) => id !== requester.id);
  const areRead = standing === 'held' && others.every(({ id }) => roles.standing('approver', id) !== 'unread');
  if (!areRead) return 'roles-unread';
  const approved =
    approvals.every(({ by }) => noApproverOf(request, by, roles) === undefined) &&
    peopleAmong(
      approvals.map(({ by }) => by),
      roles,
    ).length >= request.approvalsRequired;
  const stands = approved && barsExecution(request, executorOf(request), roles) === undefined;
  return stands ? undefined : 'no-longer-approver';
}
