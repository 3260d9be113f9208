import { isRestError } from '@azure/core-rest-pipeline';
import { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import { DAY_MS, SECOND_MS, type Clock } from '../clock.ts';
import type { Credential } from './app-tokens.ts';
import { answeredInTime, TooLongError } from './kept-token.ts';
import { UNUSED_DAYS, type RefreshTokenPlace } from './refresh-token.ts';

/** What the secret is called. A vault is one deployment's, so there is nothing to tell apart by other names. */
export const REFRESH_TOKEN_SECRET = 'partner-center-refresh-token';

/**
 * Why a vault did not do what was asked.
 *
 * - `no-token`: Entra gives the bot no token for it; the cause says why.
 * - `unreachable`: no answer came, or not in time.
 * - `refused`: it takes the token of no tenant but its own.
 * - `forbidden`: the bot may not; `firewall`: not from there.
 * - `missing`: it has no such secret; `disabled`: not at the moment; `deleted`: it has one that was deleted.
 * - `no-refresh-token`: what the secret holds cannot be one.
 * - `unavailable`: it is in trouble, or is asked too often.
 */
export type VaultFault =
  | 'no-token'
  | 'unreachable'
  | 'refused'
  | 'forbidden'
  | 'firewall'
  | 'missing'
  | 'disabled'
  | 'deleted'
  | 'no-refresh-token'
  | 'unavailable';

/** Holds nothing of what is kept, nor of what the vault said but its status. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly fault: VaultFault;
  readonly status: number | undefined;
  constructor(fault: VaultFault, options?: ErrorOptions & { readonly status?: number }) {
    super(`the key vault did not do what was asked: ${fault}`, options);
    this.fault = fault;
    this.status = options?.status;
  }

  get isPassing(): boolean {
    return this.fault === 'unreachable' || this.fault === 'unavailable';
  }
}

export interface RefreshTokenVaultParts {
  /** An origin. */
  readonly url: string;
  /** One for each time that something is asked, since it keeps a refusal in its memory for a minute. */
  readonly newCredential: () => Credential;
  /**
   * Whether it says itself whom its tokens are for. Only for one on this machine: another vault would be given tokens that
   * open something else.
   */
  readonly isStandIn: boolean;
  readonly now: Clock;
  /** How long one answer may take, Entra's included (10 s). */
  readonly withinMs?: number;
}

/** In a vault: what is newest counts, and what was before stays there as an older version. */
export function refreshTokenVault(parts: RefreshTokenVaultParts): RefreshTokenPlace {
  const { url, newCredential, isStandIn, now, withinMs = 10 * SECOND_MS } = parts;
  const asked = async <T>(ask: (vault: SecretClient, abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    const vault = new SecretClient(url, telling(newCredential()), {
      disableChallengeResourceVerification: isStandIn,
      retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: SECOND_MS },
      redirectOptions: { maxRetries: 0 },
    });
    const over = new AbortController();
    try {
      return await answeredInTime(() => ask(vault, over.signal), { withinMs });
    } catch (error) {
      throw error instanceof VaultError ? error : vaultErrorOf(error);
    } finally {
      over.abort();
    }
  };
  const read = (): Promise<string> =>
    asked(async (vault, abortSignal) => {
      const { value = '' } = await vault.getSecret(REFRESH_TOKEN_SECRET, { abortSignal });
      if (!/^\S+$/.test(value.trim())) throw new VaultError('no-refresh-token');
      return value.trim();
    });

  return {
    read,
    async replace(used, newer) {
      // There is no way to say "if it still is this one". Who writes in between loses nothing: both of theirs are good.
      if ((await read()) !== used) return 'overtaken';
      await asked((vault, abortSignal) =>
        vault.setSecret(REFRESH_TOKEN_SECRET, newer, {
          abortSignal,
          contentType: 'refresh token of a Partner Center service account',
          expiresOn: new Date(now().getTime() + UNUSED_DAYS * DAY_MS),
        }),
      );
      return 'stored';
    },
  };
}

/** Entra's refusals are told from the vault's. */
const telling = (credential: Credential): Credential => ({
  async getToken(scopes, options) {
    try {
      return await credential.getToken(scopes, options);
    } catch (error) {
      throw new VaultError('no-token', { cause: error });
    }
  },
});

/** An error of the vault, as its library reads it. */
const Details = z.object({
  error: z.object({ code: z.string().nullish(), innerError: z.object({ code: z.string().nullish() }).nullish() }),
});

/** @see "Azure Key Vault REST API error codes" */
function vaultErrorOf(error: unknown): VaultError {
  if (error instanceof TooLongError) return new VaultError('unreachable');
  if (!isRestError(error)) return new VaultError('unavailable');
  if (error.statusCode === undefined) return new VaultError('unreachable');
  const { statusCode: status } = error;
  const said = Details.safeParse(error.details).data?.error;
  return new VaultError(faultOf(status, [said?.code, said?.innerError?.code]), { status });
}

function faultOf(status: number, codes: readonly (string | null | undefined)[]): VaultFault {
  switch (status) {
    case 401:
      return 'refused';
    case 403:
      if (codes.includes('SecretDisabled')) return 'disabled';
      return codes.some((code) => /^ForbiddenBy(Firewall|Connection)$/.test(code ?? '')) ? 'firewall' : 'forbidden';
    case 404:
      return 'missing';
    case 409:
      return 'deleted';
    default:
      return 'unavailable';
  }
}
