import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import type { Account, GraphPeople, GroupId } from './graph-people.ts';
import { KeptReading } from './kept-reading.ts';
import { within } from './within.ts';
import { rolesFrom, type RoleLists, type Role, type Roles, type Standing } from './roles.ts';

/** Who was given a role: people by their object ids, and whoever is in these groups. */
export interface Holders {
  readonly people: readonly UserId[];
  readonly groups: readonly GroupId[];
}

/** Who was given which role. */
export interface RoleHolders {
  /** `*`: every member of the partner's tenant. */
  readonly requesters: Holders | '*';
  readonly approvers: Holders;
  readonly auditors: Holders;
  readonly samePerson: RoleLists['samePerson'];
}

/** Who may do what, as the partner's directory says it now. */
export interface Memberships {
  /** Never by what is older than five minutes: then nobody can tell. */
  readonly roles: Roles;
  /**
   * The same for what cannot be taken back: nobody can tell, either, once the directory was asked anew and did not
   * answer, however little time ago it did.
   */
  readonly certainRoles: Roles;
  /** Whether a directory is asked at all; without one nothing ever has to be made fresh. */
  readonly isByDirectory: boolean;
  /**
   * Reads what has to be read before these people's roles are asked for, and waits for it, but not longer than 3 s. What
   * could not be read by then is unread, or counts as long as it is not too old. Never rejects.
   *
   * @param anew also what still counts is read again: something irreversible hangs on it.
   */
  readonly fresh: (people: readonly UserId[], options?: { readonly anew?: boolean }) => Promise<void>;
  /** The name of an account that was read. Foreign text. */
  readonly nameOf: (person: UserId) => string | undefined;
  /** The tag of the language that an account prefers, as far as it was read. */
  readonly languageOf: (person: UserId) => string | undefined;
  /** Keeps what everybody's roles depend on read. */
  start(): void;
  stop(): void;
}

export interface MembershipsParts {
  readonly holders: RoleHolders;
  /** Left out: object ids are all there is, and no account is looked at. */
  readonly graph?: Pick<GraphPeople, 'account' | 'members'>;
  readonly clock: Clock;
  readonly onFailed?: (what: 'group' | 'account', error: unknown) => void;
}

const LONGEST_WAIT_MS = 3 * SECOND_MS;
const LOOKED_EVERY_MS = MINUTE_MS;
/** Accounts that were asked about, and have no role by name. */
const MOST_ACCOUNTS = 10_000;

/** Whether roles cannot be told without the directory. */
export const needsDirectory = ({ requesters, approvers, auditors }: RoleHolders): boolean =>
  requesters === '*' || [requesters, approvers, auditors].some(({ groups }) => groups.length > 0);

/** The tenant has no such account. */
const NO_ACCOUNT = 'none';
const NOBODY: Holders = { people: [], groups: [] };

/**
 * Roles by object id, by group, and for everybody. An account counts while it is enabled and a member's: one that the
 * tenant does not have any more, that is disabled or a guest's has no role, however it was given.
 */
