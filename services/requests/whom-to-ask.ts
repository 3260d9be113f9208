import type { UserId } from '../ids.ts';
import type { People } from '../people/people.ts';
import { refOf, type Person, type PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { peopleAmong } from './who-may.ts';

/** An eligible approver; the name is known, and a card can be sent, once they have opened the bot. */
export interface Approver {
  readonly id: UserId;
  readonly person?: Person;
}

export const isReachable = (approver: Approver): approver is Approver & { readonly person: Person } =>
  approver.person?.address !== undefined;

/** Approvers as far as they are known, by their ids. */
export const approversKnown = (people: Pick<People, 'find'>, ids: readonly UserId[]): Promise<readonly Approver[]> =>
  Promise.all(
    ids.map(async (id) => {
      const person = await people.find(id);
      return { id, ...(person && { person }) };
    }),
  );

/** Why nobody can be asked as it was wanted. */
export type NobodyToAsk =
  /** Nobody but the requester may approve. */
  | 'no-approver'
  /** None was chosen, or one who may not decide on this request. */
  | 'not-an-approver'
  /** The chosen approver has never opened the bot, or has removed it. */
  | 'approver-unreachable'
  /** More approvals are needed than approvers can be reached. */
  | 'too-few-approvers';

/**
 * Who gets a card: the chosen approver, without a choice the first who can be reached; and where it takes more than
 * one approval, everybody else who can be reached.
 */
export function whoToAsk(
  chosen: UserId | undefined,
  eligible: readonly Approver[],
  required: number,
  roles: Roles,
): readonly [PersonRef, ...PersonRef[]] | NobodyToAsk {
  if (eligible.length === 0) return 'no-approver';
  const first =
    chosen === undefined ? (eligible.find(isReachable) ?? eligible[0]) : eligible.find(({ id }) => id === chosen);
  if (first === undefined) return 'not-an-approver';
  if (!isReachable(first)) return 'approver-unreachable';
  if (required === 1) return [refOf(first.person)];
  const others = eligible.filter(isReachable).filter(({ id }) => id !== first.id);
  if (peopleAmong([first, ...others], roles).length < required) return 'too-few-approvers';
  return [refOf(first.person), ...others.map(({ person }) => refOf(person))];
}

/** Why there are not enough people to ask. */
export type CannotAsk = 'no-approver' | 'nobody-reachable' | 'too-few-approvers';

/** Why a request of nobody's can be sent to enough approvers now, if so; whichever of them is chosen. */
export function cannotAsk(eligible: readonly Approver[], required: number, roles: Roles): CannotAsk | undefined {
  const asked = whoToAsk(undefined, eligible, required, roles);
  if (typeof asked !== 'string') return undefined;
  return asked === 'too-few-approvers' || asked === 'no-approver' ? asked : 'nobody-reachable';
}
