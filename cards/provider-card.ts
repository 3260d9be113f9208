import type { Customer } from '../services/partner-center/partner-center.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { box, card, fact, heading, sentence, subheading } from './elements.ts';
import type { Texts } from './texts/texts.ts';

export interface ProviderView {
  /** As far as it is known; the name alone where customers cannot be read. Foreign text. */
  readonly customer: Partial<Pick<Customer, 'id' | 'companyName' | 'domain'>>;
  /** The indirect reseller's own tenant. */
  readonly partnerTenantId?: string;
}

/**
 * For an indirect reseller: who ends the relationship, and what to send them. A line each, so that it can be selected
 * and copied; what the bot does not know is to be filled in.
 */
export function providerCard({ customer, partnerTenantId = '' }: ProviderView, texts: Texts): AdaptiveCard {
  const { id = '', companyName = '', domain = '' } = customer;
  const line = (key: ProviderLine, value: string) =>
    fact(texts, texts.say(`provider.${key}`), value === '' ? texts.say('provider.fill-in') : value);
  return card(texts, texts.say('provider.summary'), [
    heading(texts.say('provider.title')),
    sentence(texts.say('provider.about'), { spacing: 'small' }),
    sentence(texts.say('provider.nothing'), { spacing: 'small' }),
    subheading(texts.say('provider.send')),
    box(
      'emphasis',
      sentence(texts.say('provider.ask')),
      line('customer', companyName),
      line('domain', domain),
      line('tenant', id),
      line('own-tenant', partnerTenantId),
      line('reason', ''),
      line('date', ''),
    ),
  ]);
}

type ProviderLine = 'customer' | 'domain' | 'tenant' | 'own-tenant' | 'reason' | 'date';
