import { invalidInput, ok, refuse, type Answer } from './answers.ts';
import type { Call } from './call.ts';
import { isNewCommerce, traits } from '../world/classes.ts';
import type { Customer } from '../world/customer.ts';
import { sameId } from '../world/ids.ts';
import { isObject, member, type JsonObject } from '../json.ts';
import type { Subscription } from '../world/records.ts';
import { etagOf } from '../wire/subscriptions.ts';

/**
 * Changes a subscription as the body says. The body counts as the whole resource: renewal and instructions that
 * are missing from it are switched off.
 *
 * @returns 200 without a body when the change can be seen, 202 when it comes later, or the refusal.
 * @see "Update a subscription by ID"
 */
export function changeSubscription(call: Call, customer: Customer, subscription: Subscription): Answer {
  const wanted = wantedOf(call.body, subscription);
  if (typeof wanted === 'string') return invalidInput(wanted);
  const refusal = refusalOf(call, customer, subscription, wanted);
  if (refusal !== undefined) return refusal;

  const { world } = call;
  const apply = (): void => {
    applyChange(customer, subscription, wanted, world.clock.now(), world.switches.addOnsFollowReactivation);
  };
  const delayMs = subscription.statusDelayMs ?? customer.statusDelayMs ?? world.switches.statusDelayMs;
  if (delayMs === 0 || wanted.status === subscription.status) {
    apply();
    return ok(null);
  }
  subscription.pending = { apply, since: world.clock.mark(), delayMs };
  return { status: 202, headers: { Location: `/customers/${customer.id}/subscriptions/${subscription.id}` } };
}

/** The members of the body that can be changed. */
interface Wanted {
  readonly id: string | undefined;
  readonly etag: string | undefined;
  readonly status: string;
  readonly quantity: number;
  readonly friendlyName: string;
  readonly autoRenewEnabled: boolean;
  readonly scheduledNextTermInstructions: JsonObject | undefined;
  readonly nextChargeInstructions: JsonObject | undefined;
}

/** @returns what is wrong with the body where it cannot be read. */
function wantedOf(body: JsonObject, now: Subscription): Wanted | string {
  const id = member(body, 'id');
  const status = member(body, 'status') ?? now.status;
  const quantity = member(body, 'quantity') ?? now.quantity;
  const friendlyName = member(body, 'friendlyName') ?? now.friendlyName;
  const attributes = member(body, 'attributes');
  const etag = isObject(attributes) ? member(attributes, 'etag') : undefined;
  const nextTerm = member(body, 'scheduledNextTermInstructions');
  const nextCharge = member(body, 'nextChargeInstructions');
  if (typeof status !== 'string') return 'status is not text';
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1) return 'quantity is not valid';
  if (typeof friendlyName !== 'string') return 'friendlyName is not text';
  return {
    id: typeof id === 'string' ? id : undefined,
    etag: typeof etag === 'string' && etag !== '' ? etag : undefined,
    status: status.toLowerCase(),
    quantity,
    friendlyName,
    autoRenewEnabled: member(body, 'autoRenewEnabled') === true,
    scheduledNextTermInstructions: isObject(nextTerm) ? nextTerm : undefined,
    nextChargeInstructions: isObject(nextCharge) ? nextCharge : undefined,
  };
}

/** @see "Partner Center REST error codes" */
function refusalOf(call: Call, customer: Customer, subscription: Subscription, wanted: Wanted): Answer | undefined {
  const { status } = subscription;
  if (wanted.id !== undefined && !sameId(wanted.id, subscription.id))
    return invalidInput('the id in the body is another one than in the address');
  if (isStale(call, subscription, wanted)) return refuse(400, '2055', 'Etag is no longer valid.');
  if (status === 'deleted') return refuse(400, '2011', 'The subscription is deleted and cannot be updated.');
  if (subscription.pending !== undefined)
    return refuse(409, '900278', 'The subscription has a pending operation. Try again within 24 hours.');
  if (wanted.status !== status) return statusRefusal(call, customer, subscription, wanted.status);
  if (status === 'suspended' && wanted.quantity !== subscription.quantity)
    return refuse(400, '800091', 'The subscription cannot be updated while it is suspended.');
  if (
    wanted.quantity < subscription.quantity &&
    isNewCommerce(subscription.class) &&
    !isCancellable(call, subscription)
  )
    return windowClosed();
  return undefined;
}

