import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { DECIDING_VERBS, readButton, type PressedButton } from '../../cards/actions.ts';
import { factsOf, type Shown } from '../../dialogs/turn-facts.ts';
import { shownBy, type ButtonAnswer } from './button-answer.ts';
import type { CardSignIn, SignInAnswer } from '../sign-in/card-sign-in.ts';
import type { BarButton, Buttons } from './buttons.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import { sentenceOf, type TellFault } from './faults.ts';
import type { LaterCards, SayLater } from './later-cards.ts';
import { inTime } from './slow-answers.ts';

const Invoke = z.looseObject({
  action: z.looseObject({ verb: z.unknown(), data: z.unknown() }),
  trigger: z.string().optional(),
});

/** What an invoke `adaptiveCard/action` is answered with, always with HTTP 200. @see "Universal Action Model" */
export type CardAnswer =
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.card.adaptive'; readonly value: object }
  | { readonly statusCode: 200; readonly type: 'application/vnd.microsoft.activity.message'; readonly value: string }
  | SignInAnswer;

/** The button of an Execute; automatic ones are sent by a client that shows a card, and by nobody. */
export function pressedIn(value: unknown): { readonly button?: PressedButton; readonly isAutomatic: boolean } {
  const invoke = Invoke.safeParse(value);
  if (!invoke.success) return { isAutomatic: false };
  const { action, trigger } = invoke.data;
  const button = readButton(action.verb, action.data);
  return { ...(button && { button }), isAutomatic: trigger === 'automatic' };
}

export interface CardInvokeParts {
  readonly buttons: Buttons;
  readonly laterCards: LaterCards;
  readonly sayLater: SayLater;
  readonly tellFault: TellFault;
  /** Missing where nobody signs in. */
  readonly signIn?: CardSignIn;
  /** Nobody is asked to sign in for what they may not do anyway. */
  readonly bar?: BarButton;
}

/**
 * Answers an Execute. What the pressing device sees as the answer, all others get as an edit of the message. An
 * answer that takes too long is said to be under way, and follows: a card as an edit too, a sentence by itself, so
 * that the card that was pressed stays.
 */
export function createCardInvoke({ buttons, laterCards, sayLater, tellFault, signIn, bar }: CardInvokeParts) {
  return async (context: TurnContext): Promise<CardAnswer> => {
    const { texts, person } = factsOf(context);
    const { button, isAutomatic } = pressedIn(context.activity.value);
    const { replyToId } = context.activity;
    if (button === undefined) return sentence(texts.say('fault.old-card'));
    // Nobody has pressed anything: a card that is looked at changes nothing.
    if (isAutomatic && button.verb !== 'request.show') return sentence(texts.say('fault.old-card'));

    // What a client shows by itself is seen on that device only.
    const place = isAutomatic ? undefined : replyToId;
    const answered = signedInFirst(context, button).then((answer) => shownBy(answer, place));
    const first = (await inTime(answered))?.answer;
    const edit = ({ shown, isShownBy, isAside }: Extract<ButtonAnswer, { readonly shown: Shown }>): void => {
      if (place === undefined || isAside === true) return;
      laterCards.show(person, place, Promise.resolve(shown), undefined, isShownBy && (() => isShownBy(place)));
    };
    const follow = (later: Promise<ButtonAnswer | SignInAnswer>): void => {
      void later.then(
        (answer) => {
          if ('statusCode' in answer) sayLater(person, afterWaiting(answer, texts), texts);
          else if ('shown' in answer) edit(answer);
          else sayLater(person, answer.sentence, texts);
        },
        (error: unknown) => {
          sayLater(person, sentenceOf(tellFault(context, error)), texts);
        },
      );
    };
    if (first === undefined) {
      follow(answered);
      return sentence(texts.say('fault.slow'));
    }
    if ('statusCode' in first) return first;
    if ('sentence' in first) return sentence(first.sentence);
    if (first.later !== undefined && replyToId !== undefined) laterCards.overtake(person, replyToId);
    if (first.later !== undefined) follow(first.later.then((answer) => shownBy(answer, place)));
    if (first.shown.isProvisional !== true) edit(first);
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: first.shown.card };
  };

  /** A button has no effect before whoever presses it is signed in, where it takes that. */
  async function signedInFirst(context: TurnContext, button: PressedButton): Promise<ButtonAnswer | SignInAnswer> {
    const { texts, person } = factsOf(context);
    const barred = signIn && (await bar?.(context, button));
    if (barred !== undefined) return barred;
    const asked = await signIn?.(context.activity.value, button, person, texts);
    if (asked?.kind === 'answer') return asked.body;
    if (asked?.kind === 'sentence') return { sentence: asked.text };
    return buttons(context, button);
  }
}

/** What Teams would have asked with is too late: the person has been answered already, and presses again. */
const afterWaiting = (answer: SignInAnswer, texts: Texts): string =>
  answer.statusCode === 412 ? answer.value.message : texts.say('sign-in.press-again');

export type CardInvoke = ReturnType<typeof createCardInvoke>;

export const sentence = (value: string): CardAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});

/** Whether a button does something that must not come from a client too old for Universal Actions. */
export const isDeciding = ({ verb }: PressedButton): boolean => DECIDING_VERBS.has(verb);
