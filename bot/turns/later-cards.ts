import { noticeCard } from '../../cards/notice-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { ShowLater } from '../../dialogs/later.ts';
import type { Person } from '../../services/people/person.ts';
import { isPartnerCenterFault } from './faults.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { SendError, type Messenger } from '../channel/messenger.ts';

/**
 * Puts cards in the place of shown ones after their turn has ended, one after another for each message, so that
 * an earlier picture never overtakes a later one. Best effort: what has to survive a crash goes through the outbox.
 */
export function createLaterCards(messenger: Messenger, log: Log): ShowLater {
  const last = new Map<string, Promise<void>>();

  return (person, messageId, shown) => {
    const { address } = person;
    // Whoever waits for it comes later than it may fail.
    shown.catch(() => undefined);
    if (address === undefined) return;
    const previous = last.get(messageId) ?? Promise.resolve();
    const done = previous.then(async () => {
      try {
        await messenger.edit({ ...person, address }, messageId, await shown);
      } catch (error) {
        if (!(error instanceof SendError) && !isPartnerCenterFault(error)) throw error;
        log.warn('a card could not be put in the place of another', { error: loggableError(error) });
      }
    });
    const settled = done.catch((error: unknown) => {
      log.error('a card could not be drawn', { error: loggableError(error) });
    });
    last.set(messageId, settled);
    void settled.then(() => {
      if (last.get(messageId) === settled) last.delete(messageId);
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
