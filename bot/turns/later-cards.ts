import { faultCard, noticeCard } from '../../cards/notice-card.ts';
import { textsFor, type Language, type Texts } from '../../cards/texts/texts.ts';
import type { ShowLater } from '../../dialogs/later.ts';
import type { NewId } from '../../services/ids.ts';
import type { Person } from '../../services/people/person.ts';
import type { Messenger, Outgoing } from '../channel/messenger.ts';
import { createQueues } from '../channel/queues.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { faultSentence, isPartnerCenterFault } from './faults.ts';

export interface LaterCardsParts {
  readonly messenger: Pick<Messenger, 'edit'>;
  readonly newId: NewId;
  readonly fallbackLanguage: Language;
  readonly log: Log;
}

/**
 * Puts cards in the place of shown ones after their turn has ended. The messenger keeps the order of edits; here cards
 * of one message wait for each other to be drawn, so that one that takes long never comes on top of a later one.
 * Best effort: what has to survive a crash goes through the outbox.
 */
export function createLaterCards({ messenger, newId, fallbackLanguage, log }: LaterCardsParts): ShowLater {
  const inTurn = createQueues();

  return (person, messageId, shown, again) => {
    const { address } = person;
    // It may fail before its turn comes.
    const drawn = shown.catch((error: unknown): Outgoing => {
      const reference = newId();
      log.error('a card could not be drawn', {
        requestId: reference,
        ...(isPartnerCenterFault(error) && { correlationId: error.ids.correlationId }),
        error: loggableError(error),
      });
      const texts = textsFor(person.locale, fallbackLanguage);
      const told = faultSentence(error, reference, texts);
      return { card: faultCard(told, again, texts), summary: texts.say('fault.summary') };
    });
    if (address === undefined) return;
    const done = inTurn(`${address.conversationId} ${messageId}`, async () => {
      await messenger.edit({ ...person, address }, messageId, await drawn);
    });
    done.catch((error: unknown) => {
      log.warn('a card could not be put in the place of another', { error: loggableError(error) });
    });
  };
}

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
