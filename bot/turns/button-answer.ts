import type { Shown } from '../../dialogs/turn-facts.ts';

/** What a button is answered with: a card in its place, or a sentence where there is none. */
export type ButtonAnswer =
  | {
      readonly shown: Shown;
      /** What follows in its place after the turn. A fault is said below it, so that its buttons stay. */
      readonly later?: Promise<ButtonAnswer>;
      /**
       * Called with the message that shows it, so that it is settled with what it is about: before it does, and again once
       * it was edited in there, since that may have waited for so long that the card has gone on elsewhere.
       */
      readonly isShownBy?: (messageId: string) => Promise<void>;
      /** Only whoever pressed sees it, on that device: the message stays as it is. */
      readonly isAside?: true;
    }
  | { readonly sentence: string };

/** An answer of a button, whose card is known to be shown by this message from then on. */
export async function shownBy<T extends object>(
  answer: T | ButtonAnswer,
  messageId: string | undefined,
): Promise<T | ButtonAnswer> {
  if (messageId !== undefined && 'shown' in answer) await answer.isShownBy?.(messageId);
  return answer;
}
