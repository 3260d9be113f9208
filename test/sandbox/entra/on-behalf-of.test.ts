import assert from 'node:assert/strict';
import { ClientSecretCredential } from '@azure/identity';
import { text } from '../../../sandbox/entra/tokens/keys.ts';
import {
  BACKGROUND_APP,
  bench,
  claimsOf,
  gus,
  PARTNER_CENTER_SCOPE,
  pia,
  SIGN_IN_APP,
  SIGN_IN_URI,
  TENANT,
} from './support.ts';

describe('a token on behalf of a person', () => {
  const { entra, onBehalfOf } = bench();
  const tokenFor = async (assertion: string, scope = PARTNER_CENTER_SCOPE) =>
    claimsOf((await onBehalfOf(assertion).getToken(scope)).token);

  it('is for Partner Center, by the person, through the sign-in app, with multifactor authentication', async () => {
    const claims = await tokenFor(entra().ssoToken(pia.objectId));

    assert.equal(claims['aud'], 'https://api.partnercenter.microsoft.com');
    assert.equal(claims['iss'], `https://sts.windows.net/${TENANT}/`);
    assert.equal(claims['appid'], SIGN_IN_APP);
    assert.equal(claims['scp'], 'user_impersonation');
    assert.deepEqual([claims['oid'], claims['tid'], claims['upn']], [pia.objectId, TENANT, pia.userPrincipalName]);
    assert.deepEqual(claims['amr'], ['pwd', 'mfa']);
  });

  it('is given for an assertion to the app id URI too', async () => {
    assert.equal((await tokenFor(entra().ssoToken(pia.objectId, { aud: SIGN_IN_URI })))['oid'], pia.objectId);
  });

  it('has no second factor for somebody who signed in with a password only', async () => {
    entra().setFaults({ withoutMfa: [pia.objectId] });

    assert.deepEqual((await tokenFor(entra().ssoToken(pia.objectId)))['amr'], ['pwd']);
    assert.deepEqual((await tokenFor(entra().ssoToken(gus.objectId)))['amr'], ['pwd', 'mfa']);
  });

  it('has the second version’s shape, and amr in any version or in none, where so switched', async () => {
    entra().setFaults({ switches: { tokenVersion: '2.0' } });
    const second = await tokenFor(entra().ssoToken(pia.objectId));
    entra().setFaults({ switches: { tokenVersion: '2.0', amr: 'always' } });
    const secondWithAmr = await tokenFor(entra().ssoToken(pia.objectId));
    entra().setFaults({ switches: { amr: 'never' } });
    const firstWithout = await tokenFor(entra().ssoToken(pia.objectId));

    assert.equal(second['iss'], `${entra().url}/${TENANT}/v2.0`);
    assert.deepEqual([second['azp'], second['appid'], second['amr']], [SIGN_IN_APP, undefined, undefined]);
    assert.deepEqual(secondWithAmr['amr'], ['pwd', 'mfa']);
    assert.deepEqual([firstWithout['ver'], firstWithout['amr']], ['1.0', undefined]);
  });

  it('says where a guest is at home, and for whom it is when it is for Graph', async () => {
    const claims = await tokenFor(entra().ssoToken(gus.objectId), 'https://graph.microsoft.com/User.Read');

    assert.equal(claims['idp'], `https://sts.windows.net/${String(gus.tenantId)}/`);
    assert.equal(claims['aud'], 'https://graph.microsoft.com');
    assert.match(text(claims['scp']), /User\.Read/);
  });

  it('is dated by Entra’s clock, wherever that was moved', async () => {
    const inAYear = new Date('2031-01-01T00:00:00Z');
    entra().moveClock(inAYear);
    entra().setFaults({ switches: { skewMs: 3_600_000, tokenLifetimeSeconds: 600 } });

    const { iat, exp } = await tokenFor(entra().ssoToken(pia.objectId));
    const second = inAYear.getTime() / 1000;

    assert.ok(Math.abs(Number(iat) - (second + 3_600 - 300)) < 600, `iat ${Number(iat)}`);
    assert.equal(Number(exp) - Number(iat), 600 + 300);
  });

  it('leaves in the log who asked for what, and no secret and no token', async () => {
    const assertion = entra().ssoToken(pia.objectId);
    const { token } = await onBehalfOf(assertion).getToken(PARTNER_CENTER_SCOPE);

    const [metadata, entry] = entra().log();
    assert.match(metadata?.path ?? '', /openid-configuration$/);
    assert.deepEqual(
      [entry?.grant, entry?.clientId, entry?.person, entry?.status],
      ['on_behalf_of', SIGN_IN_APP, pia.objectId, 200],
    );
    assert.match(entry?.scope ?? '', /user_impersonation/);
    const kept = JSON.stringify(entra().log());
    for (const secret of ['right', assertion, token]) assert.ok(!kept.includes(secret), secret.slice(0, 10));
  });
});

describe('a token for an application alone', () => {
  const { trust } = bench();

  it('has roles and no person', async () => {
    const credential = new ClientSecretCredential(TENANT, BACKGROUND_APP, 'background', trust());
    const { token } = await credential.getToken('https://graph.microsoft.com/.default');

    const claims = claimsOf(token);
    assert.deepEqual([claims['aud'], claims['appid']], ['https://graph.microsoft.com', BACKGROUND_APP]);
    assert.deepEqual([claims['roles'], claims['idtyp'], claims['scp']], [['User.Read.All'], 'app', undefined]);
  });
});
