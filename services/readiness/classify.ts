import { isGuid } from '../ids.ts';
import type { Entitlement, Subscription } from '../partner-center/partner-center.ts';
import type { HoldingClass } from './readiness.ts';

/** Product of every Azure plan; its SKU and availability follow after a colon. */
const AZURE_PLAN_PRODUCT = 'dzh318z0bps6';

const CLASS_OF_PRODUCT: Readonly<Record<string, HoldingClass>> = {
  onlineservicesnce: 'new-commerce-licence',
  software: 'software-subscription',
};

/**
 * What kind of thing a subscription is. The service never says so outright; it follows from several
 * fields, and what fits none of the kinds is `unknown` rather than the nearest.
 *
 * @see "Subscription resources", "Get a subscription by ID", "Purchase Azure savings plans"
 */
export function classifySubscription(subscription: Subscription): HoldingClass {
  const { offerId, productType, isTrial } = subscription;
  const offer = offerId.toLowerCase();
  if (isSavingsPlan(subscription)) return 'savings-plan';
  if (subscription.isMicrosoftProduct === false) return 'marketplace';
  if (offer.split(':')[0] === AZURE_PLAN_PRODUCT) return 'azure-plan';
  if (productType === undefined) return legacyClass(subscription, offer);
  const byProduct = Object.entries(CLASS_OF_PRODUCT).find(([id]) => id === productType.toLowerCase())?.[1] ?? 'unknown';
  return byProduct === 'new-commerce-licence' && isTrial ? 'new-commerce-trial' : byProduct;
}

/** Any one of the three marks will do: taken for something else, a savings plan could be offered for step. */
function isSavingsPlan({ billingType, unitType, productSubType }: Subscription): boolean {
  return (
    billingType.toLowerCase() === 'benefit' ||
    unitType.toLowerCase() === 'benefit' ||
    productSubType?.toLowerCase() === 'savingsplan'
  );
}

/** Legacy offers are GUIDs and carry an etag, which nothing in new commerce does; legacy Azure has offers of its own. */
function legacyClass({ etag, parentSubscriptionId }: Subscription, offer: string): HoldingClass {
  if (offer.startsWith('ms-azr-')) return 'legacy-azure';
  if (!isGuid(offer) || etag === undefined) return 'unknown';
  return parentSubscriptionId === undefined ? 'legacy-licence' : 'legacy-add-on';
}

const CLASS_OF_ENTITLEMENT: Readonly<Record<string, 'reservation' | 'software'>> = {
  reservedinstance: 'reservation',
  // The name of the deprecated contract, which Microsoft's own removal sample still looks for.
  virtualmachinereservedinstance: 'reservation',
  software: 'software',
};

/** What kind of purchase an entitlement is; which kind of software follows from its expiry. @see "Get a collection of entitlements" */
export const classifyEntitlement = ({ entitlementType }: Entitlement): 'reservation' | 'software' | 'unknown' =>
  Object.entries(CLASS_OF_ENTITLEMENT).find(([type]) => type === entitlementType.toLowerCase())?.[1] ?? 'unknown';
