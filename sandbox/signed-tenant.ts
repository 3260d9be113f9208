import { writeFileSync } from 'node:fs';
import { admitsBot } from './channel/bot-tokens.ts';
import { ChannelKeys } from './channel/channel-keys.ts';
import {
  CHAT_BOT_ID,
  CHAT_TENANT_ID,
  MANAGER_OBJECT_ID,
  REQUESTER_OBJECT_ID,
  type Chat,
  type Person,
  type TeamsManners,
} from './chat/chat.ts';
import { startEntra } from './entra/entra.ts';
import type { EntraStandIn } from './entra/stand-in.ts';
import type { DirectorySettings, User } from './graph/directory.ts';

export const SIGN_IN_APP = '6a1f7d52-0b3c-4f4e-8a55-9d2c1e7b3f60';
export const BACKGROUND_APP = '3c5d9e71-8f20-4a6b-b7d4-0e1f2a3b4c5d';
/** What the bot's registration may ask Graph for, as an administrator has consented to it. */
const GRAPH_ROLES = [
  ...(['User.Read.All', 'GroupMember.Read.All', 'AppCatalog.Read.All'] as const),
  ...(['TeamsAppInstallation.ReadWriteSelfForUser.All', 'DelegatedAdminRelationship.Read.All'] as const),
];
const [ASKING, DECIDING] = ['0d4b1c7e-93a5-4f26-8e1b-5a7c20d9f314', 'e81f5a06-2c4d-4b97-a3f8-17d60b92c5e3'];
const SECRET = 'what the stand-in of Entra knows the apps by';

/** Whom its directory knows: those who chat, and a group each for what they may do. */
export const directoryOf = (people: readonly Person[]): DirectorySettings => ({
  users: people.map(userOf),
  groups: [
    { id: ASKING, displayName: 'Offboarding', members: [REQUESTER_OBJECT_ID] },
    { id: DECIDING, displayName: 'Offboarding managers', members: [MANAGER_OBJECT_ID] },
  ],
});

const userOf = ({ aadObjectId, name, key }: Person): User => ({
  id: aadObjectId,
  displayName: name,
  userPrincipalName: `${key}@partner.example`,
  userType: 'Member',
  accountEnabled: true,
});

/** A tenant in which nobody is believed: Teams signs, the bot has a token of its own, and people sign in. */
export interface SignedTenant {
  readonly entra: EntraStandIn;
  readonly keys: ChannelKeys;
  /** How Teams is towards the bot there. */
  readonly manners: Required<Pick<TeamsManners, 'authorize' | 'signOn' | 'admits'>>;
  /** What the bot's environment holds to be that bot. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts Entra, and publishes the keys with which Teams signs.
 *
 * @param chat what plays Teams; it is also where people reach the bot's pages.
 * @param caFile is written: the certificate that the bot has to trust.
 */
export async function startSignedTenant(
  chat: Pick<Chat, 'url' | 'serviceUrl' | 'people'>,
  caFile: string,
): Promise<SignedTenant> {
  const { host } = new URL(chat.url);
  const appIdUri = `api://${host}/${SIGN_IN_APP}`;
  const keys = await ChannelKeys.start();
  const entra = await startEntra({
    tenantId: CHAT_TENANT_ID,
    plainSignInPage: true,
    apps: [
      { clientId: CHAT_BOT_ID, name: 'The bot', secret: SECRET, redirectUris: [] },
      {
        clientId: SIGN_IN_APP,
        secret: SECRET,
        redirectUris: [`${chat.url}/auth/end`],
        appIdUri,
        name: 'Reseller Offboarding',
        roles: GRAPH_ROLES,
      },
      { clientId: BACKGROUND_APP, secret: SECRET, redirectUris: [], roles: GRAPH_ROLES },
    ],
    people: chat.people.map(accountOf),
  });
  writeFileSync(caFile, entra.ca);

  return {
    entra,
    keys,
    manners: {
      authorize: async () => `Bearer ${await keys.token({ appId: CHAT_BOT_ID, serviceUrl: chat.serviceUrl })}`,
      signOn: { token: ({ aadObjectId }) => Promise.resolve(entra.ssoToken(aadObjectId)) },
      admits: admitsBot(entra, CHAT_BOT_ID),
    },
    env: {
      PUBLIC_URL: chat.url,
      BOT_AUTH: 'teams',
      MicrosoftAppId: CHAT_BOT_ID,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: CHAT_TENANT_ID,
      MicrosoftAppPassword: SECRET,
      ToBotFromChannelOpenIdMetadataUrl: keys.openIdMetadataUrl,
      CHANNEL_SERVICE_HOSTS: host,
      PARTNER_CENTER_AUTH: 'on-behalf-of',
      AZURE_AUTHORITY_HOST: entra.url,
      SIGN_IN_APP_ID: SIGN_IN_APP,
      SIGN_IN_SECRET: SECRET,
      SIGN_IN_APP_URI: appIdUri,
      PARTNER_CENTER_APP_ID: BACKGROUND_APP,
      PARTNER_CENTER_APP_SECRET: SECRET,
      REQUESTERS: `group:${ASKING}`,
      APPROVERS: `group:${DECIDING}`,
      NODE_EXTRA_CA_CERTS: caFile,
      // Whatever leads this machine to the outside does not lead to itself.
      NO_PROXY: '127.0.0.1',
    },
    close: async () => {
      await Promise.all([entra.close(), keys.close()]);
    },
  };
}

const accountOf = ({ aadObjectId, name, key }: Person) => ({
  objectId: aadObjectId,
  name,
  userPrincipalName: `${key}@partner.example`,
  userType: 'member' as const,
  enabled: true,
});
