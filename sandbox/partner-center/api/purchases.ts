import { invalidInput, isRefusal, notFound, ok, refuse, type Answer } from './answers.ts';
import { audit, queried, type Call, type CustomerHandler } from './call.ts';
import type { Customer } from '../world/customer.ts';
import { sameId } from '../world/ids.ts';
import { isObject, member, type Json } from '../json.ts';
import { cancelLines } from '../world/purchases.ts';
import type { Order, OrderLine } from '../world/records.ts';
import { collection, link } from '../wire/collections.ts';
import { artifactBody, entitlementBody, orderBody, transferBody } from '../wire/purchases.ts';

const OLD_CONTRACT = 'virtualmachinereservedinstance';

/** @see "Get a collection of entitlements" */
export const listEntitlements: CustomerHandler = (call, customer) => {
  const type = queried(call, 'entitlementType')?.toLowerCase();
  if (type !== undefined && !['software', 'reservedinstance', OLD_CONTRACT].includes(type))
    return invalidInput('entitlementType is not known');
  const showExpiry = queried(call, 'showExpiry')?.toLowerCase() === 'true';
  const oldContract = type === OLD_CONTRACT;
  const wanted = customer.holdings.entitlements
    .filter((one) => type === undefined || one.entitlementType === (oldContract ? 'reservedinstance' : type))
    .filter((one) => !oldContract || one.reservation?.reservationType === 'virtualmachines');
  return ok(collection(wanted.map((one) => entitlementBody(customer.id, one, { showExpiry, oldContract }))));
};

/** Where an entitlement's link leads to. */
export const getArtifact: CustomerHandler = ({ params }, { holdings }) => {
  const type = (params['artifactType'] ?? '').toLowerCase();
  const found = holdings.entitlements.find(({ reservation }) => reservation?.resourceId === params['resourceId']);
  if (found?.reservation === undefined || !['reservedinstance', OLD_CONTRACT].includes(type))
    return notFound('The artifact');
  return ok(artifactBody(found, found.reservation, type === OLD_CONTRACT));
};

/** @see "Get all of a customer's orders" */
export const listOrders: CustomerHandler = (_call, { id, holdings }) =>
  ok(
    collection(
      holdings.orders.map((order) => orderBody(id, order)),
      { self: link(`/customers/${id}/orders`) },
    ),
  );

const orderOf = ({ params }: Call, { holdings }: Customer): Order | undefined =>
  holdings.orders.find(({ id, alternateId }) => id === params['orderId'] || alternateId === params['orderId']);

export const getOrder: CustomerHandler = (call, customer) => {
  const order = orderOf(call, customer);
  return order === undefined ? notFound('The order') : ok(orderBody(customer.id, order));
};

/** @see "Cancel software purchases", "Cancel an order from the integration sandbox" */
export const patchOrder: CustomerHandler = (call, customer) => {
  const order = orderOf(call, customer);
  if (order === undefined) return notFound('The order');
  const answer = cancelOrder(call, customer, order);
  audit(call, customer, {
    operationType: 'update_order',
    resourceType: 'order',
    succeeded: !isRefusal(answer),
    newValue: { Id: order.id, Status: member(call.body, 'status') ?? null },
    data: { OrderId: order.id },
  });
  return answer;
};

function cancelOrder(call: Call, customer: Customer, order: Order): Answer {
  const { world } = call;
  if (member(call.body, 'status') !== 'cancelled')
    return invalidInput('the only change of an order is status cancelled');
  const lines = namedLines(call, order);
  if (lines === undefined) return invalidInput('lineItems name a line that the order does not have');
  if (order.kind === 'marketplace') return refuse(403, '800077', 'This product is cancelled through its subscription.');
  const inSandbox = order.kind === 'reservation' && world.switches.environment === 'sandbox';
  const isSoftware = order.kind === 'software-subscription' || order.kind === 'perpetual-software';
  if (!inSandbox && !isSoftware) return refuse(400, '2006', 'The order cannot be cancelled.');
  if (isSoftware && (order.cancellableUntil === undefined || world.clock.now() > order.cancellableUntil))
    return refuse(400, '900117', 'The cancellation window of this purchase has closed.');

  const apply = (): void => {
    cancelLines(customer.holdings, order, lines, world.clock.now());
  };
  if (world.switches.orderCancelDelayMs > 0) order.pending ??= { apply, since: world.clock.mark() };
  else apply();
  return ok(orderBody(customer.id, order));
}

/** The lines to cancel: those named, or all. @returns undefined when one of them is not there. */
function namedLines({ body }: Call, order: Order): readonly OrderLine[] | undefined {
  const named = member(body, 'lineItems');
  if (!Array.isArray(named) || named.length === 0) return order.lines;
  const numbers = named.map((line: Json) => (isObject(line) ? member(line, 'lineItemNumber') : undefined));
  const lines = order.lines.filter(({ lineItemNumber }) => numbers.includes(lineItemNumber));
  return lines.length === numbers.length ? lines : undefined;
}

/** @see "Get a customer's transfers" */
export const listTransfers: CustomerHandler = (_call, { id, holdings }) =>
  ok(collection(holdings.transfers.map((transfer) => transferBody(id, transfer, holdings))));

export const getTransfer: CustomerHandler = ({ params }, { id, holdings }) => {
  const transfer = holdings.transfers.find((one) => sameId(one.id, params['transferId'] ?? ''));
  return transfer === undefined
    ? refuse(404, '900100', 'The transfer was not found.')
    : ok(transferBody(id, transfer, holdings));
};

/** A bare array, not a collection. Suspended and deleted subscriptions cannot be transferred. @see "Transfer eligibility" */
export const transferEligibility: CustomerHandler = (call, { holdings }) => {
  if (queried(call, 'transferType') === undefined) return invalidInput('transferType is missing');
  return ok(
    holdings.subscriptions.map(({ id, status }) => ({
      id,
      isEligible: status === 'active',
      ...(status !== 'active' && { reason: `Subscription: ${id} is in state: ${status}` }),
    })),
  );
};
