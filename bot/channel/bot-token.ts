import { setTimeout as delay } from 'node:timers/promises';
import { MINUTE_MS, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { Credential } from '../../services/partner-center/entra-token-source.ts';
import { SendError } from './messenger.ts';

/** The bot's own token, with which it calls Teams. @throws {SendError} `unavailable` when there is none to be had. */
export type BotToken = () => Promise<string>;

/** Whom the bot's token is for, in the public cloud. */
export const CONNECTOR_SCOPE = 'https://api.botframework.com/.default';

/** A token is not used any more when it is about to lapse on the way. */
const MARGIN_MS = 5 * MINUTE_MS;

export interface BotTokenParts {
  readonly credential: Credential;
  readonly now: Clock;
  /** How long asking for one may take (10 s). */
  readonly timeoutMs?: number;
}

/**
 * Keeps the bot's token in memory until five minutes before it lapses, and asks for it once however many calls wait for
 * it; the SDK would ask anew in every turn. What could not be had is asked for again by whoever needs it next.
 */
export function createBotToken({ credential, now, timeoutMs = 10 * SECOND_MS }: BotTokenParts): BotToken {
  let kept: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const timer = new AbortController();
    const late = delay(timeoutMs, undefined, { signal: timer.signal, ref: false });
    try {
      const answer = await Promise.race([credential.getToken(CONNECTOR_SCOPE), late]);
      if (answer == null) throw new Error('the credential gave no token');
      kept = answer;
      return answer.token;
    } catch (error) {
      throw new SendError('unavailable', {}, { cause: error });
    } finally {
      timer.abort();
      late.catch(() => undefined);
    }
  };

  return () => {
    if (kept !== undefined && kept.expiresOnTimestamp - MARGIN_MS > now().getTime()) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
