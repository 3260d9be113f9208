import { Refusal } from '../refusal.ts';
import type { Person } from '../people.ts';
import type { Registration } from '../registrations.ts';
import { nowOf, type Tenant } from '../tenant.ts';
import { text } from '../tokens/keys.ts';
import { sameId } from '../../partner-center/world/ids.ts';

/** How long after its end an assertion is still taken. */
const LENIENT_SECONDS = 300;

/**
 * Whom a token speaks for that was given to this application, and that it now wants to exchange.
 *
 * @throws {Refusal}
 * @see "Microsoft identity platform and OAuth2.0 On-Behalf-Of flow"
 */
export function personOfAssertion(tenant: Tenant, app: Registration, assertion: string): Person {
  const claims = tenant.keys.verified(assertion);
  if (claims === undefined) throw new Refusal(50013);
  const { aud, exp, nbf, scp, oid, tid } = claims;
  const second = nowOf(tenant).getTime() / 1000;
  if (Number(exp) + LENIENT_SECONDS < second || Number(nbf ?? 0) > second + LENIENT_SECONDS)
    throw new Refusal(500133, { about: `Current time: ${new Date(second * 1000).toISOString()}.` });
  const own = [app.clientId, `api://${app.clientId}`, ...(app.appIdUri === undefined ? [] : [app.appIdUri])];
  if (!own.some((one) => sameId(one, text(aud))))
    throw new Refusal(500131, { about: `The audience was '${text(aud)}', expected '${app.clientId}'.` });
  if (tid !== tenant.tenantId) throw new Refusal(50013);
  if (typeof scp !== 'string' || scp === '') throw new Refusal(7000114, { about: `Application: ${app.clientId}.` });
  const person = tenant.people.find(text(oid));
  if (person === undefined) throw new Refusal(50034);
  return person;
}
