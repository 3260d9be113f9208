import type { JsonObject } from '../partner-center/json.ts';
import type { LogEntry } from './control/log.ts';
import { redeemCode } from './grants/authorization-code.ts';
import { authenticateClient } from './grants/client-authentication.ts';
import { personOfAssertion } from './grants/on-behalf-of.ts';
import { personOfRefreshToken } from './grants/refresh-token.ts';
import { wantedBy } from './grants/scopes.ts';
import { checkPerson, tokenForApp, tokensFor } from './grants/tokens-given.ts';
import type { Person } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Tenant } from './tenant.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The grant as the log and the faults name it. */
export function grantOf(form: URLSearchParams): string {
  const grant = form.get('grant_type') ?? '';
  return grant === JWT_BEARER && form.get('requested_token_use') === 'on_behalf_of' ? 'on_behalf_of' : grant;
}

/**
 * `POST /{tenant}/oauth2/v2.0/token`
 *
 * @throws {Refusal}
 */
export function giveTokens(tenant: Tenant, form: URLSearchParams, entry: LogEntry): JsonObject {
  const app = authenticateClient(tenant, form);
  const scope = form.get('scope') ?? '';
  const claims = form.get('claims');
  const clientInfo = form.get('client_info') === '1';

  const forPerson = (person: Person, wantedScope: string, nonce?: string): JsonObject => {
    entry.person = person.objectId;
    const wanted = wantedBy(wantedScope, tenant.registrations);
    checkPerson(tenant, person, wanted, claims);
    return tokensFor(tenant, app, person, wanted, { clientInfo, nonce });
  };

  switch (grantOf(form)) {
    case 'client_credentials': {
      const wanted = wantedBy(scope, tenant.registrations);
      if (!wanted.permissions.every((one) => one === '.default') || wanted.permissions.length === 0)
        throw new Refusal(70011, { about: `Scope: ${scope}.` });
      return tokenForApp(tenant, app, wanted);
    }
    case 'on_behalf_of':
      return forPerson(personOfAssertion(tenant, app, form.get('assertion') ?? ''), scope);
    case 'authorization_code': {
      const code = redeemCode(tenant, app, form);
      return forPerson(code.person, scope === '' ? code.scope : scope, code.nonce);
    }
    case 'refresh_token': {
      const person = personOfRefreshToken(tenant, app, form.get('refresh_token') ?? '');
      return forPerson(person, scope === '' ? 'openid offline_access' : `${scope} offline_access`);
    }
    default:
      throw new Refusal(70003, { about: `Grant: ${form.get('grant_type') ?? ''}.` });
  }
}
