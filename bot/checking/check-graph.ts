import type { HttpClient } from '@azure/core-rest-pipeline';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { UserId } from '../../services/ids.ts';
import { ask, bearer, type Asked } from './ask.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const ABOUT = 'Graph';

/** A list of people in the configuration, and the groups in it. */
export interface NamedList {
  readonly variable: 'REQUESTERS' | 'APPROVERS' | 'AUDITORS' | 'ESCALATE_TO' | 'SAME_PERSON';
  readonly people: readonly UserId[];
  readonly groups: readonly string[];
}

export interface GraphParts {
  readonly url: string;
  readonly http: HttpClient;
  readonly token: string;
  /** Under which variable the registration is known that the token is for. */
  readonly app: 'PARTNER_CENTER_APP_ID' | 'SIGN_IN_APP_ID';
  /** Of the registration with which the app is installed for approvers, where one could be had: the manifest names that one. */
  readonly installing?: Pick<GraphParts, 'token' | 'app'>;
}

/** What was read of the people who are named. */
export interface GraphReading {
  readonly findings: readonly Finding[];
  /** Members of each group that could be read. */
  readonly members: ReadonlyMap<string, readonly UserId[]>;
}

/** What reading needs, and what is missed without it. */
const READING: readonly [name: string, isNeeded: (lists: readonly NamedList[]) => boolean, without: string][] = [
  ['User.Read.All', () => true, 'nobody has a role: an account that cannot be looked at counts for nothing'],
  ['GroupMember.Read.All', (lists) => lists.some(({ groups }) => groups.length > 0), 'nobody has a role by a group'],
  ['DelegatedAdminRelationship.Read.All', () => false, 'GDAP relationships of watched customers are unread'],
];
/** What installing the app for approvers needs. */
const INSTALLING: readonly [name: string, without: string][] = [
  [
    'TeamsAppInstallation.ReadWriteSelfForUser.All',
    'approvers have to install the app themselves before they can be asked',
  ],
  ['AppCatalog.Read.All', 'the app cannot be found in the catalogue to install it for approvers'],
];

const User = z.looseObject({ id: z.string(), accountEnabled: z.boolean().nullish(), userType: z.string().nullish() });
const Page = z.looseObject({ value: z.array(User), '@odata.nextLink': z.string().optional() });
const MOST_PAGES = 100;
const LONGEST_LIST = 500;

/** Whether the people and groups in the configuration are there, and may do what they are named for. */
export async function checkGraph(lists: readonly NamedList[], parts: GraphParts): Promise<GraphReading> {
  const members = new Map<string, readonly UserId[]>();
  const findings: Finding[] = [...permissionsOf(parts, lists)];
  const people = new Map<UserId, readonly string[]>();
  for (const { variable, people: named } of lists) {
    for (const id of named) people.set(id, [...(people.get(id) ?? []), variable]);
  }
  let sound = 0;
  for (const [id, variables] of [...people].slice(0, LONGEST_LIST)) {
    const finding = await personOf(id, variables.join(', '), parts);
    if (finding !== undefined) findings.push(finding);
    else sound += 1;
    if (finding?.about === ABOUT) return { findings, members }; // it would be the same for all others
  }
  if (sound > 0)
    findings.push(
      ok('people', `${sound} of the ${people.size} accounts that are named are there, enabled and members`),
    );
  for (const { variable, groups } of lists) {
    for (const group of groups.filter((one) => !members.has(one))) {
      const read = await membersOf(group, parts);
      if (Array.isArray(read)) members.set(group, read);
      findings.push(
        Array.isArray(read) ? sizeOf(group, variable, read.length) : groupFault(group, variable, read, parts.app),
      );
    }
  }
  return { findings, members };
}

/** A token for Graph says what it allows, though nobody promises that it stays readable. */
function permissionsOf({ token, app, installing }: GraphParts, lists: readonly NamedList[]): readonly Finding[] {
  const granted = rolesIn(token);
  const grantedForInstalling = installing && rolesIn(installing.token);
  return [
    ...READING.filter(([name]) => granted?.includes(name) === false).map(([name, isNeeded, without]) =>
      (isNeeded(lists) ? wrong : warning)(ABOUT, `${name} is not granted, so ${without}`, grant(name, app)),
    ),
    ...INSTALLING.filter(([name]) => grantedForInstalling?.includes(name) === false).map(([name, without]) =>
      warning(ABOUT, `${name} is not granted, so ${without}`, grant(name, installing?.app ?? app)),
    ),
  ];
}

