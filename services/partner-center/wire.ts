import { z } from 'zod';
import { sameCase } from '../ids.ts';
import { cleanName } from '../clean-text.ts';
import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Order,
  OrderLine,
  Reseller,
  Subscription,
  Transfer,
  TransferEligibility,
} from './partner-center.ts';
import {
  Count,
  Flag,
  isJsonObject,
  Member,
  Moment,
  NeededText,
  optionalPart,
  Text,
  wireObject,
  withoutUndefined,
} from './wire-values.ts';

/**
 * Partner Center's resources as they come over the wire, each parsed into what the port promises. Values
 * nobody foresaw come through; only an object that cannot be told apart from another (no id) is refused.
 */

/** @see "Customer resources" */
export const WireCustomer = wireObject({
  id: Text,
  companyProfile: optionalPart(wireObject({ tenantId: Text, companyName: Text, domain: Text })),
  relationshipToPartner: Member,
  billingProfile: optionalPart(
    wireObject({ culture: Text, language: Text, defaultAddress: optionalPart(wireObject({ country: Text })) }),
  ),
}).transform((wire, context): Customer => {
  const id = wire.id ?? wire.companyProfile?.tenantId;
  if (id === undefined) {
    context.addIssue({ code: 'custom', message: 'has no id' });
    return z.NEVER;
  }
  const { language, culture, defaultAddress } = wire.billingProfile ?? {};
  const locale = localeOf(language, culture, defaultAddress?.country);
  return {
    id: sameCase(id),
    companyName: cleanName(wire.companyProfile?.companyName ?? ''),
    domain: cleanName(wire.companyProfile?.domain ?? ''),
    relationshipToPartner: wire.relationshipToPartner,
    ...(locale !== undefined && { locale }),
  };
});

/** The preferred language, else that of the culture, else the one that is spoken most in the country. @see "Customer resources" */
function localeOf(language?: string, culture?: string, country?: string): string | undefined {
  const [spoken, region] = [localeNamed(language) ?? localeNamed(culture), localeNamed(country && `und-${country}`)];
  if (spoken === undefined) return region && `${region.maximize().language}-${region.region ?? ''}`;
  const where = spoken.region ?? region?.region;
  return where === undefined ? spoken.language : `${spoken.language}-${where}`;
}

