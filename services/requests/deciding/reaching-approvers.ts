import type { UserId } from '../../ids.ts';
import type { Colleagues } from '../../people/colleagues.ts';
import type { People } from '../../people/people.ts';
import type { PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { RequestPolicy } from '../moves.ts';
import {
  isReachable,
  proposing,
  refOfApprover,
  whoToAsk,
  type Approver,
  type NobodyToAsk,
} from '../sending/whom-to-ask.ts';
import { peopleAmong } from '../who-may.ts';

/** Why there are not enough people to ask. */
export type CannotAsk =
  Extract<NobodyToAsk, 'no-approver' | 'too-few-approvers' | 'approvers-unread'> | 'nobody-reachable';

/** Who may approve, and how a card gets to them. */
export interface ReachingApprovers {
  /** Approvers as far as they are known, by their ids. */
  known(ids: readonly UserId[]): Promise<readonly Approver[]>;
  /** Who can be asked for approval by this person, with whom a form names first. */
  approversFor(requester: UserId): Promise<readonly Approver[]>;
  /** Why nobody's request can be sent to enough approvers now, if so; whichever of them is chosen. */
  cannotAsk(requester: UserId): Promise<CannotAsk | undefined>;
  /** Whom a request is sent to, the chosen one first; each of them has the app, or gets it now. */
  reach(requester: UserId, chosen: UserId | undefined): Promise<readonly [PersonRef, ...PersonRef[]] | NobodyToAsk>;
  /** Whom it would be sent to; nobody gets an app for that. */
  whoIsAsked(requester: UserId, chosen: UserId | undefined): Promise<readonly [Approver, ...Approver[]] | NobodyToAsk>;
  /** Whether somebody has the app, or gets it now. */
  hasApp(approver: Approver): Promise<boolean>;
}

export interface ReachingParts {
  readonly people: Pick<People, 'find'>;
  /** Left out where the partner's directory is not asked. */
  readonly colleagues?: Colleagues;
  readonly roles: Roles;
  readonly policy: Pick<RequestPolicy, 'approvalsRequired'>;
}

export function createReachingApprovers({ people, colleagues, roles, policy }: ReachingParts): ReachingApprovers {
  const { approvalsRequired } = policy;
  const known: ReachingApprovers['known'] = async (ids) => {
    const canBeAdded = (await colleagues?.canAddApp()) === true;
    return Promise.all(
      ids.map(async (id): Promise<Approver> => {
        const person = await people.find(id);
        const name = colleagues?.nameOf(id);
        return {
          id,
          ...(person && { person }),
          ...(name !== undefined && { name }),
          ...(canBeAdded && { canBeAdded }),
        };
      }),
    );
  };
  const approversFor: ReachingApprovers['approversFor'] = async (requester) => {
    const [eligible, manager] = await Promise.all([
      known(roles.approversFor(requester)),
      colleagues?.managerOf(requester),
    ]);
    return proposing(eligible, manager);
  };
  const whoIsAsked: ReachingApprovers['whoIsAsked'] = async (requester, chosen) => {
    const asked = whoToAsk(chosen, await approversFor(requester), approvalsRequired, roles);
    const isKnown = typeof asked !== 'string' || asked === 'approver-unreachable' || !roles.areApproversUnread();
    return isKnown ? asked : 'approvers-unread';
  };
  const hasApp: ReachingApprovers['hasApp'] = async (approver) =>
    isReachable(approver) || (await colleagues?.addAppFor(approver.id)) === true;

  return {
    ...{ known, approversFor, whoIsAsked, hasApp },
    async cannotAsk(requester) {
      const asked = await whoIsAsked(requester, undefined);
      if (typeof asked !== 'string') return undefined;
      return asked === 'approver-unreachable' || asked === 'not-an-approver' ? 'nobody-reachable' : asked;
    },
    async reach(requester, chosen) {
      const asked = await whoIsAsked(requester, chosen);
      if (typeof asked === 'string') return asked;
      const [first, ...others] = asked;
      const reached = await Promise.all(asked.map(hasApp));
      if (reached[0] !== true) return 'approver-unreachable';
      // Who cannot be reached all the same is not asked.
      const able: readonly [Approver, ...Approver[]] = [first, ...others.filter((_, at) => reached[at + 1] === true)];
      if (peopleAmong(able, roles).length < approvalsRequired) return 'too-few-approvers';
      return [refOfApprover(first), ...able.slice(1).map(refOfApprover)];
    },
  };
}
