import { randomUUID } from 'node:crypto';
import { guidOf } from '../../partner-center/world/ids.ts';
import type { Person } from '../people.ts';
import type { Registration, Resource } from '../registrations.ts';
import type { Claims } from './keys.ts';
import type { Switches } from '../control/faults.ts';

/** What every token says, whoever it is about. */
export interface Issuing {
  readonly tenantId: string;
  /** `https://127.0.0.1:1234` */
  readonly url: string;
  readonly now: Date;
  readonly switches: Switches;
}

/** What a person has shown, as far as it stands in tokens. */
export interface Shown {
  readonly mfa: boolean;
  /** Authentication contexts, as `c1`. */
  readonly contexts: readonly string[];
}

/** Entra dates tokens back, so that a clock that is slow finds them valid. */
const DATED_BACK_SECONDS = 300;

export const issuerOf = (url: string, tenantId: string): string => `${url}/${tenantId}/v2.0`;
const issuerOfV1 = (tenantId: string): string => `https://sts.windows.net/${tenantId}/`;

function times({ now, switches }: Issuing): Claims {
  const second = Math.floor(now.getTime() / 1000);
  return {
    iat: second - DATED_BACK_SECONDS,
    nbf: second - DATED_BACK_SECONDS,
    exp: second + switches.tokenLifetimeSeconds,
  };
}

/** The same person is somebody else to every application. */
const subjectFor = (person: Person, appId: string): string =>
  Buffer.from(guidOf(person.objectId, appId)).toString('base64url');

const isV1 = (issuing: Issuing, resource: Resource): boolean =>
  (issuing.switches.tokenVersion === 'as-registered' ? resource.tokenVersion : issuing.switches.tokenVersion) === '1.0';

function common(issuing: Issuing, resource: Resource, clientId: string, azpacr: string): Claims {
  const { tenantId, url } = issuing;
  return isV1(issuing, resource)
    ? { aud: resource.uri, iss: issuerOfV1(tenantId), ver: '1.0', appid: clientId, appidacr: azpacr }
    : { aud: resource.appId, iss: issuerOf(url, tenantId), ver: '2.0', azp: clientId, azpacr };
}

/** `1` a secret, `2` a certificate, `0` a public client. */
const strengthOf = ({ secret }: Registration): string => (secret === undefined ? '2' : '1');

/** Lets an application act for a person. */
export function userToken(
  issuing: Issuing,
  about: {
    readonly person: Person;
    readonly shown: Shown;
    readonly client: { readonly clientId: string; readonly azpacr: string };
    readonly resource: Resource;
    readonly scopes: readonly string[];
  },
): Claims {
  const { person, shown, client, resource, scopes } = about;
  const v1 = isV1(issuing, resource);
  const { tenantId, switches } = issuing;
  const withAmr = switches.amr === 'always' || (switches.amr === 'as-registered' && v1);
  return {
    ...common(issuing, resource, client.clientId, client.azpacr),
    ...times(issuing),
    ...(shown.contexts.length > 0 && { acrs: [...shown.contexts] }),
    ...(withAmr && { amr: shown.mfa ? ['pwd', 'mfa'] : ['pwd'] }),
    ...(person.tenantId !== undefined &&
      person.tenantId !== tenantId && { idp: `https://sts.windows.net/${person.tenantId}/` }),
    name: person.name,
    oid: person.objectId,
    ...(v1
      ? { upn: person.userPrincipalName, unique_name: person.userPrincipalName }
      : { preferred_username: person.userPrincipalName }),
    scp: scopes.join(' '),
    sub: subjectFor(person, resource.appId),
    tid: tenantId,
    uti: randomUUID(),
  };
}

/** Lets an application act for itself. */
export function appToken(issuing: Issuing, app: Registration, resource: Resource): Claims {
  const objectId = guidOf('service principal', app.clientId);
  return {
    ...common(issuing, resource, app.clientId, strengthOf(app)),
    ...times(issuing),
    idtyp: 'app',
    oid: objectId,
    ...(app.roles !== undefined && { roles: [...app.roles] }),
    sub: objectId,
    tid: issuing.tenantId,
    uti: randomUUID(),
  };
}

/** Tells an application who has signed in. */
export function idToken(issuing: Issuing, app: Registration, person: Person, nonce: string | undefined): Claims {
  return {
    aud: app.clientId,
    iss: issuerOf(issuing.url, issuing.tenantId),
    ver: '2.0',
    ...times(issuing),
    name: person.name,
    nonce,
    oid: person.objectId,
    preferred_username: person.userPrincipalName,
    sub: subjectFor(person, app.clientId),
    tid: issuing.tenantId,
  };
}

export const clientOf = (app: Registration): { readonly clientId: string; readonly azpacr: string } => ({
  clientId: app.clientId,
  azpacr: strengthOf(app),
});
