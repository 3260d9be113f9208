import type { DelegatedAdminRelationship } from '../partner-center/delegated-admin.ts';
import type { Holdings } from './holdings.ts';
import type { LiveDelegatedAdmin, Readiness } from './readiness.ts';

const ENDED = new Set(['expired', 'terminated']);

/**
 * Whether a delegated admin relationship gives no access and never will again.
 *
 * @see Microsoft Graph, "delegatedAdminRelationship resource type"
 */
export const hasEnded = ({ status }: Pick<DelegatedAdminRelationship, 'status'>): boolean => ENDED.has(status);

/** What can be ended after a removal, in an order that does not depend on the answer's. */
export function delegatedAdminOf({ delegatedAdmin }: Holdings): Pick<Readiness, 'delegatedAdmin'> {
  if (delegatedAdmin === undefined) return {};
  if (delegatedAdmin.kind === 'unread') return { delegatedAdmin: { kind: 'unread' } };
  const live = delegatedAdmin.value.filter((one) => !hasEnded(one)).map(liveOf);
  return { delegatedAdmin: { kind: 'read', live: live.sort(byNameAndId) } };
}

const liveOf = ({
  id,
  displayName: name,
  roles,
  autoExtends,
  endDateTime,
}: DelegatedAdminRelationship): LiveDelegatedAdmin => ({
  ...{ id, name, autoExtends },
  ...(roles !== undefined && { roles }),
  ...(endDateTime !== undefined && !Number.isNaN(Date.parse(endDateTime)) && { endsAt: endDateTime }),
});

const byNameAndId = (a: LiveDelegatedAdmin, b: LiveDelegatedAdmin): number =>
  a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;
