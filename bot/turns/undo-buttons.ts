import type { ActionData } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import { doesConfirm, doesName, withoutNames } from '../../dialogs/named-nonce.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { Person } from '../../services/people/person.ts';
import type { DecisionRefusal } from '../../services/requests/deciding/deciding.ts';
import { namedIn, undoOf, type UndoItem } from '../../services/requests/giving-back/giving-back.ts';
import type { Nonces } from '../../services/requests/nonces.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { ButtonAnswer } from './button-answer.ts';

export interface UndoButtonParts {
  readonly removals: Pick<RemovalRequests, 'find' | 'barsGivingBack' | 'giveBack' | 'noteRefused'>;
  readonly screen: Pick<RequestScreen, 'reactivate'>;
  readonly nonces: Pick<Nonces, 'isOfRequest'>;
  /** The card as it stands, with a sentence on top. */
  readonly present: (record: RequestRecord, person: Person, texts: Texts, problem?: string) => Promise<ButtonAnswer>;
  readonly missing: (texts: Texts) => ButtonAnswer;
  readonly refusalText: (why: DecisionRefusal, record: RequestRecord, texts: Texts) => string | undefined;
}

type UndoHandler = (
  data: ActionData<'request.reactivate'>,
  person: Person,
  texts: Texts,
  /** The message that was pressed. */
  cardId?: string,
) => Promise<ButtonAnswer>;

interface GoesOn {
  readonly 'request.go-on': (data: ActionData<'request.go-on'>, person: Person, texts: Texts) => Promise<ButtonAnswer>;
}

/** What is pressed beside what a request has left suspended: one of it, or all of it. */
export function createUndoButtons(
  parts: UndoButtonParts,
): Readonly<Record<'request.reactivate' | 'request.confirm-reactivate', UndoHandler>> & GoesOn {
  const { removals, screen, nonces, present, missing, refusalText } = parts;

  return {
    /** Signing in is all there is to it: what has waited for that goes on by itself. */
    async 'request.go-on'({ requestId }, person, texts) {
      const record = await removals.find(requestId);
      return record === undefined ? missing(texts) : present(record, person, texts);
    },
    async 'request.reactivate'({ requestId, nonce, holdingId, page = 0 }, person, texts) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      const items = itemsOf(record, holdingId);
      const why =
        (await removals.barsGivingBack(record, person)) ??
        (items.length > 0 && nonces.isOfRequest(withoutNames(nonce), person.id, record.request)
          ? undefined
          : 'stale-card');
      if (why !== undefined) {
        await removals.noteRefused(requestId, person, why, 'request.reactivate');
        return present(record, person, texts, refusalText(why, record, texts));
      }
      // What has come since the first page stands on none that was shown: they begin anew.
      const isSame = page === 0 || doesName(nonce, namedIn(items));
      const said = isSame ? { page } : { problem: texts.say('request.refused-stale-card') };
      return { shown: screen.reactivate(record, items, person, texts, { all: holdingId === undefined, ...said }) };
    },
    async 'request.confirm-reactivate'({ requestId, nonce, holdingId }, person, texts, cardId) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      const items = itemsOf(record, holdingId);
      const holdingIds = holdingId === undefined ? items.map((one) => one.holdingId) : [holdingId];
      const given = await removals.giveBack(requestId, {
        person,
        holdingIds,
        ...(cardId !== undefined && { messageId: cardId }),
        isCurrent: (request) =>
          nonces.isOfRequest(withoutNames(nonce), person.id, request) && doesConfirm(nonce, namedIn(items)),
      });
      if (given === undefined) return missing(texts);
      const problem = given.kind === 'refused' ? refusalText(given.why, given.record, texts) : undefined;
      return present(given.record, person, texts, problem);
    },
  };
}

/** All that is on the list, or one of it. */
const itemsOf = (record: RequestRecord, holdingId?: string): readonly UndoItem[] =>
  undoOf(record).items.filter((item) => holdingId === undefined || item.holdingId === holdingId);
