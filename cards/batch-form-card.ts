import type { Batch } from '../services/batches/batch.ts';
import type { StandingMember } from '../services/batches/standing.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { memberName } from './batch-parts.ts';
import { sandboxBox } from './customer-parts.ts';
import { buttons, card, heading, sentence, subheading } from './elements.ts';
import { approverInput, wrongFromTheStart, wrongWhenSent, wrongWith, type FormProblem } from './form-inputs.ts';
import type { RemovalFilledIn } from './request-form-card.ts';
import type { Texts } from './texts/texts.ts';

export interface BatchFilledIn extends Omit<RemovalFilledIn, 'domain'> {
  readonly count?: string;
}

export interface BatchFormView {
  readonly batch: Batch;
  /** Exactly who is asked for. */
  readonly members: readonly StandingMember['member'][];
  readonly approvers: readonly Approver[];
  readonly filledIn: BatchFilledIn;
  readonly nonce: string;
  /** Says besides who is asked for. */
  readonly namedNonce: string;
  readonly isSandbox: boolean;
  /** Each is shown once. */
  readonly problems?: readonly FormProblem[];
}

/** Asks once for all of these what a request asks for, names each of them, and makes the requester type how many they are. */
export function batchFormCard(view: BatchFormView, texts: Texts): AdaptiveCard {
  const { batch, members, approvers, filledIn, nonce, namedNonce, problems } = view;
  const { reason, count, ticket, notice, nextProvider, endDelegatedAdmin } = filledIn;
  const asked = { ...(reason !== undefined && { reason }), ...(count !== undefined && { domain: count }) };
  return card(texts, texts.say('form.title'), [
    ...wrongFromTheStart(asked, problems),
    heading(texts.say('form.title')),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('batch.form-about', { count: members.length }), { spacing: 'small' }),
    subheading(texts.say('batch.form-customers', { count: members.length })),
    ...members.map(({ customer }, at) => sentence(`${at + 1}.  ${memberName(customer)}`, { spacing: 'none' })),
    {
      type: 'Input.Text',
      id: 'reason',
      label: texts.say('form.reason'),
      placeholder: texts.say('form.reason-hint'),
      isMultiline: true,
      maxLength: 500,
      ...(reason !== undefined && { value: reason }),
    },
    ...wrongWith('reason', problems),
    {
      type: 'Input.Text',
      id: 'count',
      label: texts.say('batch.form-count'),
      maxLength: 10,
      ...(count !== undefined && { value: count }),
    },
    ...wrongWith('count', problems),
    {
      type: 'Input.Text',
      id: 'ticket',
      label: texts.say('form.ticket'),
      maxLength: 60,
      ...(ticket !== undefined && { value: ticket }),
    },
    ...wrongWith('ticket', problems),
    ...approverInput(approvers, filledIn.approver, problems, texts),
    tick('notice', texts.say('batch.form-notice'), notice),
    tick('nextProvider', texts.say('batch.form-next-provider'), nextProvider),
    ...(members.some(({ reading }) => reading?.hasDelegatedAdmin === true)
      ? [tick('endDelegatedAdmin', texts.say('form.end-delegated-admin'), endDelegatedAdmin)]
      : []),
    ...wrongWhenSent(asked, problems, texts),
    ...buttons(
      execute(
        'batch.send',
        texts.say('button.send-several', { count: members.length }),
        { batchId: batch.id, nonce: namedNonce },
        { style: 'positive', inputs: true },
      ),
      execute('batch.show', texts.say('button.back'), { batchId: batch.id, nonce }),
    ),
  ]);
}

const tick = (id: string, title: string, value = false) => ({
  type: 'Input.Toggle' as const,
  id,
  title,
  wrap: true as const,
  value: value ? ('true' as const) : ('false' as const),
});
