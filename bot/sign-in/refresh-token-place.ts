import { ManagedIdentityCredential } from '@azure/identity';
import type { Clock } from '../../services/clock.ts';
import { appCredential, type AppRegistration, type Credential } from '../../services/sign-in/app-tokens.ts';
import type { Authority } from '../../services/sign-in/authority.ts';
import { refreshTokenFile } from '../../services/sign-in/refresh-token-file.ts';
import { refreshTokenVault } from '../../services/sign-in/refresh-token-vault.ts';
import type { RefreshTokenPlace } from '../../services/sign-in/refresh-token.ts';
import type { BotConfig } from '../config/bot.ts';
import { isLoopback } from '../config/loopback.ts';
import type { ServiceAccountConfig } from '../config/partner.ts';

export interface PlaceParts {
  readonly bot: BotConfig;
  readonly account: ServiceAccountConfig;
  /** The app that the account has given its consent to. */
  readonly registration: AppRegistration;
  readonly authority: Authority;
  readonly now: Clock;
}

/** Whose permissions count at the vault: those of the bot's managed identity, or of the app that the token was given to. */
export const opensVaultAs = ({
  auth,
  appType,
}: Pick<BotConfig, 'auth' | 'appType'>): 'MicrosoftAppId' | 'PARTNER_CENTER_APP_ID' =>
  auth === 'teams' && appType === 'UserAssignedMSI' ? 'MicrosoftAppId' : 'PARTNER_CENTER_APP_ID';

/** Where the refresh token of the service account lies, as configured. */
export function refreshTokenPlace({ bot, account, registration, authority, now }: PlaceParts): RefreshTokenPlace {
  if ('tokenFile' in account) return refreshTokenFile(account.tokenFile);
  const { appId } = bot;
  const newCredential = (): Credential =>
    opensVaultAs(bot) === 'MicrosoftAppId' && appId !== undefined
      ? new ManagedIdentityCredential({ clientId: appId })
      : appCredential(registration, authority);
  const { vaultUrl } = account;
  return refreshTokenVault({
    ...{ url: vaultUrl, newCredential, now },
    isStandIn: isLoopback(new URL(vaultUrl).hostname),
  });
}
