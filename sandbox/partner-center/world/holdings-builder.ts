import { cancellableUntil, termEndOf, traits } from './classes.ts';
import { DAY_MS } from './clock.ts';
import { alternateIdOf, guidOf, orderIdOf, productIdOf } from './ids.ts';
import type { Entitlement, HoldingClass, Holdings, Order, Reservation, Subscription, Transfer } from './records.ts';

export interface SubscriptionOptions {
  readonly id?: string;
  readonly quantity?: number;
  readonly status?: string;
  readonly friendlyName?: string;
  readonly term?: string;
  readonly billingCycle?: string;
  /** How long ago the present term began, in days. */
  readonly startedDaysAgo?: number;
  readonly autoRenewEnabled?: boolean;
  readonly cancelAtEndOfTerm?: boolean;
  readonly parent?: Subscription;
  readonly partnerId?: string;
  readonly statusDelayMs?: number;
}

export interface SoftwareOptions {
  readonly quantity?: number;
  readonly boughtDaysAgo?: number;
  /** More lines of the same order. */
  readonly also?: readonly string[];
  /** Parts of the purchase, such as a client licence that comes with a server. */
  readonly includes?: number;
}

export interface ReservationOptions {
  readonly quantity?: number;
  readonly reservationType?: string;
  readonly typeStandsOn?: Reservation['typeStandsOn'];
  readonly startedDaysAgo?: number;
  readonly termDays?: number;
  /** What became of what is no longer counted, for a quantity of 0. */
  readonly gone?: string;
}

/** Builds what one customer holds. Ids follow from the customer and the order of the calls. */
export class HoldingsBuilder {
  readonly holdings: Holdings;
  readonly #customerId: string;
  readonly #now: Date;
  #count = 0;

  constructor(
    customerId: string,
    now: Date,
    holdings: Holdings = { subscriptions: [], entitlements: [], orders: [], transfers: [] },
    salt = 0,
  ) {
    this.#customerId = customerId;
    this.#now = now;
    this.holdings = holdings;
    this.#count = salt;
  }

  #daysAgo(days: number): Date {
    return new Date(this.#now.getTime() - days * DAY_MS);
  }

