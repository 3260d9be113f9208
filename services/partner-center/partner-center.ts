import type { Instant } from '../clock.ts';
import type { CustomerId, UserId } from '../ids.ts';
import type { Json } from '../storage/store.ts';
import { meaningOf, type Meaning } from './known-codes.ts';

/** In whose name a call is made: a person's own token, or the bot's app-only one. */
export type ActAs = `person:${UserId}` | 'bot';
export const asPerson = (person: UserId): ActAs => `person:${person}`;

/** What every call carries. */
export interface CallOptions {
  readonly actAs: ActAs;
  /**
   * `MS-RequestId`: names one change for ever, also when it is sent again. Left out for reads, which get
   * a fresh one. Source: "Partner Center REST headers".
   */
  readonly requestId?: string;
  /**
   * `MS-CorrelationId` of this sending, where it has to be known before it is sent: a record of a change that
   * outlives a crash can then name it. Left out, the call gets a fresh one.
   */
  readonly correlationId?: string;
  readonly signal?: AbortSignal;
  /**
   * What has not begun to be sent by then, by the bot's clock, is given up with `not-sent`: it may have to wait for a
   * token, a lane and a place among the calls of a minute.
   */
  readonly sendBefore?: Instant;
  /** Somebody's decision waits for it: it does not queue behind what is read for others. */
  readonly isForDecision?: boolean;
}

/** The ids under which Partner Center's support finds a call. */
export interface CallIds {
  readonly requestId: string;
  readonly correlationId: string;
}

export interface Customer {
  readonly id: CustomerId;
  readonly companyName: string;
  readonly domain: string;
  /** `reseller`, `advisor`, `none` …; what the list says. */
  readonly relationshipToPartner: string;
  /** The language that the customer is written to in, as `de-CH`; missing where its billing profile does not say, and in lists. */
  readonly locale?: string;
}

export interface CustomerPage {
  readonly customers: readonly Customer[];
  /** Give it back to get the next page; missing on the last one. */
  readonly continuation?: string;
}

/** A subscription as Partner Center names its fields; `body` is the whole resource, to be sent back changed. */
export interface Subscription {
  readonly id: string;
  readonly offerId: string;
  readonly name: string;
  readonly quantity: number;
  /** As the service says it, in lower case; unknown values come through. */
  readonly status: string;
  readonly productType?: string;
  readonly productSubType?: string;
  readonly billingType: string;
  readonly unitType: string;
  readonly isTrial: boolean;
  /** Missing when the service does not say; only `false` makes it a marketplace product. */
  readonly isMicrosoftProduct?: boolean;
  readonly autoRenewEnabled: boolean;
  readonly parentSubscriptionId?: string;
  readonly orderId?: string;
  /** Partner id (MPN) of the indirect reseller of record. */
  readonly partnerId?: string;
  readonly commitmentEndDate?: string;
  readonly cancellationAllowedUntilDate?: string;
  readonly etag?: string;
  readonly body: Readonly<Record<string, Json | undefined>>;
}

export interface Entitlement {
  /** Lower case: `reservedinstance`, `virtualmachinereservedinstance`, `software`, or what else comes. */
  readonly entitlementType: string;
  readonly orderId: string;
  readonly alternateOrderId?: string;
  readonly lineItemId: string;
  readonly productId: string;
  readonly skuId: string;
  readonly quantity: number;
  readonly expiryDate?: string;
  /** `virtualmachines`, `sqldatabases` … where the service says it. */
  readonly reservationType?: string;
}

export interface AzureEntitlement {
  readonly id: string;
  readonly friendlyName: string;
  readonly status: string;
}

export interface OrderLine {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly friendlyName?: string;
  readonly quantity: number;
  readonly subscriptionId?: string;
}

export interface Order {
  readonly id: string;
  readonly alternateId?: string;
  readonly status: string;
  readonly creationDate?: string;
  readonly lines: readonly OrderLine[];
}

export interface Transfer {
  readonly id: string;
  readonly status: string;
  readonly lineItemCount: number;
  /** What moves, by name. Foreign text. */
  readonly items: readonly string[];
  /** The partner that takes over. Foreign text. */
  readonly targetPartnerName?: string;
}

