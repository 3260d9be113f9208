import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, sandboxBox } from './customer-parts.ts';
import { buttons, card, heading, sentence } from './elements.ts';
import {
  approverInput,
  askedInputs,
  tick,
  wrongFromTheStart,
  wrongWhenSent,
  type FilledIn,
  type FormProblem,
} from './form-inputs.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

export interface RemovalFilledIn extends FilledIn {
  readonly notice?: boolean;
  readonly nextProvider?: boolean;
  readonly endDelegatedAdmin?: boolean;
}

export interface RequestFormView {
  readonly customer: Customer;
  readonly approvers: readonly Approver[];
  readonly filledIn: RemovalFilledIn;
  /** Whether there is delegated administration that could be ended too; names where they were read just now. Foreign text. */
  readonly delegatedAdmin?: { readonly kind: 'live'; readonly names: readonly string[] } | { readonly kind: 'unread' };
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** Each is shown once. */
  readonly problems?: readonly FormProblem[];
}

/** Of what is ended too; the rest is counted. */
const SHOWN_NAMES = 5;

/** Asks why, makes the requester type the domain, and lets them choose who decides. */
export function requestFormCard(view: RequestFormView, texts: Texts): AdaptiveCard {
  const { customer, approvers, filledIn, nonce, problems } = view;
  const customerId = customer.id;
  const { notice, nextProvider } = filledIn;
  return card(texts, texts.say('form.title'), [
    ...wrongFromTheStart(filledIn, problems),
    heading(texts.say('form.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('form.about'), { isSubtle: true, spacing: 'small' }),
    ...askedInputs(filledIn, texts.say('form.reason-hint'), problems, texts),
    ...approverInput(approvers, filledIn.approver, problems, texts),
    tick('notice', texts.say('form.notice'), notice),
    tick('nextProvider', texts.say('form.next-provider'), nextProvider),
    ...delegatedAdminTick(view, texts),
    ...wrongWhenSent(filledIn, problems, texts),
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

/** Asked only where there is something to be ended; what could not be read cannot be asked for, which is said. */
function delegatedAdminTick({ delegatedAdmin, filledIn }: RequestFormView, texts: Texts): readonly Element[] {
  if (delegatedAdmin === undefined) return [];
  if (delegatedAdmin.kind === 'unread')
    return [sentence(texts.say('form.delegated-admin-unread'), { isSubtle: true, spacing: 'small' })];
  const { names } = delegatedAdmin;
  return [
    tick('endDelegatedAdmin', texts.say('form.end-delegated-admin'), filledIn.endDelegatedAdmin),
    ...(names.length === 0
      ? []
      : [
          sentence(
            texts.say('form.delegated-admin', { names: someNames(names, SHOWN_NAMES, texts), count: names.length }),
            { isSubtle: true, spacing: 'none' },
          ),
        ]),
  ];
}
