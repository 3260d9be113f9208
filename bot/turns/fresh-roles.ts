import type { RequestId, UserId } from '../../services/ids.ts';
import type { Memberships } from '../../services/people/memberships.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import { whoseRolesCount } from '../../services/requests/who-may.ts';

/** Has the roles read that a turn hangs on: of whoever it is, and of whoever stands behind a request. Never rejects. */
export type FreshRoles = (person: UserId, requestId?: RequestId) => Promise<void>;

export const createFreshRoles =
  ({
    memberships,
    removals,
  }: {
    readonly memberships: Pick<Memberships, 'fresh' | 'isByDirectory'>;
    readonly removals: Pick<RemovalRequests, 'find'>;
  }): FreshRoles =>
  async (person, requestId) => {
    if (!memberships.isByDirectory) return;
    const record = requestId === undefined ? undefined : await removals.find(requestId);
    await memberships.fresh([person, ...(record ? whoseRolesCount(record.request) : [])]);
  };
