import type { SourceName } from './holdings.ts';
import type { HoldingClass } from './readiness.ts';

const OF_SOFTWARE: readonly SourceName[] = ['subscriptions', 'entitlements', 'orders'];
const EVERY_SOURCE: readonly SourceName[] = [
  ...(['customer', 'subscriptions', 'entitlements', 'azure-entitlements', 'orders', 'transfers'] as const),
];

/**
 * What has to be read before it can be said that a holding of a class does not stand in the way. Software may be listed
 * as a subscription, as an entitlement, or as both, and its order says whether those are one purchase and how old it is;
 * what is unknown may be anything.
 */
const SOURCES: Readonly<Record<HoldingClass, readonly SourceName[]>> = {
  'legacy-licence': ['subscriptions'],
  'legacy-add-on': ['subscriptions'],
  'legacy-azure': ['subscriptions'],
  'new-commerce-licence': ['subscriptions'],
  'new-commerce-trial': ['subscriptions'],
  'savings-plan': ['subscriptions'],
  marketplace: ['subscriptions'],
  'azure-plan': ['subscriptions', 'azure-entitlements'],
  'software-subscription': OF_SOFTWARE,
  'perpetual-software': OF_SOFTWARE,
  reservation: ['entitlements'],
  unknown: EVERY_SOURCE,
};

/** @param holdingClass one that nobody knows any more, or none at all, may come from anywhere. */
export const sourcesOf = (holdingClass: HoldingClass | undefined): readonly SourceName[] =>
  holdingClass !== undefined && Object.hasOwn(SOURCES, holdingClass) ? SOURCES[holdingClass] : EVERY_SOURCE;
