import { CallerIdConstants, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  type ConnectorClientOptions,
} from 'botframework-connector';
import type { BotConfig } from '../config/bot.ts';

/** Who the bot is towards Teams, and whom it believes to be Teams. */
export function authenticationFor(config: BotConfig, options: ConnectorClientOptions): BotFrameworkAuthentication {
  // For the SDK a bot without an id, or of no known type, is one that nobody has to sign anything for.
  const isKnown = config.appType !== undefined && config.appId !== undefined && config.appId !== '';
  if (config.auth === 'teams' && !isKnown) throw new Error('the bot has no identity');
  const told = config.auth === 'none' ? {} : { ...publicCloud(config), ...identityOf(config) };
  return new ConfigurationBotFrameworkAuthentication(told, undefined, undefined, undefined, options);
}

/** The SDK takes either all of these from itself or none: naming one of them leaves the others empty. */
const publicCloud = ({ openIdMetadataUrl }: BotConfig) => ({
  ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
  ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
  ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
  ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
  OAuthUrl: AuthenticationConstants.OAuthUrl,
  CallerId: CallerIdConstants.PublicAzureChannel,
});

const identityOf = ({ appId, appType, appTenantId, password, certificate }: BotConfig) => ({
  ...(appId !== undefined && { MicrosoftAppId: appId }),
  ...(appType !== undefined && { MicrosoftAppType: appType }),
  ...(appTenantId !== undefined && { MicrosoftAppTenantId: appTenantId }),
  ...(password && { MicrosoftAppPassword: password.reveal() }),
  ...(certificate && {
    CertificateThumbprint: certificate.thumbprint,
    CertificatePrivateKey: certificate.privateKey.reveal(),
  }),
});
