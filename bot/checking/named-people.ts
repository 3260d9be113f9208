import type { UserId } from '../../services/ids.ts';
import type { Config } from '../config/config.ts';
import type { RoleMembers } from './check-approvers.ts';
import type { NamedList } from './check-graph.ts';

type People = Config['people'];

/** Everybody whom the configuration names, by variable. */
export function namedLists({ people, approval }: Pick<Config, 'people' | 'approval'>): readonly NamedList[] {
  const { requesters, approvers, auditors, samePerson } = people;
  const nobody = { people: [], groups: [] };
  return [
    { variable: 'REQUESTERS', ...(requesters === '*' ? nobody : listOf(requesters)) },
    { variable: 'APPROVERS', ...listOf(approvers) },
    { variable: 'AUDITORS', ...listOf(auditors) },
    { variable: 'ESCALATE_TO', people: approval.escalateTo === undefined ? [] : [approval.escalateTo], groups: [] },
    { variable: 'SAME_PERSON', people: samePerson.flat(), groups: [] },
  ];
}

/** @param members of each group that could be read. */
export function roleMembers(
  { requesters, approvers, auditors }: People,
  members: ReadonlyMap<string, readonly UserId[]>,
): RoleMembers {
  const all = (list: Holders): readonly UserId[] => {
    const { people, groups } = listOf(list);
    return [...people, ...groups.flatMap((group) => members.get(group) ?? [])];
  };
  return {
    requesters: requesters === '*' ? '*' : all(requesters),
    approvers: all(approvers),
    auditors: all(auditors),
    isPartial: listOf(approvers).groups.some((group) => !members.has(group)),
  };
}

type Holders = People['approvers'];

const listOf = (list: Holders): { readonly people: readonly UserId[]; readonly groups: readonly string[] } => ({
  people: list,
  groups: [],
});
