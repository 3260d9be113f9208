import assert from 'node:assert/strict';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { appCredential, createEntraTokenSource } from '../../../services/partner-center/entra-token-source.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { SignInNeededError } from '../../../services/partner-center/token-source.ts';

const MINUTE_MS = 60_000;

/** A credential whose tokens are numbered and live for an hour. */
function hourly() {
  const scopes: string[] = [];
  let atMs = 0;
  let fails = false;
  const source = createEntraTokenSource({
    credential: {
      async getToken(scope) {
        scopes.push(scope);
        await Promise.resolve();
        if (fails) throw new Error('no connection');
        return { token: `token-${scopes.length}`, expiresOnTimestamp: atMs + 60 * MINUTE_MS };
      },
    },
    now: () => new Date(atMs),
  });
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

    assert.equal(await source.tokenFor('bot'), 'token-1');
    assert.deepEqual(scopes, ['https://api.partnercenter.microsoft.com/.default']);
  });

  it('is asked for once, however many calls wait for it', async () => {
    const { source } = hourly();

    assert.deepEqual(await Promise.all([source.tokenFor('bot'), source.tokenFor('bot')]), ['token-1', 'token-1']);
  });

  it('is kept until five minutes before it lapses', async () => {
    const { source, moveTo } = hourly();
    await source.tokenFor('bot');

    moveTo(55 * MINUTE_MS - 1);
    assert.equal(await source.tokenFor('bot'), 'token-1');
    moveTo(55 * MINUTE_MS);
    assert.equal(await source.tokenFor('bot'), 'token-2');
  });

  it('is asked for again after a failure', async () => {
    const { source, fail } = hourly();
    fail(true);
    await assert.rejects(source.tokenFor('bot'), /no connection/);

    fail(false);
    assert.equal(await source.tokenFor('bot'), 'token-2');
  });

  it('is never nothing', async () => {
    const source = createEntraTokenSource({
      credential: { getToken: () => Promise.resolve(null) },
      now: () => new Date(),
    });

    await assert.rejects(source.tokenFor('bot'), /no token/);
  });

  it('never speaks for a person', async () => {
    const { source, scopes } = hourly();

    await assert.rejects(source.tokenFor(asPerson('ada')), SignInNeededError);
    assert.equal(source.canActAs(asPerson('ada')), false);
    assert.equal(source.canActAs('bot'), true);
    assert.deepEqual(scopes, []);
  });

  it('comes from a secret or a certificate', () => {
    const app = { tenantId: '11111111-aaaa-4bbb-8ccc-222222222222', clientId: '22222222-aaaa-4bbb-8ccc-222222222222' };

    assert.ok(appCredential({ ...app, credential: { secret: 's' } }) instanceof ClientSecretCredential);
    assert.ok(
      appCredential({ ...app, credential: { certificatePath: '/dev/null' } }) instanceof ClientCertificateCredential,
    );
  });
});