/** Whether a subscription could move to another partner, as the service sees it. */
export interface TransferEligibility {
  readonly subscriptionId: string;
  readonly isEligible: boolean;
  /** Foreign text. */
  readonly reason?: string;
}

/** An indirect reseller through whom customers buy. */
export interface Reseller {
  /** Its tenant id, a GUID in lower case. */
  readonly id: string;
  /** Foreign text. */
  readonly name: string;
  /** Partner id (MPN). */
  readonly partnerId?: string;
}

/** What a change answered: accepted (200 or 202), with the ids to quote. What it did is read afterwards. */
export interface ChangeAccepted extends CallIds {
  readonly status: number;
}

/** What the status of a subscription can be changed to; `deleted` cancels it, and cannot be taken back. */
export type WantedStatus = 'suspended' | 'active' | 'deleted';

/**
 * Partner Center, as far as this product needs it. Every call says in whose name it is made. No change is
 * ever sent twice by itself.
 *
 * Every method throws {@link PartnerCenterError}.
 */
export interface PartnerCenter {
  /** @see "Get a list of customers": seek paging, `size` at a time. */
  customers(
    page: { readonly size: number; readonly continuation?: string },
    options: CallOptions,
  ): Promise<CustomerPage>;
  /** @see "Get a list of customers filtered by a search field": only `starts_with`, case ignored; all pages. */
  customersStartingWith(
    field: 'CompanyName' | 'Domain',
    value: string,
    options: CallOptions,
  ): Promise<readonly Customer[]>;
  /**
   * Customers who buy through this indirect reseller of ours; all pages. App+User, for indirect providers only.
   *
   * @see "Get customers of an indirect reseller"
   */
  customersOfReseller(resellerId: string, options: CallOptions): Promise<readonly Customer[]>;
  /** @see "Get a customer by ID" */
  customer(id: CustomerId, options: CallOptions): Promise<Customer>;
  /** All of them, in every state; not paged. @see "Get all of a customer's subscriptions" */
  subscriptions(id: CustomerId, options: CallOptions): Promise<readonly Subscription[]>;
  /** @see "Get a subscription by ID" */
  subscription(id: CustomerId, subscriptionId: string, options: CallOptions): Promise<Subscription>;
  /**
   * Sends the whole resource back with another status, with `If-Match` where the subscription has an etag.
   * The answer is an acknowledgement: read the subscription to see the effect.
   *
   * @see "Suspend a subscription", "Reactivate a suspended subscription", "Cancel an Azure Marketplace subscription"
   */
  changeSubscriptionStatus(
    id: CustomerId,
    subscription: Subscription,
    status: WantedStatus,
    options: CallOptions & { readonly requestId: string },
  ): Promise<ChangeAccepted>;
  /**
   * Sends the whole resource back with auto-renew off. For an acknowledgement, like every change.
   *
   * @see "Update a subscription by ID"
   */
  turnOffAutoRenew(
    id: CustomerId,
    subscription: Subscription,
    options: CallOptions & { readonly requestId: string },
  ): Promise<ChangeAccepted>;
  /** App+User only. With `showExpiry=true`, parents only. @see "Get a collection of entitlements" */
  entitlements(id: CustomerId, options: CallOptions): Promise<readonly Entitlement[]>;
  /** @see "Get a list of Azure entitlements for a subscription" */
  azureEntitlements(id: CustomerId, planId: string, options: CallOptions): Promise<readonly AzureEntitlement[]>;
  /** @see "Get all of a customer's orders" */
  orders(id: CustomerId, options: CallOptions): Promise<readonly Order[]>;
  /** @see "Get an order by ID" */
  order(id: CustomerId, orderId: string, options: CallOptions): Promise<Order>;
  /**
   * Cancels one line of an order; it can take 15 minutes until the order shows quantity 0. Software within its window;
   * in the integration sandbox reservations too.
   *
   * @see "Cancel software purchases", "Cancel an order from the integration sandbox"
   */
  cancelOrderLine(
    id: CustomerId,
    order: Order,
    line: OrderLine,
    options: CallOptions & { readonly requestId: string },
  ): Promise<ChangeAccepted>;
  /** @see "Get a customer's transfers" */
  transfers(id: CustomerId, options: CallOptions): Promise<readonly Transfer[]>;
  /** Of new commerce. @see "Get customer's subscriptions transfer eligibility" */
  transferEligibility(id: CustomerId, options: CallOptions): Promise<readonly TransferEligibility[]>;
  /** App+User; direct-bill partners are refused with 1002. @see "Get a customer's indirect resellers" */
  resellers(id: CustomerId, options: CallOptions): Promise<readonly Reseller[]>;
  /** Of the partner itself. App+User, for indirect providers only. @see "Retrieve a list of indirect resellers" */
  indirectResellers(options: CallOptions): Promise<readonly Reseller[]>;
  /** The link by which a customer's administrator accepts us again; the partner's, not per customer. App+User. */
  relationshipRequestUrl(options: CallOptions): Promise<string>;
  /**
   * Ends the reseller relationship. App+User only. The answer proves nothing: the customer being gone from
   * the list does.
   *
   * @see "Remove a reseller relationship with a customer": PATCH with `relationshipToPartner: "none"`.
   */
  removeRelationship(id: CustomerId, options: CallOptions & { readonly requestId: string }): Promise<ChangeAccepted>;
}

