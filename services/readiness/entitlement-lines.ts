import { DAY_MS, type Instant } from '../clock.ts';
import type { Entitlement, Order, OrderLine, Subscription } from '../partner-center/partner-center.ts';
import { cancelledBy } from './cancelling.ts';
import { classifyEntitlement, classifySubscription } from './classify.ts';
import { lastMomentOf, momentOf, upcoming } from './dates.ts';
import {
  AZURE_PORTAL,
  blocks,
  cancelUntil,
  findingOf,
  PARTNER_CENTER,
  SUPPORT,
  waitUntil,
  type Finding,
  type Judgement,
} from './finding.ts';
import { orderIds, orderNamed, toCancel, type OrdersById } from './orders.ts';
import type { HoldingClass, Offer, ReadinessPolicy, Remedy } from './readiness.ts';
import { isOver } from './subscription-lines.ts';

/** What has to be known to judge one entitlement. */
export interface EntitlementContext {
  readonly now: Date;
  /** Software subscriptions that are not over, by the order they name. */
  readonly software: ReadonlyMap<string, readonly Subscription[]>;
  readonly policy: ReadinessPolicy;
  readonly orders: OrdersById;
}

export const entitlementContext = ({
  subscriptions,
  ...known
}: Omit<EntitlementContext, 'software'> & {
  readonly subscriptions: readonly Subscription[];
}): EntitlementContext => ({
  ...known,
  software: Map.groupBy(
    subscriptions.filter((one) => !isOver(one) && classifySubscription(one) === 'software-subscription'),
    ({ orderId }) => orderId?.toLowerCase() ?? '',
  ),
});

/** How long after the purchase software can be cancelled. @see "Cancel software purchases" */
const PERPETUAL_WINDOW_MS = 30 * DAY_MS;
const SUBSCRIPTION_WINDOW_MS = 7 * DAY_MS;
/** Orders of an integration sandbox can be cancelled for so long. @see "Cancel an order from the integration sandbox" */
const SANDBOX_WINDOW_MS = 60 * DAY_MS;

/**
 * @returns `undefined` for what does not count: a purchase with nothing left of it (cancelled or transferred,
 * which stay in the list with quantity 0), an expired one, and software that is in the list of subscriptions as well.
 */
export function judgeEntitlement(entitlement: Entitlement, context: EntitlementContext): Finding | undefined {
  const { now } = context;
  const expiry = lastMomentOf(entitlement.expiryDate);
  if (entitlement.quantity <= 0 || (expiry.kind === 'at' && expiry.at <= now)) return undefined;
  const wait = waitUntil(upcoming(expiry, now), true);

  switch (classifyEntitlement(entitlement)) {
    case 'reservation':
      return found(
        entitlement,
        'reservation',
        context,
        blocks([...cancelIt(entitlement, 'reservation', context, SANDBOX_WINDOW_MS), AZURE_PORTAL, ...wait]),
      );
    case 'software': {
      if (isShownAsSubscription(entitlement, context)) return undefined;
      if (expiry.kind === 'none') return perpetual(entitlement, context);
      const cancel = cancelIt(entitlement, 'software-subscription', context, SUBSCRIPTION_WINDOW_MS);
      const remedies = cancel.length > 0 ? [...cancel, ...wait] : [...wait, SUPPORT];
      return found(entitlement, 'software-subscription', context, blocks(remedies));
    }
    case 'unknown':
      return found(entitlement, 'unknown', context, blocks([SUPPORT]));
  }
}

/** Past its window it can never be cancelled, and whether it stands in the way is documented nowhere. */
function perpetual(entitlement: Entitlement, context: EntitlementContext): Finding {
  const cancel = cancelIt(entitlement, 'perpetual-software', context, PERPETUAL_WINDOW_MS);
  const judgement = cancel.length > 0 ? blocks(cancel) : { weight: 'may-block' as const, remedies: [SUPPORT] };
  return found(entitlement, 'perpetual-software', context, judgement);
}

function found(
  entitlement: Entitlement,
  holdingClass: HoldingClass,
  context: EntitlementContext,
  judgement: Judgement,
): Finding {
  const { orderId, lineItemId, productId, skuId, quantity } = entitlement;
  const name = lineOf(entitlement, context)?.friendlyName ?? `${productId}:${skuId}`;
  // Entitlements have no status of their own; what is counted here is in force.
  const fact = { id: `${orderId}:${lineItemId}`, class: holdingClass, name, quantity, status: 'active' };
  const [cancel] = judgement.remedies.filter(({ kind }) => kind === 'cancel');
  const order = orderOf(entitlement, context);
  const line = lineOf(entitlement, context);
  if (cancel?.kind !== 'cancel' || order === undefined || line === undefined) return findingOf(fact, judgement);
  const offer: Offer = {
    action: 'cancel',
    holdingId: fact.id,
    class: holdingClass,
    name,
    quantity,
    clears: true,
    until: cancel.until,
    order: toCancel(order, line),
  };
  return findingOf(fact, judgement, [offer]);
}

/** By its line of the order, for so long after it was bought; an order that does not show that line is somebody's to look at. */
function cancelIt(
  entitlement: Entitlement,
  holdingClass: HoldingClass,
  context: EntitlementContext,
  windowMs: number,
): readonly Remedy[] {
  const by = cancelledBy(holdingClass, context.policy.environment);
  const cancel = cancelUntil(windowEnd(entitlement, context, windowMs), by);
  return cancel.length > 0 && lineOf(entitlement, context) === undefined ? [PARTNER_CENTER] : cancel;
}

function windowEnd(entitlement: Entitlement, context: EntitlementContext, windowMs: number): Instant | undefined {
  const bought = momentOf(orderOf(entitlement, context)?.creationDate);
  if (bought.kind !== 'at') return undefined;
  return upcoming({ kind: 'at', at: new Date(bought.at.getTime() + windowMs) }, context.now);
}

const orderOf = ({ orderId, alternateOrderId }: Entitlement, { orders }: EntitlementContext): Order | undefined =>
  orderNamed([orderId, alternateOrderId], orders);

const lineOf = (entitlement: Entitlement, context: EntitlementContext): OrderLine | undefined =>
  orderOf(entitlement, context)?.lines.find((line) => String(line.lineItemNumber) === entitlement.lineItemId);

/**
 * Software subscriptions bought since October 2021 are in both lists. They are one purchase when they are of
 * one order, unless that order says that the subscription belongs to another of its lines.
 */
function isShownAsSubscription(entitlement: Entitlement, context: EntitlementContext): boolean {
  const order = orderOf(entitlement, context);
  const ids = orderIds([entitlement.orderId, entitlement.alternateOrderId, order?.id, order?.alternateId]);
  const candidates = ids.flatMap((id) => context.software.get(id) ?? []);
  return candidates.some((subscription) => {
    const line = order?.lines.find(({ subscriptionId }) => subscriptionId === subscription.id);
    return line === undefined || String(line.lineItemNumber) === entitlement.lineItemId;
  });
}
