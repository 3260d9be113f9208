import type { UserId } from '../../ids.ts';
import type { People } from '../../people/people.ts';
import type { Roles } from '../../people/roles.ts';
import { approverIds } from '../moves.ts';
import type { RemovalRequest } from '../request.ts';
import { mayStandIn } from '../who-may.ts';
import { MOST_ASKED } from '../sending/whom-to-ask.ts';

/**
 * Of those who may carry it out in somebody's stead and have no card of it, who can be written to: as many as are asked
 * at most. Nobody is looked up while they are waited for already.
 */
export async function reachableStandIns(
  request: RemovalRequest,
  roles: Roles,
  people: Pick<People, 'find'>,
): Promise<ReadonlySet<UserId>> {
  const found = new Set<UserId>();
  if (request.waitingFor?.why === 'sign-in') return found;
  const hasCard = approverIds(request);
  for (const id of mayStandIn(request, roles)) {
    if (hasCard.length + found.size >= MOST_ASKED) break;
    if (!hasCard.includes(id) && (await people.find(id))?.address !== undefined) found.add(id);
  }
  return found;
}
