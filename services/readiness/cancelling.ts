import type { CancelledBy, HoldingClass, ReadinessPolicy } from './readiness.ts';

type Environment = ReadinessPolicy['environment'];

/**
 * How each class of purchase is cancelled through Partner Center, if at all. What stands in neither column can
 * only be cancelled elsewhere. Software could be cancelled by its subscription too; the documented way is its order.
 *
 * @see "Cancel an order from the integration sandbox": the table of products
 */
const WAYS: Readonly<Record<HoldingClass, Partial<Record<Environment, CancelledBy>>>> = {
  'new-commerce-licence': { production: 'subscription', sandbox: 'subscription' },
  'software-subscription': { production: 'order', sandbox: 'order' },
  'perpetual-software': { production: 'order', sandbox: 'order' },
  marketplace: { production: 'subscription', sandbox: 'subscription' },
  // A plan could be cancelled, but suspending it clears the way and can be taken back.
  'azure-plan': {},
  reservation: { sandbox: 'order' },
  'legacy-licence': {},
  'legacy-add-on': {},
  'legacy-azure': {},
  // The status of a trial is fixed, and a savings plan belongs to the Azure portal.
  'new-commerce-trial': {},
  'savings-plan': {},
  unknown: {},
};

export const cancelledBy = (holdingClass: HoldingClass, environment: Environment): CancelledBy | undefined =>
  WAYS[holdingClass][environment];
