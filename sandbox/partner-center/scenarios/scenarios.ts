import { everyday } from './everyday.ts';
import { generateCustomers } from './generator.ts';
import { manyResellers } from './resellers.ts';
import type { Scenario } from './scenario.ts';
import { createCustomer } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  everyday,
  { name: 'empty', about: 'A partner without customers.', build: () => [] },
  {
    name: 'one-clean',
    about: 'One customer, Fabrikam Bikes, with nothing in the way.',
    build: ({ now }) => [createCustomer(now, 'Fabrikam Bikes', 'fabrikambikes.onmicrosoft.com')],
  },
  {
    name: 'many',
    about: 'Thousands of generated customers: `customers` says how many (5,000), `seed` which.',
    build: ({ now, customers = 5_000, seed }) => generateCustomers(customers, { now, seed }),
  },
  {
    name: 'free',
    about: 'The customers of `many`, none of whom holds anything.',
    build: ({ now, customers = 5_000, seed }) => generateCustomers(customers, { now, seed, areFree: true }),
  },
  manyResellers,
];

/** @throws {Error} when there is none of that name. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario !== undefined) return scenario;
  throw new Error(`There is no scenario "${name}"; there are ${scenarios.map((one) => one.name).join(', ')}.`);
}
