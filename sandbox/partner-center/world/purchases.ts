import type { Entitlement, Holdings, Order, OrderLine, Subscription, Transfer } from './records.ts';

/** Cancels lines of an order: their quantity is 0 wherever the purchase shows, and their subscriptions are deleted. */
export function cancelLines(holdings: Holdings, order: Order, lines: readonly OrderLine[], now: Date): void {
  for (const line of lines) {
    line.quantity = 0;
    const subscription = holdings.subscriptions.find(({ id }) => id === line.subscriptionId);
    if (subscription !== undefined && subscription.status !== 'deleted') {
      subscription.status = 'deleted';
      subscription.statusSince = now;
      subscription.version += 1;
    }
    for (const entitlement of entitlementsOf(holdings, order, line)) entitlement.quantity = 0;
  }
  order.status = order.lines.every(({ quantity }) => quantity === 0) ? 'cancelled' : 'completed';
}

/** The order and the entitlements of a subscription that was cancelled. */
export function withdrawSubscription(holdings: Holdings, { id, statusSince }: Subscription): void {
  for (const [order, lines] of purchasesOf(holdings, id)) cancelLines(holdings, order, lines, statusSince);
}

/**
 * What a transfer names goes to the other partner. Suspended subscriptions are not eligible and stay; add-ons go with
 * their base; entitlements stay with nothing in them.
 *
 * @see "Transfer resources", "Entitlement resources"
 */
export function completeTransfer(holdings: Holdings, transfer: Transfer, now: Date): void {
  const { subscriptions } = holdings;
  const isNamed = (id: string | undefined): boolean => id !== undefined && transfer.subscriptionIds.includes(id);
  const leaving = subscriptions.filter(
    ({ id, parentSubscriptionId, status }) => status === 'active' && (isNamed(id) || isNamed(parentSubscriptionId)),
  );
  for (const { id } of leaving)
    for (const [order, lines] of purchasesOf(holdings, id))
      for (const entitlement of lines.flatMap((line) => entitlementsOf(holdings, order, line))) {
        entitlement.quantityDetails = [{ quantity: entitlement.quantity, status: 'transferred' }];
        entitlement.quantity = 0;
      }
  subscriptions.splice(0, subscriptions.length, ...subscriptions.filter((one) => !leaving.includes(one)));
  transfer.status = 'Completed';
  transfer.lastModifiedTime = now;
}

const purchasesOf = ({ orders }: Holdings, subscriptionId: string): readonly (readonly [Order, OrderLine[]])[] =>
  orders
    .map((order) => [order, order.lines.filter((line) => line.subscriptionId === subscriptionId)] as const)
    .filter(([, lines]) => lines.length > 0);

const entitlementsOf = ({ entitlements }: Holdings, { id }: Order, { lineItemNumber }: OrderLine): Entitlement[] =>
  entitlements.filter(({ orderId, lineItemId }) => orderId === id && lineItemId === String(lineItemNumber));
