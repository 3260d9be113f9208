import { guidOf, sameId } from '../partner-center/world/ids.ts';

/** An account, as Microsoft Graph knows it. */
export interface User {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  readonly preferredLanguage?: string;
  /** The id of another user. */
  readonly managerId?: string | undefined;
}

export interface Group {
  readonly id: string;
  readonly displayName: string;
  /** Ids of users and of other groups. */
  readonly members: readonly string[];
}

/** An app of the organisation's catalogue. */
export interface TeamsApp {
  /** The catalogue's own id. */
  readonly id: string;
  /** The id in the app's manifest. */
  readonly externalId: string;
  readonly displayName: string;
  readonly version?: string;
}

export interface Installation {
  readonly id: string;
  readonly userId: string;
  readonly app: TeamsApp;
}

/** What there is at the start and after every reset. */
export interface DirectorySettings {
  readonly users: readonly User[];
  readonly groups?: readonly Group[];
  readonly teamsApps?: readonly TeamsApp[];
  /** Who has which app from the start. */
  readonly installed?: readonly { readonly userId: string; readonly teamsAppId: string }[];
}

export class Directory {
  readonly #settings: DirectorySettings;
  #users: User[] = [];
  #groups: Group[] = [];
  #installations: Installation[] = [];

  constructor(settings: DirectorySettings) {
    this.#settings = settings;
    this.reset();
  }

  reset(): void {
    const { users, groups = [], installed = [] } = this.#settings;
    this.#users = [...users];
    this.#groups = [...groups];
    this.#installations = [];
    for (const { userId, teamsAppId } of installed) {
      const app = this.teamsApps.find(({ id }) => sameId(id, teamsAppId));
      if (app !== undefined) this.install(userId, app);
    }
  }

  get teamsApps(): readonly TeamsApp[] {
    return this.#settings.teamsApps ?? [];
  }

  /** By id or user principal name. */
  user(named: string): User | undefined {
    return this.#users.find(({ id, userPrincipalName }) => sameId(id, named) || sameId(userPrincipalName, named));
  }

  group(named: string): Group | undefined {
    return this.#groups.find(({ id }) => sameId(id, named));
  }

  /** Users of the group and of every group in it, each once, in the order in which they are met. */
  usersOf(group: Group): User[] {
    const found = new Map<string, User>();
    const seen = new Set<string>();
    const walk = ({ id, members }: Group): void => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const member of members) {
        const user = this.user(member);
        if (user !== undefined) found.set(user.id, user);
        const inner = this.group(member);
        if (inner !== undefined) walk(inner);
      }
    };
    walk(group);
    return [...found.values()];
  }

  /** Lays members over a user's; `managerId: undefined` takes the manager away. @throws when there is nobody with that id. */
  changeUser(id: string, change: Partial<Omit<User, 'id'>>): void {
    const user = this.user(id);
    if (user === undefined) throw new Error(`There is nobody with the id ${id}.`);
    this.#users = this.#users.map((one) => (one === user ? { ...user, ...change } : one));
  }

  /** As when an account is deleted. */
  removeUser(id: string): void {
    this.#users = this.#users.filter((user) => !sameId(user.id, id));
    this.#installations = this.#installations.filter(({ userId }) => !sameId(userId, id));
  }

  /** @throws when there is no such group. */
  changeMembers(groupId: string, members: readonly string[]): void {
    const group = this.group(groupId);
    if (group === undefined) throw new Error(`There is no group with the id ${groupId}.`);
    this.#groups = this.#groups.map((one) => (one === group ? { ...group, members } : one));
  }

  installationsOf(userId: string): Installation[] {
    return this.#installations.filter((one) => sameId(one.userId, userId));
  }

  install(userId: string, app: TeamsApp): Installation {
    const text = `${guidOf('installation', userId)}##${app.id}`;
    const installation = { id: Buffer.from(text).toString('base64'), userId, app };
    this.#installations.push(installation);
    return installation;
  }

  /** As when a person removes the app in Teams. @returns whether it was there. */
  uninstall(userId: string, teamsAppId: string): boolean {
    const before = this.#installations.length;
    this.#installations = this.#installations.filter(
      (one) => !(sameId(one.userId, userId) && sameId(one.app.id, teamsAppId)),
    );
    return this.#installations.length < before;
  }
}
