import type { Mark } from './clock.ts';
import type { Gdap, Holdings, Reseller } from './records.ts';

export type Relationship = 'reseller' | 'advisor' | 'none';

export interface CustomerFacts {
  readonly id: string;
  readonly companyName: string;
  readonly domain: string;
  readonly relationship?: Relationship;
  /** What this customer is there to show; for people, never on the API. */
  readonly note?: string;
  readonly resellers?: readonly Reseller[];
  /** How the customer is written to, as `de-CH` (`en-US`). */
  readonly culture?: string;
  /** Overrides the switch of the same name for every subscription. */
  readonly statusDelayMs?: number;
  readonly gdap?: Gdap[];
  /** Made when first looked at, so that fifty thousand customers start at once. */
  readonly fill: () => Holdings;
}

/** One customer of the partner and everything it holds. */
export class Customer {
  readonly id: string;
  companyName: string;
  domain: string;
  relationship: Relationship;
  delegatedAccess = true;
  /** Set once the relationship was removed through the API. */
  removed: Mark | undefined;
  readonly note: string | undefined;
  readonly resellers: readonly Reseller[];
  readonly culture: string;
  readonly statusDelayMs: number | undefined;
  readonly gdap: Gdap[];
  readonly #fill: () => Holdings;
  #holdings: Holdings | undefined;

  constructor(facts: CustomerFacts) {
    this.id = facts.id;
    this.companyName = facts.companyName;
    this.domain = facts.domain;
    this.relationship = facts.relationship ?? 'reseller';
    this.note = facts.note;
    this.resellers = facts.resellers ?? [];
    this.culture = facts.culture ?? 'en-US';
    this.statusDelayMs = facts.statusDelayMs;
    this.gdap = facts.gdap ?? [];
    this.#fill = facts.fill;
  }

  get holdings(): Holdings {
    return (this.#holdings ??= this.#fill());
  }
}