export function createMemberships({
  holders,
  graph,
  clock,
  onFailed = () => undefined,
}: MembershipsParts): Memberships {
  const { requesters, approvers, auditors, samePerson } = holders;
  const isOpen = requesters === '*';
  const holdersOf: Readonly<Record<Role, Holders>> = {
    requester: isOpen ? NOBODY : requesters,
    approver: approvers,
    auditor: auditors,
  };
  const all = Object.values(holdersOf);
  const named = new Set(all.flatMap(({ people }) => people));
  const accounts = new Map<UserId, KeptReading<Account | typeof NO_ACCOUNT>>();
  const groups = new Map<GroupId, KeptReading<ReadonlyMap<UserId, Account>>>();
  const keep = <T>(what: 'group' | 'account', read: () => Promise<T>): KeptReading<T> =>
    new KeptReading(read, clock, (error) => {
      onFailed(what, error);
    });
  if (graph !== undefined)
    for (const id of new Set(all.flatMap((one) => one.groups)))
      groups.set(
        id,
        keep('group', async () => new Map((await graph.members(id)).map((account) => [account.id, account]))),
      );

  const readingOf = (id: UserId): readonly KeptReading<unknown>[] => {
    if (graph === undefined) return [];
    const known = accounts.get(id);
    if (known !== undefined) return [known];
    if (accounts.size >= MOST_ACCOUNTS) forget(accounts, named);
    const reading = keep('account', async () => (await graph.account(id)) ?? NO_ACCOUNT);
    accounts.set(id, reading);
    return [reading];
  };

  const rolesBy = (word: 'value' | 'certain'): Roles => {
    /** What an account by itself gives, to somebody who is named or where everybody may. */
    const byAccount = (person: UserId): Standing => {
      if (graph === undefined) return 'held';
      const account = accounts.get(person)?.[word];
      if (account === undefined) return 'unread';
      return account !== NO_ACCOUNT && account.isMember ? 'held' : 'not-held';
    };

    const byGroup = (person: UserId, ids: readonly GroupId[]): Standing => {
      const found = ids.map((id): Standing => {
        const members = groups.get(id)?.[word];
        if (members === undefined) return 'unread';
        return members.get(person)?.isMember === true ? 'held' : 'not-held';
      });
      return found.find((one) => one === 'held') ?? found.find((one) => one === 'unread') ?? 'not-held';
    };

    const standing = (role: Role, person: UserId): Standing => {
      const { people, groups: ids } = holdersOf[role];
      const isNamed = people.includes(person) || (role === 'requester' && isOpen);
      const own = isNamed ? byAccount(person) : 'not-held';
      // An account that is known to be out is out, whatever group still has it.
      if (own === 'held' || (isNamed && own === 'not-held')) return own;
      const inGroup = byGroup(person, ids);
      return inGroup === 'not-held' ? own : inGroup;
    };

    const known = (): readonly UserId[] => {
      const inGroups = approvers.groups.flatMap((id) => [...(groups.get(id)?.[word]?.keys() ?? [])]);
      return [...new Set([...approvers.people, ...inGroups])];
    };

    return rolesFrom({
      standing,
      approvers: () => known().filter((id) => standing('approver', id) === 'held'),
      areApproversUnread: () =>
        approvers.groups.some((id) => groups.get(id)?.[word] === undefined) ||
        approvers.people.some((id) => standing('approver', id) === 'unread'),
      samePerson,
    });
  };

  const renew = (people: readonly UserId[], anew: boolean): readonly Promise<void>[] => {
    const readings = [...groups.values(), ...[...named, ...(isOpen ? people : [])].flatMap(readingOf)];
    return readings.map((one) => one.renew(anew)).filter((one) => one !== undefined);
  };

  /** As it was read, by itself or in a group. */
  const accountOf = (person: UserId): Account | undefined => {
    const account = accounts.get(person)?.value;
    if (account !== undefined && account !== NO_ACCOUNT) return account;
    return groups
      .values()
      .map((one) => one.value?.get(person))
      .find((one) => one !== undefined);
  };

  let timer: NodeJS.Timeout | undefined;
  return {
    roles: rolesBy('value'),
    certainRoles: rolesBy('certain'),
    isByDirectory: graph !== undefined,
    async fresh(people, { anew = false } = {}) {
      const reading = renew(people, anew);
      if (reading.length > 0) await within(Promise.all(reading), LONGEST_WAIT_MS);
    },
    nameOf: (person) => accountOf(person)?.name,
    languageOf: (person) => accountOf(person)?.language,
    start() {
      if (graph === undefined || timer !== undefined) return;
      const look = (): void => {
        void Promise.all(renew([], false));
      };
      look();
      timer = setInterval(look, LOOKED_EVERY_MS);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** The oldest half of those that nobody named: what is asked about again is read again. */
function forget(accounts: Map<UserId, unknown>, named: ReadonlySet<UserId>): void {
  const strangers = [...accounts.keys()].filter((id) => !named.has(id));
  for (const id of strangers.slice(0, Math.ceil(strangers.length / 2))) accounts.delete(id);
}
