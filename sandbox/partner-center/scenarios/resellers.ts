import { guidOf } from '../world/ids.ts';
import type { Reseller } from '../world/records.ts';
import { generateCustomers } from './generator.ts';
import type { Scenario } from './scenario.ts';

const reseller = (name: string, mpnId: string): Reseller => ({ tenantId: guidOf('reseller', name), name, mpnId });

export const brightline = reseller('Brightline IT', '5121801');
export const quayside = reseller('Quayside Cloud', '5098342');
const etoile = reseller('Étoile Numérique', '4847383');

/** One has more customers than fit on a page, one shares all of its own, and one has an accent in its name. */
export const manyResellers: Scenario = {
  name: 'resellers',
  about: 'An indirect provider’s customers (40), each bought through one or two of three resellers.',
  build: ({ now, customers = 40, seed }) =>
    generateCustomers(customers, {
      now,
      seed,
      resellers: (index) => (index % 4 === 0 ? [brightline, quayside] : index % 4 === 3 ? [etoile] : [brightline]),
    }),
};
