import type { Instant } from '../clock.ts';
import type { CancelledBy, Fact, HoldingLine, Offer, Remedy } from './readiness.ts';

export type Weight = Fact['weight'];

/** How one holding weighs against removal, and what could be done about it; the first remedy is what we would do. */
export interface Judgement {
  readonly weight: Weight;
  readonly remedies: readonly Remedy[];
  readonly billedUntil?: Instant;
  readonly activeAzure?: number;
  readonly notTransferable?: string;
}

/** One holding after it was judged: a fact for the approval, and a line where there is something to say. */
export interface Finding {
  readonly fact: Fact;
  readonly line?: HoldingLine;
  readonly offers: readonly Offer[];
}

export const NO_OBSTACLE: Judgement = { weight: 'nothing', remedies: [] };
export const SUPPORT: Remedy = { kind: 'support' };
export const AZURE_PORTAL: Remedy = { kind: 'elsewhere', where: 'azure-portal' };
export const PARTNER_CENTER: Remedy = { kind: 'elsewhere', where: 'partner-center' };

export const blocks = (remedies: readonly Remedy[], more: Omit<Judgement, 'weight' | 'remedies'> = {}): Judgement => ({
  weight: 'blocks',
  remedies,
  ...more,
});

/** `[remedy]` where there is a moment for it, else nothing: to be spread into a list of remedies. */
export const cancelUntil = (until: Instant | undefined, by: CancelledBy | undefined): readonly Remedy[] =>
  until === undefined || by === undefined ? [] : [{ kind: 'cancel', until, by }];
export const waitUntil = (until: Instant | undefined, billingEnds: boolean): readonly Remedy[] =>
  until === undefined ? [] : [{ kind: 'wait', until, billingEnds }];

export const findingOf = (fact: Omit<Fact, 'weight'>, judgement: Judgement, offers: readonly Offer[] = []): Finding => {
  const { weight, ...said } = judgement;
  if (weight === 'nothing') return { fact: { ...fact, weight }, offers };
  const { id: holdingId, class: holdingClass, name, quantity, status } = fact;
  return {
    fact: { ...fact, weight },
    line: { group: weight, kind: 'holding', holdingId, class: holdingClass, name, quantity, status, ...said },
    offers,
  };
};
