import type { Customer } from '../services/partner-center/partner-center.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, problemBox } from './customer-parts.ts';
import { buttons, card, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** A plain sentence as a card, for where a card has to answer. It may be foreign text. */
export const noticeCard = (text: string, texts: Texts, customer?: Customer): AdaptiveCard =>
  card(texts, texts.say('help.summary'), [
    ...(customer ? customerLines(customer, texts) : []),
    sentence(text, { ...(customer && { spacing: 'small' as const }) }),
  ]);

/** What to read again where that has failed, and the nonce of the button for it. */
export interface Again {
  readonly customer: Customer;
  readonly nonce: string;
}

/** What went wrong, for whoever wanted something. */
export interface Told {
  /** What happened, what it means, what to do next. Foreign text. */
  readonly words: string;
  /** What is quoted to whoever helps, a line each: a code, an id. */
  readonly codes: readonly string[];
}

/** In the place of a card that could not be drawn, or of an answer that could not be given. */
export const faultCard = ({ words, codes }: Told, again: Again | undefined, texts: Texts): AdaptiveCard =>
  card(texts, texts.say('fault.summary'), [
    ...(again ? customerLines(again.customer, texts) : []),
    problemBox(words),
    ...codes.map((code) => sentence(code, { isSubtle: true, size: 'small', spacing: 'small' })),
    ...(again
      ? buttons(
          execute('readiness.check', texts.say('button.check-again'), {
            customerId: again.customer.id,
            nonce: again.nonce,
          }),
        )
      : []),
  ]);
