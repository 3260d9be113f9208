import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import {
  AuthenticationConstants,
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';

/** So many addresses have a client; Teams has one a region. */
const MOST_CLIENTS = 20;

/**
 * The same client for the same address and identity. The SDK makes new ones in each turn and for each message, with
 * all that calls pass through, though all that one knows is where it leads to and who it speaks for.
 */
export class KeptClients extends ConfigurationBotFrameworkAuthentication {
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
