import type { Json, JsonObject } from '../../partner-center/json.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../people.ts';
import type { Registration } from '../registrations.ts';
import { issuingOf, nowOf, shownBy, type Tenant } from '../tenant.ts';
import { ofAccessToken } from '../tokens/claims-request.ts';
import { appToken, clientOf, idToken, userToken } from '../tokens/issued.ts';
import { scopesOf, type Wanted } from './scopes.ts';

/** @throws {Refusal} when the account is disabled, or something stands between the person and the resource. */
export function checkPerson(tenant: Tenant, person: Person, wanted: Wanted, claims: string | null): void {
  if (!person.enabled) throw new Refusal(50057);
  tenant.faults.check(person, wanted.resource, tenant.people);
  if (claims !== null && claims !== '' && !tenant.people.hasMet(person, claims))
    throw new Refusal(50076, { about: `Resource: ${wanted.resource.uri}.`, claims: ofAccessToken(claims) });
}

/** The body of a good answer to whoever acts for a person. */
export function tokensFor(
  tenant: Tenant,
  app: Registration,
  person: Person,
  wanted: Wanted,
  asked: { readonly clientInfo: boolean; readonly nonce: string | undefined },
): JsonObject {
  const issuing = issuingOf(tenant);
  const scopes = scopesOf(wanted);
  const about = { person, shown: shownBy(tenant, person), client: clientOf(app), resource: wanted.resource, scopes };
  return {
    token_type: 'Bearer',
    scope: scopes.map((one) => (wanted.openid.has(one) ? one : `${wanted.resource.uri}/${one}`)).join(' '),
    ...lifetime(tenant),
    access_token: tenant.keys.sign(userToken(issuing, about)),
    ...(wanted.openid.has('offline_access') && {
      refresh_token: tenant.given.giveRefreshToken(app.clientId, person, nowOf(tenant)),
    }),
    ...(wanted.openid.has('openid') && {
      id_token: tenant.keys.sign(idToken(issuing, app, person, asked.nonce)),
    }),
    ...(asked.clientInfo && { client_info: clientInfo(tenant, person) }),
  };
}

export const tokenForApp = (tenant: Tenant, app: Registration, wanted: Wanted): JsonObject => ({
  token_type: 'Bearer',
  ...lifetime(tenant),
  access_token: tenant.keys.sign(appToken(issuingOf(tenant), app, wanted.resource)),
});

const lifetime = ({ faults }: Tenant): { expires_in: Json; ext_expires_in: Json } => ({
  expires_in: faults.switches.tokenLifetimeSeconds,
  ext_expires_in: faults.switches.tokenLifetimeSeconds,
});

const clientInfo = ({ tenantId }: Tenant, { objectId, tenantId: home }: Person): string =>
  Buffer.from(JSON.stringify({ uid: objectId, utid: home ?? tenantId })).toString('base64url');
