import { sameCase, type CustomerId } from '../ids.ts';
import { PartnerCenterError, type ActAs, type Customer, type PartnerCenter } from '../partner-center/partner-center.ts';
import type { Directory } from './directory.ts';
import { tenantIdIn } from './search.ts';

export type FoundCustomers =
  | { readonly kind: 'matches'; readonly customers: readonly Customer[]; readonly more: boolean }
  /** These match; Partner Center could not be searched for others, so whether there are any is not known. */
  | {
      readonly kind: 'unread';
      readonly customers: readonly Customer[];
      readonly more: boolean;
      readonly error: PartnerCenterError;
    }
  /** The words are the tenant id of the partner itself. */
  | { readonly kind: 'own-tenant' }
  /** The words are a tenant id that is no customer's, or no longer. */
  | { readonly kind: 'unknown-id'; readonly id: CustomerId };

export interface CustomerFinder {
  /** Customers by any part of the name, the beginning of the domain, or the tenant id. */
  find(words: string, limit: number, actAs: ActAs): Promise<FoundCustomers>;
  /**
   * One customer by tenant id, from the directory or else from Partner Center.
   *
   * @throws {PartnerCenterError} also where the customer is none of ours.
   */
  byId(id: CustomerId, actAs: ActAs): Promise<Customer>;
}

/** Finds in the directory; asks Partner Center itself for what an incomplete directory may not know yet. */
export function createCustomerFinder(parts: {
  readonly directory: Directory;
  readonly partnerCenter: Pick<PartnerCenter, 'customer' | 'customersStartingWith'>;
  /** Where it is known, asking for oneself is told apart from asking for a stranger. */
  readonly partnerTenantId?: string;
}): CustomerFinder {
  const { directory, partnerCenter, partnerTenantId } = parts;
  const byId: CustomerFinder['byId'] = async (id, actAs) =>
    directory.byId(id) ?? (await partnerCenter.customer(sameCase(id), { actAs }));

  return {
    byId,
    async find(words, limit, actAs) {
      const id = tenantIdIn(words);
      if (id !== undefined) return id === partnerTenantId ? { kind: 'own-tenant' } : findById(id, actAs);
      const { matches, more, complete } = directory.search(words, limit);
      if (complete || words.trim() === '') return { kind: 'matches', customers: matches, more };
      const asked = await startingWith(words.trim(), actAs);
      const all = [...new Map([...matches, ...asked.customers].map((one) => [one.id, one])).values()];
      const found = { customers: all.slice(0, limit), more: more || all.length > limit };
      return asked.error === undefined
        ? { kind: 'matches', ...found }
        : { kind: 'unread', ...found, error: asked.error };
    },
  };

  async function findById(id: CustomerId, actAs: ActAs): Promise<FoundCustomers> {
    try {
      return { kind: 'matches', customers: [await byId(id, actAs)], more: false };
    } catch (error) {
      if (error instanceof PartnerCenterError && error.saysNoRelationship) return { kind: 'unknown-id', id };
      throw error;
    }
  }

  /** The service finds beginnings only, which is better than nothing. What is found by one counts where the other fails. */
  async function startingWith(
    words: string,
    actAs: ActAs,
  ): Promise<{ readonly customers: readonly Customer[]; readonly error?: PartnerCenterError }> {
    const lists = await Promise.allSettled([
      partnerCenter.customersStartingWith('CompanyName', words, { actAs }),
      partnerCenter.customersStartingWith('Domain', words, { actAs }),
    ]);
    const customers = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
    const failed = lists.find((list) => list.status === 'rejected');
    if (failed === undefined) return { customers };
    const error: unknown = failed.reason;
    if (!(error instanceof PartnerCenterError)) throw error;
    return { customers, error };
  }
}
