import type { UserId } from '../ids.ts';

/** Who may do what, as the operator configured it. Everybody else may do nothing. */
export interface Roles {
  isRequester(person: UserId): boolean;
  isApprover(person: UserId): boolean;
  isAuditor(person: UserId): boolean;
  /** Whether two accounts belong to one person; an account belongs to itself. */
  isSamePerson(a: UserId, b: UserId): boolean;
  /** Approvers who may decide on what this person asks: never the person, nor a second account of theirs. */
  approversFor(requester: UserId): readonly UserId[];
}

export interface RoleLists {
  /** `*`: everybody of the partner's own tenant. */
  readonly requesters: readonly UserId[] | '*';
  readonly approvers: readonly UserId[];
  readonly auditors: readonly UserId[];
  /** Accounts that belong to one person, a list for each such person. */
  readonly samePerson: readonly (readonly UserId[])[];
}

/** Roles by Entra object id. */
export function createRoles({ requesters, approvers, auditors, samePerson }: RoleLists): Roles {
  const isSamePerson = (a: UserId, b: UserId): boolean =>
    a === b || samePerson.some((accounts) => accounts.includes(a) && accounts.includes(b));
  return {
    isRequester: (person) => requesters === '*' || requesters.includes(person),
    isApprover: (person) => approvers.includes(person),
    isAuditor: (person) => auditors.includes(person),
    isSamePerson,
    approversFor: (requester) => approvers.filter((approver) => !isSamePerson(approver, requester)),
  };
}

/** Where removals are somebody else's: nobody asks for one, clears the way for one, or approves one. */
export const withoutRemovals = (lists: RoleLists): RoleLists => ({ ...lists, requesters: [], approvers: [] });

/** Whether somebody may do anything here at all. Nobody else is shown a customer's data, be it in their own request. */
export const hasRole = (roles: Roles, person: UserId): boolean =>
  roles.isRequester(person) || roles.isApprover(person) || roles.isAuditor(person);
