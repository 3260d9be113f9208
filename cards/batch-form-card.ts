import type { Batch } from '../services/batches/batch.ts';
import type { StandingMember } from '../services/batches/standing.ts';
import type { Approver } from '../services/requests/sending/whom-to-ask.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { memberName } from './batch-parts.ts';
import { sandboxBox } from './customer-parts.ts';
import { box, buttons, card, heading, sentence, subheading } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
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

/** So many are named at once; the others one press further, so that the fields are not far down. */
const NAMED_AT_ONCE = 10;
const OTHERS = 'other-customers';
/** Where Teams would refuse the card, names are shorter; domains are whole. */
const LONGEST_NAME = 60;

/** Asks once for all of these what a request asks for, names each of them, and makes the requester type how many they are; of one alone its domain, as its own form does. */
export const batchFormCard = (view: BatchFormView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawForm(view, texts, room));

function drawForm(view: BatchFormView, texts: Texts, room: Room): AdaptiveCard {
  const { batch, members, approvers, filledIn, nonce, namedNonce, problems } = view;
  const { notice, nextProvider, endDelegatedAdmin } = filledIn;
  const isOne = members.length === 1;
  const unread = members.flatMap(({ reading }, at) => (reading?.delegatedAdmin === 'unread' ? [String(at + 1)] : []));
  return card(texts, texts.say('form.title'), [
    ...wrongFromTheStart(filledIn, problems),
    heading(texts.say('form.title')),
    sandboxBox(view.isSandbox, texts),
    sentence(texts.say('batch.form-about', { count: members.length }), { spacing: 'small' }),
    subheading(texts.say('batch.form-customers', { count: members.length })),
    ...customersPart(members, room(LONGEST_NAME), texts),
    openTransfersBox(members, texts),
    ...besidesSentence(members, texts),
    ...askedInputs(filledIn, texts.say('form.reason-hint'), problems, texts, isOne ? 'domain' : 'count'),
    ...approverInput(approvers, filledIn.approver, problems, texts),
    tick('notice', texts.say(isOne ? 'form.notice' : 'batch.form-notice'), notice),
    tick('nextProvider', texts.say(isOne ? 'form.next-provider' : 'batch.form-next-provider'), nextProvider),
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

/** Each by name and domain, with a number: the first few, and how many more there are to look at. */
function customersPart(members: BatchFormView['members'], longest: number, texts: Texts): readonly Element[] {
  const lines = members.map(({ customer }, at) =>
    sentence(`${at + 1}.  ${memberName(customer, longest)}`, { spacing: 'none' }),
  );
  const others = lines.slice(NAMED_AT_ONCE);
  if (others.length === 0) return lines;
  return [
    ...lines.slice(0, NAMED_AT_ONCE),
    sentence(texts.say('readiness.more-lines', { count: others.length }), { isSubtle: true, spacing: 'none' }),
    ...buttons({ type: 'Action.ToggleVisibility', title: texts.say('button.more'), targetElements: [OTHERS] }),
    { type: 'Container', id: OTHERS, isVisible: false, items: others },
  ];
}

/** For which of them a transfer to another partner is open: it should be over before the removal. */
function openTransfersBox(members: BatchFormView['members'], texts: Texts): Element | undefined {
  const open = members.flatMap(({ reading }, at) =>
    reading?.besides?.first.kind === 'transfer' ? [String(at + 1)] : [],
  );
  const said = { numbers: texts.list(open) };
  return open.length === 0
    ? undefined
    : box('warning', sentence(texts.say('batch.form-transfers', said), { weight: 'bolder' }));
}

/** For how many of them there is more to know than that nothing stands in the way. */
function besidesSentence(members: BatchFormView['members'], texts: Texts): readonly Element[] {
  const count = members.filter(({ reading }) => reading?.besides !== undefined).length;
  return count === 0 ? [] : [sentence(texts.say('batch.form-besides', { count }), { spacing: 'small' })];
}
