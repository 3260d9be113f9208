import type { UndoStanding } from '../services/requests/giving-back/give-back.ts';
import type { UndoItem } from '../services/requests/giving-back/giving-back.ts';
import type { RequestRecord } from '../services/requests/request.ts';
import { execute } from './actions.ts';
import type { Action, Element } from './adaptive-card.ts';
import { buttons, fact, lineRow, sentence, subheading, timeLine } from './elements.ts';
import type { Room } from './fitting.ts';
import { goingOn } from './progress-part.ts';
import { stepFault, stepState, waitingPart } from './step-lines.ts';
import type { Texts } from './texts/texts.ts';

/** So many lines; the rest is counted, and given back by *Reactivate all*. */
const SHOWN_ITEMS = 12;

export interface UndoView {
  readonly record: RequestRecord;
  readonly undo: UndoStanding;
  readonly nonce: string;
  /** Whether this person may give it back. */
  readonly canGiveBack: boolean;
}

/** What a request that came to nothing has left suspended, each with the button that gives it back. */
export function undoPart(view: UndoView, texts: Texts, room: Room): readonly Element[] {
  const { record, undo } = view;
  const { items, progress, isOvertaken, isUnderWay } = undo;
  const { unreadAt } = record.request.undo ?? {};
  const shown = items.slice(0, room(SHOWN_ITEMS));
  const isActive = view.canGiveBack && !isOvertaken;
  return [
    subheading(texts.say(items.length === 0 && !isUnderWay ? 'undo.nothing-left' : 'undo.title')),
    ...waitsForSignIn(view, texts),
    ...(isOvertaken ? [sentence(texts.say('undo.overtaken'), { spacing: 'small' })] : []),
    ...(progress === undefined ? [] : [sentence(texts.say('undo.progress', progress), { spacing: 'small' })]),
    ...(progress === undefined || undo.waitsForSignIn === true ? [] : goingOn(givenBack(record), texts)),
    ...shown.map((item) => undoRow(item, isActive ? oneBack(item, view, texts) : undefined, texts)),
    ...(items.length > shown.length
      ? [
          sentence(texts.say('readiness.more-lines', { count: items.length - shown.length }), {
            isSubtle: true,
            spacing: 'small',
          }),
        ]
      : []),
    ...(unreadAt === undefined || items.length === 0
      ? []
      : [timeLine(texts.say('undo.unread', { moment: texts.moment(unreadAt) }))]),
    ...buttons(isActive && items.length > 1 ? allBack(dataOf(view), texts) : undefined),
  ];
}

/** What is given back already waits for whoever has asked for it. */
function waitsForSignIn(view: UndoView, texts: Texts): readonly Element[] {
  const { record, undo, canGiveBack } = view;
  if (undo.waitsForSignIn !== true) return [];
  const signIn = canGiveBack ? execute('request.go-on', texts.say('button.sign-in'), dataOf(view)) : undefined;
  return waitingPart(record.request.requester.name, signIn, texts);
}

const givenBack = ({ steps }: RequestRecord) => steps.filter(({ action }) => action === 'reactivate');

const dataOf = ({ record, nonce }: UndoView) => ({ requestId: record.request.id, nonce });

const oneBack = ({ holdingId }: UndoItem, view: UndoView, texts: Texts): Action =>
  itemBack(holdingId, dataOf(view), texts);

/** The request that has suspended it, and its buttons' nonce for this person. */
export type GivesBack = ReturnType<typeof dataOf>;

export const itemBack = (holdingId: UndoItem['holdingId'], of: GivesBack, texts: Texts): Action =>
  execute('request.reactivate', texts.say('button.reactivate'), { ...of, holdingId });

export const allBack = (of: GivesBack, texts: Texts): Action =>
  execute('request.reactivate', texts.say('button.reactivate-all'), of);

/** One that is left suspended, and beside it the button that gives it back, where there is one. */
export const undoRow = (item: UndoItem, button: Action | undefined, texts: Texts): Element =>
  lineRow(toldOf(item, texts), button === undefined ? [] : [button], 'small');

/** What it is, what comes back with it, until when there is time, and what went wrong with the last try. */
function toldOf({ name, quantity, addOns, isUncertain, deletedAt, failed }: UndoItem, texts: Texts) {
  const small = { size: 'small', isSubtle: true, spacing: 'none' } as const;
  const said = texts.say('line.name', { name, quantity });
  const { status, code } = failed?.refused ?? {};
  const codes = [status, code].filter((part) => part !== undefined).join(' / ');
  return [
    sentence(failed === undefined ? said : texts.say('line.named', { name: said, said: stepState(failed, texts) }), {
      spacing: 'none',
    }),
    ...(isUncertain ? [sentence(texts.say('undo.uncertain'), small)] : []),
    ...(addOns.length === 0 ? [] : [sentence(texts.say('undo.with-add-ons', { count: addOns.length }), small)]),
    ...(deletedAt === undefined ? [] : [sentence(texts.say('undo.deleted', { date: texts.day(deletedAt) }), small)]),
    ...(failed === undefined ? [] : stepFault(failed, texts).map((line) => sentence(line, small))),
    ...(codes === '' ? [] : [fact(texts, texts.say('request.code'), codes, 'none')]),
  ];
}

/** What a message says about it before it is opened. */
export function undoSummary(domain: string, { items }: Pick<UndoStanding, 'items'>, texts: Texts): string {
  const days = items
    .map(({ deletedAt }) => deletedAt)
    .filter((at) => at !== undefined)
    .sort();
  const values = { count: items.length, domain };
  const [first] = days;
  return first === undefined
    ? texts.say('undo.summary-undated', values)
    : texts.say('undo.summary', { ...values, date: texts.day(first) });
}
