import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { PressedButton } from '../cards/actions.ts';
import type { AdaptiveCard } from '../cards/adaptive-card.ts';
import { textsFor, type Language, type Texts } from '../cards/texts/texts.ts';
import type { Person } from '../services/people/person.ts';

/** What is known of a turn before any dialog sees it: who it is, as Teams attested, and what they pressed. */
export interface TurnFacts {
  readonly person: Person;
  readonly texts: Texts;
  readonly pressed?: PressedButton;
}

/** What a card is answered with, and what its toast says. */
export interface Shown {
  readonly card: AdaptiveCard;
  readonly summary: string;
  /** Another card follows in its place as soon as it can: this one goes to nobody but who asked. */
  readonly isProvisional?: boolean;
}

const FACTS = Symbol('facts');
const ANSWER = Symbol('answer');

export function setFacts(context: TurnContext, facts: Omit<TurnFacts, 'texts'>, fallbackLanguage: Language): TurnFacts {
  const whole = { ...facts, texts: textsFor(facts.person.locale, fallbackLanguage) };
  context.turnState.set(FACTS, whole);
  return whole;
}

export function factsOf(context: TurnContext): TurnFacts {
  const facts = context.turnState.get<TurnFacts | undefined>(FACTS);
  if (facts === undefined) throw new Error('the facts of a turn are set before its dialogs run');
  return facts;
}

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * Shows a card: in the place of the one whose button was pressed, or as a new message.
 *
 * @returns the id of the message that shows it.
 */
export async function reply(context: TurnContext, shown: Shown): Promise<string | undefined> {
  if (context.activity.type === (ActivityTypes.Invoke as string)) {
    context.turnState.set(ANSWER, shown);
    return context.activity.replyToId;
  }
  const { card, summary } = shown;
  const sent = await context.sendActivity({
    type: ActivityTypes.Message,
    summary,
    attachments: [{ contentType: ADAPTIVE_CARD, content: card }],
  });
  return sent?.id;
}

/** Says a sentence as a message of its own. Foreign text in it stays text. */
export async function say(context: TurnContext, text: string): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.Message, text, textFormat: 'plain' });
}

/** The card that a turn has answered a button with, if it has. */
export const answerOf = (context: TurnContext): Shown | undefined => context.turnState.get<Shown | undefined>(ANSWER);

/** What somebody typed, cleaned of what cannot be seen; empty for everything that is no typed message. */
export const isTyped = ({ activity }: TurnContext): boolean =>
  activity.type === (ActivityTypes.Message as string) && activity.value === undefined;
