import type { Passed, RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { approvedDelegatedAdmin } from './delegated-admin-part.ts';
import { box, buttons, card, heading, sentence, timeLine } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { consequences } from './readiness-card.ts';
import { removalIds } from './request-card.ts';
import {
  askedFacts,
  clockPart,
  differencePart,
  planPart,
  receiptPart,
  statePart,
  clearedPart,
} from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface ApprovalView {
  readonly record: RequestRecord;
  readonly teamsId: string;
  readonly nonce: string;
  /** Whether this person may still decide. */
  readonly canDecide: boolean;
  /** Whether it waits for somebody to carry it out, and this person may. */
  readonly canSignIn?: boolean;
  /** Whether this person may have somebody else asked. */
  readonly canPass?: boolean;
  /** How it went from this person to somebody else, or came to them. */
  readonly passedFrom?: Passed;
  readonly passedTo?: Passed;
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
  const { record, nonce, canDecide, canPass = false, canSignIn = false, decided, passedFrom, passedTo } = view;
  const isTheirs = decided === undefined && passedFrom === undefined;
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
      ...(isPending && isTheirs ? [] : statePart(record, texts, room)),
      ...(decided === undefined ? [] : [sentence(texts.say(`approval.you-${decided}`), { spacing: 'small' })]),
      ...passParts({ passedFrom, passedTo }, texts),
      ...askedFacts(record, texts),
      ...differencePart(request, texts, room),
      ...clearedPart(record, texts, room),
      ...(isDone ? receiptPart(record, texts, room) : planPart(request, texts, room)),
      ...(isDone ? [] : removalIds(record, texts)),
      ...(isPending && canDecide ? consequences(texts) : []),
      ...(isPending && isTheirs ? [...sincePart(request, texts), ...clockPart(request, texts)] : []),
      ...(isPending && canDecide
        ? buttons(
            execute('approval.approve', texts.say('button.approve'), data),
            execute('approval.decline', texts.say('button.decline'), data),
            canPass ? execute('approval.pass', texts.say('button.pass'), data) : undefined,
          )
        : []),
      ...buttons(canSignIn ? execute('request.sign-in', texts.say('button.sign-in-and-remove'), data) : undefined),
    ],
    { action: execute('request.show', texts.say('button.show'), data), teamsId: view.teamsId },
  );
}

/** For how long it has waited, once somebody was reminded of it. */
const sincePart = ({ chased, sentAt }: RemovalRequest, texts: Texts): readonly Element[] =>
  sentAt !== undefined && ((chased?.reminded ?? 0) > 0 || chased?.warned === true)
    ? [timeLine(texts.say('request.sent-at', { moment: texts.moment(sentAt) }))]
    : [];

/** Who has passed it on to whom. */
function passParts(
  { passedFrom, passedTo }: { readonly passedFrom: Passed | undefined; readonly passedTo: Passed | undefined },
  texts: Texts,
): readonly Element[] {
  const said = (text: string): readonly Element[] => [sentence(text, { spacing: 'small' })];
  if (passedFrom !== undefined) {
    const { by, from, to } = passedFrom;
    const name = to.name;
    return said(
      by.id === from.id
        ? texts.say('approval.you-passed', { name })
        : texts.say('approval.passed-by', { by: by.name, name }),
    );
  }
  return passedTo === undefined ? [] : said(texts.say('approval.passed-to-you', { name: passedTo.by.name }));
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
    ...approvedDelegatedAdmin(request, texts),
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