const grant = (name: string, app: GraphParts['app']): string =>
  `Entra admin center › App registrations › ${app} › API permissions: add the application permission ${name} of Microsoft Graph, and grant admin consent`;

function rolesIn(token: string): readonly unknown[] | undefined {
  try {
    const { roles, aud } = decodeJwt(token);
    if (aud === undefined) return undefined;
    return Array.isArray(roles) ? (roles as unknown[]) : [];
  } catch {
    return undefined;
  }
}

/** @returns `undefined` for somebody with whom all is well. */
async function personOf(
  id: UserId,
  variables: string,
  { url, http, token, app }: GraphParts,
): Promise<Finding | undefined> {
  const about = `person ${id} (${variables})`;
  const answer = await ask(http, `${url}/v1.0/users/${id}?$select=id,accountEnabled,userType`, bearer(token));
  if (answer?.status === 404)
    return wrong(about, 'the tenant has no such account', 'Take it out, or correct the object id');
  const user = User.safeParse(answer?.json).data;
  if (answer?.status !== 200 || user === undefined) return unreadable('people', answer, 'User.Read.All', app);
  if (user.accountEnabled !== true)
    return wrong(about, 'the account is disabled, so it can do nothing here', 'Enable it in Entra, or take it out');
  if (user.userType?.toLowerCase() !== 'member')
    return wrong(about, 'it is a guest’s account, and guests have no role', 'Name an account of your own tenant');
  return undefined;
}

async function membersOf(
  group: string,
  { url, http, token }: GraphParts,
): Promise<readonly UserId[] | Asked | undefined> {
  const found: UserId[] = [];
  const own = `${url}/v1.0/groups/${group}/transitiveMembers/microsoft.graph.user`;
  let next: string | undefined = `${own}?$select=id,accountEnabled,userType&$top=999&$count=true`;
  for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
    // A link to anywhere else would take the token there.
    if (!URL.canParse(next) || new URL(next).origin !== new URL(url).origin) return undefined;
    const answer: Asked | undefined = await ask(http, next, { ...bearer(token), ConsistencyLevel: 'eventual' });
    const read = Page.safeParse(answer?.json).data;
    if (answer?.status !== 200 || read === undefined) return answer;
    found.push(
      ...read.value
        .filter(({ accountEnabled, userType }) => accountEnabled === true && userType?.toLowerCase() === 'member')
        .map(({ id }) => id.toLowerCase()),
    );
    next = read['@odata.nextLink'];
  }
  return found;
}

function sizeOf(group: string, variable: string, size: number): Finding {
  const about = `group ${group} (${variable})`;
  return size > 0
    ? ok(about, `${size} members are enabled accounts of the tenant`)
    : warning(about, 'nobody in it has an enabled account of the tenant', 'Add people to it in Entra');
}

function groupFault(
  group: string,
  variable: string,
  answer: Asked | readonly UserId[] | undefined,
  app: GraphParts['app'],
): Finding {
  const asked = answer as Asked | undefined;
  if (asked?.status === 404) {
    return wrong(
      `group ${group} (${variable})`,
      'the tenant has no such group',
      'Take it out, or correct the object id',
    );
  }
  return unreadable('groups', asked, 'GroupMember.Read.All', app);
}

function unreadable(
  what: 'people' | 'groups',
  answer: Asked | undefined,
  permission: string,
  app: GraphParts['app'],
): Finding {
  if (answer === undefined)
    return wrong(ABOUT, 'no answer came', 'Let the bot reach GRAPH_URL over https (proxy, firewall)');
  if (answer.status === 401)
    return wrong(
      ABOUT,
      'it does not take the token (401)',
      'Check that GRAPH_URL and AZURE_AUTHORITY_HOST are of one cloud',
    );
  if (answer.status === 403) return wrong(ABOUT, `${what} cannot be read (403)`, grant(permission, app));
  return wrong(
    ABOUT,
    `${what} cannot be read (${answer.status})`,
    'Try again; if that stays so, look at the service health of Microsoft 365',
  );
}
