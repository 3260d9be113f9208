import { ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { readButton, type PressedButton } from '../../cards/actions.ts';
import { faultCard } from '../../cards/notice-card.ts';
import type { Language } from '../../cards/texts/texts.ts';
import { factsOf, isTyped, reply, say, setFacts } from '../../dialogs/turn-facts.ts';
import { cleanName } from '../../services/clean-text.ts';
import type { Clock } from '../../services/clock.ts';
import { isGuid, type UserId } from '../../services/ids.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import { hasRole, type Roles } from '../../services/people/roles.ts';
import type { ReceiptFiles } from '../receipts/receipt-files.ts';
import type { ChatSignIn } from '../sign-in/chat-sign-in.ts';
import { takesPerson } from '../sign-in/needs-person.ts';
import { shownBy } from './button-answer.ts';
import type { BarButton, Buttons } from './buttons.ts';
import { isDeciding, pressedIn, sentence, type CardInvoke } from './card-invoke.ts';
import type { CustomerSearch } from './customer-search.ts';
import { sentenceOf, type TellFault } from './faults.ts';
import type { FreshRoles } from './fresh-roles.ts';
import type { SayLater } from './later-cards.ts';
import { createNaming } from './names.ts';
import { notePressed } from '../telemetry/turns.ts';
import type { Arrivals } from '../work/arrivals.ts';
import { inTime, OutlastingTurn } from './slow-answers.ts';
import type { TypedWords } from './typed-words.ts';

export interface OffboardingBotParts {
  readonly people: People;
  readonly typedWords: TypedWords;
  readonly buttons: Buttons;
  readonly bar: BarButton;
  readonly cardInvoke: CardInvoke;
  readonly customerSearch: CustomerSearch;
  readonly freshRoles: FreshRoles;
  readonly arrivals: Arrivals;
  readonly sayLater: SayLater;
  readonly roles: Roles;
  readonly files: Pick<ReceiptFiles, 'answered'>;
  readonly tellFault: TellFault;
  readonly clock: Clock;
  readonly fallbackLanguage: Language;
  /** The tag of the language that the partner's directory has somebody prefer, where it says one. */
  readonly languageOf: (person: UserId) => string | undefined;
  /** Missing where nobody signs in. */
  readonly signIn?: ChatSignIn;
}

/**
 * One turn: who it is, what they did, and who answers that. Decides nothing itself. Whatever goes wrong is said in
 * a sentence, and the conversation goes on.
 */
export function createOffboardingBot(parts: OffboardingBotParts) {
  const { people, typedWords } = parts;
  const named = createNaming(people);

  return async (turn: TurnContext): Promise<void> => {
    const context = new OutlastingTurn(turn);
    const { activity } = context;
    const person = personOf(context);
    const pressed = buttonOf(context);
    if (pressed) notePressed(pressed);
    setFacts(context, { person, ...(pressed && { pressed }) }, parts.fallbackLanguage);
    try {
      if (activity.conversation.conversationType !== 'personal') await elsewhere(context);
      else await personal(context);
    } catch (error) {
      await tellFault(context, error);
    }
  };

  async function personal(context: TurnContext): Promise<void> {
    const { type } = context.activity;
    if (type === (ActivityTypes.InstallationUpdate as string)) return installation(context);
    // Read receipts, reactions, who has joined or left: there is nothing to say to that, and somebody who has just
    // removed the app would be taken for reachable again.
    if (type !== (ActivityTypes.Message as string) && type !== (ActivityTypes.Invoke as string)) return;
    await learn(await recognise(context));
    if (type === (ActivityTypes.Invoke as string)) return invoked(context);
    return soon(context, isTyped(context) ? typedWords.answer(context) : submitted(context));
  }

  /** What takes longer than Teams waits is said to be under way, and goes on after the turn. */
  async function soon(context: TurnContext, answered: Promise<void>): Promise<void> {
    if ((await inTime(answered)) !== undefined) return;
    const { person, texts } = factsOf(context);
    answered.catch((error: unknown) => {
      parts.sayLater(person, sentenceOf(parts.tellFault(context, error)), texts);
    });
    // Not within the turn: where Teams takes nothing from us, it is to have its answer from us all the same.
    parts.sayLater(person, texts.say('fault.slow'), texts);
  }

  /**
   * Welcomes once: Teams says twice that somebody has added the app, and this is the one that says also when it is gone. Who
   * adds it again soon finds the welcome further up.
   */
  async function installation(context: TurnContext): Promise<void> {
    const { person } = factsOf(context);
    if (context.activity.action?.startsWith('remove') === true) return people.forgetAddress(person.id);
    const isNew = await learn(await recognise(context));
    if (isNew && (await people.welcome(person.id, parts.clock()))) await typedWords.welcome(context);
  }

  /** Has the rest of the turn know what they are called, and their language where Teams names none this time. */
  async function recognise(context: TurnContext): Promise<Person> {
    const facts = factsOf(context);
    const { id, locale } = facts.person;
    const spoken = locale === '' ? await languageKnown(id) : locale;
    const person = await named(context, { ...facts.person, locale: spoken });
    setFacts(context, { ...facts, person }, parts.fallbackLanguage);
    return person;
  }

  /** The language somebody had, or else prefers; empty where neither is known. */
  async function languageKnown(id: UserId): Promise<string> {
    const { locale = '' } = (await people.find(id)) ?? {};
    return locale === '' ? (parts.languageOf(id) ?? '') : locale;
  }

  /** @returns whether they can be written to since now: then what waits for them is sent. */
  async function learn(person: Person): Promise<boolean> {
    const before = await people.learn(person);
    const isNew = before?.address === undefined;
    if (isNew) await parts.arrivals(person.id);
    return isNew;
  }

  /** What somebody wanted before they had signed in. */
  async function goOnWith(before: TurnContext): Promise<void> {
    const pressed = buttonOf(before);
    setFacts(before, { person: personOf(before), ...(pressed && { pressed }) }, parts.fallbackLanguage);
    await recognise(before);
    return soon(before, isTyped(before) ? typedWords.answer(before) : submitted(before));
  }

  async function invoked(context: TurnContext): Promise<void> {
    const { name } = context.activity;
    const value: unknown = context.activity.value;
    const { person, texts } = factsOf(context);
    if (name === 'adaptiveCard/action') return respond(context, await parts.cardInvoke(context));
    if (name === 'application/search') {
      await parts.freshRoles(person.id);
      return respond(context, parts.customerSearch(value, person, texts));
    }
    if (name === 'fileConsent/invoke' && (await fileAnswered(context))) return respond(context);
    const answer = await parts.signIn?.invoked(context, goOnWith);
    if (answer !== undefined) return respond(context, answer.body, answer.status);
  }

  /** A receipt was to be put among somebody's files. @returns whether it is known what was answered. */
  async function fileAnswered(context: TurnContext): Promise<boolean> {
    const { person, texts } = factsOf(context);
    const { replyToId } = context.activity;
    const value: unknown = context.activity.value;
    await parts.freshRoles(person.id);
    if (hasRole(parts.roles, person.id)) return parts.files.answered(value, replyToId, person, texts);
    parts.sayLater(person, texts.say('fault.not-a-requester'), texts);
    return true;
  }

  /** A client too old for Universal Actions sends a button as a message with a value. */
  async function submitted(context: TurnContext): Promise<void> {
    const { pressed, texts } = factsOf(context);
    if (pressed === undefined) return say(context, texts.say('fault.old-card'));
    if (isDeciding(pressed)) return say(context, texts.say('help.old-teams'));
    const barred = await parts.bar(context, pressed);
    if (barred === undefined && takesPerson(pressed) && (await parts.signIn?.ask(context)) === true) return;
    const answer = barred ?? (await parts.buttons(context, pressed));
    if ('sentence' in answer) return context.responded ? undefined : say(context, answer.sentence);
    if (!context.responded) await shownBy(answer, await reply(context, answer.shown));
  }

  /** One-to-one chats only: anywhere else nobody's data is shown, and nobody is learnt to be written to. */
  async function elsewhere(context: TurnContext): Promise<void> {
    const { texts } = factsOf(context);
    const words = [texts.say('help.elsewhere'), ...linkToChat(context)].join(' ');
    if (isAdded(context)) await say(context, words);
    else await tell(context, words);
  }

  /** On a card, where there can be one, with what is quoted small below. */
  async function tellFault(context: TurnContext, error: unknown): Promise<void> {
    const told = parts.tellFault(context, error);
    const { type, conversation } = context.activity;
    const { texts } = factsOf(context);
    if (type === (ActivityTypes.Message as string) && conversation.conversationType === 'personal')
      await reply(context, { card: faultCard(told, undefined, texts), summary: told.words });
    else await tell(context, sentenceOf(told));
  }

  async function tell(context: TurnContext, text: string): Promise<void> {
    const { type, name } = context.activity;
    if (type === (ActivityTypes.Invoke as string)) {
      if (name === 'adaptiveCard/action') await respond(context, sentence(text));
    } else if (type === (ActivityTypes.Message as string)) await say(context, text);
  }
}

export type OffboardingBot = ReturnType<typeof createOffboardingBot>;

const respond = async (context: TurnContext, body?: object, status = 200): Promise<void> => {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status, ...(body && { body }) } });
};

