import type { Mark } from './clock.ts';
import type { JsonObject } from '../json.ts';

/** What a customer can hold. Partner Center never says the class: a client has to tell it from the fields. */
export type HoldingClass =
  | 'legacy-licence'
  | 'legacy-add-on'
  | 'legacy-azure'
  | 'new-commerce-licence'
  | 'new-commerce-trial'
  | 'software-subscription'
  | 'marketplace'
  | 'azure-plan'
  | 'savings-plan';

export interface AzureSubscription {
  readonly id: string;
  readonly friendlyName: string;
  /** `active` or `inactive`. */
  status: string;
  /** Set while a cancellation is under way. */
  cancelledAt?: Mark | undefined;
}

export interface Subscription {
  readonly id: string;
  class: HoldingClass;
  readonly offerId: string;
  readonly offerName: string;
  friendlyName: string;
  quantity: number;
  status: string;
  /** Since when it has that status; expired and disabled ones move on by themselves. */
  statusSince: Date;
  autoRenewEnabled: boolean;
  billingCycle: string;
  /** `P1M`, `P1Y`, `P3Y`, or empty. */
  termDuration: string;
  readonly creationDate: Date;
  termStart: Date;
  /** The last second of the term; missing where there is none. */
  termEnd?: Date | undefined;
  cancellableUntil?: Date | undefined;
  /** Told in the portal to stop at the end of the term: no extended service term follows. */
  cancelAtEndOfTerm: boolean;
  parentSubscriptionId?: string;
  /** Whether it was suspended along with its base, not by itself. */
  suspendedWithParent: boolean;
  /** The Azure subscription of a legacy Azure holding. */
  entitlementId?: string;
  /** Partner id (MPN) of the indirect reseller of record. */
  partnerId?: string;
  /** As the subscription names its order: the short id in new commerce, a GUID in legacy. */
  readonly orderId: string;
  scheduledNextTermInstructions?: JsonObject | undefined;
  nextChargeInstructions?: JsonObject | undefined;
  /** Counts changes; the etag of a legacy subscription is made of it. */
  version: number;
  readonly azure: AzureSubscription[];
  /** Overrides the switch of the same name. */
  statusDelayMs?: number | undefined;
  /** A change that was accepted and cannot be seen yet. */
  pending?: { readonly apply: () => void; readonly since: Mark; readonly delayMs: number } | undefined;
}

export interface Reservation {
  readonly groupId: string;
  readonly resourceId: string;
  readonly displayName: string;
  /** `virtualmachines`, `sqldatabases` … */
  readonly reservationType: string;
  /** Where the type is written: the published sample and the published model disagree. */
  readonly typeStandsOn: 'entitlement' | 'artifact';
  readonly effectiveDate: Date;
}

export interface Entitlement {
  readonly entitlementType: 'software' | 'reservedinstance';
  readonly productId: string;
  readonly skuId: string;
  quantity: number;
  readonly orderId: string;
  readonly alternateOrderId?: string;
  readonly lineItemId: string;
  /** Missing for perpetual software, which never expires. */
  expiryDate?: Date | undefined;
  /** Parts of the same purchase, shown inside it. */
  readonly included: readonly { readonly productId: string; readonly skuId: string }[];
  readonly reservation?: Reservation;
  /** Where the quantity went that is no longer counted. */
  quantityDetails?: readonly { readonly quantity: number; readonly status: string }[];
}

export interface OrderLine {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly friendlyName: string;
  readonly termDuration: string;
  quantity: number;
  readonly subscriptionId?: string;
}

export interface Order {
  readonly id: string;
  readonly alternateId?: string;
  readonly billingCycle: string;
  status: string;
  readonly creationDate: Date;
  /** What was bought decides whether the order can be cancelled. */
  readonly kind: HoldingClass | 'perpetual-software' | 'reservation' | 'other';
  readonly cancellableUntil?: Date | undefined;
  readonly lines: OrderLine[];
  pending?: { readonly apply: () => void; readonly since: Mark } | undefined;
}

export interface Transfer {
  readonly id: string;
  status: string;
  readonly createdTime: Date;
  lastModifiedTime: Date;
  readonly subscriptionIds: readonly string[];
}

/** A granular delegated admin relationship, and when its end was asked for. */
export interface Gdap {
  readonly id: string;
  readonly displayName: string;
  readonly duration: string;
  readonly autoExtendDuration: string;
  status: string;
  readonly createdDateTime: Date;
  lastModifiedDateTime: Date;
  readonly activatedDateTime?: Date;
  readonly endDateTime?: Date;
  requests: { readonly id: string; readonly createdDateTime: Date; status: string }[];
  terminationAsked?: Mark | undefined;
}

export interface Holdings {
  readonly subscriptions: Subscription[];
  readonly entitlements: Entitlement[];
  readonly orders: Order[];
  readonly transfers: Transfer[];
}

export interface Reseller {
  readonly tenantId: string;
  readonly name: string;
  readonly mpnId: string;
}
