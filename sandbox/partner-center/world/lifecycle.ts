import { cancellableUntil, isNewCommerce, termEndOf, traits } from './classes.ts';
import { DAY_MS, type MovableClock } from './clock.ts';
import type { Customer } from './customer.ts';
import type { Gdap, Order, Subscription } from './records.ts';
import type { Switches } from './switches.ts';

export interface Circumstances {
  readonly clock: MovableClock;
  readonly switches: Switches;
}

/**
 * Lets everything happen to a customer that time alone brings about.
 *
 * @see "Subscription lifecycle states", "Extended service terms"
 */
export function settle(customer: Customer, world: Circumstances): void {
  for (const gdap of customer.gdap) settleGdap(gdap, world);
  for (const subscription of customer.holdings.subscriptions) settleSubscription(subscription, world);
  for (const order of customer.holdings.orders) settleOrder(order, world);
}

function settleSubscription(subscription: Subscription, { clock, switches }: Circumstances): void {
  const { pending } = subscription;
  if (pending !== undefined && clock.elapsedMs(pending.since) >= pending.delayMs) {
    subscription.pending = undefined;
    pending.apply();
  }
  for (const azure of subscription.azure) {
    if (azure.cancelledAt === undefined || clock.elapsedMs(azure.cancelledAt) < switches.azureCancelMs) continue;
    azure.status = 'inactive';
    azure.cancelledAt = undefined;
  }
  // A world moved by years passes through many terms; a term that does not move the subscription on ends the loop.
  while (step(subscription, clock.now(), switches));
}

/** Whether the term is over and the next one has not begun: seen only while `renewalWindowMs` lasts. */
export const isRenewing = ({ class: holding, status, termEnd }: Subscription, now: Date): boolean =>
  isNewCommerce(holding) && ['active', 'suspended'].includes(status) && termEnd !== undefined && now > termEnd;

/** One step of a subscription's life, if its time has come. @returns whether there was one. */
function step(subscription: Subscription, now: Date, switches: Switches): boolean {
  const { status, statusSince, termEnd } = subscription;
  const become = (next: string, at: Date): true => {
    subscription.status = next;
    subscription.statusSince = at;
    subscription.version += 1;
    return true;
  };
  const after = (days: number): Date | undefined => {
    const at = new Date(statusSince.getTime() + days * DAY_MS);
    return now > at ? at : undefined;
  };

  if (status === 'expired') {
    const at = after(30);
    return at !== undefined && become('disabled', at);
  }
  if (status === 'disabled') {
    const at = after(90);
    return at !== undefined && become('deleted', at);
  }
  if (status === 'suspended' && traits[subscription.class].legacy) {
    const at = after(90);
    return at !== undefined && become('deleted', at);
  }
  const renewalMs = isNewCommerce(subscription.class) ? switches.renewalWindowMs : 0;
  if (termEnd === undefined || now.getTime() <= termEnd.getTime() + renewalMs) return false;
  if (status === 'suspended') return become('disabled', termEnd);
  if (status !== 'active') return false;
  if (subscription.autoRenewEnabled) return renew(subscription, termEnd, subscription.termDuration);
  const extends_ =
    switches.extendedServiceTerm && subscription.class === 'new-commerce-licence' && !subscription.cancelAtEndOfTerm;
  return extends_ ? extend(subscription, termEnd) : become('expired', termEnd);
}

function renew(subscription: Subscription, termEnd: Date, term: string): true {
  const start = new Date(termEnd.getTime() + 1_000);
  if (isNewCommerce(subscription.class)) subscription.class = 'new-commerce-licence';
  subscription.termStart = start;
  subscription.termDuration = term;
  subscription.termEnd = termEndOf(start, term);
  subscription.cancellableUntil = cancellableUntil(subscription.class, start, term);
  subscription.version += 1;
  return true;
}

/** A paid month more, that can be cancelled at any time. */
function extend(subscription: Subscription, termEnd: Date): true {
  renew(subscription, termEnd, 'P1M');
  subscription.billingCycle = 'monthly';
  subscription.cancellableUntil = subscription.termEnd;
  return true;
}

function settleOrder(order: Order, { clock, switches }: Circumstances): void {
  const { pending } = order;
  if (pending === undefined || clock.elapsedMs(pending.since) < switches.orderCancelDelayMs) return;
  order.pending = undefined;
  pending.apply();
}

function settleGdap(gdap: Gdap, { clock, switches }: Circumstances): void {
  if (gdap.terminationAsked === undefined) return;
  const elapsedMs = clock.elapsedMs(gdap.terminationAsked);
  if (elapsedMs >= switches.gdapTerminationMs) {
    gdap.status = 'terminated';
    gdap.lastModifiedDateTime = clock.now();
    gdap.terminationAsked = undefined;
    for (const request of gdap.requests) request.status = 'succeeded';
  } else if (elapsedMs >= switches.gdapTerminationMs / 2) {
    gdap.status = 'terminating';
    for (const request of gdap.requests) request.status = 'pending';
  }
}
