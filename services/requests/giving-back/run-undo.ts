import type { HoldingId, RequestId, UserId } from '../../ids.ts';
import { attempt } from '../../partner-center/attempt.ts';
import { asPerson, PartnerCenterError, type ActAs, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import type { Roles } from '../../people/roles.ts';
import { isGone } from '../../readiness/relationship.ts';
import type { Change } from '../change.ts';
import type { Claims } from '../claims.ts';
import { leftOf, undoOf, type SeenSuspended } from './giving-back.ts';
import type { RequestPolicy } from '../moves.ts';
import { endReminders, notYet, remind, staySilent } from './reminding.ts';
import type { RequestRecord } from '../request.ts';
import { refuse, type RequestStore } from '../request-store.ts';
import type { Claim } from '../../storage/claim.ts';
import { leavesCustomer } from './undo-clock.ts';

export interface UndoRunnerParts {
  readonly requests: RequestStore;
  readonly claims: Pick<Claims, 'standingOf'>;
  readonly partnerCenter: PartnerCenter;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly roles: Pick<Roles, 'isRequester'>;
  readonly policy: Pick<RequestPolicy, 'undo'>;
  readonly clock: () => Date;
  /** Who is told when a requester does nothing about what is suspended still. */
  readonly escalateTo?: UserId;
}

/** In these a subscription has nothing left that could be given back. @see "Subscription lifecycle states and behaviors" */
const OVER: ReadonlySet<string> = new Set(['deleted', 'expired', 'disabled']);

/**
 * Reminds of what a request that came to nothing has left suspended, when the time for it has come. Everything on the
 * list is read before; a later request for the same customer has taken the list over, and ends this one's reminders.
 */
export function createUndoRunner(parts: UndoRunnerParts) {
  const { requests, claims, partnerCenter, tokens, roles, policy, clock, escalateTo } = parts;

  return async (id: RequestId, claim: Claim): Promise<unknown> => {
    const before = await requests.read(id);
    if (before === undefined) return undefined;
    const change = (decide: (record: RequestRecord, now: Date) => Change): Promise<unknown> =>
      requests.change(id, (record, now) => (record ? decide(record, now) : refuse('missing')), claim);

    const { request } = before;
    if (!leavesCustomer(request)) return change(endReminders);
    const waiting = notYet(before, clock(), policy.undo);
    if (waiting !== undefined)
      return change((record, now) => notYet(record, now, policy.undo) ?? staySilent(record, now));
    const standing = await claims.standingOf(request);
    if (standing.kind === 'overtaken' || undoOf(before).items.length === 0) return change(endReminders);
    if (standing.kind === 'being-overtaken') return change(staySilent);

    const person = asPerson(request.requester.id);
    const actAs = tokens.canActAs(person) ? person : 'bot';
    const seen = await seeAll(before, actAs);
    const reminded = {
      isRequester: roles.isRequester(request.requester.id),
      ...(escalateTo !== undefined && { escalateTo }),
    };
    return change(
      (record, now) => notYet(record, now, policy.undo) ?? remind(record, now, policy.undo, seen, reminded),
    );
  };

  /** Each is asked for by itself, since lists lag behind; where the relationship has ended, all of them are gone. */
  async function seeAll(record: RequestRecord, actAs: ActAs): Promise<ReadonlyMap<HoldingId, SeenSuspended>> {
    const { customer } = record.request;
    const ids = new Set(
      leftOf(record).flatMap(({ holdingId, addOns = [] }) => [holdingId, ...addOns.map((one) => one.holdingId)]),
    );
    const seen = await Promise.all([...ids].map(async (one) => [one, await seeOne(customer.id, one, actAs)] as const));
    const isDoubtful = seen.some(([, one]) => one instanceof PartnerCenterError && one.saysNoRelationship);
    const isOurs = !isDoubtful || (await isGone(partnerCenter, customer, { actAs })).kind !== 'gone';
    return new Map(seen.map(([one, was]) => [one, isOurs ? meant(was) : 'gone']));
  }

  async function seeOne(
    customerId: string,
    holdingId: HoldingId,
    actAs: ActAs,
  ): Promise<SeenSuspended | PartnerCenterError> {
    const read = await attempt(() => partnerCenter.subscription(customerId, holdingId, { actAs }));
    if (read instanceof PartnerCenterError) return read;
    const { status } = read;
    if (status === 'suspended' || status === 'active') return status;
    return OVER.has(status) ? 'gone' : 'unread';
  }
}

export type UndoRunner = ReturnType<typeof createUndoRunner>;

/** A subscription that is not found while the customer is ours is no more. */
function meant(seen: SeenSuspended | PartnerCenterError): SeenSuspended {
  if (!(seen instanceof PartnerCenterError)) return seen;
  return seen.fault === 'not-found' ? 'gone' : 'unread';
}
