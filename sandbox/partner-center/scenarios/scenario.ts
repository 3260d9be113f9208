import { Customer, type CustomerFacts } from '../world/customer.ts';
import { HoldingsBuilder } from '../world/holdings-builder.ts';
import { guidOf } from '../world/ids.ts';

export interface ScenarioOptions {
  readonly now: Date;
  readonly customers: number | undefined;
  readonly seed: number;
}

/** A world to start with. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly build: (options: ScenarioOptions) => Customer[];
}

type Details = Omit<CustomerFacts, 'id' | 'companyName' | 'domain' | 'fill'> & {
  readonly id?: string;
  readonly holds?: (holdings: HoldingsBuilder) => void;
};

/** A customer whose id follows from its domain; its holdings are made when first looked at. */
export function createCustomer(now: Date, companyName: string, domain: string, details: Details = {}): Customer {
  const { holds, ...facts } = details;
  const id = details.id ?? guidOf('customer', domain);
  return new Customer({
    ...facts,
    id,
    companyName,
    domain,
    fill: () => {
      const builder = new HoldingsBuilder(id, now);
      holds?.(builder);
      return builder.holdings;
    },
  });
}
