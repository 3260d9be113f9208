import type { UndoStanding } from '../services/requests/giving-back/give-back.ts';
import type { CancellationStanding } from '../services/requests/cancelling/cancellation.ts';
import type { RemovalRequest, RequestRecord } from '../services/requests/request.ts';
import { execute, type ExecuteAction } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, buttons, card, confirmButtons, heading, openUrl, sentence } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import type { OpenPointsView } from './open-points-part.ts';
import { undoPart } from './undo-part.ts';
import { cancelledPart, howItStands, nextPart } from './cancellation-parts.ts';
import { askedFacts, clearedPart, clockPart, idsPart, planPart, receiptPart } from './request-parts.ts';
import { toTheList } from './request-sections.ts';
import type { Texts } from './texts/texts.ts';

export interface RequestView extends OpenPointsView {
  /** Teams' id of the person who looks, so that the card keeps itself up to date. */
  readonly teamsId: string;
  /** Whether the person may press what the requester may. */
  readonly isRequester: boolean;
  /** Whether the person, an auditor, may end the looking for an outcome. */
  readonly canClose?: boolean;
  /** Whether the person can have somebody else asked. */
  readonly canPass?: boolean;
  /** For a new request for the same customer, where this one may be asked for again. */
  readonly askAgain?: { readonly customerNonce: string };
  /** Whether the person can take it back now. */
  readonly canWithdraw: boolean;
  /** What it waits for until the person says so: it is carried out in their name. */
  readonly waitsForMe?: 'remove-now' | 'sign-in';
  readonly isSandbox: boolean;
  readonly problem?: string;
  /** How far it is, where it is a cancellation. */
  readonly cancellation?: CancellationStanding;
  /** What is under way, where nothing has come of it yet. */
  readonly notice?: string;
  /** What it has left suspended, where it came to nothing. */
  readonly undo?: UndoStanding;
  /** Whether the person may give that back. */
  readonly canGiveBack?: boolean;
}

/** A request as its requester sees it, from *Send request* to the receipt. */
export const requestCard = (view: RequestView, texts: Texts): AdaptiveCard =>
  fitting((room) => drawRequest(view, texts, room));

function drawRequest(view: RequestView, texts: Texts, room: Room): AdaptiveCard {
  const { record, nonce, isRequester, undo, canGiveBack = false, cancellation } = view;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  return card(
    texts,
    texts.say(`${AREAS[request.kind]}.summary`, { domain: plainName(request.customer) }),
    [
      problemBox(view.problem),
      view.notice === undefined ? undefined : box('accent', sentence(view.notice)),
      heading(titleOf(request, texts)),
      ...customerLines(request.customer, texts),
      sandboxBox(view.isSandbox, texts),
      ...howItStands(record, cancellation, texts, room),
      ...(isRequester ? nextStep(view, texts) : []),
      ...(view.canPass === true && (request.undelivered ?? []).length > 0
        ? [sentence(texts.say('request.undelivered-pass'), { spacing: 'small' })]
        : []),
      ...(cancellation === undefined ? [] : cancelledPart(request, cancellation, texts, room)),
      ...(undo === undefined ? [] : undoPart({ record, undo, nonce, canGiveBack }, texts, room)),
      ...askedFacts(record, texts),
      ...clearedPart(besides(record, undo), texts, room),
      ...(request.state === 'done' ? toTheList(view, texts, room) : []),
      ...endPart(view, texts, room),
      ...(request.state === 'done' ? [] : toTheList(view, texts, room)),
      ...idsPart(record, texts),
      ...buttons(
        goOn(view, texts),
        isRequester && canContinue(view) ? execute('request.continue', texts.say('button.try-again'), data) : undefined,
        view.askAgain === undefined
          ? undefined
          : execute('readiness.check', texts.say('button.ask-again'), {
              customerId: request.customer.id,
              nonce: view.askAgain.customerNonce,
            }),
        view.canPass === true ? execute('approval.pass', texts.say('button.pass'), data) : undefined,
        view.canClose === true ? execute('request.close', texts.say('button.close'), data) : undefined,
        paperButton(view, texts),
        timeLineButton(view, texts),
        isRequester ? noticeButton(view, texts) : undefined,
        view.canWithdraw ? execute('request.withdraw', texts.say('button.withdraw'), data) : undefined,
      ),
    ],
    { action: execute('request.show', texts.say('button.show'), data), teamsId: view.teamsId },
  );
}

/** Where the words of each kind of request are. */
export const AREAS = { removal: 'request', cancellation: 'cancellation' } as const;

/** What is done has a receipt. */
export const titleOf = ({ kind, state }: RemovalRequest, texts: Texts): string =>
  texts.say(state === 'done' ? `${AREAS[kind]}.title-done` : `${AREAS[kind]}.title`);

const canContinue = ({ record: { request }, cancellation, undo }: RequestView): boolean =>
  request.state === 'blocked' &&
  undo?.isUnderWay !== true &&
  (cancellation?.canContinue ?? request.refused?.fault !== 'not-resent');

