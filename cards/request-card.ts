import type { UndoStanding } from '../services/requests/give-back.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute, type ExecuteAction } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { customerLines, plainName, problemBox, sandboxBox } from './customer-parts.ts';
import { box, buttons, card, fact, heading, sentence } from './elements.ts';
import { fitting, type Room } from './fitting.ts';
import { undoPart } from './undo-part.ts';
import { askedFacts, clockPart, planPart, receiptPart, statePart, clearedPart } from './request-parts.ts';
import type { Texts } from './texts/texts.ts';

export interface RequestView {
  readonly record: RequestRecord;
  /** Teams' id of the person who looks, so that the card keeps itself up to date. */
  readonly teamsId: string;
  readonly nonce: string;
  /** Whether the person may press what the requester may. */
  readonly isRequester: boolean;
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
  const { record, nonce, isRequester, undo, canGiveBack = false } = view;
  const { request } = record;
  const data = { requestId: request.id, nonce };
  const isDone = request.state === 'done';
  return card(
    texts,
    texts.say('request.summary', { domain: plainName(request.customer) }),
    [
      problemBox(view.problem),
      view.notice === undefined ? undefined : box('accent', sentence(view.notice)),
      heading(texts.say('request.title')),
      ...customerLines(request.customer, texts),
      sandboxBox(view.isSandbox, texts),
      ...statePart(record, texts, room),
      ...(undo === undefined ? [] : undoPart({ record, undo, nonce, canGiveBack }, texts, room)),
      ...askedFacts(record, texts),
      ...clearedPart(besides(record, undo), texts, room),
      ...(isDone ? receiptPart(record, texts, room) : planPart(request, texts, room)),
      ...(isDone ? [] : removalIds(record, texts)),
      ...buttons(
        goOn(view, texts),
        isRequester &&
          request.state === 'blocked' &&
          request.refused?.fault !== 'not-resent' &&
          undo?.isUnderWay !== true
          ? execute('request.continue', texts.say('button.try-again'), data)
          : undefined,
        view.askAgain === undefined
          ? undefined
          : execute('readiness.check', texts.say('button.ask-again'), {
              customerId: request.customer.id,
              nonce: view.askAgain.customerNonce,
            }),
        view.canPass === true ? execute('approval.pass', texts.say('button.pass'), data) : undefined,
        view.canWithdraw ? execute('request.withdraw', texts.say('button.withdraw'), data) : undefined,
      ),
    ],
    { action: execute('request.show', texts.say('button.show'), data), teamsId: view.teamsId },
  );
}

function goOn({ record, nonce, waitsForMe }: RequestView, texts: Texts): ExecuteAction | undefined {
  const data = { requestId: record.request.id, nonce };
  if (waitsForMe === 'remove-now') return execute('request.remove', texts.say('button.remove-now'), data);
  if (waitsForMe === undefined) return undefined;
  return execute('request.sign-in', texts.say('button.sign-in-and-remove'), data);
}

/** Only the *Yes* of this view has it carried out. */
export function removeNowCard(
  { record, nonce, isSandbox }: Pick<RequestView, 'record' | 'nonce' | 'isSandbox'>,
  texts: Texts,
): AdaptiveCard {
  const { request } = record;
  const data = { requestId: request.id, nonce };
  return card(texts, texts.say('request.remove-title'), [
    heading(texts.say('request.remove-title')),
    ...customerLines(request.customer, texts),
    sandboxBox(isSandbox, texts),
    box('warning', sentence(texts.say('approval.irreversible'), { weight: 'bolder' })),
    sentence(texts.say('request.remove-about'), { spacing: 'small' }),
    ...clockPart(request, texts),
    ...buttons(
      execute('request.confirm-remove', texts.say('button.yes-remove'), data, { style: 'destructive' }),
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

/** While the removal is under way: what to quote if somebody asks Partner Center's support. */
export const removalIds = ({ request }: RequestRecord, texts: Texts): readonly Element[] =>
  request.removal === undefined
    ? []
    : [fact(texts.say('request.correlation'), request.removal.correlationId, 'medium')];

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
    box('warning', sentence(texts.say('request.withdraw-about'))),
    ...buttons(
      execute('request.confirm-withdraw', yes, data, { style: 'destructive' }),
      isDraft
        ? execute('readiness.show', back, { customerId: request.customer.id, nonce: customerNonce })
        : execute('request.show', back, data),
    ),
  ]);
}

/** What is left of a card whose successor stands further down. */
export const movedCard = ({ request }: RequestRecord, texts: Texts): AdaptiveCard =>
  card(texts, texts.say('request.summary', { domain: plainName(request.customer) }), [
    ...customerLines(request.customer, texts),
    sentence(texts.say('request.continues-below'), { isSubtle: true, spacing: 'small' }),
  ]);
