import { customerLines, plainName, sandboxBox } from './customer-parts.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { box, card, fact, heading, sentence } from './elements.ts';
import { fitting } from './fitting.ts';
import { numberFact } from './request-parts.ts';
import { undoPart, undoSummary, type UndoView } from './undo-part.ts';
import type { Texts } from './texts/texts.ts';

export interface UndoCardView extends Pick<UndoView, 'record' | 'undo'> {
  readonly isSandbox: boolean;
}

/** For whoever is told when a requester did nothing about what is still suspended: the list, and nothing to press. */
export const undoCard = ({ record, undo, isSandbox }: UndoCardView, texts: Texts): AdaptiveCard =>
  fitting((room) => {
    const { request } = record;
    return card(texts, undoSummary(plainName(request.customer), undo, texts), [
      heading(texts.say('undo.card-title')),
      ...customerLines(request.customer, texts),
      sandboxBox(isSandbox, texts),
      ...(undo.items.length > 0 && !undo.isOvertaken ? [box('warning', sentence(texts.say('undo.card-about')))] : []),
      fact(texts, texts.say('request.asked-by'), request.requester.name, 'medium'),
      numberFact(request, texts),
      ...undoPart({ record, undo, nonce: '', canGiveBack: false }, texts, room),
    ]);
  });
