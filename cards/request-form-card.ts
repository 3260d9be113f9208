import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Approver } from '../services/requests/removal-requests.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, problemBox, sandboxBox } from './customer-parts.ts';
import { buttons, card, heading, sentence } from './elements.ts';
import { approverInput, askedInputs, type FilledIn } from './form-inputs.ts';
import type { Texts } from './texts/texts.ts';

export interface RemovalFilledIn extends FilledIn {
  readonly notice?: boolean;
  readonly nextProvider?: boolean;
}

export interface RequestFormView {
  readonly customer: Customer;
  readonly approvers: readonly Approver[];
  readonly filledIn: RemovalFilledIn;
  readonly nonce: string;
  readonly isSandbox: boolean;
  readonly problem?: string;
}

/** Asks why, makes the requester type the domain, and lets them choose who decides. */
export function requestFormCard(view: RequestFormView, texts: Texts): AdaptiveCard {
  const { customer, approvers, filledIn, nonce } = view;
  const customerId = customer.id;
  const { notice, nextProvider } = filledIn;
  return card(texts, texts.say('form.title'), [
    problemBox(view.problem),
    heading(texts.say('form.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('form.about'), { isSubtle: true, spacing: 'small' }),
    ...askedInputs(filledIn, texts.say('form.reason-hint'), texts),
    ...approverInput(approvers, filledIn.approver, texts),
    toggle('notice', texts.say('form.notice'), notice),
    toggle('nextProvider', texts.say('form.next-provider'), nextProvider),
    // Once more where the eye is after the button was pressed: the top of a form is out of sight on a phone.
    problemBox(view.problem),
    ...buttons(
      execute(
        'removal.send',
        texts.say('button.send-request'),
        { customerId, nonce },
        { style: 'positive', inputs: true },
      ),
      execute('readiness.show', texts.say('button.back'), { customerId, nonce }),
    ),
  ]);
}

const toggle = (id: string, title: string, value = false) => ({
  type: 'Input.Toggle' as const,
  id,
  title,
  wrap: true as const,
  value: value ? ('true' as const) : ('false' as const),
});
