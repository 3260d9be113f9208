import type { Line } from '../services/readiness/readiness.ts';
import type { OpenPoint, PointName } from '../services/requests/following-up/open-points.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { Element } from './adaptive-card.ts';
import { cut } from './cut.ts';
import { endedByHand, openDelegatedAdmin } from './delegated-admin-part.ts';
import { bullets, fact, lineRow, sentence, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import { lineTitle, statusText } from './holding-lines.ts';
import { someNames } from './some-names.ts';
import type { Texts } from './texts/texts.ts';

export interface OpenPointsView {
  readonly record: RequestRecord;
  readonly nonce: string;
  /** What stays open of a removal that is done. */
  readonly openPoints: readonly OpenPoint[];
  /** Whether the person may say what was seen to. */
  readonly canTick?: boolean;
  /** Whether there is a text for the customer. */
  readonly hasNotice?: boolean;
  /** Whether there is a receipt that can be filed. */
  readonly hasPaper?: boolean;
  /** Where its time line is in the tab, where there is such a place. */
  readonly timeLineUrl?: string;
}

/** So many running terms and orders; the rest is counted. */
const SHOWN = 6;
const LONGEST_NAME = 80;

/** A check list of what stays open, and who has seen to what of it; apart from it what is only to be known. */
export function openPointsPart(view: OpenPointsView, texts: Texts, room: Room): readonly Element[] {
  const toDo = view.openPoints.filter(({ isToKnow }) => !isToKnow);
  const toKnow = view.openPoints.filter(({ isToKnow }) => isToKnow);
  return [
    subheading(texts.say('request.open-points')),
    ...(toDo.length === 0
      ? [sentence(texts.say(toKnow.length === 0 ? 'open.none' : 'open.none-to-do'), { spacing: 'small' })]
      : checkList(toDo, view, texts, room)),
    ...(toKnow.length === 0
      ? []
      : [subheading(texts.say('open.to-know')), ...bullets(toKnow.map((point) => pointText(point, texts, room)))]),
  ];
}

function checkList(
  openPoints: readonly OpenPoint[],
  view: OpenPointsView,
  texts: Texts,
  room: Room,
): readonly Element[] {
  const { record } = view;
  const done = openPoints.filter(({ ticked }) => ticked !== undefined).length;
  return [
    ...(done === 0
      ? []
      : [sentence(texts.say('open.progress', { done, total: openPoints.length }), { spacing: 'none' })]),
    ...openPoints.map((point) => pointRow(point, view, texts, room)),
    ...(openPoints.some(({ name, isToTick, ticked }) => BY_HAND.has(name) && isToTick && ticked === undefined)
      ? endedByHand(record.request, texts)
      : []),
  ];
}

const BY_HAND: ReadonlySet<PointName> = new Set(['delegated-admin-left', 'delegated-admin-later']);

function pointRow(
  point: OpenPoint,
  { record, nonce, canTick = false }: OpenPointsView,
  texts: Texts,
  room: Room,
): Element {
  const { name, ticked, isToTick } = point;
  const said = pointText(point, texts, room);
  const data = { requestId: record.request.id, nonce, point: name };
  const button =
    ticked === undefined
      ? execute('request.tick', texts.say('button.tick'), data)
      : execute('request.untick', texts.say('button.untick'), data);
  return lineRow(
    ticked === undefined
      ? [sentence(`☐  ${said}`)]
      : [
          sentence(`☑  ${said}`, { isSubtle: true }),
          fact(texts, texts.say('open.ticked-by'), ticked.by.name, 'none'),
          timeLine(texts.moment(ticked.at)),
        ],
    canTick && isToTick ? [button] : [],
  );
}

/** Names of many are cut, and where they are very long fewer are named, so that the others have room. */
const shortened = (line: Line, room: Room): Line =>
  line.kind === 'delegated-admin'
    ? { ...line, names: line.names.slice(0, room(line.names.length)).map((name) => cut(name, LONGEST_NAME)) }
    : line;

/** What stays open, in a sentence. Foreign text. */
export function pointText(point: OpenPoint, texts: Texts, room: Room): string {
  switch (point.name) {
    case 'delegated-admin-left':
      return openDelegatedAdmin('gdap.open', point.names, texts, room);
    case 'delegated-admin-later':
      return openDelegatedAdmin('gdap.later', point.names, texts, room);
    case 'pending-orders':
      return texts.say('open.pending-orders', {
        count: point.orders.length,
        orders: someNames(
          point.orders.map(({ holdingId, status }) =>
            texts.say('open.order', { id: cut(holdingId, LONGEST_NAME), status: statusText(status, texts) }),
          ),
          room(SHOWN),
          texts,
        ),
      });
    case 'transfers':
      return texts.say('open.transfers', {
        count: point.transfers.length,
        transfers: someNames(
          point.transfers.map(({ to, holdingId, status }) =>
            texts.say('open.order', { id: cut(to ?? holdingId, LONGEST_NAME), status: statusText(status, texts) }),
          ),
          room(SHOWN),
          texts,
        ),
      });
    case 'charges':
      return texts.say('open.charges', {
        terms: someNames(
          point.terms.map(({ name, until }) =>
            texts.say('open.term', { name: cut(name, LONGEST_NAME), date: texts.day(until) }),
          ),
          room(SHOWN),
          texts,
        ),
      });
    case 'suspended':
      return point.deletion === undefined
        ? texts.say('request.open-suspended')
        : texts.say(`request.open-suspended-${point.deletion.kind}`, { date: texts.day(point.deletion.at) });
    case 'delegated-admin':
    case 'delegated-admin-unread':
    case 'azure-roles':
      return lineTitle(shortened(point.line, room), texts);
  }
}
