import { day, seconds } from '../world/clock.ts';
import type { Customer } from '../world/customer.ts';
import type { JsonObject } from '../json.ts';
import type { Entitlement } from '../world/records.ts';
import type { World } from '../world/world.ts';

/** The world as a person looking on would want to see it; the API shows none of this. */
export function showState(
  world: World,
  { customer: wanted, limit }: { customer: string | null; limit: number },
): JsonObject {
  const shown = world.customers.filter(({ id }) => wanted === null || id.toLowerCase() === wanted.toLowerCase());
  return {
    now: world.clock.now().toISOString(),
    scenario: world.scenario,
    total: shown.length,
    customers: shown.slice(0, limit).map((customer) => showCustomer(world, customer)),
  };
}

function showCustomer(world: World, customer: Customer): JsonObject {
  world.settle(customer);
  const { subscriptions, entitlements, orders, transfers } = customer.holdings;
  return {
    id: customer.id,
    companyName: customer.companyName,
    domain: customer.domain,
    relationship: customer.relationship,
    listed: world.isListed(customer),
    ...(customer.note !== undefined && { note: customer.note }),
    subscriptions: subscriptions.map((one) => ({
      id: one.id,
      friendlyName: one.friendlyName,
      offerName: one.offerName,
      class: one.class,
      status: one.status,
      quantity: one.quantity,
      autoRenewEnabled: one.autoRenewEnabled,
      ...(one.termEnd !== undefined && { commitmentEndDate: day(one.termEnd) }),
    })),
    entitlements: entitlements.map((one) => ({
      type: one.entitlementType,
      name: nameOf(one, customer),
      orderId: one.orderId,
      quantity: one.quantity,
      ...(one.expiryDate !== undefined && { expiryDate: seconds(one.expiryDate) }),
    })),
    azure: subscriptions.flatMap(({ id: planId, azure }) =>
      azure.map(({ id, friendlyName, status }) => ({ id, planId, friendlyName, status })),
    ),
    pendingOrders: orders
      .filter(({ status }) => status !== 'completed' && status !== 'cancelled')
      .map(({ id, lines, status }) => ({ id, name: lines[0]?.friendlyName ?? id, status })),
    transfers: transfers.map(({ id, status }) => ({ id, status })),
    gdap: customer.gdap.map(({ id, displayName, status }) => ({ id, displayName, status })),
  };
}

/** The API has no name for an entitlement; its order line has one. */
function nameOf({ orderId, lineItemId, productId }: Entitlement, { holdings }: Customer): string {
  const order = holdings.orders.find(({ id }) => id === orderId);
  const line = order?.lines.find(({ lineItemNumber }) => String(lineItemNumber) === lineItemId);
  return line?.friendlyName ?? productId;
}
