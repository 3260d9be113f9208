import { SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Credential } from '../../services/sign-in/app-tokens.ts';
import { issuedInTime, keepToken } from '../../services/sign-in/kept-token.ts';
import { SendError } from './messenger.ts';

/** The bot's own token, with which it calls Teams. @throws {SendError} `unavailable` when there is none to be had. */
export type BotToken = () => Promise<string>;

/** Whom the bot's token is for, in the public cloud. */
export const CONNECTOR_SCOPE = 'https://api.botframework.com/.default';

export interface BotTokenParts {
  /** One for each time that a token is asked for. */
  readonly newCredential: () => Credential;
  readonly now: Clock;
  /** How long asking for one may take (10 s). */
  readonly timeoutMs?: number;
}

/**
 * Keeps the bot's token, and asks for it once however many calls wait for it; the SDK would ask anew in every turn.
 * What could not be had is asked for again by whoever needs it next.
 */
export function createBotToken({ newCredential, now, timeoutMs = 10 * SECOND_MS }: BotTokenParts): BotToken {
  const kept = keepToken(
    () => issuedInTime(() => newCredential().getToken(CONNECTOR_SCOPE), { withinMs: timeoutMs }),
    now,
  );
  return () =>
    kept.get().catch((error: unknown) => {
      throw new SendError('unavailable', {}, { cause: error });
    });
}
