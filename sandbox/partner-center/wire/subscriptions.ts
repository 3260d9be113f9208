import { isNewCommerce, traits } from '../world/classes.ts';
import { day, seconds, ticks } from '../world/clock.ts';
import type { JsonObject } from '../json.ts';
import type { AzureSubscription, Subscription } from '../world/records.ts';
import { link } from './collections.ts';

/** The version of a legacy subscription, as the service writes it. */
export const etagOf = ({ id, version }: Subscription): string =>
  Buffer.from(JSON.stringify({ id, version })).toString('base64');

/** @see "Subscription resources" */
export function subscriptionBody(customerId: string, subscription: Subscription): JsonObject {
  const { legacy, productType, billingType, unitType } = traits[subscription.class];
  const self = `/customers/${customerId}/subscriptions/${subscription.id}`;
  const [product = '', sku = '', availability = ''] = subscription.offerId.split(':');
  const write = legacy ? seconds : ticks;
  return {
    id: subscription.id,
    offerId: subscription.offerId,
    ...(subscription.entitlementId !== undefined && { entitlementId: subscription.entitlementId }),
    offerName: subscription.offerName,
    friendlyName: subscription.friendlyName,
    ...(productType && { productType }),
    quantity: subscription.quantity,
    unitType,
    ...(subscription.parentSubscriptionId !== undefined && {
      parentSubscriptionId: subscription.parentSubscriptionId,
    }),
    hasPurchasableAddons: subscription.class === 'legacy-licence',
    creationDate: write(subscription.creationDate),
    effectiveStartDate: write(subscription.termStart),
    ...termDates(subscription),
    status: subscription.status,
    autoRenewEnabled: subscription.autoRenewEnabled,
    isTrial: subscription.class === 'new-commerce-trial',
    billingType,
    billingCycle: subscription.billingCycle,
    termDuration: subscription.termDuration,
    renewalTermDuration: '',
    ...(isNewCommerce(subscription.class) && { refundOptions: refundOptions(subscription) }),
    isMicrosoftProduct: subscription.class !== 'marketplace',
    ...(subscription.partnerId !== undefined && { partnerId: subscription.partnerId }),
    attentionNeeded: false,
    actionTaken: false,
    contractType: 'subscription',
    ...(subscription.status === 'expired' && { suspensionReasons: ['Expiration'] }),
    scheduledNextTermInstructions: subscription.scheduledNextTermInstructions,
    nextChargeInstructions: subscription.nextChargeInstructions,
    links: legacy
      ? { offer: link(`/v1/offers/${subscription.offerId}`), self: link(self), ...parentLink(customerId, subscription) }
      : {
          product: link(`/products/${product}?country=US`),
          sku: link(`/products/${product}/skus/${sku}?country=US`),
          availability: link(`/products/${product}/skus/${sku}/availabilities/${availability}?country=US`),
          self: link(self),
        },
    publisherName: subscription.class === 'marketplace' ? 'Tidemark Software' : 'Microsoft Corporation',
    ...(subscription.class === 'savings-plan' && { lineItems: savingsLines(subscription) }),
    orderId: subscription.orderId,
    attributes: { ...(legacy && { etag: etagOf(subscription) }), objectType: 'Subscription' },
  };
}

function termDates({ termEnd, cancellableUntil }: Subscription): JsonObject {
  if (termEnd === undefined) return { commitmentEndDate: '9999-12-14T00:00:00Z' };
  return {
    commitmentEndDate: day(termEnd),
    commitmentEndDateTime: seconds(termEnd),
    billingCycleEndDate: day(termEnd),
    ...(cancellableUntil !== undefined && { cancellationAllowedUntilDate: ticks(cancellableUntil) }),
  };
}

const refundOptions = ({ cancellableUntil }: Subscription): readonly JsonObject[] =>
  cancellableUntil === undefined ? [] : [{ type: 'Full', expiresAt: ticks(cancellableUntil) }];

const parentLink = (customerId: string, { parentSubscriptionId }: Subscription): JsonObject =>
  parentSubscriptionId === undefined
    ? {}
    : { parentSubscription: link(`/customers/${customerId}/subscriptions/${parentSubscriptionId}`) };

const savingsLines = ({ id, friendlyName, autoRenewEnabled, status }: Subscription): readonly JsonObject[] => [
  {
    id,
    friendlyName,
    scope: { type: 'shared' },
    autoRenewEnabled,
    status,
    purchaseCommitment: { amount: 0.2, currency: 'usd', grain: 'Hourly' },
  },
];

/** @see "Get an Azure entitlement for a subscription" */
export const azureEntitlementBody = (customerId: string, planId: string, azure: AzureSubscription): JsonObject => ({
  id: azure.id,
  friendlyName: azure.friendlyName,
  status: azure.status,
  subscriptionId: planId,
  links: { self: link(`/customers/${customerId}/subscriptions/${planId}/azureEntitlements/${azure.id}`) },
});
