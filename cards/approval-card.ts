import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { customerLines, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, buttons, card, heading, sentence } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { consequences } from './readiness-card.ts';
import { removalIds } from './request-card.ts';
import { askedFacts, clockPart, planPart, receiptPart, statePart, clearedPart } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface ApprovalView {
  readonly record: RequestRecord;
  readonly teamsId: string;
  readonly nonce: string;
  /** Whether this person may still decide. */
  readonly canDecide: boolean;
  /** What this person has decided. */
  readonly decided?: 'approved' | 'declined';
  readonly isSandbox: boolean;
  readonly problem?: string;
  /** What is under way, where nothing has come of it yet. */
  readonly notice?: string;
}

/** Asks an approver, and shows them afterwards what has become of it. */
export const approvalCard = (view: ApprovalView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawApproval(view, texts, room));

function drawApproval(view: ApprovalView, texts: Texts, room: Room): AdaptiveCard {
  const { record, nonce, canDecide, decided } = view;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const isDone = request.state === 'done';
  const isPending = request.state === 'pending';
  return card(
    texts,
    texts.say('request.summary', { domain: plainName(request.customer) }),
    [
      problemBox(view.problem),
      view.notice === undefined ? undefined : box('accent', sentence(view.notice)),
      heading(texts.say(isPending ? 'approval.title' : 'request.title')),
      ...customerLines(request.customer, texts),
      sandboxBox(view.isSandbox, texts),
      ...(isPending && decided === undefined ? [] : statePart(record, texts, room)),
      ...(decided === undefined ? [] : [sentence(texts.say(`approval.you-${decided}`), { spacing: 'small' })]),
      ...askedFacts(record, texts),
      ...clearedPart(record, texts, room),
      ...(isDone ? receiptPart(record, texts) : planPart(request, texts, room)),
      ...(isDone ? [] : removalIds(record, texts)),
      ...(isPending && canDecide ? consequences(texts) : []),
      ...(isPending && decided === undefined ? clockPart(request, texts) : []),
      ...(isPending && canDecide
        ? buttons(
            execute('approval.approve', texts.say('button.approve'), data),
            execute('approval.decline', texts.say('button.decline'), data),
          )
        : []),
    ],
    { action: execute('request.show', texts.say('button.show'), data), teamsId: view.teamsId },
  );
}

export interface DecisionView {
  readonly record: RequestRecord;
  readonly nonce: string;
  readonly isSandbox: boolean;
  /** What was typed before it was refused. */
  readonly typed?: string;
  readonly problem?: string;
}

/** Only the *Yes* of this view approves. */
export function confirmApproveCard({ record, nonce, isSandbox, typed }: DecisionView, texts: Texts): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  return card(texts, texts.say('approval.approve-title'), [
    heading(texts.say('approval.approve-title')),
    ...customerLines(request.customer, texts),
    sandboxBox(isSandbox, texts),
    box('warning', sentence(texts.say('approval.irreversible'), { weight: 'bolder' })),
    sentence(texts.say('approval.approve-about'), { spacing: 'small' }),
    {
      type: 'Input.Text',
      id: 'comment',
      label: texts.say('approval.comment'),
      isMultiline: true,
      maxLength: 500,
      ...(typed !== undefined && { value: typed }),
    },
    ...buttons(
      execute('approval.confirm-approve', texts.say('button.yes-approve'), data, {
        style: 'destructive',
        inputs: true,
      }),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}

/** Only the *Yes* of this view declines, and only with a reason. */
export function confirmDeclineCard({ record, nonce, typed, problem }: DecisionView, texts: Texts): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  return card(texts, texts.say('approval.decline-title'), [
    problemBox(problem),
    heading(texts.say('approval.decline-title')),
    ...customerLines(request.customer, texts),
    {
      type: 'Input.Text',
      id: 'reason',
      label: texts.say('approval.decline-reason'),
      isMultiline: true,
      maxLength: 500,
      ...(typed !== undefined && { value: typed }),
    },
    problemBox(problem),
    ...buttons(
      execute('approval.confirm-decline', texts.say('button.yes-decline'), data, {
        style: 'destructive',
        inputs: true,
      }),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}