function localeNamed(tag: string | undefined): Intl.Locale | undefined {
  try {
    return tag === undefined ? undefined : new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

/** An object with an id; some answers give the id alone. One that is there but cannot be read must not look absent. */
const UNREADABLE = 'unreadable';
const NamedObject = wireObject({ id: Text, subType: z.unknown() });
const Named = z.unknown().transform((value) => {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return { id: value, subType: undefined };
  return NamedObject.safeParse(value).data ?? { id: UNREADABLE, subType: undefined };
});
const idOf = (value: unknown): string | undefined => {
  const named = Named.safeParse(value).data;
  return named && (named.id ?? UNREADABLE);
};

const OfferLink = optionalPart(wireObject({ offer: optionalPart(wireObject({ uri: Text })) }));

/** The service quotes etags nowhere and wants them quoted; what would not fit a header is none. */
const Etag = Text.transform((etag) =>
  etag !== undefined && /^[\x20-\x7e]+$/.test(etag) ? etag.replace(/^(?:W\/)?"(.*)"$/, '$1') : undefined,
);

/** @see "Subscription resources" */
export const WireSubscription = z.unknown().transform((body, context): Subscription => {
  const parsed = SubscriptionFields.safeParse(body);
  if (!parsed.success || !isJsonObject(body)) {
    context.addIssue({ code: 'custom', message: 'is no subscription' });
    return z.NEVER;
  }
  const { links, productType, attributes, friendlyName, offerName, isTrial, autoRenewEnabled, ...wire } = parsed.data;
  const offerId = wire.offerId ?? links?.offer?.uri?.split(/[/?]/).findLast((part, at) => at > 0 && part.includes('-'));
  return withoutUndefined({
    ...wire,
    id: sameCase(wire.id),
    offerId: offerId ?? '',
    name: cleanName(calledBoth(friendlyName, offerName) ?? offerId ?? wire.id),
    productType: idOf(productType),
    productSubType: idOf(Named.safeParse(productType).data?.subType),
    isTrial: isTrial ?? false,
    autoRenewEnabled: autoRenewEnabled ?? false,
    parentSubscriptionId: wire.parentSubscriptionId && sameCase(wire.parentSubscriptionId),
    etag: attributes?.etag,
    body,
  });
});

/** A name of the customer's own does not tell what was bought, which stands beside it. */
function calledBoth(friendlyName: string | undefined, offerName: string | undefined): string | undefined {
  if (friendlyName === undefined || offerName === undefined) return friendlyName ?? offerName;
  return friendlyName.toLowerCase().includes(offerName.toLowerCase()) ? friendlyName : `${friendlyName} (${offerName})`;
}

const SubscriptionFields = wireObject({
  id: NeededText,
  offerId: Text,
  offerName: Text,
  friendlyName: Text,
  productType: z.unknown(),
  quantity: Count,
  status: Member,
  billingType: Member,
  unitType: Member,
  isTrial: Flag,
  isMicrosoftProduct: Flag,
  autoRenewEnabled: Flag,
  parentSubscriptionId: Text,
  orderId: Text,
  partnerId: Text,
  commitmentEndDate: Moment,
  cancellationAllowedUntilDate: Moment,
  links: OfferLink,
  attributes: optionalPart(wireObject({ etag: Etag })),
});

const Attributes = optionalPart(wireObject({ reservationType: Text }));

/** @see "Entitlement resources": the reservation's type hangs on the entitlement in the sample, on the artifact in the model. */
export const WireEntitlement = wireObject({
  entitlementType: Member,
  referenceOrder: wireObject({ id: NeededText, alternateId: Text, lineItemId: Text }),
  productId: Text,
  skuId: Text,
  quantity: Count,
  expiryDate: Moment,
  dynamicAttributes: Attributes,
  entitledArtifacts: optionalPart(z.array(optionalPart(wireObject({ dynamicAttributes: Attributes })))),
}).transform(({ referenceOrder, dynamicAttributes, entitledArtifacts, ...wire }): Entitlement => {
  const artifact = entitledArtifacts?.find((part) => part?.dynamicAttributes?.reservationType !== undefined);
  return withoutUndefined({
    entitlementType: wire.entitlementType.replaceAll('_', ''),
    orderId: referenceOrder.id,
    alternateOrderId: referenceOrder.alternateId,
    lineItemId: referenceOrder.lineItemId ?? '',
    productId: cleanName(wire.productId ?? ''),
    skuId: cleanName(wire.skuId ?? ''),
    quantity: wire.quantity,
    expiryDate: wire.expiryDate,
    reservationType: (
      dynamicAttributes?.reservationType ?? artifact?.dynamicAttributes?.reservationType
    )?.toLowerCase(),
  });
});

/** @see "Azure entitlement resources" */
export const WireAzureEntitlement = wireObject({ id: NeededText, friendlyName: Text, status: Member }).transform(
  (wire): AzureEntitlement => ({
    id: sameCase(wire.id),
    friendlyName: cleanName(wire.friendlyName ?? wire.id),
    status: wire.status,
  }),
);

const WireOrderLine = wireObject({
  lineItemNumber: Count,
  offerId: Text,
  friendlyName: Text,
  quantity: Count,
  subscriptionId: Text,
}).transform((line): OrderLine =>
  withoutUndefined({
    ...line,
    offerId: line.offerId ?? '',
    friendlyName: line.friendlyName && cleanName(line.friendlyName),
    subscriptionId: line.subscriptionId && sameCase(line.subscriptionId),
  }),
);

/** @see "Order resources" */
export const WireOrder = wireObject({
  id: NeededText,
  alternateId: Text,
  status: Member,
  creationDate: Moment,
  lineItems: optionalPart(z.array(WireOrderLine)),
}).transform(({ lineItems, ...wire }): Order => withoutUndefined({ ...wire, lines: lineItems ?? [] }));

const WireTransferItem = wireObject({ friendlyName: Text, subscriptionId: Text });

/** @see "Transfer entity resources" */
export const WireTransfer = wireObject({
  id: NeededText,
  status: Member,
  targetPartnerName: Text,
  lineItems: optionalPart(z.array(z.unknown())),
}).transform(({ id, status, targetPartnerName, lineItems = [] }): Transfer => {
  const items = lineItems.flatMap((item) => {
    const { friendlyName, subscriptionId } = WireTransferItem.safeParse(item).data ?? {};
    return cleanName(friendlyName ?? subscriptionId ?? '') || [];
  });
  return withoutUndefined({
    id,
    status,
    lineItemCount: lineItems.length,
    items,
    targetPartnerName: targetPartnerName && cleanName(targetPartnerName),
  });
});

/** `isEligible` has to be said: what is not said is no yes. */
export const WireTransferEligibility = wireObject({
  id: Text,
  subscriptionId: Text,
  isEligible: Flag,
  reason: Text,
}).transform(({ id, subscriptionId, isEligible, reason }, context): TransferEligibility => {
  const named = subscriptionId ?? id;
  if (named === undefined) {
    context.addIssue({ code: 'custom', message: 'names no subscription' });
    return z.NEVER;
  }
  return withoutUndefined({
    subscriptionId: sameCase(named),
    isEligible: isEligible === true,
    reason: reason && cleanName(reason),
  });
});

/** @see "Relationships resources" */
export const WireReseller = wireObject({ id: NeededText, name: Text, mpnId: Text }).transform(
  ({ id, name, mpnId }): Reseller =>
    withoutUndefined({ id: sameCase(id), name: cleanName(name ?? mpnId ?? id), partnerId: mpnId }),
);

/** @see "Get a reseller relationship request link" */
export const WireRelationshipRequest = wireObject({ url: NeededText }).transform(({ url }, context) => {
  if (URL.parse(url)?.protocol === 'https:') return new URL(url).href;
  context.addIssue({ code: 'custom', message: 'is no https address' });
  return z.NEVER;
});
