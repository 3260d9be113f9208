import type { AzureEntitlement, Subscription } from '../partner-center/partner-center.ts';
import { cancelledBy } from './cancelling.ts';
import { classifySubscription } from './classify.ts';
import { lastMomentOf, momentOf, upcoming } from './dates.ts';
import {
  AZURE_PORTAL,
  blocks,
  cancelUntil,
  findingOf,
  NO_OBSTACLE,
  SUPPORT,
  waitUntil,
  type Finding,
  type Judgement,
} from './finding.ts';
import type { Source } from './holdings.ts';
import { offersOf } from './offers.ts';
import { lineOfSubscription, type OrdersById } from './orders.ts';
import type { AddOn, HoldingClass, ReadinessPolicy, Remedy } from './readiness.ts';

/** What has to be known to judge one subscription. */
export interface SubscriptionContext {
  readonly policy: ReadinessPolicy;
  readonly now: Date;
  readonly family: Family;
  /** By the id of the Azure plan. */
  readonly azureEntitlements: ReadonlyMap<string, Source<readonly AzureEntitlement[]>>;
  readonly orders: OrdersById;
  /** Why not, for each subscription that cannot move to another partner just now. */
  readonly notTransferable?: ReadonlyMap<string, string>;
}

/** Which subscriptions there are, and which are add-ons of which. */
export interface Family {
  readonly byId: ReadonlyMap<string, Subscription>;
  readonly under: ReadonlyMap<string | undefined, readonly Subscription[]>;
}

/** Of two rows with one id the first one is it. */
export const familyOf = (subscriptions: readonly Subscription[]): Family => ({
  byId: new Map(subscriptions.toReversed().map((one) => [one.id, one])),
  under: Map.groupBy(subscriptions, ({ parentSubscriptionId }) => parentSubscriptionId),
});

/** States in which no class of subscription stands in the way. @see "Subscription lifecycle states and behaviors" */
const OVER = new Set(['expired', 'disabled', 'deleted']);
export const isOver = ({ status }: Subscription): boolean => OVER.has(status.toLowerCase());

/** @returns `undefined` for what is deleted: it is no holding any more. */
export function judgeSubscription(subscription: Subscription, context: SubscriptionContext): Finding | undefined {
  if (subscription.status.toLowerCase() === 'deleted') return undefined;
  const { id, name, quantity, status, parentSubscriptionId: parentId } = subscription;
  const holdingClass = classifySubscription(subscription);
  const judgement = judge(subscription, holdingClass, context);
  const { family } = context;
  const base = parentId === undefined ? undefined : family.byId.get(parentId);
  const addOns = holdingClass === 'legacy-licence' ? activeUnder(id, family) : [];
  const order = lineOfSubscription(subscription, context.orders);
  return findingOf(
    { id, class: holdingClass, name, quantity, status, ...(parentId !== undefined && { parentId }) },
    judgement,
    offersOf(subscription, { holdingClass, judgement, addOns, ...(base && { base }), ...(order && { order }) }),
  );
}

const activeUnder = (id: string, { under }: Family): readonly AddOn[] =>
  (under.get(id) ?? [])
    .filter(({ status }) => status.toLowerCase() === 'active')
    .map(({ id: holdingId, name, quantity }) => ({ holdingId, name, quantity }))
    .sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1));

function judge(subscription: Subscription, holdingClass: HoldingClass, context: SubscriptionContext): Judgement {
  if (isOver(subscription)) return NO_OBSTACLE;
  const { now } = context;
  switch (subscription.status.toLowerCase()) {
    case 'active':
      return ACTIVE[holdingClass](subscription, context);
    case 'suspended':
      return SUSPENDED[holdingClass](subscription, context);
    default:
      // Pending, none, or a state nobody has heard of: it may be active a moment later.
      return blocks([SUPPORT, ...waitUntil(termEnd(subscription, now), false)]);
  }
}

type Rule = (subscription: Subscription, context: SubscriptionContext) => Judgement;

const suspendIt: Rule = () => blocks([{ kind: 'suspend' }]);
const noObstacle: Rule = () => NO_OBSTACLE;
const onlySupport: Rule = () => blocks([SUPPORT]);

/** A base that is suspended takes its add-ons with it; the way to clear them is the base. @see "Suspend a subscription" */
const legacyAddOn: Rule = ({ parentSubscriptionId: parentId }, { family }) => {
  const base = parentId === undefined ? undefined : family.byId.get(parentId);
  if (base?.status.toLowerCase() !== 'active' || classifySubscription(base) !== 'legacy-licence')
    return blocks([{ kind: 'suspend' }]);
  return blocks([{ kind: 'with-parent', parentId: base.id, parentName: base.name }]);
};

/** Can be cancelled for seven days of each term; mid-term the normal way out is a transfer. At the term's end it goes on monthly. */
const newCommerceLicence: Rule = (subscription, context) => {
  const { now, policy, notTransferable } = context;
  const why = notTransferable?.get(subscription.id);
  return blocks(
    [
      ...cancelIt(subscription, context),
      ...(policy.suspendedNewCommerce === 'may-block' ? [{ kind: 'suspend' } as const] : []),
      ...(why === undefined ? [{ kind: 'transfer' } as const] : []),
      ...waitUntil(termEnd(subscription, now), false),
    ],
    { ...billed(subscription, now), ...(why !== undefined && { notTransferable: why }) },
  );
};

