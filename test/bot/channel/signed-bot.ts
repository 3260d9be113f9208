import { CHAT_BOT_ID, CHAT_TENANT_ID } from '../../../sandbox/chat/chat.ts';
import { ChannelKeys, type Claims } from '../../../sandbox/channel/channel-keys.ts';
import { freePort } from '../../support/free-port.ts';
import { activityFrom, startJourney, type Journey, type JourneyOptions } from '../../support/journey.ts';
import { EntraDouble } from './entra-double.ts';

/** A call of the bot to Teams, as it left the bot. */
export interface SentCall {
  readonly url: string;
  readonly authorization: string | undefined;
}

/** The whole bot as it runs at work: Teams has to sign, and the bot speaks with a token of its own. */
export interface SignedBot {
  readonly journey: Journey;
  readonly keys: ChannelKeys;
  readonly entra: EntraDouble;
  /** All that the bot has sent to Teams. */
  readonly sent: readonly SentCall[];
  /** A token of the channel for this bot, with other claims where they are given. */
  token(more?: Claims): Promise<string>;
  /** What somebody says, as Teams would bring it. */
  message(more?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  post(body: unknown, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

export async function startSignedBot(options: JourneyOptions = {}): Promise<SignedBot> {
  const keys = await ChannelKeys.start();
  const entra = new EntraDouble();
  const sent: SentCall[] = [];
  const port = await freePort();
  const appId = CHAT_BOT_ID;
  const serviceUrl = `http://127.0.0.1:${port}/connector/`;
  const journey = await startJourney({
    installed: [],
    http: entra,
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.startsWith(keys.url))
        sent.push({ url, authorization: new Headers(init?.headers).get('authorization') ?? undefined });
      return fetch(input, init);
    },
    ...options,
    chat: { port, authorize: async () => `Bearer ${await keys.token({ appId, serviceUrl })}`, ...options.chat },
    env: {
      BOT_AUTH: 'teams',
      MicrosoftAppId: appId,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: CHAT_TENANT_ID,
      MicrosoftAppPassword: 'password-of-the-bot',
      ToBotFromChannelOpenIdMetadataUrl: keys.openIdMetadataUrl,
      CHANNEL_SERVICE_HOSTS: `127.0.0.1:${port}`,
      ...options.env,
    },
  });
  return {
    journey,
    keys,
    entra,
    sent,
    token: (more) => keys.token({ appId, serviceUrl }, more),
    message: (more) => activityFrom(journey, 'requester', { type: 'message', text: 'help', ...more }),
    async post(body, headers) {
      const response = await fetch(journey.botUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Connection: 'close', ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await journey.close();
      await keys.close();
    },
  };
}
