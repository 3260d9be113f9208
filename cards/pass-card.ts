import type { UserId } from '../services/ids.ts';
import type { PersonRef } from '../services/people/person.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, ChoiceInput } from './adaptive-card.ts';
import { customerLines, problemBox, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { card, confirmButtons, heading, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

export interface PassView {
  readonly record: RequestRecord;
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** Who can be asked instead; at least one. */
  readonly others: readonly PersonRef[];
  /** Of whom somebody can take the place. */
  readonly asked: readonly PersonRef[];
  /** Who was chosen before it was refused. */
  readonly chosen?: UserId;
  readonly problem?: string;
}

/** Of somebody, in a list of them. */
const LONGEST_NAME = 80;

/** Asks who is to decide instead; only its *Yes* has them asked. */
export function passCard(view: PassView, texts: Texts): AdaptiveCard {
  const { record, nonce, others, asked, chosen } = view;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const title = texts.say('approval.pass-title');
  return card(texts, title, [
    heading(title),
    ...customerLines(request.customer, texts),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('approval.pass-about'), { isSubtle: true, spacing: 'small' }),
    ...(asked.length > 1 ? [choice('instead', texts.say('approval.pass-instead'), asked, undefined)] : []),
    choice('approver', texts.say('form.approver'), others, chosen),
    problemBox(view.problem),
    ...confirmButtons(
      execute('approval.confirm-pass', texts.say('button.yes-pass'), data, { style: 'destructive', inputs: true }),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}

function choice(id: string, label: string, people: readonly PersonRef[], chosen: UserId | undefined): ChoiceInput {
  const known = people.find((one) => one.id === chosen) ?? people[0];
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    choices: people.map((one) => ({ title: cut(one.name, LONGEST_NAME), value: one.id })),
    ...(known && { value: known.id }),
  };
}
