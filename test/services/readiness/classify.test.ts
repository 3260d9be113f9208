import assert from 'node:assert/strict';
import type { Subscription } from '../../../services/partner-center/partner-center.ts';
import { classifyEntitlement, classifySubscription } from '../../../services/readiness/classify.ts';
import type { HoldingClass } from '../../../services/readiness/readiness.ts';
import { reservation, subscriptions } from './holdings-of.ts';

describe('the class of a subscription', () => {
  const rows: [name: string, subscription: Subscription, holdingClass: HoldingClass][] = [
    ['legacy licence', subscriptions.legacyLicence, 'legacy-licence'],
    ['legacy add-on', subscriptions.legacyAddOn, 'legacy-add-on'],
    ['legacy Azure', subscriptions.legacyAzure, 'legacy-azure'],
    ['NCE licence', subscriptions.newCommerce, 'new-commerce-licence'],
    ['NCE trial', subscriptions.trial, 'new-commerce-trial'],
    ['software subscription', subscriptions.software, 'software-subscription'],
    ['marketplace SaaS', subscriptions.marketplace, 'marketplace'],
    ['Azure plan', subscriptions.azurePlan, 'azure-plan'],
    ['Azure savings plan', subscriptions.savingsPlan, 'savings-plan'],
    ['a product nobody knows', subscriptions.unknown, 'unknown'],
    [
      'an NCE licence in other letters',
      { ...subscriptions.newCommerce, productType: 'onlineservicesnce' },
      'new-commerce-licence',
    ],
    ['an Azure plan in other letters', { ...subscriptions.azurePlan, offerId: 'dzh318z0bps6:0001:x' }, 'azure-plan'],
    ['an Azure plan with a product type', { ...subscriptions.azurePlan, productType: 'Azure' }, 'azure-plan'],
    ['a savings plan known by its billing alone', { ...subscriptions.unknown, billingType: 'Benefit' }, 'savings-plan'],
    [
      'a savings plan known by its sub-type alone',
      { ...subscriptions.unknown, productSubType: 'savingsplan' },
      'savings-plan',
    ],
    ['another Azure product', { ...subscriptions.unknown, productType: 'Azure' }, 'unknown'],
    [
      'a third-party product among new commerce',
      { ...subscriptions.newCommerce, isMicrosoftProduct: false },
      'marketplace',
    ],
    [
      'a legacy offer without an etag',
      { ...subscriptions.legacyLicence, etag: undefined } as unknown as Subscription,
      'unknown',
    ],
    ['a new offer without a product type', { ...subscriptions.legacyLicence, offerId: 'A:B:C' }, 'unknown'],
    [
      'a product type called like a member of every object',
      { ...subscriptions.unknown, productType: 'constructor' },
      'unknown',
    ],
    ['nothing that could be told', { ...subscriptions.legacyLicence, offerId: '' }, 'unknown'],
  ];
  for (const [name, subscription, holdingClass] of rows) {
    it(`is ${holdingClass} for ${name}`, () => {
      assert.equal(classifySubscription(subscription), holdingClass);
    });
  }
});

describe('the class of an entitlement', () => {
  const rows: [type: string, expected: ReturnType<typeof classifyEntitlement>][] = [
    ['reservedinstance', 'reservation'],
    ['VirtualMachineReservedInstance', 'reservation'],
    ['software', 'software'],
    ['saas', 'unknown'],
    ['toString', 'unknown'],
  ];
  for (const [entitlementType, expected] of rows) {
    it(`is ${expected} for ${entitlementType}, whatever is reserved`, () => {
      assert.equal(classifyEntitlement({ ...reservation, entitlementType, reservationType: 'sqldatabases' }), expected);
    });
  }
});
