import { momentOf } from '../readiness/dates.ts';
import type { Clock } from '../clock.ts';
import type { CustomerId } from '../ids.ts';
import type {
  CallOptions,
  ChangeAccepted,
  PartnerCenter,
  PartnerCenterError,
  Subscription,
} from '../partner-center/partner-center.ts';
import { classifySubscription } from '../readiness/classify.ts';
import { isRenewable, isSuspendable } from '../readiness/offers.ts';
import type { ClearingStep } from './clearing-step.ts';

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

/** Reads what a step is about, newly: the change is made from this reading, with its etag. */
export async function seeTarget(
  partnerCenter: StepCalls,
  customerId: CustomerId,
  step: ClearingStep,
  { clock, ...options }: CallOptions & { readonly clock: Clock },
): Promise<Seen> {
  if (step.order !== undefined) return seeOrderLine(partnerCenter, customerId, step.order, options);
  const subscription = await partnerCenter.subscription(customerId, step.holdingId, options);
  const why = barOf(step, subscription, clock());
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
