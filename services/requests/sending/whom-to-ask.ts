import type { UserId } from '../../ids.ts';
import type { Person, PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import { peopleAmong } from '../who-may.ts';

/** An eligible approver. */
export interface Approver {
  readonly id: UserId;
  /** Known once they have opened the bot; a card can be sent where there is an address. */
  readonly person?: Person;
  /** As the directory has it, for somebody who has not opened the bot. Foreign text. */
  readonly name?: string;
  /** The app can be installed for them, and then a card can be sent. */
  readonly canBeAdded?: boolean;
  /** Whom a form names first. */
  readonly isProposed?: boolean;
}

/** So many are asked at most, however many may approve: each of them gets a card. */
export const MOST_ASKED = 10;

export const isReachable = (approver: Approver): approver is Approver & { readonly person: Person } =>
  approver.person?.address !== undefined;
/** Whether a card can be sent, now or once the app is installed for them. */
export const canBeAsked = (approver: Approver): boolean => isReachable(approver) || approver.canBeAdded === true;
export const refOfApprover = ({ id, person, name }: Approver): PersonRef => ({ id, name: person?.name ?? name ?? id });

/** Marks whom a form names first: the requester's manager, or else the first who can be reached. */
export function proposing(eligible: readonly Approver[], manager: UserId | undefined): readonly Approver[] {
  const proposed =
    eligible.find((one) => one.id === manager && canBeAsked(one)) ??
    eligible.find(isReachable) ??
    eligible.find(canBeAsked) ??
    eligible[0];
  return eligible.map((one) => (one === proposed ? { ...one, isProposed: true } : one));
}

/** Why nobody can be asked as it was wanted. */
export type NobodyToAsk =
  /** Nobody but the requester may approve. */
  | 'no-approver'
  /** None was chosen, or one who may not decide on this request. */
  | 'not-an-approver'
  /** The chosen approver has not the app, and it cannot be installed for them. */
  | 'approver-unreachable'
  /** More approvals are needed than approvers can be reached. */
  | 'too-few-approvers'
  /** The same, and of those who may approve not all could be read. */
  | 'approvers-unread';

/**
 * Who gets a card: the chosen approver, without a choice whoever a form names first; and where it takes more than
 * one approval, others too. Those who can be reached come first, each person with one account before anybody's second;
 * the app is installed for no more people than it takes.
 *
 * @returns the chosen one first, then the others in the order in which they are asked.
 */
export function whoToAsk(
  chosen: UserId | undefined,
  eligible: readonly Approver[],
  required: number,
  roles: Pick<Roles, 'isSamePerson'>,
): readonly [Approver, ...Approver[]] | Exclude<NobodyToAsk, 'approvers-unread'> {
  if (eligible.length === 0) return 'no-approver';
  const first = eligible.find((one) => (chosen === undefined ? one.isProposed === true : one.id === chosen));
  if (first === undefined) return 'not-an-approver';
  if (!canBeAsked(first)) return 'approver-unreachable';
  if (required === 1) return [first];
  const others = eligible.filter((one) => canBeAsked(one) && one.id !== first.id);
  const ordered = [first, ...others.filter(isReachable), ...others.filter((one) => !isReachable(one))];
  const people = peopleAmong(ordered, roles);
  if (people.length < required) return 'too-few-approvers';
  const more = people.filter((one, at) => at > 0 && (at < required || isReachable(one)));
  const seconds = others.filter((one) => isReachable(one) && !people.includes(one));
  return [first, ...[...more, ...seconds].slice(0, MOST_ASKED - 1)];
}