/** Why a call did not complete. Closed set: a new one is a deliberate change. */
export type PartnerCenterFault =
  /** An answer was seen, and it says no; nothing was changed. */
  | 'refused'
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  /** No answer, a time-out or a 5xx: whether a change was applied cannot be known from this. */
  | 'unavailable'
  /** An answer that is not what the service promises: HTML, another customer's data, a redirect; to a change, an error that is called 200. */
  | 'malformed'
  /** No token can be had for that person in this process: nothing was sent. */
  | 'sign-in-needed'
  /** Its time was over before its first byte: nothing was sent. @see CallOptions.sendBefore */
  | 'not-sent';

/**
 * A Partner Center call that did not complete. Carries what support needs to trace the call and nothing
 * that must stay out of a log: no token, no request body, no customer's name.
 */
export class PartnerCenterError extends Error {
  override readonly name = 'PartnerCenterError';
  readonly fault: PartnerCenterFault;
  readonly operation: string;
  readonly ids: CallIds;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The service's own code, as text: codes are not unique, so read it together with `status`. */
  readonly code: string | undefined;
  /** The service's own words, cleaned and cut to 1,024 characters. Foreign text: never markdown. */
  readonly description: string | undefined;
  /** How long the service asked us to stay away, in ms, between 1 s and 300 s. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: PartnerCenterFault,
    call: { readonly operation: string; readonly ids: CallIds },
    answer: {
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      readonly description?: string | undefined;
      readonly retryAfterMs?: number | undefined;
    } = {},
    options?: ErrorOptions,
  ) {
    const said = [answer.status, answer.code].filter((part) => part !== undefined).join('/');
    super(
      `${call.operation}: ${fault}${said === '' ? '' : ` (${said})`}, correlation ${call.ids.correlationId}`,
      options,
    );
    this.fault = fault;
    this.operation = call.operation;
    this.ids = call.ids;
    this.status = answer.status;
    this.code = answer.code;
    this.description = answer.description;
    this.retryAfterMs = answer.retryAfterMs;
  }

  /** What the service's code means, where it is known. */
  get meaning(): Meaning | undefined {
    return meaningOf(this.status, this.code, this.description);
  }

  /** Whether an answer was seen that rules out that the change was applied. */
  get isRefusal(): boolean {
    return this.fault !== 'unavailable' && this.fault !== 'malformed';
  }

  /**
   * Whether this says that we have no relationship with the customer: 403/20002, 403/900159, 404/60003.
   * By itself it proves nothing: the list has to agree.
   */
  get saysNoRelationship(): boolean {
    return (
      (this.status === 403 && (this.code === '20002' || this.code === '900159')) ||
      (this.status === 400 && this.code === '3000') ||
      this.status === 404
    );
  }
}
