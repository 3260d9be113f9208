import { seconds, ticks } from '../world/clock.ts';
import type { JsonObject } from '../json.ts';
import { NEXT_PARTNER_NAME, NEXT_PARTNER_TENANT_ID, PARTNER_NAME, PARTNER_TENANT_ID } from '../partner.ts';
import type { Entitlement, Holdings, Order, Reservation, Transfer } from '../world/records.ts';
import { link } from './collections.ts';

const OLD_CONTRACT = 'virtualmachinereservedinstance';

/**
 * An entitlement, in the present contract or in the one kept for old clients, where reservations have another
 * type name.
 *
 * @see "Entitlement resources", "Get a collection of entitlements"
 */
export function entitlementBody(
  customerId: string,
  entitlement: Entitlement,
  { showExpiry, oldContract }: { readonly showExpiry: boolean; readonly oldContract: boolean },
): JsonObject {
  const { reservation, expiryDate } = entitlement;
  const referenceOrder = {
    id: entitlement.orderId,
    lineItemId: entitlement.lineItemId,
    ...(entitlement.alternateOrderId !== undefined && { alternateId: entitlement.alternateOrderId }),
  };
  const entitlementType = oldContract ? OLD_CONTRACT : entitlement.entitlementType;
  const dynamicAttributes = reservation && { reservationType: reservation.reservationType };
  return {
    includedEntitlements: entitlement.included.map((part) => ({
      includedEntitlements: [],
      referenceOrder,
      ...part,
      quantity: entitlement.quantity,
      entitledArtifacts: [],
      entitlementType,
    })),
    referenceOrder,
    productId: entitlement.productId,
    skuId: entitlement.skuId,
    quantity: entitlement.quantity,
    ...(entitlement.quantityDetails && { quantityDetails: entitlement.quantityDetails.map((one) => ({ ...one })) }),
    entitledArtifacts: reservation
      ? [
          {
            artifactType: entitlementType,
            resourceId: reservation.resourceId,
            link: link(artifactUri(customerId, entitlementType, entitlement, reservation)),
            ...(reservation.typeStandsOn === 'artifact' && { dynamicAttributes }),
          },
        ]
      : [],
    entitlementType,
    ...(reservation?.typeStandsOn === 'entitlement' && { dynamicAttributes }),
    ...(showExpiry && expiryDate !== undefined && { expiryDate: seconds(expiryDate) }),
  };
}

const artifactUri = (customerId: string, type: string, { lineItemId }: Entitlement, reservation: Reservation): string =>
  `/customers/${customerId}/artifacts/${type}/groups/${reservation.groupId}/lineitems/${lineItemId}/resource/${reservation.resourceId}`;

/** What a reservation's artifact link leads to. Its expiry has no time zone, as published. */
export function artifactBody(
  { quantity, expiryDate }: Entitlement,
  { displayName, effectiveDate, resourceId }: Reservation,
  oldContract: boolean,
): JsonObject {
  const reservations = [
    {
      reservationId: resourceId,
      displayName,
      scopeType: 'Shared',
      quantity,
      ...(expiryDate !== undefined && { expiryDateTime: expiryDate.toISOString().slice(0, 19) }),
      effectiveDateTime: ticks(effectiveDate),
      provisioningState: 'Created',
    },
  ];
  return oldContract
    ? { type: 'virtual_machine_reserved_instance', virtualMachineReservations: reservations }
    : { type: 'reservedinstance', reservations };
}

/** @see "Order resources" */
export function orderBody(customerId: string, order: Order): JsonObject {
  const self = `/customers/${customerId}/orders/${order.id}`;
  return {
    id: order.id,
    ...(order.alternateId !== undefined && { alternateId: order.alternateId }),
    referenceCustomerId: customerId,
    billingCycle: order.billingCycle,
    currencyCode: 'USD',
    currencySymbol: '$',
    lineItems: order.lines.map((line) => ({
      lineItemNumber: line.lineItemNumber,
      offerId: line.offerId,
      ...(line.subscriptionId !== undefined && { subscriptionId: line.subscriptionId }),
      ...(line.termDuration !== '' && { termDuration: line.termDuration }),
      transactionType: 'New',
      friendlyName: line.friendlyName,
      quantity: line.quantity,
    })),
    creationDate: ticks(order.creationDate),
    status: order.status,
    transactionType: 'UserPurchase',
    links: { self: link(self), provisioningStatus: link(`${self}/provisioningstatus`) },
    attributes: { objectType: 'Order' },
  };
}

/** @see "Transfer resources" */
export function transferBody(customerId: string, transfer: Transfer, { subscriptions }: Holdings): JsonObject {
  const moving = transfer.subscriptionIds.map((id) => [id, subscriptions.find((one) => one.id === id)] as const);
  return {
    id: transfer.id,
    status: transfer.status,
    transferType: 5,
    createdTime: ticks(transfer.createdTime),
    lastModifiedTime: seconds(transfer.lastModifiedTime),
    customerTenantId: customerId,
    partnertenantid: NEXT_PARTNER_TENANT_ID,
    sourcePartnerName: PARTNER_NAME,
    sourcePartnerTenantId: PARTNER_TENANT_ID,
    targetPartnerName: NEXT_PARTNER_NAME,
    targetPartnerTenantId: NEXT_PARTNER_TENANT_ID,
    lineItems: moving.map(([id, subscription], index) => ({
      id: index,
      subscriptionId: id.toUpperCase(),
      ...(subscription && {
        offerId: subscription.offerId,
        billingCycle: subscription.billingCycle,
        friendlyName: subscription.friendlyName,
        quantity: subscription.quantity,
      }),
      addonItems: [],
    })),
    links: { self: link(`/customers/${customerId}/transfers/${transfer.id}`) },
    attributes: { objectType: 'TransferEntity' },
  };
}
