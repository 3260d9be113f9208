import { refuseGraph, type Answer } from '../partner-center/api/answers.ts';
import { isObject, type Json, type JsonObject } from '../partner-center/json.ts';
import { sameId } from '../partner-center/world/ids.ts';
import type { Directory, Installation, User } from './directory.ts';
import type { Switches } from './faults.ts';
import { conditionsOf, pageOf, selected } from './query.ts';

/** One call as its handler sees it. */
export interface Call {
  readonly directory: Directory;
  readonly switches: Switches;
  readonly address: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  /** Told when an app was installed for somebody. */
  readonly installed: (installation: Installation) => void;
}

export type Handler = (call: Call) => Answer;

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata';
/** Not `accountEnabled` and not `userType`: they come only when asked for. */
const USER_MEMBERS = ['businessPhones', 'displayName', 'mail', 'userPrincipalName', 'id'];

const notThere = (what: string): Answer =>
  refuseGraph(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );
const badRequest = (message: string): Answer => refuseGraph(400, 'BadRequest', message);

const userBody = (user: User): JsonObject => ({
  ...{ id: user.id, displayName: user.displayName, userPrincipalName: user.userPrincipalName },
  ...{ userType: user.userType, accountEnabled: user.accountEnabled },
  preferredLanguage: user.preferredLanguage ?? null,
  mail: user.userPrincipalName,
  businessPhones: [],
});

const withUser =
  (handler: (call: Call, user: User) => Answer): Handler =>
  (call) => {
    const named = call.params['user'] ?? '';
    const user = call.directory.user(named);
    return user === undefined ? notThere(named) : handler(call, user);
  };

/** @see Microsoft Graph, "Get a user" */
export const getUser = withUser(({ address }, user) => ({
  status: 200,
  body: {
    '@odata.context': `${METADATA}#users/$entity`,
    ...selected(userBody(user), address.searchParams, USER_MEMBERS),
  },
}));

/** @see Microsoft Graph, "List manager" */
export const getManager = withUser(({ directory, address }, { managerId }) => {
  const manager = managerId === undefined ? undefined : directory.user(managerId);
  if (manager === undefined) return notThere('manager');
  return {
    status: 200,
    body: {
      '@odata.context': `${METADATA}#directoryObjects/$entity`,
      '@odata.type': '#microsoft.graph.user',
      ...selected(userBody(manager), address.searchParams, USER_MEMBERS),
    },
  };
});

/**
 * Users in a group and in all groups of it. The cast is an advanced query: without `ConsistencyLevel: eventual` and
 * `$count=true` it is refused.
 *
 * @see Microsoft Graph, "List group transitive members"
 */
export const listTransitiveUsers: Handler = ({ directory, switches, address, params, headers }) => {
  const query = address.searchParams;
  const named = params['group'] ?? '';
  const group = directory.group(named);
  if (group === undefined) return notThere(named);
  const isAdvanced = headers['consistencylevel']?.toLowerCase() === 'eventual' && query.get('$count') === 'true';
  if (!isAdvanced)
    return refuseGraph(
      400,
      'Request_UnsupportedQuery',
      'The specified filter to the reference property query is currently not supported.',
    );
  const top = Number(query.get('$top') ?? 100);
  if (!Number.isInteger(top) || top < 1 || top > 999)
    return refuseGraph(
      400,
      'Request_UnsupportedQuery',
      `Invalid page size specified: '${query.get('$top') ?? ''}'. Must be between 1 and 999 inclusive.`,
    );
  const users = directory.usersOf(group);
  return {
    status: 200,
    body: {
      '@odata.context': `${METADATA}#users`,
      ...(!query.has('$skiptoken') && { '@odata.count': users.length }),
      ...pageOf(
        users.map((user) => selected(userBody(user), query, USER_MEMBERS)),
        address,
        switches.pageCap,
      ),
    },
  };
};

/** @see Microsoft Graph, "List teamsApp" */
export const listTeamsApps: Handler = ({ directory, address }) => {
  const conditions = conditionsOf(address.searchParams.get('$filter'));
  if (conditions === undefined) return badRequest('The filter is not supported.');
  const apps = directory.teamsApps
    .map(({ id, externalId, displayName }) => ({ id, externalId, displayName, distributionMethod: 'organization' }))
    .filter((app) =>
      conditions.every(({ field, value }) => sameId(String((app as JsonObject)[field] as string | undefined), value)),
    );
  return { status: 200, body: { '@odata.context': `${METADATA}#appCatalogs/teamsApps`, value: apps } };
};

/** @see Microsoft Graph, "Install app for user" */
export const installApp = withUser(({ directory, switches, body, installed }, user) => {
  const bound = isObject(body) ? body['teamsApp@odata.bind'] : undefined;
  const [, appId] = /\/appCatalogs\/teamsApps\/([^/]+)$/i.exec(typeof bound === 'string' ? bound : '') ?? [];
  if (appId === undefined) return badRequest("The property 'teamsApp@odata.bind' is missing or not valid.");
  const app = directory.teamsApps.find(({ id }) => sameId(id, appId));
  if (app === undefined) return refuseGraph(404, 'NotFound', 'The app was not found in the catalogue.');
  if (switches.appBlockedFor.some((id) => sameId(id, user.id)))
    return refuseGraph(403, 'Forbidden', 'The app is blocked for this user by an app permission policy.');
  if (directory.installationsOf(user.id).some((one) => one.app === app))
    return refuseGraph(409, 'Conflict', 'The app is already installed in the personal scope of this user.');
  installed(directory.install(user.id, app));
  return { status: 201 };
});

/** @see Microsoft Graph, "List apps installed for user" */
export const listInstalledApps = withUser(({ directory, address }, user) => {
  const query = address.searchParams;
  const conditions = conditionsOf(query.get('$filter'));
  if (conditions === undefined) return badRequest('The filter is not supported.');
  const expanded = (query.get('$expand') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const fits = ({ app }: Installation): boolean =>
    conditions.every(({ field, value }) => {
      if (field === 'teamsApp/externalId') return sameId(app.externalId, value);
      return (field === 'teamsApp/id' || field === 'teamsAppDefinition/teamsAppId') && sameId(app.id, value);
    });
  const value = directory
    .installationsOf(user.id)
    .filter(fits)
    .map(({ id, app: { version = '1.0.0', ...app } }) => ({
      id,
      ...(expanded.includes('teamsapp') && { teamsApp: { ...app, distributionMethod: 'organization' } }),
      ...(expanded.includes('teamsappdefinition') && {
        teamsAppDefinition: { id: `${id}=`, teamsAppId: app.id, displayName: app.displayName, version },
      }),
    }));
  return { status: 200, body: { '@odata.count': value.length, value } };
});
