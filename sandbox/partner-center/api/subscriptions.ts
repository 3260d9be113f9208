import { audit, queried, type Call, type CustomerHandler } from './call.ts';
import { invalidInput, isRefusal, notFound, ok, refuse, subscriptionNotFound, type Answer } from './answers.ts';
import type { Customer } from '../world/customer.ts';
import { sameId } from '../world/ids.ts';
import { isObject, member, pascalCase, type JsonObject } from '../json.ts';
import type { AzureSubscription, Subscription } from '../world/records.ts';
import { changeSubscription } from './subscription-changes.ts';
import { collection, link } from '../wire/collections.ts';
import { azureEntitlementBody, subscriptionBody } from '../wire/subscriptions.ts';

/** Not paged, and in every state. @see "Get all of a customer's subscriptions" */
export const listSubscriptions: CustomerHandler = (call, customer) => {
  const orderId = queried(call, 'order_id');
  const partnerId = queried(call, 'mpn_id');
  const { subscriptions, orders } = customer.holdings;
  const order = orders.find(({ id, alternateId }) => id === orderId || alternateId === orderId);
  const wanted = subscriptions
    .filter((one) => orderId === undefined || one.orderId === orderId || one.orderId === order?.alternateId)
    .filter((one) => partnerId === undefined || one.partnerId === partnerId);
  const self = link(`/customers/${customer.id}/subscriptions`);
  return ok(
    collection(
      wanted.map((one) => show(call, customer, one)),
      { self },
    ),
  );
};

export const getSubscription: CustomerHandler = (call, customer) => {
  const subscription = subscriptionOf(call, customer);
  return subscription === undefined ? subscriptionNotFound() : ok(show(call, customer, subscription));
};

/** @see "Get a list of add-ons for a subscription" */
export const listAddOns: CustomerHandler = (call, customer) => {
  const base = subscriptionOf(call, customer);
  if (base === undefined) return subscriptionNotFound();
  const addOns = customer.holdings.subscriptions.filter(({ parentSubscriptionId }) => parentSubscriptionId === base.id);
  return ok(collection(addOns.map((one) => show(call, customer, one))));
};

/** @see "Suspend a subscription", "Reactivate a suspended subscription", "Update a subscription by ID" */
export const patchSubscription: CustomerHandler = (call, customer) => {
  const subscription = subscriptionOf(call, customer);
  if (subscription === undefined) return subscriptionNotFound();
  const outcome = changeSubscription(call, customer, subscription);
  audit(call, customer, {
    operationType: 'update_subscription',
    resourceType: 'subscription',
    succeeded: !isRefusal(outcome),
    newValue: { Id: subscription.id, Status: member(call.body, 'status') ?? null },
    data: { SubscriptionId: subscription.id, SubscriptionName: subscription.friendlyName },
  });
  if (outcome.status !== 200) return outcome;
  const body = show(call, customer, subscription);
  return ok(call.world.switches.pascalCaseAnswers ? pascalCase(body) : body);
};

function subscriptionOf({ params }: Call, { holdings }: Customer): Subscription | undefined {
  const id = params['subscriptionId'] ?? '';
  return holdings.subscriptions.find((one) => sameId(one.id, id));
}

/** The body as this partner sees it: a direct-bill partner has no resellers of record. */
function show({ world }: Call, { id }: Customer, subscription: Subscription): JsonObject {
  const { unknownStatus, partnerType } = world.switches;
  return {
    ...subscriptionBody(id, subscription),
    ...(partnerType === 'direct' && { partnerId: undefined }),
    ...(unknownStatus !== null && subscription.status === 'active' && { status: unknownStatus }),
  };
}

const planOf = (call: Call, customer: Customer): Subscription | Answer =>
  subscriptionOf(call, customer) ?? subscriptionNotFound();

function azureOf(call: Call, plan: Subscription): AzureSubscription | Answer {
  const id = call.params['entitlementId'] ?? '';
  return plan.azure.find((one) => sameId(one.id, id)) ?? notFound('The Azure entitlement');
}

/** @see "Get a list of Azure entitlements for a subscription" */
export const listAzureEntitlements: CustomerHandler = (call, customer) => {
  const plan = planOf(call, customer);
  if (!('azure' in plan)) return plan;
  return ok(collection(plan.azure.map((one) => azureEntitlementBody(customer.id, plan.id, one))));
};

export const getAzureEntitlement: CustomerHandler = (call, customer) => {
  const plan = planOf(call, customer);
  if (!('azure' in plan)) return plan;
  const azure = azureOf(call, plan);
  return 'friendlyName' in azure ? ok(azureEntitlementBody(customer.id, plan.id, azure)) : azure;
};

/**
 * Accepted for one reason only, and seen ten minutes later.
 *
 * @see "Cancel an Azure subscription"
 */
export const cancelAzureEntitlement: CustomerHandler = (call, customer) => {
  const plan = planOf(call, customer);
  if (!('azure' in plan)) return plan;
  const azure = azureOf(call, plan);
  if (!('friendlyName' in azure)) return azure;
  const reason = isObject(call.body) ? member(call.body, 'cancellationReason') : undefined;
  if (typeof reason !== 'string') return invalidInput('cancellationReason is missing');
  if (reason.toLowerCase() !== 'compromise')
    return refuse(400, '900307', 'The cancellation reason is not valid: only compromise is accepted.');
  if (azure.status === 'active') azure.cancelledAt ??= call.world.clock.mark();
  audit(call, customer, {
    operationType: 'cancel_azure_subscription',
    resourceType: 'azure_subscription',
    succeeded: true,
    data: { AzureSubscriptionId: azure.id },
  });
  return ok(azureEntitlementBody(customer.id, plan.id, azure));
};
