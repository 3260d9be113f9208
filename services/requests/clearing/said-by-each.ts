import type { CustomerId, HoldingId } from '../../ids.ts';
import { attempt } from '../../partner-center/attempt.ts';
import { PartnerCenterError, type ActAs, type PartnerCenter } from '../../partner-center/partner-center.ts';
import type { HoldingClass, Readiness } from '../../readiness/readiness.ts';
import type { RemovalRequest } from '../request.ts';
import type { ClearingStep } from './clearing-step.ts';

/** What each subscription says itself, by its id: lists lag behind. `gone` where there is none. */
export type SaidByEach = ReadonlyMap<HoldingId, string>;

/** Those that a list of subscriptions names; of purchases there is no asking one by one. */
const LISTED: ReadonlySet<HoldingClass> = new Set([
  ...(['legacy-licence', 'legacy-add-on', 'legacy-azure', 'new-commerce-licence'] as const),
  ...(['new-commerce-trial', 'azure-plan'] as const),
]);

/** @throws nothing of Partner Center's: what cannot be read is returned. */
export async function askEach(
  partnerCenter: Pick<PartnerCenter, 'subscription'>,
  customerId: CustomerId,
  ids: readonly HoldingId[],
  actAs: ActAs,
): Promise<SaidByEach | PartnerCenterError> {
  const ask = async (id: HoldingId): Promise<readonly [HoldingId, string]> => {
    try {
      return [id, (await partnerCenter.subscription(customerId, id, { actAs })).status];
    } catch (error) {
      if (error instanceof PartnerCenterError && error.fault === 'not-found') return [id, 'gone'];
      throw error;
    }
  };
  return attempt(async () => new Map(await Promise.all(ids.map(ask))));
}

/** What was suspended here. */
export const suspendedHere = (steps: readonly ClearingStep[]): readonly ClearingStep[] =>
  steps.filter(({ action, state }) => (action === 'suspend' && state === 'done') || action === 'reactivate');

/** What was approved and a complete reading does not name any more. */
export function unlisted({ plan }: RemovalRequest, { facts }: Readiness): readonly HoldingId[] {
  const there = new Set(facts.holdings.map(({ id }) => id));
  return (plan?.facts.holdings ?? []).filter((one) => LISTED.has(one.class) && !there.has(one.id)).map(({ id }) => id);
}

/** Whether the list says something else than what was asked for by itself: then the list is behind, and counts for nothing. */
export function isBehind({ lines, facts }: Readiness, said: SaidByEach): boolean {
  const there = new Set(facts.holdings.map(({ id }) => id));
  const showsActive = lines.some(
    (line) =>
      line.kind === 'holding' &&
      line.group === 'blocks' &&
      line.status === 'active' &&
      said.get(line.holdingId) === 'suspended',
  );
  const lacks = [...said].some(([id, status]) => !there.has(id) && (status === 'active' || status === 'suspended'));
  return showsActive || lacks;
}
