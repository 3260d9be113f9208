import type { HttpClient } from '@azure/core-rest-pipeline';
import { decodeJwt } from 'jose';
import type { Clock } from '../../services/clock.ts';
import type { Service } from '../../services/partner-center/token-source.ts';
import { appCredential, type AppRegistration } from '../../services/sign-in/app-tokens.ts';
import type { Authority } from '../../services/sign-in/authority.ts';
import { issuedInTime } from '../../services/sign-in/kept-token.ts';
import { APP_SCOPES } from '../../services/sign-in/scopes.ts';
import { VaultError } from '../../services/sign-in/refresh-token-vault.ts';
import { redeemRefreshToken } from '../../services/sign-in/service-account.ts';
import type { Config } from '../config/config.ts';
import type { Registration } from '../config/registration.ts';
import { checkAddress } from './check-address.ts';
import { checkApprovers } from './check-approvers.ts';
import { checkBotToken, checkChannelKeys } from './check-channel.ts';
import { checkGraph, type GraphParts, type GraphReading } from './check-graph.ts';
import { checkPartnerCenter } from './check-partner-center.ts';
import { checkFiles } from './check-files.ts';
import { checkSettings } from './check-settings.ts';
import { checkTab } from './check-tab.ts';
import { checkStore } from './check-store.ts';
import { checkTelemetry } from './check-telemetry.ts';
import { checkWebhook } from './check-webhook.ts';
import { opensVaultAs, refreshTokenPlace, type PlaceParts } from '../sign-in/refresh-token-place.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';
import { namedLists, roleMembers } from './named-people.ts';
import { ACCOUNT_APP, whyNoRefreshToken } from './why-no-refresh-token.ts';
import { whyNoToken, type TokenNames } from './why-no-token.ts';

export interface CheckWorld {
  readonly config: Config;
  readonly http: HttpClient;
  readonly fetch: typeof fetch;
  readonly now: Clock;
}

const SIGN_IN: TokenNames = {
  app: 'SIGN_IN_APP_ID',
  proof: ['SIGN_IN_SECRET', 'SIGN_IN_CERTIFICATE_PATH'],
  tenant: 'PARTNER_TENANT_ID',
};
const NO_MEMBERS: GraphReading = { findings: [], members: new Map() };

/**
 * Tries what the configuration names: every credential, and every service with a reading. Nothing is changed anywhere.
 * Findings come as they are found.
 */
export async function* checkConfig(world: CheckWorld): AsyncGenerator<Finding, void> {
  const { config, http, now } = world;
  const { bot, partner, partnerCenter, signIn } = config;
  yield* checkAddress(bot);
  yield checkTab(config);
  yield* checkSettings(config);
  yield* await checkFiles(config, now);
  yield* await checkStore(config);
  yield* await checkTelemetry(config.telemetry, world.fetch);
  yield* checkWebhook(config.webhook);
  yield await checkChannelKeys(bot, world.fetch);
  const authority: Authority = { url: partnerCenter.authorityUrl };
  yield await checkBotToken(bot, { authority, http, now });

  const { tenantId } = partner;
  if (partnerCenter.auth === 'none' || tenantId === undefined) {
    yield ok('sign-in', 'nobody signs in, since PARTNER_CENTER_AUTH is none; people are not looked up');
    yield* await checkPartnerCenter(partnerCenter, { http, now, reader: 'nobody', token: undefined });
    yield* checkApprovers(roleMembers(config.people, NO_MEMBERS.members), config);
    return;
  }
  const registered = (app: Registration): AppRegistration => registrationOf(app, tenantId);
  let graph: Pick<GraphParts, 'token' | 'app'> | undefined;
  let installing: GraphParts['installing'];

  if (signIn !== undefined) {
    const tried = await tryApp(registered(signIn), authority, 'graph', SIGN_IN, 'sign-in');
    yield tried.finding;
    if (tried.token !== undefined) graph = installing = { token: tried.token, app: 'SIGN_IN_APP_ID' };
  }
  const { app } = partnerCenter;
  let reading: { readonly reader: 'app-only' | 'service-account'; readonly token: string } | undefined;
  if (app === undefined) {
    yield warning(
      'background reads',
      'there is no app-only registration, so nothing is read unless somebody is signed in',
      'Set PARTNER_CENTER_APP_ID and its secret or certificate: see "The registrations" in docs/operations.md',
    );
  } else {
    const [forGraph, forPartnerCenter] = [
      await tryApp(registered(app), authority, 'graph', ACCOUNT_APP, 'background reads, Graph'),
      await tryApp(registered(app), authority, 'partner-center', ACCOUNT_APP, 'background reads, Partner Center'),
    ];
    yield forPartnerCenter.finding;
    yield forGraph.finding;
    if (forPartnerCenter.token !== undefined) reading = { reader: 'app-only', token: forPartnerCenter.token };
    graph = forGraph.token === undefined ? undefined : { token: forGraph.token, app: 'PARTNER_CENTER_APP_ID' };
  }
  if (partnerCenter.serviceAccount !== undefined && app !== undefined) {
    const account = await tryServiceAccount({
      ...{ bot, account: partnerCenter.serviceAccount, authority, now },
      registration: registered(app),
    });
    yield* account.findings;
    if (account.token !== undefined) reading = { reader: 'service-account', token: account.token };
  }

  if (reading === undefined) {
    yield warning(
      'Partner Center',
      'it was not read, since there is no token to read it with',
      app === undefined ? 'Write “sign in” to the bot to see whether it works in your name' : 'See the lines above',
    );
  } else yield* await checkPartnerCenter(partnerCenter, { http, now, ...reading });

  const lists = namedLists(config);
  const people =
    graph === undefined
      ? NO_MEMBERS
      : await checkGraph(lists, { url: partnerCenter.graphUrl, http, ...graph, ...(installing && { installing }) });
  if (graph === undefined) yield warning('Graph', 'the people who are named were not looked up', 'See the lines above');
  yield* people.findings;
  yield* checkApprovers(roleMembers(config.people, people.members), config);
}

