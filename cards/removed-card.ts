import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines } from './customer-parts.ts';
import { box, buttons, card, heading, sentence, subheading } from './elements.ts';
import { numberFact } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface RemovedView {
  /** The request by which the customer was removed. */
  readonly record: RequestRecord;
  /** For *Check again*: the customer may have accepted the partner anew. */
  readonly customerNonce: string;
  /** For *Show*, where this person may see the request. */
  readonly nonce?: string;
}

/** In the place of what stands in the way, where a button of an old card is pressed after the removal. */
export function removedCard({ record, customerNonce, nonce }: RemovedView, texts: Texts): AdaptiveCard {
  const { request } = record;
  const { id, customer, removal, stateSince } = request;
  const moment = texts.moment(removal?.goneAt ?? stateSince);
  return card(texts, texts.say('removed.title'), [
    heading(texts.say('removed.title')),
    ...customerLines(customer, texts),
    box(
      'good',
      subheading(texts.say('removed.on', { moment }), 'none'),
      sentence(texts.say('removed.about'), { spacing: 'small' }),
    ),
    numberFact(request, texts),
    ...buttons(
      nonce === undefined ? undefined : execute('request.show', texts.say('button.show'), { requestId: id, nonce }),
      execute('readiness.check', texts.say('button.check-again'), { customerId: customer.id, nonce: customerNonce }),
    ),
  ]);
}
