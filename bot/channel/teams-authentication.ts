import { CallerIdConstants } from 'botbuilder';
import {
  AuthenticationConstants,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ServiceClientCredentialsFactory,
  type AuthenticateRequestResult,
  type ConnectorClientOptions,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { BotToken } from './bot-token.ts';
import type { ChannelClaims } from './channel-token.ts';
import { KeptClients } from './kept-clients.ts';
import { SendError } from './messenger.ts';
import { isAllowedServiceUrl, type ServiceHosts } from './service-hosts.ts';

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;

export interface TeamsAuthenticationParts {
  readonly appId: string;
  readonly token: BotToken;
  readonly serviceHosts: ServiceHosts;
  readonly connector: ConnectorClientOptions;
}

/** The SDK's way of speaking without any authentication, for a bot that believes whoever reaches its port. */
export const noAuthentication = (connector: ConnectorClientOptions): BotFrameworkAuthentication =>
  new KeptClients({}, undefined, undefined, undefined, connector);

/**
 * What the SDK is told about who speaks with whom. It authenticates nothing: who sent a request is decided in front of
 * it, and handed over as a result. Outwards it speaks with the bot's own token.
 *
 * Every other way in is closed: streams, and bots that call this one as a skill of theirs.
 */
export class TeamsAuthentication extends BotFrameworkAuthentication {
  readonly #outwards: BotFrameworkAuthentication;

  constructor({ appId, token, serviceHosts, connector }: TeamsAuthenticationParts) {
    super();
    const factory = new BotCredentials(appId, { signRequest: signerOf(token, serviceHosts) });
    this.#outwards = new KeptClients({}, factory, undefined, undefined, connector);
  }

  /** A request that the guard has admitted, as the SDK wants to be told of it. */
  resultFor(claims: ChannelClaims): AuthenticateRequestResult {
    const said = Object.entries(claims).map(([type, value]) => ({ type, value: String(value) }));
    const claimsIdentity = new ClaimsIdentity(said, true);
    return {
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      callerId: CallerIdConstants.PublicAzureChannel,
      claimsIdentity,
      connectorFactory: this.createConnectorFactory(claimsIdentity),
    };
  }

  override createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory {
    return this.#outwards.createConnectorFactory(claimsIdentity);
  }
  override createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.#outwards.createUserTokenClient(claimsIdentity);
  }

  override authenticateRequest(): Promise<AuthenticateRequestResult> {
    return closed();
  }
  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return closed();
  }
  override authenticateChannelRequest(): Promise<ClaimsIdentity> {
    return closed();
  }
  override createBotFrameworkClient(): never {
    throw new Error('the bot has no skills');
  }
}

const closed = (): Promise<never> => Promise.reject(new Error('nobody is authenticated here'));

class BotCredentials extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #credentials: Credentials;

  constructor(appId: string, credentials: Credentials) {
    super();
    this.#appId = appId;
    this.#credentials = credentials;
  }
  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === this.#appId);
  }
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }
  override createCredentials(): Promise<Credentials> {
    return Promise.resolve(this.#credentials);
  }
}

/** Whoever else asks for the token is not given it, and the request does not leave. */
const signerOf =
  (token: BotToken, serviceHosts: ServiceHosts): Credentials['signRequest'] =>
  async (request) => {
    const { origin, pathname } = new URL(request.url);
    if (!isAllowedServiceUrl(origin + pathname, serviceHosts)) throw new SendError('refused');
    request.headers.set('authorization', `Bearer ${await token()}`);
    return request;
  };
