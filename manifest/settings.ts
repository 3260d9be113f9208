import { ConfigError, misspellings } from '../bot/config/config.ts';
import { isLoopback } from '../bot/config/loopback.ts';
import { defaultAppUri } from '../bot/config/sign-in.ts';
import { appUri, guid, oneOf, origin, textUpTo, webAddress } from '../bot/config/values.ts';
import { Variables, type Environment } from '../bot/config/variables.ts';

/** What differs between the packages of two partners. */
export interface AppSettings {
  /** The bot's app id, and that of the app in Teams' catalogue. */
  readonly appId: string;
  /** Where Teams and browsers reach the bot: an https origin. */
  readonly publicUrl: string;
  /** For single sign-on; missing where nobody signs in. */
  readonly signIn?: { readonly appId: string; readonly appUri: string };
  /** Who is named in Teams as the one who answers for the app, and the pages it links to. */
  readonly developer: Developer;
  /** Variables of the pages that were left to `publicUrl`. */
  readonly unnamedPages: readonly string[];
}

export interface Developer {
  readonly name: string;
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsOfUseUrl: string;
}

/** Teams shows no more. @see "App manifest schema", developer.name */
const LONGEST_NAME = 32;
const PAGES = ['DEVELOPER_WEBSITE_URL', 'DEVELOPER_PRIVACY_URL', 'DEVELOPER_TERMS_URL'] as const;

/**
 * Reads what a package needs, from the variables that the bot runs with.
 *
 * @throws {ConfigError} with all faults at once.
 */
export function parseAppSettings(env: Environment): AppSettings {
  const variables = new Variables(env);
  const appId = variables.required('MicrosoftAppId', guid, '');
  const publicUrl = variables.required('PUBLIC_URL', origin, '');
  if (publicUrl !== '' && !isReachable(publicUrl)) {
    variables.fault('PUBLIC_URL', 'must be an https address with a host name that Teams can reach');
  }
  const signIn = readSignIn(variables, appId, publicUrl);
  const [websiteUrl, privacyUrl, termsOfUseUrl] = PAGES.map((name) => pageOf(variables, name)) as [Page, Page, Page];
  const developer = {
    name: variables.withDefault('DEVELOPER_NAME', textUpTo(LONGEST_NAME), 'Reseller Offboarding'),
    websiteUrl: websiteUrl ?? publicUrl,
    privacyUrl: privacyUrl ?? publicUrl,
    termsOfUseUrl: termsOfUseUrl ?? publicUrl,
  };
  const faults = [...misspellings(env), ...variables.faults];
  if (faults.length > 0) throw new ConfigError(faults);
  const unnamedPages = PAGES.filter((name) => !variables.isSet(name));
  return { appId, publicUrl, ...(signIn && { signIn }), developer, unnamedPages };
}

type Page = string | undefined;

function pageOf(variables: Variables, name: (typeof PAGES)[number]): Page {
  const page = variables.optional(name, webAddress);
  if (page !== undefined && !page.startsWith('https:')) variables.fault(name, 'must be an https address');
  return page;
}

/** With a service account nobody signs in. */
function readSignIn(variables: Variables, appId: string, publicUrl: string): AppSettings['signIn'] {
  const auth = variables.withDefault(
    'PARTNER_CENTER_AUTH',
    oneOf('on-behalf-of', 'service-account', 'none'),
    'on-behalf-of',
  );
  if (auth === 'service-account') return undefined;
  const signInId = variables.required('SIGN_IN_APP_ID', guid, '');
  if (signInId !== '' && signInId === appId) {
    variables.fault(
      ['SIGN_IN_APP_ID', 'MicrosoftAppId'],
      'people sign in with another registration than the one of the bot',
    );
  }
  const uri = variables.optional('SIGN_IN_APP_URI', appUri);
  if (publicUrl === '') return undefined;
  return { appId: signInId, appUri: uri ?? defaultAppUri(publicUrl, appId) };
}

/** Nobody but this machine reaches a loopback address, and Teams takes no bare IP addresses and no plain http. */
function isReachable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isName = /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(hostname) && !/^[\d.]+$/.test(hostname);
  return protocol === 'https:' && !isLoopback(hostname) && isName;
}
