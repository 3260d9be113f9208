import { CallerIdConstants, ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import {
  AuthenticationConstants,
  type AuthenticateRequestResult,
  type BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorClientOptions,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { BotConfig } from '../config/bot.ts';

/** Who the bot is towards Teams, and whom it believes to be Teams. */
export function authenticationFor(config: BotConfig, options: ConnectorClientOptions): BotFrameworkAuthentication {
  // For the SDK a bot without an id, or of no known type, is one that nobody has to sign anything for.
  const isKnown = config.appType !== undefined && config.appId !== undefined && config.appId !== '';
  if (config.auth === 'teams' && !isKnown) throw new Error('the bot has no identity');
  const told = config.auth === 'none' ? {} : { ...publicCloud(config), ...identityOf(config) };
  return new KeptClients(told, undefined, undefined, undefined, options);
}

/** So many addresses have a client; Teams has one a region. */
const MOST_CLIENTS = 20;

/**
 * The same client for the same address and identity. The SDK makes new ones in each turn and for each message, with
 * all that calls pass through, though all that one knows is where it leads to and who it speaks for.
 */
class KeptClients extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Promise<ConnectorClient>>();
  readonly #tokenClients = new Map<string, Promise<UserTokenClient>>();

  override async authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(activity, authHeader);
    const { connectorFactory, claimsIdentity } = result;
    return {
      ...result,
      ...(connectorFactory && { connectorFactory: this.#keeping(connectorFactory, claimsIdentity) }),
    };
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return this.#keeping(super.createConnectorFactory(claimsIdentity), claimsIdentity);
  }

  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return kept(this.#tokenClients, identityIn(claimsIdentity), () => super.createUserTokenClient(claimsIdentity));
  }

  #keeping(factory: ConnectorFactory, claimsIdentity: ClaimsIdentity): ConnectorFactory {
    const identity = identityIn(claimsIdentity);
    return new KeptConnectors((serviceUrl, audience) =>
      kept(this.#connectors, JSON.stringify([identity, serviceUrl, audience]), () =>
        factory.create(serviceUrl, audience),
      ),
    );
  }
}

class KeptConnectors extends ConnectorFactory {
  readonly create: ConnectorFactory['create'];

  constructor(create: ConnectorFactory['create']) {
    super();
    this.create = create;
  }
}

/** As whom the SDK would make a client. */
const identityIn = (identity: ClaimsIdentity): string =>
  identity.getClaimValue(AuthenticationConstants.AudienceClaim) ??
  identity.getClaimValue(AuthenticationConstants.AppIdClaim) ??
  '';

/** What could not be made is not kept, and of too many the oldest is not. */
function kept<T>(known: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = make();
  known.set(name, made);
  made.catch(() => known.delete(name));
  for (const oldest of [...known.keys()].slice(0, -MOST_CLIENTS)) known.delete(oldest);
  return made;
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
