import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import type { ToCancel } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, ChoiceInput } from './adaptive-card.ts';
import { cancellationConsequences } from './cancellation-parts.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { box, buttons, card, heading, sentence } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import {
  approverInput,
  askedInputs,
  wrongFromTheStart,
  wrongWhenSent,
  wrongWith,
  type FilledIn,
  type FormProblem,
} from './form-inputs.ts';
import type { Texts } from './texts/texts.ts';

export interface CancellationFormView {
  readonly customer: Customer;
  /** What can be cancelled and decided on in time. */
  readonly cancels: readonly ToCancel[];
  /** Ids of what is chosen already. */
  readonly chosen: readonly string[];
  readonly approvers: readonly Approver[];
  readonly filledIn: FilledIn;
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** Each is shown once. */
  readonly problems?: readonly FormProblem[];
}

/** One request takes so many. */
const SHOWN_CHOICES = 40;
/** Of a purchase, in a list of them. */
const LONGEST_NAME = 100;

/** Says what cancelling means, and asks what, why, for which domain and whom to ask. */
export const cancellationFormCard = (view: CancellationFormView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawForm(view, texts, room));

function drawForm(view: CancellationFormView, texts: Texts, room: Room): AdaptiveCard {
  const { customer, cancels, approvers, filledIn, nonce, problems } = view;
  const of = { customerId: customer.id, nonce };
  const title = texts.say('cancellation.form-title');
  const back = execute('readiness.show', texts.say('button.back'), of);
  if (cancels.length === 0)
    return card(texts, title, [
      heading(title),
      ...customerLines(customer, texts),
      ...(problems ?? []).map(({ text }) => box('attention', sentence(text))),
      sentence(texts.say('cancellation.nothing')),
      ...buttons(back),
    ]);
  const [shown, rest] = choicesOf(view, room);
  return card(texts, title, [
    ...wrongFromTheStart(filledIn, problems),
    heading(title),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('cancellation.form-about'), { isSubtle: true, spacing: 'small' }),
    ...cancellationConsequences(cancels, texts),
    whatInput(shown, view.chosen, texts),
    ...wrongWith('holdings', problems),
    ...(rest > 0
      ? [sentence(texts.say('readiness.more-lines', { count: rest }), { isSubtle: true, spacing: 'small' })]
      : []),
    ...askedInputs(filledIn, texts.say('cancellation.reason-hint'), problems, texts),
    ...approverInput(approvers, filledIn.approver, problems, texts),
    ...wrongWhenSent(filledIn, problems, texts),
    ...buttons(
      execute('cancellation.send', texts.say('button.send-request'), of, { style: 'destructive', inputs: true }),
      back,
    ),
  ]);
}

/** What is chosen comes first: a list that is too long must not leave out what it is about. */
function choicesOf({ cancels, chosen }: CancellationFormView, room: Room): readonly [readonly ToCancel[], number] {
  const isChosen = ({ holdingId }: ToCancel): boolean => chosen.includes(holdingId);
  const all = [...cancels.filter(isChosen), ...cancels.filter((one) => !isChosen(one))];
  const shown = all.slice(0, room(SHOWN_CHOICES));
  return [shown, all.length - shown.length];
}

function whatInput(shown: readonly ToCancel[], chosen: readonly string[], texts: Texts): ChoiceInput {
  return {
    type: 'Input.ChoiceSet',
    id: 'holdings',
    label: texts.say('cancellation.what'),
    style: 'expanded',
    isMultiSelect: true,
    wrap: true,
    choices: shown.map(({ holdingId, name, quantity, until }) => ({
      title: texts.say('cancellation.choice', { name: cut(name, LONGEST_NAME), quantity, date: texts.day(until) }),
      value: encodeURIComponent(holdingId),
    })),
    value: shown
      .filter(({ holdingId }) => chosen.includes(holdingId))
      .map(({ holdingId }) => encodeURIComponent(holdingId))
      .join(','),
  };
}
