import type { HoldingId } from '../ids.ts';
import type { Facts } from './readiness.ts';

/** A legacy subscription that was suspended, or at its end, before anybody asked for anything. */
export interface Inactive {
  /** Foreign text. */
  readonly name: string;
  /** As the service says it. */
  readonly status: string;
}

/** Legacy subscriptions that are no longer active, but for those that were suspended from here. */
export const inactiveOf = ({ holdings }: Facts, fromHere: ReadonlySet<HoldingId>): readonly Inactive[] =>
  holdings
    .filter(
      ({ weight, class: holdingClass, id }) => weight === 'nothing' && isLegacy(holdingClass) && !fromHere.has(id),
    )
    .map(({ name, status }) => ({ name, status }));

const isLegacy = (holdingClass: string): boolean => holdingClass.startsWith('legacy-');
