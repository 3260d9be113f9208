import type { CancellationStanding } from '../services/requests/cancelling/cancellation.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { howItStands } from './cancellation-parts.ts';
import { customerLines, plainName, sandboxBox } from './customer-parts.ts';
import { card, fact, heading, sentence } from './elements.ts';
import { fitting } from './fitting.ts';
import { AREAS, titleOf } from './request-card.ts';
import { numberFact } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface EscalationView {
  readonly record: RequestRecord;
  readonly isSandbox: boolean;
  /** How far it is, where it is a cancellation. */
  readonly cancellation?: CancellationStanding;
}

/** For whoever is told that nobody has decided, and cannot decide: who waits for whom, and what has become of it. */
export const escalationCard = ({ record, isSandbox, cancellation }: EscalationView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const { request } = record;
    const isPending = request.state === 'pending';
    return card(texts, texts.say(`${AREAS[request.kind]}.summary`, { domain: plainName(request.customer) }), [
      heading(isPending ? texts.say('escalation.title') : titleOf(request, texts)),
      ...customerLines(request.customer, texts),
      sandboxBox(isSandbox, texts),
      ...howItStands(record, cancellation, texts, room),
      fact(texts, texts.say('request.asked-by'), request.requester.name, 'medium'),
      numberFact(request, texts),
      ...(isPending ? [sentence(texts.say('escalation.about'), { isSubtle: true, spacing: 'small' })] : []),
    ]);
  });
