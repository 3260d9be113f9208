import type { UserId } from '../../services/ids.ts';
import type { Holders } from '../../services/people/memberships.ts';
import type { Config } from '../config/config.ts';
import type { RoleMembers } from './check-approvers.ts';
import type { NamedList } from './check-graph.ts';

type People = Config['people'];

/** Everybody whom the configuration names, by variable. */
export function namedLists({ people, approval }: Pick<Config, 'people' | 'approval'>): readonly NamedList[] {
  const { requesters, approvers, auditors, samePerson } = people;
  const nobody = { people: [], groups: [] };
  return [
    { variable: 'REQUESTERS', ...(requesters === '*' ? nobody : requesters) },
    { variable: 'APPROVERS', ...approvers },
    { variable: 'AUDITORS', ...auditors },
    { variable: 'ESCALATE_TO', people: approval.escalateTo === undefined ? [] : [approval.escalateTo], groups: [] },
    { variable: 'SAME_PERSON', people: samePerson.flat(), groups: [] },
  ];
}

/** @param members of each group that could be read. */
export function roleMembers(
  { requesters, approvers, auditors }: People,
  members: ReadonlyMap<string, readonly UserId[]>,
): RoleMembers {
  const all = ({ people, groups }: Holders): readonly UserId[] => [
    ...people,
    ...groups.flatMap((group) => members.get(group) ?? []),
  ];
  return {
    requesters: requesters === '*' ? '*' : all(requesters),
    approvers: all(approvers),
    auditors: all(auditors),
    isPartial: approvers.groups.some((group) => !members.has(group)),
  };
}
