import { momentOf } from '../../readiness/dates.ts';
import { later, type Clock } from '../../clock.ts';
import type { CustomerId } from '../../ids.ts';
import type {
  CallOptions,
  ChangeAccepted,
  PartnerCenter,
  PartnerCenterError,
  Subscription,
} from '../../partner-center/partner-center.ts';
import { classifySubscription } from '../../readiness/classify.ts';
import { isRenewable, isSuspendable } from '../../readiness/offers.ts';
import { LIST_LAGS_MS } from './clearing.ts';
import type { ClearingStep } from './clearing-step.ts';
import type { SharedLooks } from './shared-looks.ts';

/** How a step's target stands, and how the change is sent where it is still to be made. */
export type Seen =
  | { readonly kind: 'done' }
  | { readonly kind: 'to-do'; send(options: CallOptions & { readonly requestId: string }): Promise<ChangeAccepted> }
  /** It cannot be done (any more), and nothing is sent. */
  | { readonly kind: 'impossible'; readonly why: string };

export type StepCalls = Pick<
  PartnerCenter,
  'subscription' | 'changeSubscriptionStatus' | 'turnOffAutoRenew' | 'order' | 'cancelOrderLine'
>;

const DONE: Seen = { kind: 'done' };
const impossible = (why: string): Seen => ({ kind: 'impossible', why });

/**
 * Reads what a step is about, newly: the change is made from this reading, with its etag.
 *
 * @param looks with what others are read for at the same time; without it each is read by itself.
 */
export async function seeTarget(
  partnerCenter: StepCalls,
  customerId: CustomerId,
  step: ClearingStep,
  { clock, looks, ...options }: CallOptions & { readonly clock: Clock; readonly looks?: SharedLooks },
): Promise<Seen> {
  if (step.order !== undefined) return seeOrderLine(partnerCenter, customerId, step.order, options);
  const seenIn = (subscription: Subscription): Seen => seenOf(partnerCenter, customerId, step, subscription, clock());
  if (looks !== undefined && mayShare(step)) {
    const { subscription, isOfList } = await looks.see(customerId, step.holdingId, options);
    const seen = seenIn(subscription);
    if (!isOfList || isEnough(step, seen, subscription, clock())) return seen;
  }
  return seenIn(await partnerCenter.subscription(customerId, step.holdingId, options));
}

function seenOf(
  partnerCenter: StepCalls,
  customerId: CustomerId,
  step: ClearingStep,
  subscription: Subscription,
  now: Date,
): Seen {
  const why = barOf(step, subscription, now);
  if (isSo(step.action, subscription)) return DONE;
  if (why !== undefined) return impossible(why);
  return {
    kind: 'to-do',
    send: (sending) =>
      step.action === 'auto-renew-off'
        ? partnerCenter.turnOffAutoRenew(customerId, subscription, sending)
        : partnerCenter.changeSubscriptionStatus(customerId, subscription, WANTED[step.action], sending),
  };
}

/** How often an accepted change is looked for in the list before it is looked at by itself: lists lag. */
const LOOKS_AT_LIST = 3;

/**
 * Whether a list can tell anything of it: of what can be taken back, before its first sending and soon after it was
 * accepted. Where an answer is missing or was a no, only the subscription itself tells.
 */
const mayShare = ({ action, sendings, state, looks }: ClearingStep): boolean =>
  (action === 'suspend' || action === 'reactivate') && (state === 'accepted' ? looks < LOOKS_AT_LIST : sendings === 0);

/**
 * Whether what a list says is enough, though it may lag behind. To send a change it is, where the etag has the service refuse
 * one that is made from an older state. That it is as wanted counts only once our change was accepted, and only where a list
 * that lags could not show so since before: what was suspended a moment ago was active then.
 */
function isEnough(
  { action, state, suspendedAt }: ClearingStep,
  { kind }: Seen,
  { etag }: Subscription,
  now: Date,
): boolean {
  if (state !== 'accepted') return kind === 'to-do' && etag !== undefined;
  const wasSoLately = action === 'reactivate' && suspendedAt !== undefined && suspendedAt > later(now, -LIST_LAGS_MS);
  return kind === 'to-do' || (kind === 'done' && !wasSoLately);
}

const WANTED = { suspend: 'suspended', reactivate: 'active', cancel: 'deleted' } as const;

/** Whether a subscription is as the step wants it. */
function isSo(action: ClearingStep['action'], { status, autoRenewEnabled }: Subscription): boolean {
  return action === 'auto-renew-off' ? !autoRenewEnabled : status === WANTED[action];
}

/** Why this cannot be done with the subscription as it is now: what was confirmed of one class is not done with another. */
function barOf(
  { action, class: confirmed, quantity }: ClearingStep,
  subscription: Subscription,
  now: Date,
): string | undefined {
  const { status, cancellationAllowedUntilDate } = subscription;
  const holdingClass = classifySubscription(subscription);
  if (holdingClass !== confirmed) return `class ${holdingClass}`;
  const from = action === 'reactivate' ? 'suspended' : 'active';
  if (status !== from) return `status ${status}`;
  switch (action) {
    case 'suspend':
    case 'reactivate':
      return isSuspendable(holdingClass) ? undefined : `not-${action}able`;
    case 'auto-renew-off':
      return isRenewable(holdingClass) ? undefined : 'not-renewable';
    case 'cancel': {
      const until = momentOf(cancellationAllowedUntilDate);
      if (until.kind !== 'at' || until.at <= now) return 'window-is-over';
      return subscription.quantity > quantity ? 'more' : undefined;
    }
  }
}

/** A cancelled line has nothing left of it. @see "Cancel software purchases" */
async function seeOrderLine(
  partnerCenter: StepCalls,
  customerId: CustomerId,
  wanted: NonNullable<ClearingStep['order']>,
  options: CallOptions,
): Promise<Seen> {
  const order = await partnerCenter.order(customerId, wanted.orderId, options);
  const line = order.lines.find(({ lineItemNumber }) => lineItemNumber === wanted.lineItemNumber);
  if (order.status.toLowerCase() === 'cancelled' || line?.quantity === 0) return DONE;
  if (line?.offerId.toLowerCase() !== wanted.offerId.toLowerCase()) return impossible('no-such-line');
  return { kind: 'to-do', send: (sending) => partnerCenter.cancelOrderLine(customerId, order, line, sending) };
}

/** The subscription was changed by somebody since it was read. @see "Partner Center REST error codes": 2055 */
export const isStale = ({ status, code }: PartnerCenterError): boolean =>
  status === 412 || (status === 400 && code === '2055');

/** Another operation is pending, perhaps the one whose answer was lost; a base that is not active is none. @see "Partner Center REST error codes": 900278, 27009 */
export const isUnderWay = ({ status, code }: PartnerCenterError): boolean => status === 409 && code !== '27009';

/** It is being renewed, which takes up to a day from midnight UTC: try again after two minutes. @see "Update a subscription by ID" */
export const isRenewing = ({ status, code }: PartnerCenterError): boolean => status === 400 && code === '900280';

/** What may say that it is so already: reading tells. @see "Partner Center REST error codes" */
export const isAlreadySo = ({ status, code }: PartnerCenterError): boolean =>
  status === 400 && (code === '800091' || code === '800040' || code === '2011');
