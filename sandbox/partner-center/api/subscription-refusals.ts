import { isDeepStrictEqual } from 'node:util';
import { invalidInput, refuse, type Answer } from './answers.ts';
import type { Call } from './call.ts';
import type { WantedSubscription } from './wanted-subscription.ts';
import { etagOf } from '../wire/subscriptions.ts';
import { isNewCommerce, traits } from '../world/classes.ts';
import type { Customer } from '../world/customer.ts';
import { sameId } from '../world/ids.ts';
import { isRenewing } from '../world/lifecycle.ts';
import type { Subscription } from '../world/records.ts';

/**
 * Why a subscription cannot be changed so.
 *
 * @see "Partner Center REST error codes"
 */
export function changeRefusal(
  call: Call,
  customer: Customer,
  subscription: Subscription,
  wanted: WantedSubscription,
): Answer | undefined {
  const { status } = subscription;
  if (wanted.id !== undefined && !sameId(wanted.id, subscription.id))
    return invalidInput('the id in the body is another one than in the address');
  if (isStale(call, subscription, wanted)) return staleEtag(call);
  if (status === 'deleted') return refuse(400, '2011', 'The subscription is deleted and cannot be updated.');
  if (status === 'pending') return refuse(409, '800082', 'The subscription is not ready yet. Try again later.');
  if (subscription.pending !== undefined)
    return refuse(409, '900278', 'The subscription has a pending operation. Try again within 24 hours.');
  if (subscription.class === 'savings-plan')
    return refuse(403, '900321', 'Azure savings plans can be managed in the Azure portal only.');
  if (isRenewing(subscription, call.world.clock.now()) && touchesTheTerm(subscription, wanted))
    return refuse(400, '900280', 'The subscription is being renewed and cannot be updated now. Try again later.');
  if (wanted.status !== status) return statusRefusal(call, customer, subscription, wanted.status);
  if (status === 'suspended' && isMoreThanSuspended(subscription, wanted))
    return refuse(400, '800091', 'The subscription cannot be updated while it is suspended.');
  if (
    wanted.quantity < subscription.quantity &&
    isNewCommerce(subscription.class) &&
    !isCancellable(call, subscription)
  )
    return windowClosed(subscription);
  return undefined;
}

/** Legacy only: new commerce has no etag and takes any `If-Match`. */
function isStale({ headers }: Call, subscription: Subscription, { etag }: WantedSubscription): boolean {
  if (!traits[subscription.class].legacy) return false;
  const ifMatch = headers['if-match']?.replace(/^(W\/)?"(.*)"$/, '$2');
  return [ifMatch, etag].some((sent) => sent !== undefined && sent !== '*' && sent !== etagOf(subscription));
}

const staleEtag = ({ world }: Call): Answer =>
  world.switches.staleEtag === '412'
    ? refuse(412, '412', 'Precondition failed.')
    : refuse(400, '2055', 'Etag is no longer valid.');

/** What is read-only while a term is renewed. @see "Update a subscription by ID" */
const touchesTheTerm = (now: Subscription, wanted: WantedSubscription): boolean =>
  wanted.status !== now.status ||
  wanted.autoRenewEnabled !== now.autoRenewEnabled ||
  !isDeepStrictEqual(wanted.scheduledNextTermInstructions, now.scheduledNextTermInstructions);

const isMoreThanSuspended = (now: Subscription, wanted: WantedSubscription): boolean =>
  wanted.quantity !== now.quantity || (isNewCommerce(now.class) && wanted.autoRenewEnabled && !now.autoRenewEnabled);

function statusRefusal(
  call: Call,
  { holdings }: Customer,
  subscription: Subscription,
  wanted: string,
): Answer | undefined {
  const { status } = subscription;
  const holding = subscription.class;
  if (holding === 'new-commerce-trial') return statusFixed();

  switch (wanted) {
    case 'suspended':
      if (status !== 'active') return noWay(status, wanted);
      if (holding === 'software-subscription' || holding === 'marketplace') return statusFixed();
      return azureStillActive(subscription, wanted);
    case 'active': {
      if (status !== 'suspended') return noWay(status, wanted);
      const parent = holdings.subscriptions.find(({ id }) => id === subscription.parentSubscriptionId);
      return parent !== undefined && parent.status !== 'active'
        ? refuse(409, '27009', 'The parent subscription is not active.')
        : undefined;
    }
    case 'deleted':
      if (status !== 'active' && status !== 'suspended') return noWay(status, wanted);
      if (holding === 'azure-plan') return azureStillActive(subscription, wanted);
      if (subscription.cancellableUntil === undefined) return noWay(status, wanted);
      return isCancellable(call, subscription) ? undefined : windowClosed(subscription);
    default:
      return noWay(status, wanted);
  }
}

const azureStillActive = ({ azure }: Subscription, wanted: string): Answer | undefined =>
  azure.some(({ status }) => status === 'active')
    ? refuse(
        403,
        '900115',
        `Azure plan can't be moved to ${wanted} state since you have one or more Azure subscriptions in the active state.`,
      )
    : undefined;

const statusFixed = (): Answer => refuse(400, '800096', 'The status of this subscription cannot be changed.');
const noWay = (from: string, to: string): Answer =>
  refuse(400, '800040', `The status of the subscription cannot change from ${from} to ${to}.`);

/** The window of a marketplace month is counted in hours, and has a code of its own. */
const windowClosed = (subscription: Subscription): Answer =>
  subscription.class === 'marketplace' && subscription.termDuration === 'P1M'
    ? refuse(400, '900213', 'The purchase cannot be cancelled more than 24 hours after it was made.')
    : refuse(400, '900117', 'The cancellation window of this purchase has closed.');

const isCancellable = ({ world }: Call, { cancellableUntil }: Subscription): boolean =>
  cancellableUntil !== undefined && world.clock.now() <= cancellableUntil;
