import type { Customer } from '../services/partner-center/partner-center.ts';
import type { PartnerCenterError } from '../services/partner-center/partner-center.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, problemBox } from './customer-parts.ts';
import { buttons, card, fact, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** A plain sentence as a card, for where a card has to answer. It may be foreign text. */
export const noticeCard = (text: string, texts: Texts, customer?: Customer): AdaptiveCard =>
  card(texts, texts.say('help.summary'), [
    ...(customer ? customerLines(customer, texts) : []),
    sentence(text, { ...(customer && { spacing: 'small' as const }) }),
  ]);

/** What Partner Center could not do, in plain words, with its own words and the id to quote below. */
export function faultCard(
  error: Pick<PartnerCenterError, 'fault' | 'meaning' | 'description' | 'status' | 'code' | 'ids'>,
  again: { readonly customer: Customer; readonly nonce: string } | undefined,
  texts: Texts,
): AdaptiveCard {
  const { fault, meaning, description, status, code, ids } = error;
  const said = [status, code].filter((part) => part !== undefined).join(' / ');
  return card(texts, texts.say('fault.summary'), [
    ...(again ? customerLines(again.customer, texts) : []),
    problemBox(texts.say(meaning === undefined ? `fault.${fault}` : `code.${meaning}`)),
    ...(description === undefined ? [] : [fact(texts.say('request.partner-center-says'), description)]),
    ...(said === '' ? [] : [fact(texts.say('request.code'), said)]),
    sentence(texts.say('fault.reference', { id: ids.correlationId }), { size: 'small', isSubtle: true }),
    ...(again
      ? buttons(
          execute('readiness.check', texts.say('button.check-again'), {
            customerId: again.customer.id,
            nonce: again.nonce,
          }),
        )
      : []),
  ]);
}
