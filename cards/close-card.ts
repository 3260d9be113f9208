import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, problemBox } from './customer-parts.ts';
import { box, card, confirmButtons, heading, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

export interface CloseView {
  readonly record: RequestRecord;
  readonly nonce: string;
  /** What was typed before it was refused. */
  readonly typed?: string;
  readonly problem?: string;
}

/** Asks an auditor for what they have found out; only the *Yes* of this view closes. */
export function closeCard({ record, nonce, typed, problem }: CloseView, texts: Texts): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const title = texts.say('close.title');
  return card(texts, title, [
    heading(title),
    ...customerLines(request.customer, texts),
    box('warning', sentence(texts.say('close.about'))),
    {
      type: 'Input.Text',
      id: 'reason',
      label: texts.say('close.reason'),
      isMultiline: true,
      maxLength: 500,
      ...(typed !== undefined && { value: typed }),
    },
    problemBox(problem),
    ...confirmButtons(
      execute('request.confirm-close', texts.say('button.yes-close'), data, { style: 'destructive', inputs: true }),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}
