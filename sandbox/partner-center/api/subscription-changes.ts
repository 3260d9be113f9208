import { invalidInput, ok, type Answer } from './answers.ts';
import type { Call } from './call.ts';
import { changeRefusal } from './subscription-refusals.ts';
import { wantedSubscription, type WantedSubscription } from './wanted-subscription.ts';
import { isNewCommerce } from '../world/classes.ts';
import type { Customer } from '../world/customer.ts';
import { withdrawSubscription } from '../world/purchases.ts';
import type { Subscription } from '../world/records.ts';
import type { Switches } from '../world/switches.ts';

/**
 * Changes a subscription as the body says.
 *
 * @returns 200 without a body when the change can be seen, 202 when it comes later, or the refusal.
 * @see "Update a subscription by ID"
 */
export function changeSubscription(call: Call, customer: Customer, subscription: Subscription): Answer {
  const { world } = call;
  const wanted = wantedSubscription(call.body, subscription, world.switches);
  if (typeof wanted === 'string') return invalidInput(wanted);
  const refusal = changeRefusal(call, customer, subscription, wanted);
  if (refusal !== undefined) return refusal;

  const apply = (): void => {
    applyChange(customer, subscription, wanted, world.clock.now(), world.switches);
  };
  const delayMs = subscription.statusDelayMs ?? customer.statusDelayMs ?? world.switches.statusDelayMs;
  if (delayMs === 0 || wanted.status === subscription.status) {
    apply();
    return ok(null);
  }
  subscription.pending = { apply, since: world.clock.mark(), delayMs };
  return { status: 202, headers: { Location: `/customers/${customer.id}/subscriptions/${subscription.id}` } };
}

function applyChange(
  { holdings }: Customer,
  subscription: Subscription,
  wanted: WantedSubscription,
  now: Date,
  { addOnsFollowReactivation, suspensionEndsRenewal }: Switches,
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

  if (wanted.status === 'suspended' && isNewCommerce(subscription.class) && suspensionEndsRenewal) {
    subscription.autoRenewEnabled = false;
    subscription.scheduledNextTermInstructions = undefined;
  }
  for (const addOn of holdings.subscriptions.filter((one) => one.parentSubscriptionId === subscription.id))
    followBase(addOn, wanted.status, now, addOnsFollowReactivation);
  if (wanted.status === 'deleted') withdrawSubscription(holdings, subscription);
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
