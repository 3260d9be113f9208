import { Refusal } from '../refusal.ts';
import { GRAPH, type Registrations, type Resource } from '../registrations.ts';

const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What a request wants a token for. */
export interface Wanted {
  readonly resource: Resource;
  /** Permissions without the resource before them, `.default` included. */
  readonly permissions: readonly string[];
  /** Of OpenID Connect: `openid`, `profile`, `email`, `offline_access`. */
  readonly openid: ReadonlySet<string>;
}

/** Which permissions `.default` stands for. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = { [GRAPH.appId]: ['User.Read'] };

export const scopesOf = ({ resource, permissions, openid }: Wanted): string[] => {
  const own = permissions.filter((one) => one !== '.default');
  const defaults = permissions.includes('.default')
    ? (DEFAULTS[resource.appId] ?? [resource.uri.startsWith('api://') ? 'access_as_user' : 'user_impersonation'])
    : [];
  return [...new Set([...own, ...defaults, ...(resource === GRAPH ? openid : [])])].filter(
    (one) => one !== 'offline_access',
  );
};

/**
 * Reads `https://api.partnercenter.microsoft.com/user_impersonation offline_access`. A permission without a resource is Graph's.
 *
 * @throws {Refusal} for two resources at once, one that is not there, or no scope at all.
 */
export function wantedBy(scope: string, registrations: Registrations): Wanted {
  const all = scope.split(' ').filter((one) => one !== '');
  const openid = new Set(all.filter((one) => OPENID.has(one)));
  const rest = all.filter((one) => !OPENID.has(one));
  if (all.length === 0) throw new Refusal(90014, { about: "Parameter: 'scope'." });
  const pairs = rest.map((one) => pairOf(one, registrations));
  const resources = new Set(pairs.map(({ resource }) => resource.appId));
  if (resources.size > 1) throw new Refusal(28000, { about: `Scope: ${scope}.` });
  return {
    resource: pairs[0]?.resource ?? GRAPH,
    permissions: pairs.map(({ permission }) => permission),
    openid,
  };
}

function pairOf(scope: string, registrations: Registrations): { resource: Resource; permission: string } {
  const slash = scope.lastIndexOf('/');
  if (slash === -1) return { resource: GRAPH, permission: scope };
  const named = scope.slice(0, slash);
  const resource = registrations.resource(named);
  if (resource === undefined) throw new Refusal(500011, { about: `Resource: ${named}.` });
  const permission = scope.slice(slash + 1);
  if (permission === '') throw new Refusal(70011, { about: `Scope: ${scope}.` });
  return { resource, permission };
}
