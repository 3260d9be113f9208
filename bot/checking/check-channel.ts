import { SECOND_MS } from '../../services/clock.ts';
import { issuedInTime } from '../../services/sign-in/kept-token.ts';
import { botCredential, type CredentialWorld } from '../channel/bot-credential.ts';
import { CONNECTOR_SCOPE } from '../channel/bot-token.ts';
import { fetchPublishedKeys, KeysError, type KeysFault } from '../channel/published-keys.ts';
import { PUBLISHED_KEYS } from '../channel/teams-adapter.ts';
import type { BotConfig } from '../config/bot.ts';
import { ok, wrong, type Finding } from './finding.ts';
import { whyNoToken } from './why-no-token.ts';

const NAMES = {
  app: 'MicrosoftAppId',
  proof: ['MicrosoftAppPassword', 'CertificatePrivateKey'],
  tenant: 'MicrosoftAppTenantId',
} as const;

/** Whether the bot can show who it is to Teams. */
export async function checkBotToken(config: BotConfig, world: CredentialWorld): Promise<Finding> {
  const about = 'bot token';
  if (config.auth === 'none') return ok(about, 'none is needed, since BOT_AUTH is none');
  try {
    await issuedInTime(() => botCredential(config, world).getToken(CONNECTOR_SCOPE));
    return ok(about, 'Entra gives the bot a token for Teams');
  } catch (error) {
    const { why, todo } = whyNoToken(error, NAMES);
    return wrong(about, why, todo);
  }
}

const KEY_FAULTS: Readonly<Record<KeysFault, string>> = {
  unavailable: 'they cannot be fetched',
  'too-large': 'what is there are no keys',
  malformed: 'what is there are no keys',
  address: 'they are said to be on another host',
  'no-keys': 'none of them is for Teams',
};

/** Whether Teams can show who it is to the bot. */
export async function checkChannelKeys({ auth, openIdMetadataUrl }: BotConfig, send: typeof fetch): Promise<Finding> {
  const about = 'channel keys';
  if (auth === 'none') return ok(about, 'none are needed, since BOT_AUTH is none');
  const url = openIdMetadataUrl ?? PUBLISHED_KEYS;
  try {
    const keys = await fetchPublishedKeys(url, send, AbortSignal.timeout(10 * SECOND_MS));
    return ok(about, `${keys.size} keys of the Bot Framework can be fetched`);
  } catch (error) {
    const fault = error instanceof KeysError ? KEY_FAULTS[error.fault] : KEY_FAULTS.unavailable;
    const name = openIdMetadataUrl === undefined ? '' : ', and check ToBotFromChannelOpenIdMetadataUrl';
    return wrong(about, fault, `Let the bot reach ${new URL(url).host} over https (proxy, firewall)${name}`);
  }
}