/** What whoever asked can do next, by the button that is there. */
function nextStep(view: RequestView, texts: Texts): readonly Element[] {
  const { record, cancellation } = view;
  if (cancellation !== undefined) return nextPart(record, cancellation, texts);
  if (record.request.state !== 'blocked') return [];
  const next = canContinue(view) ? 'request.next-continue' : 'request.next-withdraw';
  return [sentence(texts.say(next), { spacing: 'small' })];
}

/** Has the receipt put where the person files things. */
export const paperButton = ({ record, nonce, hasPaper = false }: OpenPointsView, texts: Texts) =>
  hasPaper ? execute('request.pdf', texts.say('button.pdf'), { requestId: record.request.id, nonce }) : undefined;

/** Leads to all that has happened to it. */
export const timeLineButton = ({ timeLineUrl }: OpenPointsView, texts: Texts) =>
  timeLineUrl === undefined ? undefined : openUrl(texts.say('button.time-line'), timeLineUrl);

/** Leads to a text for the customer. */
export const noticeButton = ({ record, nonce, hasNotice = false }: OpenPointsView, texts: Texts) =>
  hasNotice
    ? execute('request.notice', texts.say('button.notice'), { requestId: record.request.id, nonce })
    : undefined;

/** The receipt of what is done; before that, what whoever decides has to know. */
export function endPart(view: OpenPointsView, texts: Texts, room: Room): readonly Element[] {
  const { kind, state } = view.record.request;
  if (kind === 'cancellation') return [];
  return state === 'done' ? receiptPart(view, texts, room) : planPart(view.record.request, texts, room);
}

/** Signs in, and goes on with it. */
export const SIGN_IN = { removal: 'button.sign-in-and-remove', cancellation: 'button.sign-in-and-cancel' } as const;

function goOn({ record, nonce, waitsForMe }: RequestView, texts: Texts): ExecuteAction | undefined {
  const data = { requestId: record.request.id, nonce };
  const isRemoval = record.request.kind === 'removal';
  if (waitsForMe === 'remove-now')
    return execute('request.remove', texts.say(isRemoval ? 'button.remove-now' : 'button.cancel-now'), data);
  if (waitsForMe === undefined) return undefined;
  const title = record.request.state === 'draft' ? 'button.sign-in-and-send' : SIGN_IN[record.request.kind];
  return execute('request.sign-in', texts.say(title), data);
}

/** Only the *Yes* of this view has it carried out. */
export function removeNowCard(
  { record, nonce, isSandbox }: Pick<RequestView, 'record' | 'nonce' | 'isSandbox'>,
  texts: Texts,
): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const { kind } = request;
  const words = AREAS[kind];
  return card(texts, texts.say(`${words}.remove-title`), [
    heading(texts.say(`${words}.remove-title`)),
    ...customerLines(request.customer, texts),
    sandboxBox(isSandbox, texts),
    box(
      'warning',
      sentence(texts.say(kind === 'removal' ? 'approval.irreversible' : 'cancellation.irreversible'), {
        weight: 'bolder',
      }),
    ),
    sentence(texts.say(`${words}.remove-about`), { spacing: 'small' }),
    ...clockPart(request, texts),
    ...confirmButtons(
      execute(
        'request.confirm-remove',
        texts.say(kind === 'removal' ? 'button.yes-remove' : 'button.yes-cancel'),
        data,
        {
          style: 'destructive',
        },
      ),
      execute('request.show', texts.say('button.back'), data),
    ),
  ]);
}

/** What is on the list of what was left suspended is not named twice. */
function besides(record: RequestRecord, undo: UndoStanding | undefined): RequestRecord {
  const listed = new Set(undo?.items.map(({ holdingId }) => holdingId));
  const steps = record.steps.filter(({ holdingId, action }) => action === 'auto-renew-off' || !listed.has(holdingId));
  return { ...record, steps };
}

export interface WithdrawView extends Pick<RequestView, 'record' | 'nonce'> {
  /** For the way back to what stands in the way, where a draft is given up. */
  readonly customerNonce: string;
}

export function withdrawCard({ record, nonce, customerNonce }: WithdrawView, texts: Texts): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const back = texts.say('button.back');
  // What was planned is withdrawn rather than dropped.
  const isDraft = request.state === 'draft' && request.plannedFor === undefined;
  const title = texts.say(isDraft ? 'request.drop-title' : 'request.withdraw-title');
  const yes = texts.say(isDraft ? 'button.yes-drop' : 'button.yes-withdraw');
  return card(texts, title, [
    heading(title),
    ...customerLines(request.customer, texts),
    box('warning', sentence(texts.say(`${AREAS[request.kind]}.withdraw-about`))),
    ...confirmButtons(
      execute('request.confirm-withdraw', yes, data, { style: 'destructive' }),
      isDraft
        ? execute('readiness.show', back, { customerId: request.customer.id, nonce: customerNonce })
        : execute('request.show', back, data),
    ),
  ]);
}

/** What is left of a card whose successor stands further down, or of one that went on where another was pressed. */
export const movedCard = ({ request }: RequestRecord, where: 'below' | 'elsewhere', texts: Texts): AdaptiveCard =>
  card(texts, texts.say(`${AREAS[request.kind]}.summary`, { domain: plainName(request.customer) }), [
    ...customerLines(request.customer, texts),
    sentence(texts.say(`request.continues-${where}`), { isSubtle: true, spacing: 'small' }),
  ]);
