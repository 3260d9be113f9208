import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ConfidentialClientApplication, CryptoProvider, type AuthorizationUrlRequest } from '@azure/msal-node';
import {
  bench,
  claimsOf,
  gus,
  otto,
  PARTNER_CENTER_SCOPE,
  pia,
  REDIRECT,
  SIGN_IN_APP,
  TENANT,
  thrownBy,
} from './support.ts';

const SCOPES = [PARTNER_CENTER_SCOPE];
const STEP_UP = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

describe('the sign-in page', () => {
  const { entra, onBehalfOf } = bench();

  const application = () =>
    new ConfidentialClientApplication({
      auth: {
        clientId: SIGN_IN_APP,
        clientSecret: 'right',
        authority: `${entra().url}/${TENANT}`,
        knownAuthorities: [new URL(entra().url).host],
      },
    });

  /** An address as MSAL makes it, and the verifier that belongs to it. */
  async function begin(more: Partial<AuthorizationUrlRequest> = {}) {
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const app = application();
    const address = await app.getAuthCodeUrl({
      scopes: SCOPES,
      redirectUri: REDIRECT,
      state: 'a state',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      responseMode: 'query',
      ...more,
    });
    const redeem = (code: string, codeVerifier = verifier) =>
      app.acquireTokenByCode({ code, codeVerifier, scopes: SCOPES, redirectUri: REDIRECT });
    return { address, redeem };
  }

  const visit = (address: string, change: Readonly<Record<string, string | undefined>> = {}): Promise<Response> => {
    const url = new URL(address);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return fetch(url, { redirect: 'manual' });
  };
  /** What comes back to the application. */
  const backWith = (response: Response): URLSearchParams => {
    const location = new URL(response.headers.get('Location') ?? 'about:blank');
    assert.equal(`${location.origin}${location.pathname}`, REDIRECT);
    return location.searchParams;
  };

  it('gives a code for whoever is chosen on it, and the code a token', async () => {
    const { address, redeem } = await begin();
    const page = await (await visit(address)).text();
    const [, link = ''] = /href="([^"]+)">Pia Lind/.exec(page) ?? [];

    const back = backWith(await visit(new URL(link.replaceAll('&amp;', '&'), address).href));
    const result = await redeem(back.get('code') ?? '');

    assert.equal(back.get('state'), 'a state');
    assert.match(page, /Gus Guest/);
    assert.ok(result.account);
    assert.equal(result.account.localAccountId, pia.objectId);
    assert.equal(result.account.username, pia.userPrincipalName);
    assert.equal(claimsOf(result.accessToken)['aud'], 'https://api.partnercenter.microsoft.com');
    assert.equal(claimsOf(result.idToken)['iss'], `${entra().url}/${TENANT}/v2.0`);
    assert.deepEqual(
      entra()
        .log()
        .map(({ path, pkce, person, grant, status }) => [path.split('/').at(-1), pkce, person, grant, status]),
      [
        ['openid-configuration', undefined, undefined, undefined, 200],
        ['authorize', 'S256', undefined, undefined, 200],
        ['authorize', 'S256', pia.objectId, undefined, 302],
        ['token', undefined, pia.objectId, 'authorization_code', 200],
      ],
    );
  });

  it('is not seen by whom the hint names, nor by anybody where so switched', async () => {
    const hinted = await begin({ loginHint: gus.userPrincipalName });
    const back = backWith(await visit(hinted.address));
    entra().setFaults({ switches: { automaticSignIn: true } });
    const { address, redeem } = await begin();
    const automatic = await redeem(backWith(await visit(address)).get('code') ?? '');

    assert.equal((await hinted.redeem(back.get('code') ?? '')).account?.localAccountId, gus.objectId);
    assert.equal(automatic.account?.localAccountId, pia.objectId);
  });

  it('is seen all the same where the application wants it to be', async () => {
    const { address } = await begin({ loginHint: gus.userPrincipalName, prompt: 'select_account' });

    assert.match(await (await visit(address)).text(), /Pick an account/);
  });

  it('posts the code, or puts it behind the hash, where so asked', async () => {
    const { address } = await begin({ loginHint: pia.objectId, responseMode: 'form_post' });
    const posted = await (await visit(address)).text();
    const { address: other } = await begin({ loginHint: pia.objectId, responseMode: 'fragment' });
    const fragment = new URL((await visit(other)).headers.get('Location') ?? '');

    assert.match(posted, new RegExp(`<form method="post" action="${REDIRECT}">.*name="code" value="0\\.A`));
    assert.match(fragment.hash, /code=0\.A/);
    assert.equal(fragment.search, '');
  });

  it('has a claims request met: afterwards tokens on behalf of this person say so, and nothing is refused', async () => {
    entra().setFaults({
      withoutMfa: [pia.objectId],
      obstacles: [{ code: 50076, person: pia.objectId, claims: STEP_UP }],
    });
    const ask = () => onBehalfOf(entra().ssoToken(pia.objectId)).getToken(PARTNER_CENTER_SCOPE, { claims: STEP_UP });
    const refused = (await thrownBy(ask())).cause as { claims?: string };

    const { address, redeem } = await begin({ loginHint: pia.objectId, claims: refused.claims ?? '' });
    const { accessToken } = await redeem(backWith(await visit(address)).get('code') ?? '');

    for (const token of [accessToken, (await ask()).token]) {
      assert.deepEqual(claimsOf(token)['acrs'], ['c1']);
      assert.deepEqual(claimsOf(token)['amr'], ['pwd', 'mfa']);
    }
    assert.deepEqual(claimsOf(entra().ssoToken(gus.objectId))['acrs'], undefined);
  });

  it('lifts the obstacle only for who was there, and only with these claims', async () => {
    entra().setFaults({ obstacles: [{ code: 50076, claims: STEP_UP }] });
    const ask = (objectId: string) => onBehalfOf(entra().ssoToken(objectId)).getToken(PARTNER_CENTER_SCOPE);

    await visit((await begin({ loginHint: pia.objectId })).address);
    await thrownBy(ask(pia.objectId));
    await visit((await begin({ loginHint: pia.objectId, claims: STEP_UP })).address);

    assert.ok((await ask(pia.objectId)).token);
    await thrownBy(ask(gus.objectId));
    entra().setFaults({ obstacles: [{ code: 50076, claims: STEP_UP }] });
    await thrownBy(ask(pia.objectId));
  });

  it('is where consent is given, for one resource', async () => {
    entra().setFaults({ obstacles: [{ code: 65001 }] });
    await visit((await begin({ loginHint: pia.objectId })).address);
    const credential = onBehalfOf(entra().ssoToken(pia.objectId));

    assert.ok((await credential.getToken(PARTNER_CENTER_SCOPE)).token);
    await thrownBy(credential.getToken('https://graph.microsoft.com/User.Read'));
  });

  const refusals: readonly (readonly [string, Readonly<Record<string, string | undefined>>, string])[] = [
    ['somebody who is disabled', { login_hint: otto.objectId }, 'invalid_grant'],
    ['whoever cancels', { cancelled: '1' }, 'access_denied'],
    ['who is asked for nothing', { prompt: 'none' }, 'login_required'],
    [
      'who is asked for nothing, but has claims to meet',
      { prompt: 'none', login_hint: pia.objectId, claims: STEP_UP },
      'interaction_required',
    ],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a challenge that is the verifier itself', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['an unknown resource', { scope: 'https://nothing.example/.default' }, 'invalid_resource'],
  ];
  for (const [what, change, error] of refusals) {
    it(`sends ${what} back with ${error}`, async () => {
      const back = backWith(await visit((await begin()).address, change));

      assert.equal(back.get('error'), error);
      assert.match(back.get('error_description') ?? '', /^AADSTS\d+: /);
      assert.equal(back.get('state'), 'a state');
      assert.equal(back.get('code'), null);
    });
  }

  it('sends nobody to an address that is not registered', async () => {
    const { address } = await begin();
    const elsewhere = await visit(address, { redirect_uri: 'https://evil.example/<b>', login_hint: pia.objectId });
    const unknown = await visit(address, { client_id: TENANT, login_hint: pia.objectId });

    assert.deepEqual([elsewhere.status, unknown.status], [400, 400]);
    assert.deepEqual([elsewhere.headers.get('Location'), unknown.headers.get('Location')], [null, null]);
    const page = await elsewhere.text();
    assert.match(page, /AADSTS50011/);
    assert.ok(!page.includes('<b>'));
    assert.match(await unknown.text(), /AADSTS700016/);
  });

  describe('gives a code that is good', () => {
    const codeFor = async (address: string) => backWith(await visit(address)).get('code') ?? '';
    const errorNo = async (promise: Promise<unknown>) => (await thrownBy(promise))['errorNo'];

    it('once', async () => {
      const { address, redeem } = await begin({ loginHint: pia.objectId });
      const code = await codeFor(address);
      await redeem(code);

      assert.equal(await errorNo(redeem(code)), 54005);
    });

    it('with its verifier only', async () => {
      const { address, redeem } = await begin({ loginHint: pia.objectId });
      const code = await codeFor(address);

      assert.equal(await errorNo(redeem(code, randomBytes(32).toString('base64url'))), 501481);
      assert.ok((await redeem(code)).accessToken);
    });

    it('for the address it was sent to', async () => {
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const { address } = await begin({ loginHint: pia.objectId, codeChallenge: challenge });
      const code = await codeFor(address);
      const elsewhere = application().acquireTokenByCode({
        code,
        codeVerifier: verifier,
        scopes: SCOPES,
        redirectUri: `${REDIRECT}/x`,
      });

      assert.equal(await errorNo(elsewhere), 500112);
    });

    it('for ten minutes', async () => {
      const { address, redeem } = await begin({ loginHint: pia.objectId });
      const code = await codeFor(address);
      entra().moveClock(new Date(entra().now().getTime() + 11 * 60_000));

      assert.equal(await errorNo(redeem(code)), 70008);
    });

    it('as long as it is one', async () => {
      assert.equal(await errorNo((await begin()).redeem('made up')), 70000);
    });
  });
});
