import assert from 'node:assert/strict';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  OnBehalfOfCredential,
  type TokenCredentialOptions,
  type OnBehalfOfCredentialSecretOptions,
} from '@azure/identity';
import { startEntra } from '../../../sandbox/entra/entra.ts';
import type { Person } from '../../../sandbox/entra/people.ts';
import type { Registration } from '../../../sandbox/entra/registrations.ts';
import type { EntraStandIn } from '../../../sandbox/entra/stand-in.ts';
import { decode, type Claims } from '../../../sandbox/entra/tokens/keys.ts';

export const TENANT = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';
export const SIGN_IN_APP = '0f7f1e0a-6f0e-4a57-9e0c-6c2f5d5a1b11';
export const SIGN_IN_URI = `api://bot.example/${SIGN_IN_APP}`;
export const REDIRECT = 'https://bot.example/auth/end';
export const BACKGROUND_APP = '3f0b9e52-8d7a-4f0e-8c66-2a9b1d4c7e22';
export const PARTNER_CENTER_SCOPE = 'https://api.partnercenter.microsoft.com/user_impersonation';

export const pia: Person = {
  objectId: 'a3d1f6b8-5c2e-4f7a-9b0d-1e6c8f4a2d33',
  name: 'Pia Lind',
  userPrincipalName: 'pia@harbourcloud.example',
  userType: 'member',
  enabled: true,
};
export const gus: Person = {
  objectId: 'b7c2e9d4-1f3a-4e8b-8a6c-5d0f7b9e4c44',
  name: 'Gus Guest',
  userPrincipalName: 'gus@elsewhere.example',
  tenantId: 'e2b95f67-08d3-4a1c-8f44-91c7d5a0b63e',
  userType: 'guest',
  enabled: true,
};
export const otto: Person = {
  objectId: 'c1e8a5f7-2b4d-4c9e-9f7b-6a1d8c0e5d55',
  name: 'Otto Off',
  userPrincipalName: 'otto@harbourcloud.example',
  userType: 'member',
  enabled: false,
};

export type CredentialOptions = Partial<OnBehalfOfCredentialSecretOptions> & TokenCredentialOptions;

/** A stand-in for the tests of one `describe`, put back before each of them. */
export function bench(more: Partial<Registration> = {}) {
  let running: EntraStandIn;
  before(async () => {
    running = await startEntra({
      tenantId: TENANT,
      apps: [
        { clientId: SIGN_IN_APP, secret: 'right', redirectUris: [REDIRECT], appIdUri: SIGN_IN_URI, ...more },
        { clientId: BACKGROUND_APP, secret: 'background', redirectUris: [], roles: ['User.Read.All'] },
      ],
      people: [pia, gus, otto],
    });
  });
  // For whoever uses `fetch`, as MSAL does when it is not told otherwise.
  before(() => {
    setDefaultCACertificates([...getCACertificates('default'), running.ca]);
  });
  beforeEach(() => {
    running.reset();
  });
  after(() => running.close());

  const trust = () => ({
    authorityHost: running.url,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: running.ca },
    retryOptions: { maxRetries: 0 },
  });
  return {
    entra: () => running,
    trust,
    onBehalfOf: (assertion: string, options: CredentialOptions = {}) =>
      new OnBehalfOfCredential({
        tenantId: TENANT,
        clientId: SIGN_IN_APP,
        clientSecret: 'right',
        userAssertionToken: assertion,
        ...trust(),
        ...options,
      }),
  };
}

export function claimsOf(token: string): Claims {
  const decoded = decode(token);
  assert.ok(decoded, 'not a token');
  return decoded.claims;
}

/** What a promise is refused with. */
export async function thrownBy(promise: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error as Error & Readonly<Record<string, unknown>>;
  }
  assert.fail('it was not refused');
}

/** Signs somebody in once, as an operator does it for a service account. */
export async function newRefreshToken(entra: EntraStandIn, person = pia): Promise<string> {
  const scope = `${PARTNER_CENTER_SCOPE} offline_access`;
  const page = new URL(`${entra.url}/${TENANT}/oauth2/v2.0/authorize`);
  const asked = {
    client_id: SIGN_IN_APP,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope,
    login_hint: person.objectId,
  };
  page.search = new URLSearchParams(asked).toString();
  const location = (await fetch(page, { redirect: 'manual' })).headers.get('Location') ?? '';
  const answer = await fetch(`${entra.url}/${TENANT}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: SIGN_IN_APP, client_secret: 'right', redirect_uri: REDIRECT, scope },
      ...{ grant_type: 'authorization_code', code: new URL(location).searchParams.get('code') ?? '' },
    }),
  });
  return String(((await answer.json()) as { readonly refresh_token: unknown }).refresh_token);
}
