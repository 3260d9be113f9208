import { SendError } from './messenger.ts';
import { createTurns, type PaceParts } from './send-rates.ts';

export interface TurnWanted {
  /** Whoever would have to wait longer gets none. */
  readonly mostMs: number;
  /** The message that is changed: nobody else changes it meanwhile. */
  readonly changed?: string | undefined;
}

/**
 * Writes to a conversation when it is time.
 *
 * @throws {SendError} `throttled` when there is no turn soon enough, `unavailable` when nobody can tell.
 */
export type ConversationTurns = <T>(conversationId: string, wanted: TurnWanted, write: () => Promise<T>) => Promise<T>;

/** For a process that writes alone, and keeps changes of one message in order by itself. */
export function createOwnTurns(parts: PaceParts): ConversationTurns {
  const takeTurn = createTurns(parts);
  return async (conversationId, { mostMs }, write) => {
    const retryAfterMs = await takeTurn(conversationId, mostMs);
    if (retryAfterMs !== undefined) throw new SendError('throttled', { retryAfterMs });
    return write();
  };
}
