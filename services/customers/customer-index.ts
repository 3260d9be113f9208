import type { Customer } from '../partner-center/partner-center.ts';
import { fold } from './fold.ts';

/** A customer with the keys it is found and sorted by, computed once. */
export interface Entry {
  readonly customer: Customer;
  /** Folded company name. */
  readonly name: string;
  readonly domain: string;
}

/** The customers in their order: by name, then domain, then id. */
export type Index = readonly Entry[];

export const entryOf = (customer: Customer): Entry => ({
  customer,
  name: fold(customer.companyName),
  domain: fold(customer.domain),
});

const collator = new Intl.Collator('en');

const byName = (a: Entry, b: Entry): number =>
  (a.name === b.name ? 0 : collator.compare(a.name, b.name)) ||
  (a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : 0) ||
  (a.customer.id < b.customer.id ? -1 : a.customer.id > b.customer.id ? 1 : 0);

/** Takes more customers into an index. Costs one pass over the index and a sort of what is new. */
export function merged(index: Index, customers: readonly Customer[]): Index {
  const added = customers.map(entryOf).sort(byName);
  const result: Entry[] = [];
  let at = 0;
  for (const entry of index) {
    for (let next = added[at]; next !== undefined && byName(next, entry) < 0; next = added[++at]) result.push(next);
    result.push(entry);
  }
  return result.concat(added.slice(at));
}
