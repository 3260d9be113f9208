import type { Clock } from '../../services/clock.ts';
import type { NewId, UserId } from '../../services/ids.ts';
import { noTokens, type TokenSource } from '../../services/partner-center/token-source.ts';
import {
  appCredential,
  createAppTokens,
  type AppRegistration,
  type AppTokens,
} from '../../services/sign-in/app-tokens.ts';
import type { Authority } from '../../services/sign-in/authority.ts';
import { createAuthorizationCode } from '../../services/sign-in/authorization-code.ts';
import { createBrowserSignIn, type BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import { createExchange } from '../../services/sign-in/on-behalf-of.ts';
import type { Meantime } from '../../services/sign-in/meantime.ts';
import { createPeopleTokens, type PeopleTokens } from '../../services/sign-in/people-tokens.ts';
import { createServiceAccountTokens } from '../../services/sign-in/service-account.ts';
import { createReadSignedOn, ofThePerson, type ReadSignedOn } from '../../services/sign-in/sign-on-token.ts';
import { onBehalfOfTokens } from '../../services/sign-in/token-sources.ts';
import type { Config } from '../config/config.ts';
import type { Registration } from '../config/registration.ts';
import type { Log } from '../log.ts';
import { END_PATH, START_PATH } from './paths.ts';
import { refreshTokenPlace } from './refresh-token-place.ts';
import { createTellAccount } from './tell-account.ts';

/** Where tokens come from, and how people give the bot theirs. */
export interface Tokens {
  readonly source: TokenSource;
  /** Missing where nobody signs in. */
  readonly signIn?: {
    readonly people: PeopleTokens;
    readonly browser: BrowserSignIn;
    readonly readSignedOn: ReadSignedOn;
  };
  /** The bot's own, where it has a registration for that. */
  readonly app?: AppTokens;
  /**
   * Of the registration that the manifest of the Teams app names: Graph lets an app install itself by that one alone.
   *
   * @see "TeamsAppInstallation.ReadWriteSelfForUser.All", `webApplicationInfo`
   */
  readonly teamsApp?: AppTokens;
}

export interface TokensWorld {
  readonly config: Config;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** What is kept between two steps of a sign-in (in this process). */
  readonly meantime?: Meantime;
  /** Told of whoever has signed in (again). */
  readonly onSignedIn?: (person: UserId) => void;
}

/** As configured: each in their own name, one account for everybody, or no tokens at all. */
export function createTokens({ config, clock, newId, log, meantime, onSignedIn }: TokensWorld): Tokens {
  const { partner, partnerCenter, signIn } = config;
  const { tenantId } = partner;
  if (partnerCenter.auth === 'none' || tenantId === undefined) return { source: noTokens };
  const authority: Authority = { url: partnerCenter.authorityUrl };
  const app = appTokens(config, tenantId, authority, clock);

  if (partnerCenter.auth === 'service-account') {
    const { app: registered, serviceAccount } = partnerCenter;
    if (registered === undefined || serviceAccount === undefined) throw new Error('a service account is configured');
    const registration = registrationOf(registered, tenantId);
    const place = { bot: config.bot, account: serviceAccount, registration, authority, now: clock };
    const source = createServiceAccountTokens({
      ...{ registration, authority, now: clock },
      refreshToken: refreshTokenPlace(place),
      ...createTellAccount(config.bot, log, clock),
    });
    return { source, ...(app && { app }) };
  }

  if (signIn === undefined) throw new Error('the sign-in registration is configured');
  const registration = registrationOf(signIn, tenantId);
  const readSignedOn = createReadSignedOn({
    ...{ authority, tenantId, appId: signIn.clientId, appUri: signIn.appUri },
    now: clock,
  });
  const people = createPeopleTokens({
    readSignOn: ofThePerson(readSignedOn),
    exchange: createExchange(registration, authority),
    now: clock,
    ...(onSignedIn && { onSignedIn }),
  });
  const browser = createBrowserSignIn({
    code: createAuthorizationCode(registration, authority, `${signIn.publicUrl}${END_PATH}`),
    startUrl: `${signIn.publicUrl}${START_PATH}`,
    secret: config.auditKey.reveal(),
    wantedOf: (person) => people.wantedOf(person),
    ...(meantime && { meantime }),
    clock,
    newId,
  });
  // Reads that nobody waits for have a registration of their own, where there is one.
  const background = partnerCenter.app === undefined ? undefined : app;
  const teamsApp = createAppTokens(() => appCredential(registration, authority), clock);
  return {
    source: onBehalfOfTokens(people, background, signIn.authContext),
    signIn: { people, browser, readSignedOn },
    ...(app && { app }),
    teamsApp,
  };
}

const registrationOf = ({ clientId, credential }: Registration, tenantId: string): AppRegistration => ({
  tenantId,
  clientId,
  proof: 'secret' in credential ? { secret: credential.secret.reveal() } : credential,
});

/** Partner Center is asked with the registration for background reads, Graph with that one or else with the one for signing in. */
function appTokens(
  { partnerCenter, signIn }: Config,
  tenantId: string,
  authority: Authority,
  clock: Clock,
): AppTokens | undefined {
  const registered = partnerCenter.app ?? signIn;
  if (registered === undefined) return undefined;
  return createAppTokens(() => appCredential(registrationOf(registered, tenantId), authority), clock);
}
