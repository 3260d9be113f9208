import { providerCard, type ProviderView } from '../cards/provider-card.ts';
import type { Texts } from '../cards/texts/texts.ts';
import type { CustomerFinder } from '../services/customers/find-customers.ts';
import { tenantIdIn } from '../services/customers/search.ts';
import { asPerson, PartnerCenterError } from '../services/partner-center/partner-center.ts';
import type { Person } from '../services/people/person.ts';
import type { Shown } from './turn-facts.ts';

/** Whom a removal is wanted for: a customer, or words where customers cannot be read. */
export type Wanted = { readonly customerId: string } | { readonly words: string };

/** In an indirect reseller's tenant: what to send the indirect provider, who alone can end the relationship. */
export type ProviderScreen = (wanted: Wanted, person: Person, texts: Texts) => Promise<Shown>;

export function createProviderScreen(parts: {
  readonly finder: Pick<CustomerFinder, 'byId'>;
  readonly partnerTenantId?: string;
}): ProviderScreen {
  const { finder, partnerTenantId } = parts;

  /** An id is worth sending even where nothing else is known. */
  const customerOf = async (wanted: Wanted, person: Person): Promise<ProviderView['customer']> => {
    if ('words' in wanted) {
      const id = tenantIdIn(wanted.words);
      return id === undefined ? { companyName: wanted.words } : { id };
    }
    const { customerId: id } = wanted;
    try {
      return await finder.byId(id, asPerson(person.id));
    } catch (error) {
      if (error instanceof PartnerCenterError) return { id };
      throw error;
    }
  };

  return async (wanted, person, texts) => {
    const customer = await customerOf(wanted, person);
    return {
      card: providerCard({ customer, ...(partnerTenantId !== undefined && { partnerTenantId }) }, texts),
      summary: texts.say('provider.summary'),
    };
  };
}