/** Somebody has added the bot to a team or to a chat of several people. */
const isAdded = ({ activity: { type, action } }: TurnContext): boolean =>
  type === (ActivityTypes.InstallationUpdate as string) && action === 'add';

/** Where one talks to the bot alone. @see "Deep link to a chat" */
function linkToChat({ activity: { recipient } }: TurnContext): readonly string[] {
  const { id } = recipient as { readonly id?: unknown };
  const isBot = typeof id === 'string' && id.startsWith('28:') && isGuid(id.slice('28:'.length));
  return isBot ? [`https://teams.microsoft.com/l/chat/0/0?users=${id}`] : [];
}

/** Who it is, as the channel attests it; never anything inside a card. */
function personOf({ activity }: TurnContext): Person {
  const { from, conversation, recipient, serviceUrl } = activity;
  const { tenantId } = conversation as { readonly tenantId?: string };
  if (from.aadObjectId === undefined) throw new Error('an admitted activity names its sender');
  return {
    id: from.aadObjectId,
    name: cleanName(nameOf(from)) || from.aadObjectId,
    teamsId: from.id,
    locale: localeOf(activity),
    address: {
      conversationId: conversation.id,
      serviceUrl,
      tenantId: tenantId ?? '',
      botId: recipient.id,
    },
  };
}

const Client = z.object({ type: z.literal('clientInfo'), locale: z.string().min(1) });

/** The language of the activity, or of the client that it comes from; empty where Teams names neither. */
function localeOf({ locale, entities }: TurnContext['activity']): string {
  const told: readonly unknown[] = [{ type: 'clientInfo', locale }, ...(Array.isArray(entities) ? entities : [])];
  const [client] = told.flatMap((one) => Client.safeParse(one).data ?? []);
  return client?.locale ?? '';
}

/** Missing where Teams names nobody, whatever the types say. */
const nameOf = ({ name = '' }: { readonly name?: string }): string => name;

function buttonOf({ activity }: TurnContext): PressedButton | undefined {
  const { type, name } = activity;
  const value: unknown = activity.value;
  if (type === (ActivityTypes.Invoke as string))
    return name === 'adaptiveCard/action' ? pressedIn(value).button : undefined;
  if (type !== (ActivityTypes.Message as string) || typeof value !== 'object' || value === null) return undefined;
  return readButton((value as { readonly verb?: unknown }).verb, value);
}
