import { isNewCommerce } from './classes.ts';
import type { Customer } from './customer.ts';
import type { Entitlement, Subscription } from './records.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

/**
 * What keeps the relationship from being removed, one sentence for each kind, naming ids. An Azure plan is named
 * by its order under the words "Azure reserved instances", as the service has been seen to do.
 *
 * @see "Remove a reseller relationship with a customer"
 */
export function obstacles({ holdings }: Customer, { switches, clock }: World): readonly string[] {
  const now = clock.now();
  const { subscriptions, entitlements, orders } = holdings;
  const blocking = subscriptions.filter((subscription) => subscriptionBlocks(subscription, switches));
  const plans = blocking.filter((subscription) => subscription.class === 'azure-plan');
  const others = blocking.filter((subscription) => subscription.class !== 'azure-plan');

  const counted = entitlements.filter((entitlement) => isCounted(entitlement, now));
  const orderNames = (type: Entitlement['entitlementType']): readonly string[] =>
    counted
      .filter((entitlement) => entitlement.entitlementType === type)
      .filter(({ orderId }) => {
        const order = orders.find(({ id }) => id === orderId);
        if (order?.kind !== 'perpetual-software' || switches.oldPerpetualSoftwareBlocks) return true;
        return order.cancellableUntil !== undefined && now <= order.cancellableUntil;
      })
      .map(({ alternateOrderId, orderId }) => alternateOrderId ?? orderId);

  const reserved = [...orderNames('reservedinstance'), ...plans.map(({ orderId }) => orderId)];
  const software = orderNames('software');
  return [
    ...sentence(
      'There are active subscriptions. Please suspend or cancel the following subscriptions',
      others.map(({ id }) => id),
    ),
    ...sentence('There are active Azure reserved instances. Please cancel the following orders', reserved),
    ...sentence('There are active software purchases. Please cancel the following orders', software),
  ];
}

const sentence = (words: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${words}: ${names.join(', ')}.`];

const harmless: ReadonlySet<string> = new Set(['suspended', 'expired', 'disabled', 'deleted']);

/** A status that nobody knows blocks as well. */
function subscriptionBlocks(subscription: Subscription, switches: Switches): boolean {
  const { status } = subscription;
  if (subscription.azure.some((azure) => azure.status === 'active') && status !== 'deleted') return true;
  if (status === 'suspended' && isNewCommerce(subscription.class)) return switches.nceSuspendedBlocks;
  return !harmless.has(status);
}

/** Cancelled and transferred purchases stay in the list with a quantity of 0. */
const isCounted = ({ quantity, expiryDate }: Entitlement, now: Date): boolean =>
  quantity > 0 && (expiryDate === undefined || expiryDate > now);