async function tryApp(
  registration: AppRegistration,
  authority: Authority,
  service: Service,
  names: TokenNames,
  about: string,
): Promise<{ readonly finding: Finding; readonly token?: string }> {
  try {
    const { token } = await issuedInTime(() => appCredential(registration, authority).getToken(APP_SCOPES[service]));
    return { finding: ok(about, `Entra knows ${names.app} by what is configured`), token };
  } catch (error) {
    const { why, todo } = whyNoToken(error, names);
    return { finding: wrong(about, why, todo) };
  }
}

/** Reads the refresh token, and leaves it where it lies: it stays good. */
async function tryServiceAccount(
  parts: PlaceParts,
): Promise<{ readonly findings: readonly Finding[]; readonly token?: string }> {
  const about = 'service account';
  const { bot, account, registration, authority } = parts;
  const todo = 'Whoever approves is not seen at Partner Center: use PARTNER_CENTER_AUTH=on-behalf-of where you can';
  const findings: Finding[] = [];
  try {
    const refreshToken = await refreshTokenPlace(parts).read();
    if ('vaultUrl' in account) {
      const stored = 'whether a newer one can be stored is seen once the bot has started, and said in its log';
      findings.push(ok('key vault', `the refresh token can be read as ${opensVaultAs(bot)}; ${stored}`));
    }
    const { token } = await redeemRefreshToken(registration, authority, refreshToken, 'partner-center');
    return {
      findings: [...findings, warning(about, 'it works, and acts for everybody', todo), ...mfaIn(token)],
      token,
    };
  } catch (error) {
    const { why, todo: forIt } = whyNoRefreshToken(error, opensVaultAs(bot));
    return { findings: [...findings, wrong(error instanceof VaultError ? 'key vault' : about, why, forIt)] };
  }
}

/** Partner Center's token says how the account signed in, where it can be read. */
function mfaIn(token: string): readonly Finding[] {
  try {
    const { amr } = decodeJwt(token);
    if (!Array.isArray(amr) || amr.includes('mfa')) return [];
    const todo = 'Make the refresh token anew, signing in with one: see "Service account" in docs/operations.md';
    return [wrong('service account', 'it signed in without a second factor', todo)];
  } catch {
    return [];
  }
}

const registrationOf = ({ clientId, credential }: Registration, tenantId: string): AppRegistration => ({
  tenantId,
  clientId,
  proof: 'secret' in credential ? { secret: credential.secret.reveal() } : credential,
});
