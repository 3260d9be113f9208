import type { BotConfig } from './bot.ts';
import type { PartnerCenterConfig } from './partner.ts';
import { readRegistration, type Registration } from './registration.ts';
import { appUri, authContext } from './values.ts';
import type { Variables } from './variables.ts';

/** How people sign in, so that the bot acts in their names. */
export interface SignInConfig extends Registration {
  /** The Application ID URI of the registration. */
  readonly appUri: string;
  /** Where people reach the pages to sign in on. */
  readonly publicUrl: string;
  /** A Conditional Access authentication context that whoever approves or removes has to meet. */
  readonly authContext?: string;
}

/** @see "Enable SSO for your bot": the host is one of the manifest's valid domains */
export const defaultAppUri = (publicUrl: string, appId: string): string =>
  `api://${new URL(publicUrl).host}/botid-${appId}`;

const NAMES = {
  id: 'SIGN_IN_APP_ID',
  secret: 'SIGN_IN_SECRET',
  certificatePath: 'SIGN_IN_CERTIFICATE_PATH',
} as const;

/** @returns `undefined` where nobody signs in, or where a fault was noted. */
export function readSignIn(
  variables: Variables,
  { auth }: Pick<PartnerCenterConfig, 'auth'>,
  { appId, publicUrl }: Pick<BotConfig, 'appId' | 'publicUrl'>,
): SignInConfig | undefined {
  const registration = readRegistration(variables, NAMES);
  const named = variables.optional('SIGN_IN_APP_URI', appUri);
  const context = variables.optional('APPROVAL_AUTH_CONTEXT', authContext);
  if (auth !== 'on-behalf-of') {
    if (context !== undefined)
      variables.fault(
        ['APPROVAL_AUTH_CONTEXT', 'PARTNER_CENTER_AUTH'],
        'nobody signs in, so nothing can be stepped up',
      );
    return undefined;
  }
  if (!variables.isSet(NAMES.id)) variables.fault(NAMES.id, 'is required');
  if (registration !== undefined && registration.clientId === appId) {
    variables.fault([NAMES.id, 'MicrosoftAppId'], 'people sign in with another registration than the one of the bot');
  }
  if (!variables.isSet('PUBLIC_URL')) variables.fault('PUBLIC_URL', 'is required, since people sign in there');
  if (registration === undefined || publicUrl === undefined) return undefined;
  const uri = named ?? (appId === undefined ? undefined : defaultAppUri(publicUrl, appId));
  if (uri === undefined && !variables.isSet('SIGN_IN_APP_URI')) {
    variables.fault('SIGN_IN_APP_URI', 'is required where the bot has no MicrosoftAppId');
  }
  if (uri === undefined) return undefined;
  return { ...registration, appUri: uri, publicUrl, ...(context !== undefined && { authContext: context }) };
}
