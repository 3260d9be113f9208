import { addTerm, DAY_MS, endOfDay, HOUR_MS } from './clock.ts';
import type { JsonObject } from '../json.ts';
import type { HoldingClass } from './records.ts';

/** How a class of subscription looks on the wire and how long it can be cancelled. */
export interface ClassTraits {
  /** Bought before new commerce: has an etag and a GUID (or `MS-AZR-…`) as its offer. */
  readonly legacy: boolean;
  readonly productType?: JsonObject;
  readonly billingType: 'license' | 'usage' | 'benefit';
  readonly unitType: string;
  readonly billingCycle: string;
  readonly termDuration: string;
  readonly defaultOffer: string;
  readonly quantity: number;
}

const newCommerce = { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' };
const azure = { id: 'Azure', displayName: 'Azure' };

/** @see "Subscription resources", "Get a subscription by ID", "Azure savings plan" */
export const traits: Readonly<Record<HoldingClass, ClassTraits>> = {
  'legacy-licence': {
    legacy: true,
    billingType: 'license',
    unitType: 'Licenses',
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    defaultOffer: 'Office 365 E3',
    quantity: 10,
  },
  'legacy-add-on': {
    legacy: true,
    billingType: 'license',
    unitType: 'Licenses',
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    defaultOffer: 'Microsoft Defender for Office 365 (Plan 1)',
    quantity: 10,
  },
  'legacy-azure': {
    legacy: true,
    billingType: 'usage',
    unitType: 'Usage-based',
    billingCycle: 'monthly',
    termDuration: '',
    defaultOffer: 'Microsoft Azure',
    quantity: 1,
  },
  'new-commerce-licence': {
    legacy: false,
    productType: newCommerce,
    billingType: 'license',
    unitType: 'Licenses',
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    defaultOffer: 'Microsoft 365 Business Premium',
    quantity: 5,
  },
  'new-commerce-trial': {
    legacy: false,
    productType: newCommerce,
    billingType: 'license',
    unitType: 'Licenses',
    billingCycle: 'none',
    termDuration: 'P1M',
    defaultOffer: 'Microsoft 365 Business Premium Trial',
    quantity: 25,
  },
  'software-subscription': {
    legacy: false,
    productType: { id: 'Software', displayName: 'Software' },
    billingType: 'license',
    unitType: 'License(s)',
    billingCycle: 'one_time',
    termDuration: 'P1Y',
    defaultOffer: 'Windows Server Standard - 8 Core License Pack - 1 year',
    quantity: 2,
  },
  marketplace: {
    legacy: false,
    productType: { id: 'SaaS', displayName: 'SaaS' },
    billingType: 'license',
    unitType: 'License(s)',
    billingCycle: 'monthly',
    termDuration: 'P1M',
    defaultOffer: 'Tidemark Backup for Teams',
    quantity: 3,
  },
  'azure-plan': {
    legacy: false,
    productType: azure,
    billingType: 'usage',
    unitType: 'Usage-based',
    billingCycle: 'one_time',
    termDuration: '',
    defaultOffer: 'Azure plan',
    quantity: 1,
  },
  'savings-plan': {
    legacy: false,
    productType: { ...azure, subType: { id: 'SavingsPlan', displayName: 'SavingsPlan' } },
    billingType: 'benefit',
    unitType: 'Benefit',
    billingCycle: 'one_time',
    termDuration: 'P3Y',
    defaultOffer: 'Compute savings plan, 3 Years',
    quantity: 1,
  },
};

/** The end of a term that began then: the last second of its last day, in UTC. */
export const termEndOf = (start: Date, term: string): Date | undefined =>
  term === '' ? undefined : endOfDay(addTerm(start, term), -1);

/**
 * Until when a term that began then can be cancelled: new commerce and software 7 days, marketplace 24 hours
 * for a month and 14 days for longer.
 *
 * @see "New commerce cancellation policy", "Cancel a commercial marketplace subscription"
 */
export function cancellableUntil(holding: HoldingClass, start: Date, term: string): Date | undefined {
  if (holding === 'new-commerce-licence' || holding === 'software-subscription')
    return new Date(start.getTime() + 7 * DAY_MS);
  if (holding === 'marketplace') return new Date(start.getTime() + (term === 'P1M' ? 24 * HOUR_MS : 14 * DAY_MS));
  return undefined;
}

export const isNewCommerce = (holding: HoldingClass): boolean =>
  holding === 'new-commerce-licence' || holding === 'new-commerce-trial';
