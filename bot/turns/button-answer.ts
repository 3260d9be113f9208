import type { Shown } from '../../dialogs/turn-facts.ts';

/** What a button is answered with: a card in its place, or a sentence where there is none. */
export type ButtonAnswer =
  | {
      readonly shown: Shown;
      /** What follows in its place after the turn. A fault is said below it, so that its buttons stay. */
      readonly later?: Promise<ButtonAnswer>;
    }
  | { readonly sentence: string };
