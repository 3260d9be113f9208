import type { PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { executorOf } from './executor.ts';
import type { RemovalRequest } from './request.ts';

/** Whether this person may decide on this request at all, whatever its state. */
export function mayDecide(
  { requester }: RemovalRequest,
  person: Pick<PersonRef, 'id'>,
  roles: Roles,
): 'own-request' | 'not-an-approver' | undefined {
  if (roles.isSamePerson(person.id, requester.id)) return 'own-request';
  return roles.isApprover(person.id) ? undefined : 'not-an-approver';
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
  if (executorOf(request).id !== request.requester.id) return mayDecide(request, person, roles);
  return person.id === request.requester.id ? undefined : 'not-the-requester';
}
