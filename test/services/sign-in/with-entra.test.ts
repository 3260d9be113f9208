import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { generate } from 'selfsigned';
import type { FaultSettings } from '../../../sandbox/entra/control/faults.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import type { AppRegistration } from '../../../services/sign-in/app-tokens.ts';
import { createAuthorizationCode } from '../../../services/sign-in/authorization-code.ts';
import { ExchangeError, type ExchangeFault } from '../../../services/sign-in/exchange-error.ts';
import { createExchange } from '../../../services/sign-in/on-behalf-of.ts';
import { refreshTokenFile } from '../../../services/sign-in/refresh-token-file.ts';
import { createServiceAccountTokens } from '../../../services/sign-in/service-account.ts';
import { createReadSignedOn, ofThePerson } from '../../../services/sign-in/sign-on-token.ts';
import { eventually } from '../../support/eventually.ts';
import { bench, gus, otto, pia, REDIRECT, SIGN_IN_APP, SIGN_IN_URI, TENANT } from '../../sandbox/entra/support.ts';

type Settings = Partial<FaultSettings>;
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-long';

describe('with the library and an Entra', () => {
  const { entra } = bench();
  const registration: AppRegistration = { tenantId: TENANT, clientId: SIGN_IN_APP, proof: { secret: 'right' } };
  const authority = () => ({ url: entra().url });
  const exchanged = (assertion = entra().ssoToken(pia.objectId), by = registration) =>
    createExchange(by, authority())(assertion);
  const faultOf = async (attempt: Promise<unknown>): Promise<ExchangeError> => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ExchangeError, String(error));
    return error;
  };

  describe('a sign-on', () => {
    it('that Entra signed is read, and one that it did not is not', async () => {
      const read = ofThePerson(
        createReadSignedOn({
          authority: authority(),
          ...{ tenantId: TENANT, appId: SIGN_IN_APP, appUri: SIGN_IN_URI },
          now: () => new Date(),
        }),
      );

      assert.equal(typeof (await read(entra().ssoToken(pia.objectId), pia.objectId)), 'object');
      assert.equal(await read(entra().ssoToken(pia.objectId), gus.objectId), 'not-yours');
      const { header, ...forged } = { header: { kid: 'other' }, ...decodeJwt(entra().ssoToken(pia.objectId)) };
      assert.ok(header);
      const [head = '', , signature = ''] = entra().ssoToken(pia.objectId).split('.');
      const payload = Buffer.from(JSON.stringify({ ...forged, oid: gus.objectId })).toString('base64url');
      assert.equal(await read([head, payload, signature].join('.'), gus.objectId), 'not-valid');
    });

    it('is exchanged for a token of each service, in the same person’s name', async () => {
      const exchange = exchanged();

      for (const [service, audience] of [
        ['partner-center', 'https://api.partnercenter.microsoft.com'],
        ['graph', 'https://graph.microsoft.com'],
      ] as const) {
        const { token, expiresOnTimestamp } = await exchange.token(service);
        const { aud, oid } = decodeJwt(token);
        assert.deepEqual({ aud, oid }, { aud: audience, oid: pia.objectId });
        assert.ok(expiresOnTimestamp > Date.now());
      }
    });

    const faults: readonly (readonly [string, ExchangeFault, Settings])[] = [
      ['nobody has consented', 'consent', { obstacles: [{ code: 65001 }] }],
      ['another factor is asked for', 'interaction', { obstacles: [{ code: 50076 }] }],
      ['a policy lets nobody in', 'blocked', { obstacles: [{ code: 53003 }] }],
      [
        'Entra answers 503',
        'unavailable',
        { rules: [{ kind: 'down', endpoint: 'token', skip: 0, delayMs: 0, code: 700082 }] },
      ],
      [
        'Entra wants to be left alone',
        'unavailable',
        { rules: [{ kind: 'throttled', endpoint: 'token', skip: 0, delayMs: 0, code: 700082 }] },
      ],
      [
        'Entra answers no JSON',
        'unavailable',
        { rules: [{ kind: 'not-json', endpoint: 'token', skip: 0, delayMs: 0, code: 700082 }] },
      ],
      [
        'the line is cut',
        'unavailable',
        { rules: [{ kind: 'reset', endpoint: 'token', skip: 0, delayMs: 0, code: 700082 }] },
      ],
      [
        'nothing of Entra can be had',
        'unavailable',
        { rules: [{ kind: 'down', endpoint: 'metadata', skip: 0, delayMs: 0, code: 700082 }] },
      ],
    ];
    for (const [name, fault, settings] of faults)
      it(`gives no token where ${name}: ${fault}`, async () => {
        entra().setFaults(settings);

        const error = await faultOf(exchanged().token('partner-center'));

        assert.equal(error.fault, fault);
        if (fault === 'interaction') assert.ok(JSON.parse(error.claims ?? ''));
        assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /eyJ|trace|correlation/i);
      }).timeout(30_000);

    it('is asked about for ten seconds at most where Entra hangs, and anew by whoever asks next', async () => {
      entra().setFaults({ rules: [{ kind: 'hang', endpoint: 'token', times: 1 }] });
      const exchange = createExchange(registration, authority());
      const assertion = entra().ssoToken(pia.objectId);

      assert.equal((await faultOf(exchange(assertion).token('graph'))).fault, 'unavailable');
      assert.ok(await exchange(assertion).token('graph'));
    }).timeout(30_000);

    it('that is no good is told from a registration that is none', async () => {
      const lapsed = entra().ssoToken(pia.objectId, { exp: 1_700_000_000 });
      const disabled = entra().ssoToken(otto.objectId);
      const unknown = { ...registration, clientId: '99999999-1111-4222-8333-444444444444' };
      const wrong = { ...registration, proof: { secret: 'wrong' } };

      assert.equal((await faultOf(exchanged(lapsed).token('graph'))).fault, 'lapsed');
      assert.equal((await faultOf(exchanged(disabled).token('graph'))).fault, 'blocked');
      assert.equal((await faultOf(exchanged(undefined, unknown).token('graph'))).fault, 'misconfigured');
      assert.equal((await faultOf(exchanged(undefined, wrong).token('graph'))).fault, 'misconfigured');
    });
  });

  describe('a code from the sign-in page', () => {
    const begin = async (claims?: string): Promise<{ readonly url: URL; readonly code: string }> => {
      const way = createAuthorizationCode(registration, authority(), REDIRECT);
      const url = new URL(
        await way.startUrl({ state: 'the-state', verifier: VERIFIER, ...(claims !== undefined && { claims }) }),
      );
      const response = await fetch(`${url.href}&login_hint=${pia.objectId}`, { redirect: 'manual' });
      const back = new URL(response.headers.get('location') ?? '');
      assert.equal(back.searchParams.get('state'), 'the-state');
      return { url, code: back.searchParams.get('code') ?? '' };
    };

    it('stands for a sign-on token like one of Teams, once', async () => {
      const way = createAuthorizationCode(registration, authority(), REDIRECT);
      const { url, code } = await begin('{"access_token":{"acrs":{"essential":true,"value":"c1"}}}');
      assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
      assert.doesNotMatch(url.href, new RegExp(VERIFIER));

      const { aud, oid, acrs, scp } = decodeJwt(await way.redeem(code, VERIFIER));
      assert.deepEqual(
        { aud, oid, acrs, scp },
        { aud: SIGN_IN_APP, oid: pia.objectId, acrs: ['c1'], scp: 'access_as_user' },
      );
      await assert.rejects(way.redeem(code, VERIFIER));
    });

    it('is of no use without its verifier', async () => {
      const { code } = await begin();

      await assert.rejects(createAuthorizationCode(registration, authority(), REDIRECT).redeem(code, `${VERIFIER}x`));
    });

    it('is given to a registration with a certificate too', async () => {
      // The stand-in knows the registration by its secret only; what is proved here is that the certificate is read and sent.
      const folder = await mkdtemp(path.join(tmpdir(), 'sign-in-'));
      try {
        const certificatePath = path.join(folder, 'app.pem');
        const made = await generate([{ name: 'commonName', value: 'sign-in' }], { algorithm: 'sha256' });
        await writeFile(certificatePath, made.private + made.cert);
        const certified = { ...registration, proof: { certificatePath } };
        const { code } = await begin();

        await assert.rejects(
          createAuthorizationCode(certified, authority(), REDIRECT).redeem(code, VERIFIER),
          /700027/,
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  describe('a service account', () => {
    let folder: string;
    let tokenFile: string;
    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'account-'));
      tokenFile = path.join(folder, 'token');
    });
    // What is newer may be stored at just this moment.
    afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

    /** Signs in once, as an operator does when it is set up. */
    const signInOnce = async (): Promise<string> => {
      const way = createAuthorizationCode(registration, authority(), REDIRECT);
      const url = await way.startUrl({ state: 's', verifier: VERIFIER });
      const response = await fetch(`${url}&login_hint=${pia.objectId}`, { redirect: 'manual' });
      const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const answer = await fetch(`${entra().url}/${TENANT}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ client_id: SIGN_IN_APP, client_secret: 'right', grant_type: 'authorization_code', code },
          ...{ redirect_uri: REDIRECT, code_verifier: VERIFIER, scope: `${SIGN_IN_APP}/access_as_user offline_access` },
        }),
      });
      const { refresh_token: token } = (await answer.json()) as { readonly refresh_token: string };
      assert.ok(token);
      return token;
    };
    const source = () =>
      createServiceAccountTokens({
        ...{ registration, authority: authority() },
        refreshToken: refreshTokenFile(tokenFile),
        now: () => new Date(),
      });

    it('has tokens for everybody, each service’s own, and keeps the newest refresh token for the next start', async () => {
      const first = await signInOnce();
      await writeFile(tokenFile, `${first}\n`);
      const tokens = source();

      const [own, forSomebody, graph] = await Promise.all([
        tokens.tokenFor('bot', 'partner-center'),
        tokens.tokenFor(asPerson('somebody'), 'partner-center'),
        tokens.tokenFor('bot', 'graph'),
      ]);

      assert.equal(own, forSomebody);
      assert.equal(decodeJwt(own ?? '')['oid'], pia.objectId);
      assert.equal(decodeJwt(graph ?? '').aud, 'https://graph.microsoft.com');
      assert.equal(tokens.canActAs(asPerson('somebody')), true);
      await eventually(
        async () => (await readFile(tokenFile, 'utf8')).trim() !== first,
        'the newer refresh token is not in the file',
      );
      assert.equal((await stat(tokenFile)).mode & 0o777, 0o600);
      assert.ok(await source().tokenFor('bot', 'partner-center'));
    });

    it('has none once it was taken back', async () => {
      await writeFile(tokenFile, await signInOnce());
      entra().revoke(pia.objectId);

      await assert.rejects(source().tokenFor('bot', 'partner-center'));
    });

    it('has none without its file, and says nothing of what is in it', async () => {
      await assert.rejects(source().tokenFor('bot', 'graph'), /ENOENT/);
      await writeFile(tokenFile, 'not-a-token-4711');
      const error = await source()
        .tokenFor('bot', 'graph')
        .catch((thrown: unknown) => thrown);
      assert.ok(error instanceof Error);
      assert.doesNotMatch(String(error.stack), /4711/);
    });
  });
});