  subscription(holding: HoldingClass, offerName?: string, options: SubscriptionOptions = {}): Subscription {
    const { legacy, ...defaults } = traits[holding];
    const seed = [this.#customerId, 'subscription', this.#count++] as const;
    const name = offerName ?? defaults.defaultOffer;
    const term = options.term ?? defaults.termDuration;
    const start = this.#daysAgo(options.startedDaysAgo ?? (holding === 'new-commerce-trial' ? 10 : 100));
    const orderId = legacy ? guidOf('order', ...seed) : alternateIdOf(...seed);
    const subscription: Subscription = {
      id: options.id ?? guidOf(...seed),
      class: holding,
      offerId: offerIdOf(holding, name),
      offerName: name,
      friendlyName: options.friendlyName ?? name,
      quantity: options.quantity ?? defaults.quantity,
      status: options.status ?? 'active',
      statusSince: options.status === undefined || options.status === 'active' ? start : this.#daysAgo(3),
      autoRenewEnabled: options.autoRenewEnabled ?? term !== '',
      billingCycle:
        options.billingCycle ?? (holding === 'marketplace' && term !== 'P1M' ? 'annual' : defaults.billingCycle),
      termDuration: term,
      creationDate: start,
      termStart: start,
      termEnd: termEndOf(start, term),
      cancellableUntil: cancellableUntil(holding, start, term),
      cancelAtEndOfTerm: options.cancelAtEndOfTerm ?? false,
      suspendedWithParent: false,
      orderId,
      version: 1,
      azure: [],
      ...(holding === 'legacy-azure' && { entitlementId: guidOf('entitlement', ...seed) }),
      ...(options.parent && { parentSubscriptionId: options.parent.id }),
      ...(options.partnerId !== undefined && { partnerId: options.partnerId }),
      ...(options.statusDelayMs !== undefined && { statusDelayMs: options.statusDelayMs }),
    };
    this.holdings.subscriptions.push(subscription);
    this.holdings.orders.push({
      id: legacy ? orderId : orderIdOf(...seed),
      ...(!legacy && { alternateId: orderId }),
      billingCycle: subscription.billingCycle,
      status: 'completed',
      creationDate: start,
      kind: holding,
      cancellableUntil: subscription.cancellableUntil,
      lines: [
        {
          lineItemNumber: 0,
          offerId: subscription.offerId,
          friendlyName: name,
          termDuration: term,
          quantity: subscription.quantity,
          subscriptionId: subscription.id,
        },
      ],
    });
    if (holding === 'software-subscription') this.#entitle(subscription);
    return subscription;
  }

  /** An Azure plan with one Azure subscription for each status named. */
  azurePlan(statuses: readonly string[], options: SubscriptionOptions = {}): Subscription {
    const plan = this.subscription('azure-plan', undefined, options);
    statuses.forEach((status, index) => {
      const id = guidOf(plan.id, 'azure', index);
      plan.azure.push({ id, friendlyName: `Workloads ${index + 1}`, status });
    });
    return plan;
  }

  /** Software bought once and for ever: in orders and entitlements, never in subscriptions. */
  perpetualSoftware(name: string, options: SoftwareOptions = {}): Order {
    const { quantity = 1, boughtDaysAgo = 200, includes = 0, also = [] } = options;
    const seed = [this.#customerId, 'software', this.#count++] as const;
    const bought = this.#daysAgo(boughtDaysAgo);
    const order = this.#order(seed, name, 'perpetual-software', bought, quantity, productIdOf('DG7GMGF0', name));
    this.holdings.entitlements.push({
      ...entitlementOf(order, 'software', quantity),
      included: Array.from({ length: includes }, (_, index) => ({
        productId: productIdOf('DG7GMGF0', name, index),
        skuId: '0001',
      })),
    });
    for (const each of also) {
      const offerId = `${productIdOf('DG7GMGF0', each)}:0001:${productIdOf('DZH318Z0', ...seed, each)}`;
      const lineItemNumber = order.lines.length;
      order.lines.push({ lineItemNumber, offerId, friendlyName: each, termDuration: '', quantity });
      this.holdings.entitlements.push({ ...entitlementOf(order, 'software', quantity, lineItemNumber), included: [] });
    }
    return order;
  }

  reservation(name: string, options: ReservationOptions = {}): Entitlement {
    const seed = [this.#customerId, 'reservation', this.#count++] as const;
    const started = this.#daysAgo(options.startedDaysAgo ?? 100);
    const quantity = options.quantity ?? 1;
    const order = this.#order(seed, name, 'reservation', started, quantity, productIdOf('DZH318Z0', name));
    const entitlement: Entitlement = {
      ...entitlementOf(order, 'reservedinstance', quantity),
      included: [],
      expiryDate: new Date(started.getTime() + (options.termDays ?? 365) * DAY_MS),
      reservation: {
        groupId: guidOf('group', ...seed).replaceAll('-', ''),
        resourceId: guidOf('resource', ...seed),
        displayName: name,
        reservationType: options.reservationType ?? 'virtualmachines',
        typeStandsOn: options.typeStandsOn ?? 'entitlement',
        effectiveDate: started,
      },
      ...(options.gone !== undefined && { quantityDetails: [{ quantity: 1, status: options.gone }] }),
    };
    this.holdings.entitlements.push(entitlement);
    return entitlement;
  }

  /** An order that nothing came of yet. */
  pendingOrder(name: string, status = 'pending'): Order {
    const seed = [this.#customerId, 'pending', this.#count++] as const;
    const order = this.#order(seed, name, 'other', this.#daysAgo(1), 1, productIdOf('CFQ7TTC0', name));
    order.status = status;
    return order;
  }

  transfer(subscriptions: readonly Subscription[], status = 'Active'): Transfer {
    const transfer: Transfer = {
      id: guidOf(this.#customerId, 'transfer', this.#count++),
      status,
      createdTime: this.#daysAgo(2),
      lastModifiedTime: this.#daysAgo(1),
      subscriptionIds: subscriptions.map(({ id }) => id),
    };
    this.holdings.transfers.push(transfer);
    return transfer;
  }

  #order(
    seed: readonly (string | number)[],
    friendlyName: string,
    kind: Order['kind'],
    creationDate: Date,
    quantity: number,
    productId: string,
  ): Order {
    const order: Order = {
      id: orderIdOf(...seed),
      alternateId: alternateIdOf(...seed),
      billingCycle: 'one_time',
      status: 'completed',
      creationDate,
      kind,
      ...(kind === 'perpetual-software' && { cancellableUntil: new Date(creationDate.getTime() + 30 * DAY_MS) }),
      lines: [
        {
          lineItemNumber: 0,
          offerId: `${productId}:0001:${productIdOf('DZH318Z0', ...seed)}`,
          friendlyName,
          termDuration: '',
          quantity,
        },
      ],
    };
    this.holdings.orders.push(order);
    return order;
  }

  /** The same purchase as an entitlement, as software subscriptions bought since October 2021 have it. */
  #entitle(subscription: Subscription): void {
    const order = this.holdings.orders.find(({ alternateId }) => alternateId === subscription.orderId);
    if (order === undefined) return;
    this.holdings.entitlements.push({
      ...entitlementOf(order, 'software', subscription.quantity),
      included: [],
      expiryDate: subscription.termEnd,
    });
  }
}

const entitlementOf = (
  { id, alternateId, lines }: Order,
  entitlementType: Entitlement['entitlementType'],
  quantity: number,
  line = 0,
): Omit<Entitlement, 'included'> => {
  const [productId = '', skuId = ''] = (lines[line]?.offerId ?? '').split(':');
  return {
    entitlementType,
    productId,
    skuId,
    quantity,
    orderId: id,
    ...(alternateId !== undefined && { alternateOrderId: alternateId }),
    lineItemId: String(line),
  };
};

function offerIdOf(holding: HoldingClass, name: string): string {
  if (holding === 'legacy-azure') return 'MS-AZR-0145P';
  if (traits[holding].legacy) return guidOf('offer', name);
  if (holding === 'azure-plan') return `DZH318Z0BPS6:0001:${productIdOf('DZH318Z0', 'azure plan')}`;
  const prefix = holding === 'software-subscription' ? 'DG7GMGF0' : holding.startsWith('new') ? 'CFQ7TTC0' : 'DZH318Z0';
  return `${productIdOf(prefix, name)}:0001:${productIdOf(prefix, name, 'availability')}`;
}
