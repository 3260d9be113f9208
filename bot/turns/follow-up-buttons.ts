import type { ActionData } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Person } from '../../services/people/person.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { Click, Decision } from '../../services/requests/deciding/deciding.ts';
import type { RemovalRequests } from '../../services/requests/removal-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import type { ReceiptFiles } from '../receipts/receipt-files.ts';
import type { ButtonAnswer } from './button-answer.ts';

export interface FollowUpButtonParts {
  readonly removals: Pick<RemovalRequests, 'find' | 'tick'>;
  readonly screen: Pick<RequestScreen, 'notice'>;
  readonly files: Pick<ReceiptFiles, 'offer' | 'saidOf'>;
  /** The card as it stands, with a sentence on top. */
  readonly present: (
    record: RequestRecord,
    person: Person,
    texts: Texts,
    problem?: string,
    notice?: string,
  ) => Promise<ButtonAnswer>;
  readonly missing: (texts: Texts) => ButtonAnswer;
  readonly clickOf: (nonce: string, person: Person) => Click;
  /** The card as it stands after a decision, or with why it does not count. */
  readonly decided: (decision: Decision | undefined, person: Person, texts: Texts) => Promise<ButtonAnswer>;
}

type Ticking = (data: ActionData<'request.tick'>, person: Person, texts: Texts) => Promise<ButtonAnswer>;

interface ToFileOrSend {
  readonly 'request.pdf': (
    data: ActionData<'request.pdf'>,
    person: Person,
    texts: Texts,
    cardId?: string,
  ) => Promise<ButtonAnswer>;
  readonly 'request.notice': (
    data: ActionData<'request.notice'>,
    person: Person,
    texts: Texts,
  ) => Promise<ButtonAnswer>;
}

/** What is pressed for what comes after a removal: what stays open is seen to, the receipt is filed, the customer is told. */
export function createFollowUpButtons(
  parts: FollowUpButtonParts,
): Readonly<Record<'request.tick' | 'request.untick', Ticking>> & ToFileOrSend {
  const { removals, screen, files, clickOf, decided, present, missing } = parts;
  const ticking =
    (isDone: boolean): Ticking =>
    async ({ requestId, nonce, point }, person, texts) =>
      decided(await removals.tick(requestId, { ...clickOf(nonce, person), point, isDone }), person, texts);
  return {
    'request.tick': ticking(true),
    'request.untick': ticking(false),
    async 'request.pdf'({ requestId }, person, texts, cardId) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      files.offer(record, person, texts, cardId);
      return present(record, person, texts, undefined, files.saidOf(requestId, person, texts));
    },
    async 'request.notice'({ requestId, language }, person, texts) {
      const record = await removals.find(requestId);
      if (record === undefined) return missing(texts);
      const shown = screen.notice(record, person, texts, language);
      return shown === undefined ? present(record, person, texts) : { shown };
    },
  };
}
