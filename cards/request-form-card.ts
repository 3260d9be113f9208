import type { Customer } from '../services/partner-center/partner-center.ts';
import type { Approver } from '../services/requests/removal-requests.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, ChoiceInput, Element } from './adaptive-card.ts';
import { customerLines, problemBox, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { buttons, card, heading, sentence } from './elements.ts';
import type { Texts } from './texts/texts.ts';

/** What was filled in before, so that a refused form can be mended. */
export interface FilledIn {
  readonly reason?: string;
  readonly domain?: string;
  readonly ticket?: string;
  readonly approver?: string;
  readonly notice?: boolean;
  readonly nextProvider?: boolean;
  readonly endDelegatedAdmin?: boolean;
}

export interface RequestFormView {
  readonly customer: Customer;
  readonly approvers: readonly Approver[];
  readonly filledIn: FilledIn;
  /** Whether there is delegated administration that could be ended too; names where they were read just now. Foreign text. */
  readonly delegatedAdmin?: { readonly kind: 'live'; readonly names: readonly string[] } | { readonly kind: 'unread' };
  readonly nonce: string;
  readonly isSandbox: boolean;
  readonly problem?: string;
}

/** Of an approver, in a list of them. */
const LONGEST_NAME = 80;
const SHOWN_NAMES = 5;

/** Asks why, makes the requester type the domain, and lets them choose who decides. */
export function requestFormCard(view: RequestFormView, texts: Texts): AdaptiveCard {
  const { customer, approvers, filledIn, nonce } = view;
  const customerId = customer.id;
  const { reason, domain, ticket, notice, nextProvider } = filledIn;
  return card(texts, texts.say('form.title'), [
    problemBox(view.problem),
    heading(texts.say('form.title')),
    ...customerLines(customer, texts),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('form.about'), { isSubtle: true, spacing: 'small' }),
    {
      type: 'Input.Text',
      id: 'reason',
      label: texts.say('form.reason'),
      placeholder: texts.say('form.reason-hint'),
      isMultiline: true,
      maxLength: 500,
      ...(reason !== undefined && { value: reason }),
    },
    {
      type: 'Input.Text',
      id: 'domain',
      label: texts.say('form.domain'),
      maxLength: 255,
      ...(domain !== undefined && { value: domain }),
    },
    {
      type: 'Input.Text',
      id: 'ticket',
      label: texts.say('form.ticket'),
      maxLength: 60,
      ...(ticket !== undefined && { value: ticket }),
    },
    ...approverInput(approvers, filledIn.approver, texts),
    toggle('notice', texts.say('form.notice'), notice),
    toggle('nextProvider', texts.say('form.next-provider'), nextProvider),
    ...delegatedAdminTick(view, texts),
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

/** Asked only where there is something to be ended; what could not be read cannot be asked for, which is said. */
function delegatedAdminTick({ delegatedAdmin, filledIn }: RequestFormView, texts: Texts): readonly Element[] {
  if (delegatedAdmin === undefined) return [];
  if (delegatedAdmin.kind === 'unread')
    return [sentence(texts.say('form.delegated-admin-unread'), { isSubtle: true, spacing: 'small' })];
  const names = delegatedAdmin.names.slice(0, SHOWN_NAMES).map((name) => cut(name, LONGEST_NAME));
  return [
    toggle('endDelegatedAdmin', texts.say('form.end-delegated-admin'), filledIn.endDelegatedAdmin),
    ...(names.length === 0
      ? []
      : [
          sentence(
            texts.say('form.delegated-admin', { names: texts.list(names), count: delegatedAdmin.names.length }),
            { isSubtle: true, spacing: 'none' },
          ),
        ]),
  ];
}

/** Whoever was chosen before, as long as they may decide; else the first who can be reached. */
function approverInput(
  approvers: readonly Approver[],
  before: string | undefined,
  texts: Texts,
): readonly ChoiceInput[] {
  const chosen =
    approvers.find(({ id }) => id === before) ?? approvers.find(({ person }) => person?.address) ?? approvers[0];
  if (chosen === undefined) return [];
  return [
    {
      type: 'Input.ChoiceSet',
      id: 'approver',
      label: texts.say('form.approver'),
      style: 'compact',
      choices: approvers.map(({ id, person }) => ({
        title: approverTitle(id, person, texts),
        value: id,
      })),
      value: chosen.id,
    },
  ];
}

/** Whom no card can reach is said to be so. */
function approverTitle(id: string, person: Approver['person'], texts: Texts): string {
  if (person === undefined) return texts.say('form.unknown-approver', { id });
  const name = cut(person.name, LONGEST_NAME);
  return person.address === undefined ? texts.say('form.unreachable-approver', { name }) : name;
}

const toggle = (id: string, title: string, value = false) => ({
  type: 'Input.Toggle' as const,
  id,
  title,
  wrap: true as const,
  value: value ? ('true' as const) : ('false' as const),
});
