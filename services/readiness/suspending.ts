import type { Offer, Readiness } from './readiness.ts';

/** What stands in the way and can be suspended here; an add-on goes with its base and is none of them. */
export const suspendable = ({ offers }: Pick<Readiness, 'offers'>): readonly Offer[] =>
  offers.filter(({ action, clears }) => action === 'suspend' && clears);

/** Of these, what *Suspend N legacy subscriptions* takes: exactly the legacy ones. */
export const legacySuspendable = (readiness: Pick<Readiness, 'offers'>): readonly Offer[] =>
  suspendable(readiness).filter((offer) => offer.class.startsWith('legacy-'));
