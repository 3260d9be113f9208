import type { UserId } from '../../ids.ts';
import { hasRole, type Roles } from '../../people/roles.ts';
import { whoTookPart } from '../deciding/taking-part.ts';
import { approverIds } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import { waitsForApprover } from './waits-for.ts';

/**
 * Whether somebody may look at a request: an auditor at each, everybody else at what they have asked for, were asked to
 * decide, had a part in, or may carry out now with a sign-in of theirs. Nobody without a role sees anything, be it their own request.
 *
 * @throws {RolesUnreadError}
 */
export function mayLookAt(record: RequestRecord, person: UserId, roles: Roles): boolean {
  if (!hasRole(roles, person)) return false;
  const { request } = record;
  const isTheirs = [request.requester.id, ...approverIds(request), ...whoTookPart(record)].includes(person);
  const isTheirsNow = request.state !== 'pending' && waitsForApprover(record, person, roles);
  return isTheirs || isTheirsNow || roles.isAuditor(person);
}
