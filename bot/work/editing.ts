import type { Shown } from '../../dialogs/turn-facts.ts';
import { SendError, type Messenger, type Reachable } from '../channel/messenger.ts';

/** Puts another card into a message. @returns `false` for one that somebody has deleted: the card is sent anew. */
export async function edited(
  messenger: Pick<Messenger, 'edit'>,
  person: Reachable,
  messageId: string,
  shown: Shown,
): Promise<boolean> {
  try {
    await messenger.edit(person, messageId, shown);
    return true;
  } catch (error) {
    if (error instanceof SendError && error.fault === 'gone') return false;
    throw error;
  }
}
