import { faultCard, noticeCard, type Again } from '../../cards/notice-card.ts';
import { textsFor, type Language, type Texts } from '../../cards/texts/texts.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import type { NewId } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import { isReachable, type Messenger, type Outgoing, type Reachable } from '../channel/messenger.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { isPartnerCenterFault, toldOf } from './faults.ts';

export interface LaterCardsParts {
  readonly messenger: Pick<Messenger, 'edit'>;
  readonly newId: NewId;
  readonly fallbackLanguage: Language;
  readonly log: Log;
}

/**
 * Cards in the place of shown ones, after their turn has ended. Best effort: what has to survive a crash goes through
 * the outbox.
 */
export interface LaterCards {
  /** @param whenShown called once the message was edited, or may have been. */
  readonly show: (
    person: Person,
    messageId: string,
    shown: Promise<Shown>,
    again?: Again,
    whenShown?: () => Promise<void>,
  ) => void;
  /** A message has just been answered with a card that is not edited in: what is still on its way is older. */
  readonly overtake: (person: Person, messageId: string) => void;
}

interface Drawn {
  readonly shown: Outgoing;
  readonly whenShown: (() => Promise<void>) | undefined;
}

/** A message that is to show another card. */
interface Waiting {
  /** How many cards were asked for: only the last of them is still wanted. */
  asked: number;
  /** Drawn, and not sent yet. */
  card: Drawn | undefined;
  /** How many are being drawn or sent. */
  busy: number;
  isSending: boolean;
}

/**
 * Of several cards of one message only the one that was asked for last is of use: one that takes long to be drawn, or
 * waits for its turn in the conversation, never comes on top of a later one.
 */
export function createLaterCards({ messenger, newId, fallbackLanguage, log }: LaterCardsParts): LaterCards {
  const messages = new Map<string, Waiting>();

  const draw = (person: Person, shown: Promise<Outgoing>, again: Again | undefined): Promise<Outgoing> =>
    shown.catch((error: unknown) => {
      const reference = newId();
      log.error('a card could not be drawn', {
        requestId: reference,
        ...(isPartnerCenterFault(error) && { correlationId: error.ids.correlationId }),
        error: loggableError(error),
      });
      const texts = textsFor(person.locale, fallbackLanguage);
      const told = toldOf(error, reference, texts);
      return { card: faultCard(told, again, texts), summary: texts.say('fault.summary') };
    });

  const send = async (to: Reachable, messageId: string, message: Waiting): Promise<void> => {
    if (message.isSending) return;
    message.isSending = true;
    while (message.card !== undefined) {
      const turn: { hasCome: boolean; taken?: Drawn | undefined } = { hasCome: false };
      const take = (): Outgoing | undefined => {
        turn.hasCome = true;
        turn.taken = message.card;
        message.card = undefined;
        return turn.taken?.shown;
      };
      try {
        await messenger.edit(to, messageId, take);
      } catch (error) {
        if (!turn.hasCome) message.card = undefined;
        log.warn('a card could not be put in the place of another', { error: loggableError(error) });
      }
      try {
        await turn.taken?.whenShown?.();
      } catch (error) {
        log.warn('what shows a card could not be noted', { error: loggableError(error) });
      }
    }
    message.isSending = false;
  };

  return {
    show(person, messageId, shown, again, whenShown) {
      const drawn = draw(person, shown, again);
      if (!isReachable(person)) return;
      const key = keyOf(person, messageId);
      const message = messages.get(key) ?? { asked: 0, card: undefined, busy: 0, isSending: false };
      messages.set(key, message);
      const number = overtake(message);
      message.busy += 1;
      void (async () => {
        const card = await drawn;
        if (number === message.asked) {
          message.card = { shown: card, whenShown };
          await send(person, messageId, message);
        }
        message.busy -= 1;
        if (message.busy === 0) messages.delete(key);
      })();
    },
    overtake(person, messageId) {
      const message = isReachable(person) ? messages.get(keyOf(person, messageId)) : undefined;
      if (message !== undefined) overtake(message);
    },
  };
}

function overtake(message: Waiting): number {
  message.asked += 1;
  message.card = undefined;
  return message.asked;
}

const keyOf = ({ address }: Reachable, messageId: string): string => `${address.conversationId} ${messageId}`;

/** Says a sentence after its turn has ended, where there is no card to say it on. It may be foreign text. */
export type SayLater = (person: Person, text: string, texts: Texts) => void;

export const createLaterWords =
  (messenger: Pick<Messenger, 'send'>, log: Log): SayLater =>
  (person, text, texts) => {
    const { address } = person;
    if (address === undefined) return;
    messenger.send({ ...person, address }, { card: noticeCard(text, texts), summary: text }).catch((error: unknown) => {
      log.warn('a sentence could not be said', { error: loggableError(error) });
    });
  };
