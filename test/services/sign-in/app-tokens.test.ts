import assert from 'node:assert/strict';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { appCredential, createAppTokens, type Credential } from '../../../services/sign-in/app-tokens.ts';
import { PUBLIC_AUTHORITY } from '../../../services/sign-in/authority.ts';

const MINUTE_MS = 60_000;

/** A credential whose tokens are numbered and live for an hour. */
function hourly() {
  const scopes: string[] = [];
  let atMs = 0;
  let fails = false;
  const credential: Credential = {
    async getToken(scope) {
      scopes.push(String(scope));
      await Promise.resolve();
      if (fails) throw new Error('no connection');
      return { token: `token-${scopes.length}`, expiresOnTimestamp: atMs + 60 * MINUTE_MS };
    },
  };
  const source = createAppTokens(
    () => credential,
    () => new Date(atMs),
  );
  return {
    source,
    scopes,
    moveTo: (ms: number) => {
      atMs = ms;
    },
    fail: (on: boolean) => {
      fails = on;
    },
  };
}

describe("the bot's own token", () => {
  it('is asked for with the audience of Partner Center', async () => {
    const { source, scopes } = hourly();

    assert.equal(await source.tokenFor('partner-center'), 'token-1');
    assert.deepEqual(scopes, ['https://api.partnercenter.microsoft.com/.default']);
  });

  it('is asked for once, however many calls wait for it', async () => {
    const { source } = hourly();

    assert.deepEqual(await Promise.all([source.tokenFor('partner-center'), source.tokenFor('partner-center')]), [
      'token-1',
      'token-1',
    ]);
  });

  it('is kept until five minutes before it lapses', async () => {
    const { source, moveTo } = hourly();
    await source.tokenFor('partner-center');

    moveTo(55 * MINUTE_MS - 1);
    assert.equal(await source.tokenFor('partner-center'), 'token-1');
    moveTo(55 * MINUTE_MS);
    assert.equal(await source.tokenFor('partner-center'), 'token-2');
  });

  it('is asked for again after a failure', async () => {
    const { source, fail } = hourly();
    fail(true);
    await assert.rejects(source.tokenFor('partner-center'), /no connection/);

    fail(false);
    assert.equal(await source.tokenFor('partner-center'), 'token-2');
  });

  it('is never nothing', async () => {
    const nothing: Credential = { getToken: () => Promise.resolve(null) };
    const source = createAppTokens(
      () => nothing,
      () => new Date(),
    );

    await assert.rejects(source.tokenFor('partner-center'), /no token/);
  });

  it('is another one for Graph', async () => {
    const { source, scopes } = hourly();

    assert.equal(await source.tokenFor('graph'), 'token-1');
    assert.equal(await source.tokenFor('partner-center'), 'token-2');
    assert.deepEqual(scopes, [
      'https://graph.microsoft.com/.default',
      'https://api.partnercenter.microsoft.com/.default',
    ]);
  });

  it('is asked for again once it was refused, and not for an older one that was', async () => {
    const { source } = hourly();
    const token = await source.tokenFor('partner-center');

    source.refused('partner-center', token);
    assert.equal(await source.tokenFor('partner-center'), 'token-2');
    source.refused('partner-center', token);
    assert.equal(await source.tokenFor('partner-center'), 'token-2');
  });

  it('comes from a secret or a certificate', () => {
    const app = { tenantId: '11111111-aaaa-4bbb-8ccc-222222222222', clientId: '22222222-aaaa-4bbb-8ccc-222222222222' };

    assert.ok(appCredential({ ...app, proof: { secret: 's' } }, PUBLIC_AUTHORITY) instanceof ClientSecretCredential);
    assert.ok(
      appCredential({ ...app, proof: { certificatePath: '/dev/null' } }, PUBLIC_AUTHORITY) instanceof
        ClientCertificateCredential,
    );
  });
});
