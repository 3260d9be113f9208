import { MINUTE_MS, type Clock } from '../../services/clock.ts';
import type { ServiceAccountParts } from '../../services/sign-in/service-account.ts';
import { whyNoRefreshToken } from '../checking/why-no-refresh-token.ts';
import type { BotConfig } from '../config/bot.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { opensVaultAs } from './refresh-token-place.ts';

/** Every call asks anew while there is no token. */
const TOLD_EVERY_MS = MINUTE_MS;

/** Tells a log what is wrong with the service account and what to do about it. */
export function createTellAccount(
  bot: Pick<BotConfig, 'auth' | 'appType'>,
  log: Log,
  clock: Clock,
): Required<Pick<ServiceAccountParts, 'onNoToken' | 'onNotStored'>> {
  let toldAtMs = -Infinity;
  const words = (error: unknown): string => {
    const { why, todo } = whyNoRefreshToken(error, opensVaultAs(bot));
    return `${why}. ${todo}.`;
  };
  return {
    onNoToken(error) {
      const nowMs = clock().getTime();
      if (nowMs - toldAtMs < TOLD_EVERY_MS) return;
      toldAtMs = nowMs;
      log.error(`the service account has no token, so nothing is read or changed: ${words(error)}`, {
        error: loggableError(error),
      });
    },
    onNotStored(error) {
      log.warn(
        `a newer refresh token could not be stored; the one that is stored stays good, and it is tried again: ${words(error)}`,
        { error: loggableError(error) },
      );
    },
  };
}
