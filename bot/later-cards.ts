import type { ShowLater } from '../dialogs/later.ts';
import { isPartnerCenterFault } from './faults.ts';
import type { Log } from './log.ts';
import { loggableError } from './loggable-error.ts';
import { SendError, type Messenger } from './messenger.ts';

/**
 * Puts cards in the place of shown ones after their turn has ended, one after another for each message, so that
 * an earlier picture never overtakes a later one. Best effort: what has to survive a crash goes through the outbox.
 */
export function createLaterCards(messenger: Messenger, log: Log): ShowLater {
  const last = new Map<string, Promise<void>>();

  return (person, messageId, shown) => {
    const { address } = person;
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
