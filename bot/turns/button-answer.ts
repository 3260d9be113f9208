import type { Shown } from '../../dialogs/turn-facts.ts';

/** What a button is answered with: a card in its place, or a sentence where there is none. */
export type ButtonAnswer = { readonly shown: Shown } | { readonly sentence: string };