/**
 * Suspending new commerce stops access, not billing, and Microsoft's newest words are that only cancelling
 * counts. It is not eligible for a transfer until it is active again. At the term's end it is disabled, and billing ends.
 */
const suspendedNewCommerce: Rule = (subscription, { now, policy }) => ({
  weight: policy.suspendedNewCommerce,
  remedies: [...waitUntil(termEnd(subscription, now), true), SUPPORT],
  ...billed(subscription, now),
});

/** The status of a trial cannot be changed; it ends by itself, or goes on as a paid one where auto-renew is on. */
const trial: Rule = (subscription, { now }) => {
  const wait = waitUntil(termEnd(subscription, now), !subscription.autoRenewEnabled);
  return blocks(wait.length === 0 ? [SUPPORT] : wait);
};

const software: Rule = (subscription, context) => {
  const { now } = context;
  const cancel = cancelIt(subscription, context);
  const wait = waitUntil(termEnd(subscription, now), !subscription.autoRenewEnabled);
  return blocks(cancel.length > 0 ? [...cancel, ...wait] : [...wait, SUPPORT], billed(subscription, now));
};

const marketplace: Rule = (subscription, context) => {
  const { now } = context;
  const cancel = cancelIt(subscription, context);
  const wait = waitUntil(termEnd(subscription, now), !subscription.autoRenewEnabled);
  const remedies = [...cancel, ...wait];
  return blocks(remedies.length === 0 ? [SUPPORT] : remedies, billed(subscription, now));
};

/** Never suspended from here: the service refuses it, and the Azure portal is where they are managed. */
const savingsPlan: Rule = (subscription, { now }) =>
  blocks(
    [AZURE_PORTAL, ...waitUntil(termEnd(subscription, now), !subscription.autoRenewEnabled), SUPPORT],
    billed(subscription, now),
  );

/** A plan can be suspended once no Azure subscription under it is active. @see "Partner Center REST error codes": 900115 */
const azurePlan: Rule = ({ id }, { azureEntitlements }) => {
  const source = azureEntitlements.get(id);
  if (source?.kind !== 'read') return blocks([AZURE_PORTAL, SUPPORT]);
  const activeAzure = source.value.filter(isActiveAzure).length;
  return activeAzure === 0 ? blocks([{ kind: 'suspend' }]) : blocks([AZURE_PORTAL], { activeAzure });
};

const suspendedAzurePlan: Rule = (subscription, context) => {
  const judgement = azurePlan(subscription, context);
  return judgement.remedies.some(({ kind }) => kind === 'suspend') ? NO_OBSTACLE : judgement;
};

/** Azure subscriptions are `active` or `inactive`; any other word counts as active. */
const isActiveAzure = ({ status }: AzureEntitlement): boolean =>
  !['inactive', 'deleted', 'disabled'].includes(status.toLowerCase());

const ACTIVE: Readonly<Record<HoldingClass, Rule>> = {
  'legacy-licence': suspendIt,
  'legacy-add-on': legacyAddOn,
  'legacy-azure': suspendIt,
  'new-commerce-licence': newCommerceLicence,
  'new-commerce-trial': trial,
  'software-subscription': software,
  'perpetual-software': onlySupport,
  marketplace,
  'azure-plan': azurePlan,
  'savings-plan': savingsPlan,
  reservation: onlySupport,
  unknown: onlySupport,
};

const SUSPENDED: Readonly<Record<HoldingClass, Rule>> = {
  ...ACTIVE,
  'legacy-licence': noObstacle,
  'legacy-add-on': noObstacle,
  'legacy-azure': noObstacle,
  'new-commerce-licence': suspendedNewCommerce,
  'new-commerce-trial': suspendedNewCommerce,
  'azure-plan': suspendedAzurePlan,
};

const termEnd = ({ commitmentEndDate }: Subscription, now: Date) => upcoming(lastMomentOf(commitmentEndDate), now);

/** In its window, by whichever way such a purchase is cancelled; software without its order by the subscription. */
function cancelIt(subscription: Subscription, { now, policy, orders }: SubscriptionContext): readonly Remedy[] {
  const by = cancelledBy(classifySubscription(subscription), policy.environment);
  const isOrderMissing = by === 'order' && lineOfSubscription(subscription, orders) === undefined;
  return cancelUntil(lastCancellation(subscription, now), isOrderMissing ? 'subscription' : by);
}

const lastCancellation = ({ cancellationAllowedUntilDate }: Subscription, now: Date) =>
  upcoming(momentOf(cancellationAllowedUntilDate), now);

function billed(subscription: Subscription, now: Date): Pick<Judgement, 'billedUntil'> {
  const billedUntil = termEnd(subscription, now);
  return billedUntil === undefined ? {} : { billedUntil };
}
