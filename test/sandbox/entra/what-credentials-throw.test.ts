import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { ClientSecretCredential, type GetTokenOptions } from '@azure/identity';
import { createCertificate } from '../../../sandbox/entra/certificate.ts';
import type { FaultSettings } from '../../../sandbox/entra/control/faults.ts';
import type { Claims } from '../../../sandbox/entra/tokens/keys.ts';
import {
  bench,
  type CredentialOptions,
  otto,
  PARTNER_CENTER_SCOPE,
  pia,
  SIGN_IN_APP,
  TENANT,
  thrownBy,
} from './support.ts';

describe('a credential on behalf of a person', () => {
  const { entra, onBehalfOf, trust } = bench();

  const refusedWith = (assertion: string, options?: CredentialOptions, get?: GetTokenOptions) =>
    thrownBy(onBehalfOf(assertion, options).getToken(PARTNER_CENTER_SCOPE, get));
  /** What MSAL's error says, in the order of the README's table. */
  const told = (error: Awaited<ReturnType<typeof refusedWith>>): unknown[] => {
    assert.equal(error.name, 'AuthenticationRequiredError');
    assert.equal('claims' in error, false);
    const cause = error.cause as Readonly<Record<string, unknown>>;
    return [cause['name'], cause['errorCode'], cause['errorNo'], cause['subError'], cause['claims']];
  };

  const contexts = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const faults: readonly (readonly [string, FaultSettings, unknown[]])[] = [
    [
      'a second factor is needed',
      { obstacles: [{ code: 50076, person: pia.objectId, claims: contexts }] },
      ['InteractionRequiredAuthError', 'interaction_required', 50076, 'basic_action', contexts],
    ],
    [
      'consent is missing',
      { obstacles: [{ code: 65001, resource: 'https://api.partnercenter.microsoft.com' }] },
      ['InteractionRequiredAuthError', 'invalid_grant', 65001, 'consent_required', ''],
    ],
    [
      'sessions were revoked',
      { obstacles: [{ code: 50173 }] },
      ['InteractionRequiredAuthError', 'invalid_grant', 50173, 'bad_token', ''],
    ],
    [
      'a policy blocks',
      { obstacles: [{ code: 53003 }] },
      ['InteractionRequiredAuthError', 'interaction_required', 53003, 'message_only', ''],
    ],
    [
      'Entra is down',
      { rules: [{ kind: 'down', endpoint: 'token' }] },
      ['ServerError', 'temporarily_unavailable', 90033, '', undefined],
    ],
    [
      'Entra throttles',
      { rules: [{ kind: 'throttled', endpoint: 'token' }] },
      ['ServerError', 'temporarily_unavailable', 90055, '', undefined],
    ],
    [
      'the answer is not JSON',
      { rules: [{ kind: 'not-json', endpoint: 'token' }] },
      ['ServerError', 'server_error', undefined, '', undefined],
    ],
    [
      'the line is cut',
      { rules: [{ kind: 'reset', endpoint: 'token' }] },
      ['ClientAuthError', 'network_error', undefined, '', undefined],
    ],
  ];
  for (const [when, settings, expected] of faults) {
    it(`tells in its cause that ${when}`, async () => {
      entra().setFaults(settings);

      assert.deepEqual(told(await refusedWith(entra().ssoToken(pia.objectId))), expected);
    });
  }

  it('tells in its cause that claims asked for were not met', async () => {
    const error = await refusedWith(entra().ssoToken(pia.objectId), {}, { claims: contexts });

    assert.deepEqual(told(error), [
      'InteractionRequiredAuthError',
      'interaction_required',
      50076,
      'basic_action',
      contexts,
    ]);
  });

  const assertions: readonly (readonly [string, () => string, number])[] = [
    ['is no token', () => 'garbage', 50013],
    ['was signed by a stranger', () => entra().sign({ ...GOOD, aud: SIGN_IN_APP }, { key: 'stranger' }), 50013],
    ['is not signed', () => entra().sign({ ...GOOD, aud: SIGN_IN_APP }, { header: { alg: 'none' } }), 50013],
    ['has lapsed', () => entra().ssoToken(pia.objectId, { exp: 1_000 }), 500133],
    ['is not valid yet', () => entra().ssoToken(pia.objectId, { nbf: 4_000_000_000 }), 500133],
    ['is for another application', () => entra().ssoToken(pia.objectId, { aud: 'another' }), 500131],
    ['is of an application', () => entra().ssoToken(pia.objectId, { scp: undefined, roles: ['x'] }), 7000114],
    ['is about nobody here', () => entra().ssoToken(pia.objectId, { oid: TENANT }), 50034],
    ['is about somebody disabled', () => entra().ssoToken(otto.objectId), 50057],
  ];
  for (const [what, assertion, code] of assertions) {
    it(`tells in its cause that the assertion ${what}`, async () => {
      const error = await refusedWith(assertion());

      assert.deepEqual(told(error), ['ServerError', 'invalid_grant', code, '', undefined]);
      assert.equal(entra().log().at(-1)?.code, code);
    });
  }

  it('tells in its cause that the secret is wrong, or the resource unknown', async () => {
    const assertion = entra().ssoToken(pia.objectId);
    const secret = await refusedWith(assertion, { clientSecret: 'wrong' });
    const resource = await thrownBy(onBehalfOf(assertion).getToken('https://nothing.example/.default'));

    assert.deepEqual(told(secret), ['ServerError', 'invalid_client', 7000215, '', undefined]);
    assert.deepEqual(told(resource), ['ServerError', 'invalid_resource', 500011, '', undefined]);
    assert.deepEqual(
      entra()
        .log()
        .filter(({ grant }) => grant !== undefined)
        .map(({ status }) => status),
      [401, 400],
    );
  });

  it('is called unavailable, without a cause, when the metadata cannot be read', async () => {
    const unknown = await refusedWith(entra().ssoToken(pia.objectId), { tenantId: SIGN_IN_APP });
    const strange = await createCertificate();
    const untrusted = await refusedWith(entra().ssoToken(pia.objectId), { tlsOptions: { ca: strange.ca } });
    entra().setFaults({ rules: [{ kind: 'down', endpoint: 'metadata' }] });
    const down = await refusedWith(entra().ssoToken(pia.objectId));

    for (const { name, message, cause } of [unknown, untrusted, down]) {
      assert.equal(name, 'CredentialUnavailableError');
      assert.match(message, /^endpoints_resolution_error/);
      assert.equal(cause, undefined);
    }
  });

  it('does not ask again after an outage, and a new one does', async () => {
    entra().setFaults({ rules: [{ kind: 'down', endpoint: 'token', times: 1 }] });
    const assertion = entra().ssoToken(pia.objectId);
    const credential = onBehalfOf(assertion);
    await thrownBy(credential.getToken(PARTNER_CENTER_SCOPE));
    const asked = entra().log().length;

    const again = await thrownBy(credential.getToken(PARTNER_CENTER_SCOPE));

    assert.deepEqual(told(again), ['ServerError', '90033', undefined, '', undefined]);
    assert.equal(entra().log().length, asked);
    assert.ok((await onBehalfOf(assertion).getToken(PARTNER_CENTER_SCOPE)).token);
  });

  it('asks again once where Entra throttles once, with retries as they are', async () => {
    entra().setFaults({ rules: [{ kind: 'throttled', endpoint: 'token', times: 1, retryAfterSeconds: 0 }] });

    const { token } = await onBehalfOf(entra().ssoToken(pia.objectId), { retryOptions: {} }).getToken(
      PARTNER_CENTER_SCOPE,
    );

    assert.ok(token);
    const statuses = entra()
      .log()
      .filter(({ grant }) => grant !== undefined);
    assert.deepEqual(
      statuses.map(({ status, fault }) => [status, fault]),
      [
        [429, 'throttled'],
        [200, undefined],
      ],
    );
  });

  it('passes no abort signal on: a hang ends when Entra hangs up', async () => {
    entra().setFaults({ rules: [{ kind: 'hang', endpoint: 'token' }] });
    const abort = new AbortController();
    const asking = thrownBy(
      onBehalfOf(entra().ssoToken(pia.objectId)).getToken(PARTNER_CENTER_SCOPE, { abortSignal: abort.signal }),
    );
    while (
      !entra()
        .log()
        .some(({ fault }) => fault === 'hang')
    )
      await wait(5);
    abort.abort();
    await wait(50);
    const first = await Promise.race([asking, Promise.resolve('still waiting')]);

    entra().reset();

    assert.equal(first, 'still waiting');
    assert.equal(((await asking).cause as { errorCode?: unknown }).errorCode, 'network_error');
  });

  it('throws as one of an application alone does', async () => {
    const credential = new ClientSecretCredential(TENANT, SIGN_IN_APP, 'wrong', trust());
    const error = await thrownBy(credential.getToken('https://graph.microsoft.com/.default'));

    assert.deepEqual(told(error), ['ServerError', 'invalid_client', 7000215, '', undefined]);
  });
});

/** Everything but the signature is as it should be. */
const GOOD: Claims = {
  exp: 4_000_000_000,
  nbf: 0,
  oid: pia.objectId,
  tid: TENANT,
  scp: 'access_as_user',
};
