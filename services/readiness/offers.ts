import type { Subscription } from '../partner-center/partner-center.ts';
import type { Judgement } from './finding.ts';
import type { AddOn, HoldingClass, Offer, OrderLineToCancel, Remedy } from './readiness.ts';

/** What can be suspended and taken back; everything else has another way out. */
const SUSPENDABLE: ReadonlySet<HoldingClass> = new Set([
  ...(['legacy-licence', 'legacy-add-on', 'legacy-azure'] as const),
  ...(['azure-plan', 'new-commerce-licence'] as const),
]);
/** What goes on by itself at the end of its term, unless it is told not to. Legacy is suspended instead. */
const RENEWABLE: ReadonlySet<HoldingClass> = new Set([
  ...(['new-commerce-licence', 'new-commerce-trial', 'software-subscription', 'marketplace'] as const),
]);

/** Whether the status of such a subscription can be changed and taken back. @see "Suspend a subscription" */
export const isSuspendable = (holdingClass: HoldingClass): boolean => SUSPENDABLE.has(holdingClass);
export const isRenewable = (holdingClass: HoldingClass): boolean => RENEWABLE.has(holdingClass);

export interface OfferContext {
  readonly holdingClass: HoldingClass;
  readonly judgement: Judgement;
  /** Its base, where it is an add-on and the base is in the list. */
  readonly base?: Subscription;
  /** What is active under it. */
  readonly addOns: readonly AddOn[];
  /** The line of an order by which it is cancelled. */
  readonly order?: OrderLineToCancel;
}

/** What can be done with one subscription from chat, as it is now. */
export function offersOf(subscription: Subscription, context: OfferContext): readonly Offer[] {
  switch (subscription.status.toLowerCase()) {
    case 'active':
      return [
        ...suspending(subscription, context),
        ...cancelling(subscription, context),
        ...renewal(subscription, context),
      ];
    case 'suspended':
      return reactivating(subscription, context);
    default:
      return [];
  }
}

/** Suspending is offered where it clears the way, and for new commerce, where it stops access only. */
function suspending(subscription: Subscription, context: OfferContext): readonly Offer[] {
  const clears = remedyOf(context, 'suspend') !== undefined;
  if (!clears && context.holdingClass !== 'new-commerce-licence') return [];
  const { addOns } = context;
  return [{ ...offer('suspend', subscription, context, clears), ...(addOns.length > 0 && { addOns }) }];
}

/** An add-on can only be active under an active base. @see "Partner Center REST error codes": 27009 */
function reactivating(subscription: Subscription, context: OfferContext): readonly Offer[] {
  const { holdingClass, base } = context;
  if (!isSuspendable(holdingClass) || (base !== undefined && base.status.toLowerCase() !== 'active')) return [];
  return [offer('reactivate', subscription, context, false)];
}

function renewal(subscription: Subscription, context: OfferContext): readonly Offer[] {
  if (!subscription.autoRenewEnabled || !isRenewable(context.holdingClass)) return [];
  return [offer('auto-renew-off', subscription, context, false)];
}

function cancelling(subscription: Subscription, context: OfferContext): readonly Offer[] {
  const remedy = remedyOf(context, 'cancel');
  if (remedy === undefined) return [];
  const { order } = context;
  return [
    {
      ...offer('cancel', subscription, context, true),
      until: remedy.until,
      ...(remedy.by === 'order' && order && { order }),
    },
  ];
}

function offer(action: Offer['action'], subscription: Subscription, context: OfferContext, clears: boolean): Offer {
  const { id: holdingId, name, quantity } = subscription;
  const { holdingClass, judgement } = context;
  const { billedUntil } = judgement;
  return {
    action,
    holdingId,
    class: holdingClass,
    name,
    quantity,
    clears,
    ...(billedUntil !== undefined && { billedUntil }),
  };
}

const remedyOf = <K extends Remedy['kind']>(
  { judgement }: OfferContext,
  kind: K,
): Extract<Remedy, { readonly kind: K }> | undefined =>
  judgement.remedies.find((remedy): remedy is Extract<Remedy, { readonly kind: K }> => remedy.kind === kind);
