import type { AdaptiveCard } from '../../cards/adaptive-card.ts';

/** One card of the gallery, before it hangs there. */
export interface Sketch {
  readonly card: AdaptiveCard;
  /** `confirm`: asks *Yes?*; `request`: shows how a request stands; all others are neither. */
  readonly kind?: 'confirm' | 'request' | 'other';
  readonly isAboutCustomer?: boolean;
}
/** By what they show. */
export type Sketches = Readonly<Record<string, Sketch>>;
