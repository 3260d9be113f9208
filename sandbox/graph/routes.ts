import {
  getManager,
  getUser,
  installApp,
  listInstalledApps,
  listTeamsApps,
  listTransitiveUsers,
  type Handler,
} from './calls.ts';

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
  /** Any of these permissions is enough, for people as for applications. */
  readonly permissions: readonly string[];
}

/** `:name` stands for one segment. */
const route = (method: string, path: string, handler: Handler, permissions: readonly string[]): Route => ({
  method,
  pattern: new RegExp(`^/v1\\.0${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`, 'i'),
  handler,
  permissions,
});

const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_GROUPS = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.Read.All', 'Directory.Read.All'];
const READ_CATALOGUE = ['AppCatalog.Read.All', 'AppCatalog.ReadWrite.All', 'AppCatalog.Submit'];
const forAll = (names: readonly string[]): string[] => names.flatMap((name) => [name, `${name}.All`]);
const INSTALL = forAll(['TeamsAppInstallation.ReadWriteSelfForUser', 'TeamsAppInstallation.ReadWriteForUser']);
const READ_INSTALLED = [...forAll(['TeamsAppInstallation.ReadForUser']), ...INSTALL];

export const routes: readonly Route[] = [
  route('GET', '/users/:user', getUser, READ_USERS),
  route('GET', '/users/:user/manager', getManager, READ_USERS),
  route('GET', '/groups/:group/transitiveMembers/microsoft\\.graph\\.user', listTransitiveUsers, READ_GROUPS),
  route('GET', '/appCatalogs/teamsApps', listTeamsApps, READ_CATALOGUE),
  route('POST', '/users/:user/teamwork/installedApps', installApp, INSTALL),
  route('GET', '/users/:user/teamwork/installedApps', listInstalledApps, READ_INSTALLED),
];
