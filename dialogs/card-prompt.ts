import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogTurnResult } from './sdk-dialogs.ts';
import type { PressedButton, Verb } from '../cards/actions.ts';
import { withoutNames } from './named-nonce.ts';
import { factsOf, isTyped, reply, say, type Shown } from './turn-facts.ts';

/** A card that waits, and the nonce of its buttons: another card's do not answer it. */
export interface ShownPrompt {
  readonly shown: Shown;
  readonly nonce?: string;
  /** Told which message shows the card, for what follows in its place; not kept. */
  readonly onShown?: (messageId: string | undefined) => void;
}

/** What was pressed, or typed where that is an answer too. */
export type Pressed<V extends Verb> = Extract<PressedButton, { readonly verb: V }>;
export interface Typed {
  readonly verb: 'typed';
  readonly text: string;
}

/**
 * Shows a card and waits until one of its buttons is pressed. Dialogs of the Bot Framework go on with
 * messages only, and would drop an `Action.Execute` without a word; this takes what the turn's facts say was
 * pressed, whichever way it came.
 */
export class CardPrompt<T> extends Dialog {
  /** What an answer is; in the types only. */
  declare readonly answer?: T;
  readonly #verbs: ReadonlySet<string>;
  readonly #takesText: boolean;

  private constructor(id: string, verbs: readonly Verb[], takesText: boolean) {
    super(id);
    this.#verbs = new Set(verbs);
    this.#takesText = takesText;
  }

  /** Typed text is told to use the card. */
  static ofButtons<V extends Verb>(id: string, verbs: readonly V[]): CardPrompt<Pressed<V>> {
    return new CardPrompt(id, verbs, false);
  }
  /** Typed text is an answer as well. */
  static ofButtonsAndText<V extends Verb>(id: string, verbs: readonly V[]): CardPrompt<Pressed<V> | Typed> {
    return new CardPrompt(id, verbs, true);
  }

  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    const { shown, nonce, onShown } = options as ShownPrompt;
    if (dc.activeDialog) dc.activeDialog.state = { nonce };
    const messageId = await reply(dc.context, shown);
    onShown?.(messageId);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { pressed } = factsOf(dc.context);
    if (pressed !== undefined) return this.#fits(pressed, dc) ? dc.endDialog(pressed) : Dialog.EndOfTurn;
    if (!isTyped(dc.context)) return Dialog.EndOfTurn;
    const text = textOf(dc.context);
    if (this.#takesText && text !== '') return dc.endDialog({ verb: 'typed', text });
    await say(dc.context, factsOf(dc.context).texts.say('help.card-needed'));
    return Dialog.EndOfTurn;
  }

  #fits({ verb, data }: PressedButton, dc: DialogContext): boolean {
    const { nonce } = (dc.activeDialog?.state ?? {}) as { readonly nonce?: string };
    return this.#verbs.has(verb) && (!('nonce' in data) || withoutNames(data.nonce) === nonce);
  }
}

const textOf = ({ activity }: TurnContext): string => ((activity.text as string | undefined) ?? '').trim();
