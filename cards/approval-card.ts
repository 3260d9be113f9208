import type { CancellationStanding } from '../services/requests/cancelling/cancellation.ts';
import type { Passed, RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { cancellationClock, cancellationConsequences, cancelledPart, howItStands } from './cancellation-parts.ts';
import { customerLines, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { cut } from './cut.ts';
import { approvedDelegatedAdmin, granularAdminOf } from './delegated-admin-part.ts';
import { box, bullets, buttons, card, confirmButtons, heading, sentence, timeLine } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { consequences } from './consequences-part.ts';
import type { OpenPointsView } from './open-points-part.ts';
import { openTransfersBox } from './open-transfers-part.ts';
import { AREAS, endPart, noticeButton, paperButton, SIGN_IN, timeLineButton, titleOf } from './request-card.ts';
import {
  askedFacts,
  clearedPart,
  clockPart,
  differencePart,
  idsPart,
  notTicked,
  planGroup,
  whoAndWhy,
} from './request-parts.ts';
import { toTheList } from './request-sections.ts';
import type { Texts } from './texts/texts.ts';

export interface ApprovalView extends OpenPointsView {
  readonly teamsId: string;
  /** Whether this person may still decide. */
  readonly canDecide: boolean;
  /** Whether it waits for somebody to carry it out, and this person may. */
  readonly canSignIn?: boolean;
  /** Whether this person may have somebody else asked. */
  /** Whether the person, an auditor, may end the looking for an outcome. */
  readonly canClose?: boolean;
  readonly canPass?: boolean;
  /** How it went from this person to somebody else, or came to them. */
  readonly passedFrom?: Passed;
  readonly passedTo?: Passed;
  /** What this person has decided. */
  readonly decided?: 'approved' | 'declined';
  readonly isSandbox: boolean;
  /** How far it is, where it is a cancellation. */
  readonly cancellation?: CancellationStanding;
  readonly problem?: string;
  /** What is under way, where nothing has come of it yet. */
  readonly notice?: string;
}

/** Asks an approver, and shows them afterwards what has become of it. */
export const approvalCard = (view: ApprovalView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawApproval(view, texts, room));

function drawApproval(view: ApprovalView, texts: Texts, room: Room): AdaptiveCard {
  const { record, nonce, canDecide, canPass = false, canSignIn = false, decided, passedFrom, passedTo } = view;
  const { cancellation } = view;
  const isTheirs = decided === undefined && passedFrom === undefined;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const isPending = request.state === 'pending';
  return card(
    texts,
    texts.say(`${AREAS[request.kind]}.summary`, { domain: plainName(request.customer) }),
    [
      problemBox(view.problem),
      view.notice === undefined ? undefined : box('accent', sentence(view.notice)),
      heading(isPending ? texts.say(TITLES[request.kind]) : titleOf(request, texts)),
      ...customerLines(request.customer, texts),
      sandboxBox(view.isSandbox, texts),
      ...(isPending && isTheirs ? [] : howItStands(record, cancellation, texts, room)),
      isPending ? transfersOf(request, texts) : undefined,
      ...(decided === undefined ? [] : [sentence(texts.say(`approval.you-${decided}`), { spacing: 'small' })]),
      ...passParts({ passedFrom, passedTo }, texts),
      ...(cancellation === undefined ? [] : cancelledPart(request, cancellation, texts, room)),
      ...askedFacts(record, texts),
      ...differencePart(request, texts, room),
      ...clearedPart(record, texts, room),
      ...(request.state === 'done' ? toTheList(view, texts, room) : []),
      ...endPart(view, texts, room),
      ...(request.state === 'done' ? [] : toTheList(view, texts, room)),
      ...(isPending && canDecide ? consequencesOf(view, texts) : []),
      ...(isPending && isTheirs ? [...sincePart(request, texts), ...clockOf(view, texts)] : []),
      ...idsPart(record, texts),
      ...(isPending && canDecide
        ? buttons(
            execute('approval.approve', texts.say('button.approve'), data),
            execute('approval.decline', texts.say('button.decline'), data),
            canPass ? execute('approval.pass', texts.say('button.pass'), data) : undefined,
          )
        : []),
      ...buttons(
        canSignIn ? execute('request.sign-in', texts.say(SIGN_IN[request.kind]), data) : undefined,
        view.canClose === true ? execute('request.close', texts.say('button.close'), data) : undefined,
        paperButton(view, texts),
        timeLineButton(view, texts),
        request.state === 'done' ? noticeButton(view, texts) : undefined,
      ),
    ],
    { action: execute('request.show', texts.say('button.show'), data), teamsId: view.teamsId },
  );
}

/** What is cancelled for a request of its own is not moved any more. */
const transfersOf = ({ kind, plan }: RemovalRequest, texts: Texts): Element | undefined =>
  kind === 'removal' ? openTransfersBox(plan?.lines ?? [], texts) : undefined;

const TITLES = { removal: 'approval.title', cancellation: 'cancellation.approval-title' } as const;

const consequencesOf = ({ record: { request }, cancellation }: ApprovalView, texts: Texts): readonly Element[] =>
  cancellation === undefined
    ? consequences(granularAdminOf(request), texts)
    : cancellationConsequences(cancellation.items, texts);

const clockOf = ({ record: { request }, cancellation }: ApprovalView, texts: Texts): readonly Element[] =>
  cancellation === undefined ? clockPart(request, texts) : cancellationClock(request, texts);
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

/** Where the words of the confirm views of each kind are. */
const CONFIRMING = { removal: 'approval', cancellation: 'cancellation' } as const;
/** So many names above a *Yes*; the card before it has all. */
const SHOWN_NAMES = 12;

/** What is cancelled is named once more right above the *Yes*. */
function cancelledNames({ cancels = [] }: RequestRecord['request'], texts: Texts): readonly Element[] {
  const shown = cancels.slice(0, SHOWN_NAMES);
  return [
    ...bullets(shown.map(({ name, quantity }) => texts.say('line.name', { name: cut(name, LONGEST_NAME), quantity }))),
    ...(cancels.length > shown.length
      ? [sentence(texts.say('readiness.more-lines', { count: cancels.length - shown.length }), { spacing: 'small' })]
      : []),
  ];
}
const LONGEST_NAME = 200;

/** Only the *Yes* of this view approves. What it is about stands on it once more: whose, why, and what may still refuse it. */
export const confirmApproveCard = (view: DecisionView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawConfirmApprove(view, texts, room));

function drawConfirmApprove(view: DecisionView, texts: Texts, room: Room): AdaptiveCard {
  const { record, nonce, isSandbox, typed, problem } = view;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const words = CONFIRMING[request.kind];
  return card(texts, texts.say(`${words}.approve-title`), [
    heading(texts.say(`${words}.approve-title`)),
    ...customerLines(request.customer, texts),
    sandboxBox(isSandbox, texts),
    ...cancelledNames(request, texts),
    ...whoAndWhy(request, texts),
    ...notTicked(request, texts),
    ...planGroup('may-block', request, texts, room),
    transfersOf(request, texts),
    box('warning', sentence(texts.say(`${words}.irreversible`), { weight: 'bolder' })),
    sentence(texts.say(`${words}.approve-about`), { spacing: 'small' }),
    ...approvedDelegatedAdmin(request, texts),
    {
      type: 'Input.Text',
      id: 'comment',
      label: texts.say('approval.comment'),
      isMultiline: true,
      maxLength: 500,
      ...(typed !== undefined && { value: typed }),
    },
    problemBox(problem),
    ...confirmButtons(
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
  const title = texts.say(`${CONFIRMING[request.kind]}.decline-title`);
  return card(texts, title, [
    heading(title),
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
    ...confirmButtons(
      execute('approval.confirm-decline', texts.say('button.yes-decline'), data, {
        style: 'destructive',
        inputs: true,
      }),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}
