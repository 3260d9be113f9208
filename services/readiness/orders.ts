import type { Order, OrderLine, Subscription } from '../partner-center/partner-center.ts';
import type { OrderLineToCancel } from './readiness.ts';

/** Orders by their long id and by their short one; entitlements and subscriptions name either. @see "Order resources" */
export type OrdersById = ReadonlyMap<string, Order>;

export const ordersById = (orders: readonly Order[]): OrdersById =>
  new Map(orders.flatMap((order) => orderIds([order.id, order.alternateId]).map((id) => [id, order] as const)));

/** The ids that are there, to be compared in any case of letters. */
export const orderIds = (ids: readonly (string | undefined)[]): readonly string[] =>
  ids.filter((id) => id !== undefined && id !== '').map((id) => String(id).toLowerCase());

export const orderNamed = (ids: readonly (string | undefined)[], orders: OrdersById): Order | undefined =>
  orderIds(ids)
    .map((id) => orders.get(id))
    .find((order) => order !== undefined);

/** The line by which a subscription was bought, where its order says so. */
export function lineOfSubscription({ id, orderId }: Subscription, orders: OrdersById): OrderLineToCancel | undefined {
  const order = orderNamed([orderId], orders);
  const line = order?.lines.find(({ subscriptionId }) => subscriptionId === id);
  return order && line && toCancel(order, line);
}

export const toCancel = ({ id: orderId }: Order, { lineItemNumber, offerId }: OrderLine): OrderLineToCancel => ({
  orderId,
  lineItemNumber,
  offerId,
});
