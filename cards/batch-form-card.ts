import type { Batch } from '../services/batches/batch.ts';
import type { StandingMember } from '../services/batches/standing.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { memberName } from './batch-parts.ts';
import { sandboxBox } from './customer-parts.ts';
import { buttons, card, heading, sentence, subheading } from './elements.ts';
import { approverInput, askedInputs, tick, wrongFromTheStart, wrongWhenSent, type FormProblem } from './form-inputs.ts';
import type { RemovalFilledIn } from './request-form-card.ts';
import type { Texts } from './texts/texts.ts';

export interface BatchFormView {
  readonly batch: Batch;
  /** Exactly who is asked for. */
  readonly members: readonly StandingMember['member'][];
  readonly approvers: readonly Approver[];
  readonly filledIn: RemovalFilledIn;
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
  const { notice, nextProvider, endDelegatedAdmin } = filledIn;
  const unread = members.flatMap(({ reading }, at) => (reading?.delegatedAdmin === 'unread' ? [String(at + 1)] : []));
  return card(texts, texts.say('form.title'), [
    ...wrongFromTheStart(filledIn, problems),
    heading(texts.say('form.title')),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('batch.form-about', { count: members.length }), { spacing: 'small' }),
    subheading(texts.say('batch.form-customers', { count: members.length })),
    ...members.map(({ customer }, at) => sentence(`${at + 1}.  ${memberName(customer)}`, { spacing: 'none' })),
    ...askedInputs(filledIn, texts.say('form.reason-hint'), problems, texts, 'count'),
    ...approverInput(approvers, filledIn.approver, problems, texts),
    tick('notice', texts.say('batch.form-notice'), notice),
    tick('nextProvider', texts.say('batch.form-next-provider'), nextProvider),
    ...(members.some(({ reading }) => reading?.delegatedAdmin !== undefined)
      ? [tick('endDelegatedAdmin', texts.say('form.end-delegated-admin'), endDelegatedAdmin)]
      : []),
    ...(unread.length === 0
      ? []
      : [
          sentence(texts.say('batch.form-delegated-admin-unread', { numbers: texts.list(unread) }), {
            isSubtle: true,
            spacing: 'none',
          }),
        ]),
    ...wrongWhenSent(filledIn, problems, texts),
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
