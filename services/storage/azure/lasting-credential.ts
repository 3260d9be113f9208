import type { AccessToken, TokenCredential } from '@azure/identity';
import { MINUTE_MS } from '../../clock.ts';

/** A token is renewed so long before its end. */
const RENEWED_BEFORE_MS = 5 * MINUTE_MS;
/** What ends sooner may have ended when it arrives. */
const LEAST_MS = MINUTE_MS / 2;

/**
 * A credential whose token is asked for once, whoever needs it, and is not given up with the call that it was asked for:
 * the first one may take longer than any call is waited for.
 */
export function lastingCredential(credential: TokenCredential, now = Date.now): TokenCredential {
  let asked: Promise<AccessToken | null> | undefined;
  let kept: AccessToken | null = null;

  const ask = async (scopes: string | string[]): Promise<AccessToken | null> => {
    try {
      kept = await credential.getToken(scopes);
      return kept;
    } finally {
      asked = undefined;
    }
  };
  return {
    getToken(scopes) {
      const leftMs = kept === null ? 0 : kept.expiresOnTimestamp - now();
      if (leftMs > RENEWED_BEFORE_MS) return Promise.resolve(kept);
      asked ??= ask(scopes);
      if (leftMs <= LEAST_MS) return asked;
      // Nobody waits for the next one while there is one; whether it came shows the next time.
      asked.catch(() => undefined);
      return Promise.resolve(kept);
    },
  };
}
