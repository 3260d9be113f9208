import type { Mark, MovableClock } from './clock.ts';
import type { Customer } from './customer.ts';
import type { JsonObject } from '../json.ts';

export interface AuditEntry {
  readonly at: Date;
  readonly mark: Mark;
  readonly customerId: string;
  readonly customerName: string;
  readonly operationType: string;
  readonly resourceType: string;
  readonly succeeded: boolean;
  readonly correlationId: string;
  readonly application: string | undefined;
  readonly newValue: JsonObject;
  readonly data: Readonly<Record<string, string>>;
}

/** What an operation writes down about itself. */
export interface Deed {
  readonly operationType: string;
  readonly resourceType: string;
  readonly succeeded: boolean;
  readonly newValue?: JsonObject;
  readonly data?: Readonly<Record<string, string>>;
}

/** The partner's activity log: who changed what, oldest first. */
export class AuditTrail {
  readonly #clock: MovableClock;
  #entries: AuditEntry[] = [];

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  record(customer: Customer, by: { correlationId: string; application: string | undefined }, deed: Deed): void {
    this.#entries.push({
      newValue: {},
      data: {},
      ...deed,
      at: this.#clock.now(),
      mark: this.#clock.mark(),
      customerId: customer.id,
      customerName: customer.companyName,
      correlationId: by.correlationId,
      application: by.application,
    });
  }

  get entries(): readonly AuditEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