/** Legacy only: new commerce has no etag and takes any `If-Match`. */
function isStale({ headers }: Call, subscription: Subscription, { etag }: Wanted): boolean {
  if (!traits[subscription.class].legacy) return false;
  const ifMatch = headers['if-match']?.replace(/^(W\/)?"(.*)"$/, '$2');
  return [ifMatch, etag].some((sent) => sent !== undefined && sent !== '*' && sent !== etagOf(subscription));
}

function statusRefusal(
  call: Call,
  { holdings }: Customer,
  subscription: Subscription,
  wanted: string,
): Answer | undefined {
  const { status } = subscription;
  const holding = subscription.class;
  if (holding === 'savings-plan')
    return refuse(403, '900321', 'Azure savings plans can be managed in the Azure portal only.');
  if (holding === 'new-commerce-trial') return statusFixed();

  switch (wanted) {
    case 'suspended':
      if (status !== 'active') return noWay(status, wanted);
      if (holding === 'software-subscription' || holding === 'marketplace') return statusFixed();
      if (subscription.azure.some((azure) => azure.status === 'active'))
        return refuse(
          403,
          '900115',
          "Azure plan can't be moved to suspended state since you have one or more Azure subscriptions in the active state.",
        );
      return undefined;
    case 'active': {
      if (status !== 'suspended') return noWay(status, wanted);
      const parent = holdings.subscriptions.find(({ id }) => id === subscription.parentSubscriptionId);
      return parent !== undefined && parent.status !== 'active'
        ? refuse(409, '27009', 'The parent subscription is not active.')
        : undefined;
    }
    case 'deleted':
      if (subscription.cancellableUntil === undefined) return noWay(status, wanted);
      if (status !== 'active' && status !== 'suspended') return noWay(status, wanted);
      return isCancellable(call, subscription) ? undefined : windowClosed();
    default:
      return noWay(status, wanted);
  }
}

const statusFixed = (): Answer => refuse(400, '800096', 'The status of this subscription cannot be changed.');
const noWay = (from: string, to: string): Answer =>
  refuse(400, '800040', `The status of the subscription cannot change from ${from} to ${to}.`);
const windowClosed = (): Answer => refuse(400, '900117', 'The cancellation window of this purchase has closed.');

const isCancellable = ({ world }: Call, { cancellableUntil }: Subscription): boolean =>
  cancellableUntil !== undefined && world.clock.now() <= cancellableUntil;

function applyChange(
  { holdings }: Customer,
  subscription: Subscription,
  wanted: Wanted,
  now: Date,
  addOnsFollowReactivation: boolean,
): void {
  const before = subscription.status;
  subscription.quantity = wanted.quantity;
  subscription.friendlyName = wanted.friendlyName;
  subscription.autoRenewEnabled = wanted.autoRenewEnabled;
  subscription.scheduledNextTermInstructions = wanted.scheduledNextTermInstructions;
  subscription.nextChargeInstructions = wanted.nextChargeInstructions;
  subscription.suspendedWithParent = false;
  subscription.version += 1;
  if (wanted.status === before) return;
  setStatus(subscription, wanted.status, now);

  if (wanted.status === 'suspended' && isNewCommerce(subscription.class)) {
    subscription.autoRenewEnabled = false;
    subscription.scheduledNextTermInstructions = undefined;
  }
  for (const addOn of holdings.subscriptions.filter((one) => one.parentSubscriptionId === subscription.id))
    followBase(addOn, wanted.status, now, addOnsFollowReactivation);
  if (wanted.status === 'deleted') withdrawPurchase(holdings, subscription);
}

function setStatus(subscription: Subscription, status: string, now: Date): void {
  subscription.status = status;
  subscription.statusSince = now;
}

function followBase(addOn: Subscription, status: string, now: Date, comesBack: boolean): void {
  const suspends = status === 'suspended' && addOn.status === 'active';
  const returns = status === 'active' && addOn.suspendedWithParent && comesBack;
  if (!suspends && !returns) return;
  addOn.suspendedWithParent = suspends;
  addOn.version += 1;
  setStatus(addOn, status, now);
}

/** The same purchase in the order and in the entitlements. */
export function withdrawPurchase({ orders, entitlements }: Customer['holdings'], { id, orderId }: Subscription): void {
  for (const order of orders)
    for (const line of order.lines.filter((one) => one.subscriptionId === id)) {
      line.quantity = 0;
      if (order.lines.every(({ quantity }) => quantity === 0)) order.status = 'cancelled';
    }
  for (const entitlement of entitlements.filter((one) => one.alternateOrderId === orderId)) entitlement.quantity = 0;
}
