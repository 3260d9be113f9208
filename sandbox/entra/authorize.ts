import { randomUUID } from 'node:crypto';
import type { Answer } from '../partner-center/api/answers.ts';
import type { LogEntry } from './control/log.ts';
import { wantedBy } from './grants/scopes.ts';
import type { Person } from './people.ts';
import { describe, Refusal } from './refusal.ts';
import type { Registration } from './registrations.ts';
import { formPostPage, refusalPage, signInPage } from './sign-in-page.ts';
import { nowOf, type Tenant } from './tenant.ts';

/**
 * `GET /{tenant}/oauth2/v2.0/authorize`: who signs in is chosen on a page, or is whom `login_hint` names. Whatever is asked of
 * them there (a second factor, consent) they do.
 *
 * @throws {Refusal}
 * @see "Microsoft identity platform and OAuth 2.0 authorization code flow"
 */
export function authorize(tenant: Tenant, form: URLSearchParams, entry: LogEntry): Answer {
  const { app, redirectUri } = callerOf(tenant, form);
  if (form.get('response_type') !== 'code')
    throw new Refusal(700054, { about: `response_type: ${form.get('response_type') ?? ''}.` });
  const codeChallenge = challengeOf(form);
  if (codeChallenge !== undefined) entry.pkce = 'S256';
  const scope = form.get('scope') ?? '';
  const wanted = wantedBy(scope, tenant.registrations);
  if (form.get('cancelled') !== null) throw new Refusal(65004);

  const claims = form.get('claims') ?? '';
  const person = chosen(tenant, form);
  if (person === undefined)
    return signInPage({ app: app.name ?? app.clientId, scope, claims, query: form, people: tenant.people.all });
  entry.person = person.objectId;
  if (!person.enabled) throw new Refusal(50057);
  if (form.get('prompt') === 'none') {
    tenant.faults.check(person, wanted.resource, tenant.people);
    if (!tenant.people.hasMet(person, claims)) throw new Refusal(50076, { claims });
  } else {
    tenant.people.signIn(person, { claims, resources: [wanted.resource.uri] });
  }
  const code = tenant.given.giveCode({
    clientId: app.clientId,
    redirectUri,
    person,
    scope,
    codeChallenge,
    nonce: form.get('nonce') ?? undefined,
    at: nowOf(tenant),
  });
  return goBack(form, redirectUri, { code, session_state: randomUUID() });
}

/** Back to the application where it is known, or else a page: a stranger's address is never gone to. */
export function refuseSignIn(tenant: Tenant, form: URLSearchParams, refusal: Refusal, correlation: string): Answer {
  const description = describe(refusal, { trace: randomUUID(), correlation }, nowOf(tenant));
  try {
    const { redirectUri } = callerOf(tenant, form);
    const { error, suberror } = refusal.known;
    return goBack(form, redirectUri, {
      error,
      ...(suberror !== undefined && { error_subcode: suberror }),
      error_description: description,
    });
  } catch (unknown) {
    if (!(unknown instanceof Refusal)) throw unknown;
    return refusalPage(description);
  }
}

function callerOf({ registrations }: Tenant, form: URLSearchParams): { app: Registration; redirectUri: string } {
  const clientId = form.get('client_id') ?? '';
  const app = registrations.app(clientId);
  if (app === undefined) throw new Refusal(700016, { about: `Application: ${clientId}.` });
  const redirectUri = form.get('redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) throw new Refusal(50011, { about: `The redirect URI: ${redirectUri}.` });
  return { app, redirectUri };
}

/** 43 to 128 characters of base64url; `plain` is refused here, though Entra takes it. @see RFC 7636, 4.2 */
function challengeOf(form: URLSearchParams): string | undefined {
  const challenge = form.get('code_challenge');
  if (challenge === null) return undefined;
  if (form.get('code_challenge_method') !== 'S256' || !/^[\w-]{43,128}$/.test(challenge)) throw new Refusal(501491);
  return challenge;
}

function chosen({ people, faults }: Tenant, form: URLSearchParams): Person | undefined {
  const clicked = form.get('person');
  if (clicked !== null) {
    const person = people.find(clicked);
    if (person === undefined) throw new Refusal(50034);
    return person;
  }
  const prompt = form.get('prompt');
  if (prompt === 'login' || prompt === 'select_account') return undefined;
  const hinted = people.find(form.get('login_hint') ?? '');
  const person = hinted ?? (faults.switches.automaticSignIn ? people.all.find(({ enabled }) => enabled) : undefined);
  if (person === undefined && prompt === 'none') throw new Refusal(50058);
  return person;
}

/** Hands the application what it waits for, in the response mode it asked for. */
function goBack(form: URLSearchParams, redirectUri: string, members: Readonly<Record<string, string>>): Answer {
  const state = form.get('state');
  const all = new URLSearchParams({ ...members, ...(state !== null && { state }) });
  const mode = form.get('response_mode');
  if (mode === 'form_post') return formPostPage(redirectUri, all);
  const address = new URL(redirectUri);
  if (mode === 'fragment') address.hash = all.toString();
  else for (const [name, value] of all) address.searchParams.append(name, value);
  return { status: 302, text: '', headers: { Location: address.href, 'Cache-Control': 'no-store' } };
}
