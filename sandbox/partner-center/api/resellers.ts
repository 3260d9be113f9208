import { invalidInput, ok, refuse, type Answer } from './answers.ts';
import { queried, type Call, type CustomerHandler, type Handler } from './call.ts';
import { collection } from '../wire/collections.ts';
import { partnerRelationship } from '../wire/customers.ts';

/** Direct-bill partners have no resellers, and are told so wherever they ask for some. */
export const directRefused = ({ world }: Pick<Call, 'world'>): Answer | undefined =>
  world.switches.partnerType === 'direct' ? refuse(403, '1002', 'Authorization Failed') : undefined;

/** The name of the relationship in a query; in bodies it is written in another way. */
const PROVIDER_OF = 'IsIndirectCloudSolutionProviderOf';

/** @see "Retrieve a list of indirect resellers" */
export const listResellers: Handler = (call) => {
  const refused = directRefused(call);
  if (refused !== undefined) return refused;
  const type = queried(call, 'relationship_type') ?? '';
  if (type.toLowerCase() !== PROVIDER_OF.toLowerCase()) return invalidInput(`relationship_type must be ${PROVIDER_OF}`);
  // They stay resellers of ours when a customer of theirs has left.
  const all = call.world.customers.flatMap(({ resellers }) => resellers);
  const each = new Map(all.map((reseller) => [reseller.tenantId, reseller]));
  return ok(
    collection([...each.values()].map((one) => ({ ...partnerRelationship(one), state: 'Active', location: 'US' }))),
  );
};

/** @see "Get indirect resellers of a customer" */
export const getRelationships: CustomerHandler = (call, customer) =>
  directRefused(call) ?? ok(collection(customer.resellers.map(partnerRelationship)));
