import { Refusal } from '../refusal.ts';
import type { Registration } from '../registrations.ts';
import { nowOf, type Tenant } from '../tenant.ts';
import { decode, isSignedBy, text } from '../tokens/keys.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Which application asks, proved by its secret or by an assertion that its certificate has signed.
 *
 * @throws {Refusal}
 */
export function authenticateClient(tenant: Tenant, form: URLSearchParams): Registration {
  const clientId = form.get('client_id') ?? '';
  if (clientId === '') throw new Refusal(90014, { about: "Parameter: 'client_id'." });
  const app = tenant.registrations.app(clientId);
  if (app === undefined) throw new Refusal(700016, { about: `Application: ${clientId}.` });
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  if (secret === null && assertion === null) throw new Refusal(7000218);
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      throw new Refusal(90014, { about: "Parameter: 'client_assertion_type'." });
    checkAssertion(tenant, app, assertion);
  } else if (secret !== app.secret) {
    throw new Refusal(7000215, { about: `Application: ${clientId}.` });
  }
  return app;
}

/** @see "Microsoft identity platform application authentication certificate credentials" */
function checkAssertion(tenant: Tenant, app: Registration, assertion: string): void {
  const { certificatePublicKey: key } = app;
  const parsed = decode(assertion);
  if (key === undefined || parsed === undefined || !isSignedBy(assertion, key)) throw new Refusal(700027);
  const { iss, sub, aud, exp, nbf } = parsed.claims;
  const audiences = [`${tenant.url}/${tenant.tenantId}/oauth2/v2.0/token`, `${tenant.url}/${tenant.tenantId}/v2.0`];
  if (iss !== app.clientId || sub !== app.clientId || !audiences.includes(text(aud))) throw new Refusal(700027);
  const second = nowOf(tenant).getTime() / 1000;
  if (Number(exp) < second || Number(nbf ?? 0) > second + 300) throw new Refusal(700024);
}
