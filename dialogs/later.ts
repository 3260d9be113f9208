import type { TurnContext } from 'botbuilder';
import type { Again } from '../cards/notice-card.ts';
import type { Person } from '../services/people/person.ts';
import { factsOf, type Shown } from './turn-facts.ts';

/**
 * Puts another card in the place of one that was shown before; made for a turn that has ended meanwhile. Where there
 * is none in the end, a card says why, and has a button for what can be read `again`.
 */
export type ShowLater = (person: Person, messageId: string, shown: Promise<Shown>, again?: Again) => void;

/** A turn waits for a reading no longer than this: then it says *reading…* and ends. */
export const LONGEST_WAIT_MS = 400;

export interface Waiting {
  readonly showLater: ShowLater;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * What is wanted, where it comes quickly; otherwise `meanwhile` is shown, and the card follows in its place.
 *
 * @returns the card to show now.
 */
export async function soonOr(
  context: TurnContext,
  wanted: Promise<Shown>,
  meanwhile: () => Shown,
  again: Again,
  { showLater, sleep }: Waiting,
): Promise<{ readonly shown: Shown; readonly followUp: (messageId: string | undefined) => void }> {
  const { person } = factsOf(context);
  const first = await Promise.race([wanted, sleep(LONGEST_WAIT_MS).then(() => undefined)]);
  if (first !== undefined) return { shown: first, followUp: () => undefined };
  return {
    shown: { ...meanwhile(), isProvisional: true },
    followUp(messageId) {
      if (messageId !== undefined) showLater(person, messageId, wanted, again);
    },
  };
}
