import { MemoryStorage, type Activity, type TurnContext } from 'botbuilder';
import { createConversations } from '../../bot/turns/conversation.ts';
import { readCommand } from '../../bot/turns/commands.ts';
import { readButton } from '../../cards/actions.ts';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import { startOfWord } from '../../dialogs/remove-relationship-dialog.ts';
import { answerOf, setFacts } from '../../dialogs/turn-facts.ts';
import type { Person } from '../../services/people/person.ts';
import { buttonsOf, titlesOf, wordsOf, type Node } from '../cards/walk.ts';
import { Wire } from './wire.ts';
import type { World } from './world.ts';

/** A button of a card, as it was when the card was shown; it can be pressed long after. */
export interface HeldButton {
  readonly verb: string;
  readonly data: Node;
  readonly messageId: string;
}
type Inputs = Readonly<Record<string, string>>;
/** As an Execute, or as a client sends it that knows none: a message with a value. */
type How = 'execute' | 'submit';

/** One person's chat with the dialogs. Every turn reads the conversation's state from storage, as JSON, and saves it. */
export interface Talk {
  /** Writes something. @returns what is shown then. */
  says(text: string): Promise<string>;
  /** Presses a button of the newest card by its title, or one that was kept. @returns what is shown then. */
  presses(button: string | HeldButton, inputs?: Inputs, how?: How): Promise<string>;
  /** A button of the newest card by its title; `beside` names the line it stands on. */
  button(title: string, beside?: RegExp): HeldButton;
  /** Presses what no card of ours has. */
  forges(verb: string, data: Node, how?: How): Promise<string>;
  /** A card comes that no turn has asked for. */
  receives(card: AdaptiveCard): void;
  /** The newest card. */
  card(): AdaptiveCard;
  words(): string;
  titles(): readonly string[];
  /** What the toast of the newest message said. */
  toast(): string;
  /** What the inputs of the newest card hold. */
  inputs(): Inputs;
  /** Everything said without a card. */
  readonly sentences: readonly string[];
  /** Puts the cards in place that were to follow. */
  followUp(): Promise<void>;
  /** What lies in storage for this chat. */
  readonly storage: MemoryStorage;
}

export function converse(world: World, person: Person, storage = new MemoryStorage()): Talk {
  const wire = new Wire();
  const conversations = createConversations(world.dialog, storage);
  const cards = new Map<string, AdaptiveCard>();
  const sentences: string[] = [];
  let newest = '';

  const show = (messageId: string, card: AdaptiveCard): void => {
    cards.delete(messageId);
    cards.set(messageId, JSON.parse(JSON.stringify(card)) as AdaptiveCard);
    newest = messageId;
  };
  const turn = async (activity: Partial<Activity>, run: (context: TurnContext) => Promise<void>): Promise<string> => {
    const seen = wire.sent.length;
    const before = sentences.length;
    const whole = {
      channelId: 'msteams',
      conversation: { id: `chat-${person.id}`, conversationType: 'personal' },
      from: { id: person.teamsId, name: person.name, aadObjectId: person.id },
      ...activity,
    } as Partial<Activity>;
    await wire.turn(whole, async (context) => {
      await run(context);
      const answer = answerOf(context);
      if (answer !== undefined) show(activity.replyToId ?? 'nowhere', answer.card);
    });
    for (const { id, text, attachments } of wire.sent.slice(seen)) {
      if (text !== undefined) sentences.push(text);
      for (const { content } of attachments ?? []) show(id, content as AdaptiveCard);
    }
    return sentences.length > before ? sentences.slice(before).join('\n') : wordsOf(cards.get(newest));
  };
  const press = ({ verb, data, messageId }: HeldButton, inputs: Inputs = {}, how: How = 'execute'): Promise<string> => {
    const sent = { ...data, ...inputs };
    const pressed = readButton(verb, sent);
    if (pressed === undefined) throw new Error(`no button sends ${verb} with ${JSON.stringify(sent)}`);
    const activity: Partial<Activity> =
      how === 'execute'
        ? {
            type: 'invoke',
            name: 'adaptiveCard/action',
            value: { action: { type: 'Action.Execute', verb, data: sent }, trigger: 'manual' },
            replyToId: messageId,
          }
        : { type: 'message', value: sent, replyToId: messageId };
    return turn(activity, async (context) => {
      setFacts(context, { person, pressed }, 'en');
      await conversations.pressed(context, pressed);
    });
  };
  const held = (title: string, beside?: RegExp): HeldButton => {
    const card = cards.get(newest);
    const rows = beside === undefined ? [card] : rowsWith(card, beside);
    const button = rows.flatMap(buttonsOf).find((one) => one['title'] === title);
    if (button === undefined) throw new Error(`there is no “${title}” among ${titlesOf(card).join(', ')}`);
    return { verb: String(button['verb']), data: button['data'] as Node, messageId: newest };
  };

  return {
    says: (text) =>
      turn({ type: 'message', text }, async (context) => {
        setFacts(context, { person }, 'en');
        const { word, rest } = readCommand(text);
        if (word === 'remove' || word === 'watch' || word === 'dry-run')
          await conversations.start(context, startOfWord(word, rest));
        else if (!(await conversations.typed(context))) await context.sendActivity('(nobody waits for that)');
      }),
    presses: (button, inputs, how) => press(typeof button === 'string' ? held(button) : button, inputs, how),
    button: held,
    forges: (verb, data, how) => press({ verb, data: { verb, ...data }, messageId: newest }, {}, how),
    receives: (card) => {
      show(`outbox-${cards.size}`, card);
    },
    card: () => cards.get(newest)!,
    words: () => wordsOf(cards.get(newest)),
    titles: () => titlesOf(cards.get(newest)),
    toast: () => wire.sent.at(-1)?.summary ?? '',
    inputs: () => inputsOf(cards.get(newest)),
    sentences,
    storage,
    async followUp() {
      for (const [who, messageId, shown] of world.laterCards.splice(0))
        if (who.id === person.id) show(messageId, (await shown).card);
    },
  };
}

function rowsWith(card: unknown, words: RegExp): readonly Node[] {
  const { body } = card as { readonly body: readonly Node[] };
  return body.filter(
    ({ type, ...element }) =>
      (type === 'ColumnSet' || type === 'Container') && words.test(wordsOf({ type, ...element })),
  );
}

function inputsOf(card: unknown): Inputs {
  const { body } = card as { readonly body: readonly Node[] };
  return Object.fromEntries(
    body
      .filter(({ type }) => String(type).startsWith('Input.'))
      .map(({ id, value }) => [String(id), typeof value === 'string' ? value : '']),
  );
}
