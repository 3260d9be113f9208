import type { UserId } from '../ids.ts';

export type Role = 'requester' | 'approver' | 'auditor';
/** `unread`: who has the role could not be read for so long that nobody can tell. */
export type Standing = 'held' | 'not-held' | 'unread';

/** Who may do what, as the operator configured it. Everybody else may do nothing. */
export interface Roles {
  /** @throws {RolesUnreadError} where nobody can tell; so for the two others. */
  isRequester(person: UserId): boolean;
  isApprover(person: UserId): boolean;
  isAuditor(person: UserId): boolean;
  /** The same without an error, for who has to say or do something about it. */
  standing(role: Role, person: UserId): Standing;
  /** Whether two accounts belong to one person; an account belongs to itself. */
  isSamePerson(a: UserId, b: UserId): boolean;
  /** Approvers who may decide on what this person asks: never the person, nor a second account of theirs. */
  approversFor(requester: UserId): readonly UserId[];
  /** Whether there may be approvers besides these, whom nobody can name at the moment. */
  areApproversUnread(): boolean;
}

/**
 * Nobody can tell at the moment who may do this. Whatever depends on it stops here: it is neither done nor refused for
 * good, and no request is void by it.
 */
export class RolesUnreadError extends Error {
  override readonly name = 'RolesUnreadError';
  constructor() {
    super('who may do what could not be read');
  }
}

export interface RoleLists {
  /** `*`: everybody. */
  readonly requesters: readonly UserId[] | '*';
  readonly approvers: readonly UserId[];
  readonly auditors: readonly UserId[];
  /** Accounts that belong to one person, a list for each such person. */
  readonly samePerson: readonly (readonly UserId[])[];
}

/** Where it is known who has which role. */
export interface RoleSource {
  readonly standing: (role: Role, person: UserId) => Standing;
  /** Those who are known to be approvers. */
  readonly approvers: () => readonly UserId[];
  readonly areApproversUnread: () => boolean;
  readonly samePerson: RoleLists['samePerson'];
}

export function rolesFrom({ standing, approvers, areApproversUnread, samePerson }: RoleSource): Roles {
  const isSamePerson = (a: UserId, b: UserId): boolean =>
    a === b || samePerson.some((accounts) => accounts.includes(a) && accounts.includes(b));
  const holds =
    (role: Role) =>
    (person: UserId): boolean => {
      const found = standing(role, person);
      if (found === 'unread') throw new RolesUnreadError();
      return found === 'held';
    };
  return {
    isRequester: holds('requester'),
    isApprover: holds('approver'),
    isAuditor: holds('auditor'),
    standing,
    isSamePerson,
    approversFor: (requester) => approvers().filter((approver) => !isSamePerson(approver, requester)),
    areApproversUnread,
  };
}

/** Roles by Entra object id, as they were configured; no account is looked at. */
export function createRoles({ requesters, approvers, auditors, samePerson }: RoleLists): Roles {
  const holders = { requester: requesters, approver: approvers, auditor: auditors };
  return rolesFrom({
    standing: (role, person) => {
      const named = holders[role];
      return named === '*' || named.includes(person) ? 'held' : 'not-held';
    },
    approvers: () => approvers,
    areApproversUnread: () => false,
    samePerson,
  });
}

/** Where removals are somebody else's: nobody asks for one, clears the way for one, or approves one. */
export const withoutRemovals = (roles: Roles): Roles => ({
  ...roles,
  isRequester: () => false,
  isApprover: () => false,
  standing: (role, person) => (role === 'auditor' ? roles.standing(role, person) : 'not-held'),
  approversFor: () => [],
  areApproversUnread: () => false,
});

/**
 * For what a card offers: a button that nobody can tell whether it is theirs is there, and says so when it is pressed.
 * Never for what somebody may see or do.
 */
export function offering(roles: Roles): Roles {
  const offers =
    (role: Role) =>
    (person: UserId): boolean =>
      roles.standing(role, person) !== 'not-held';
  return { ...roles, isRequester: offers('requester'), isApprover: offers('approver'), isAuditor: offers('auditor') };
}

const ROLES: readonly Role[] = ['requester', 'approver', 'auditor'];

/**
 * Whether somebody may do anything here at all. Nobody else is shown a customer's data, be it in their own request.
 *
 * @throws {RolesUnreadError}
 */
export function hasRole(roles: Roles, person: UserId): boolean {
  const standings = ROLES.map((role) => roles.standing(role, person));
  if (standings.includes('held')) return true;
  if (standings.includes('unread')) throw new RolesUnreadError();
  return false;
}
