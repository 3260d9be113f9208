import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { dataTables } from '../../../../services/storage/azure/data-tables.ts';
import { lastingCredential } from '../../../../services/storage/azure/lasting-credential.ts';
import { NoAnswerError } from '../../../../services/storage/azure/tables.ts';
import { StoreError } from '../../../../services/storage/store.ts';

const HOUR_MS = 3_600_000;

/** An identity that takes its time, and counts how often it is asked. */
class SlowIdentity implements TokenCredential {
  asked = 0;
  refuses = false;
  async getToken(): Promise<AccessToken> {
    this.asked += 1;
    await delay(50);
    if (this.refuses) throw Object.assign(new Error('nobody is signed in'), { name: 'CredentialUnavailableError' });
    return { token: `token-${this.asked}`, expiresOnTimestamp: Date.now() + HOUR_MS };
  }
}

describe('the tables of an account that an identity opens', () => {
  const account = { name: 'contoso', endpoint: 'https://127.0.0.1:9' };
  let identity: SlowIdentity;
  beforeEach(() => {
    identity = new SlowIdentity();
  });

  it('are asked once there is a token, however long that takes', async () => {
    const tables = dataTables({ account, table: 'offboarding', credential: identity, callMs: 10 });

    await assert.rejects(tables.exists(), NoAnswerError);

    assert.equal(identity.asked, 1);
  });

  it('say in plain words that there is no identity', async () => {
    identity.refuses = true;
    const tables = dataTables({ account, table: 'offboarding', credential: identity });

    await assert.rejects(
      tables.exists(),
      (error) =>
        error instanceof StoreError &&
        error.fault === 'unwritable' &&
        /no identity.*AZURE_STORAGE_ACCOUNT/.test(error.message),
    );
  });

  it('are opened with one token until it ends, and with another one after a refusal', async () => {
    let now = Date.now();
    const lasting = lastingCredential(identity, () => now);

    const first = await Promise.all([lasting.getToken('a'), lasting.getToken('a')]);
    now += HOUR_MS - 60_000;
    const meanwhile = await lasting.getToken('a');
    await delay(100);
    const second = await lasting.getToken('a');
    identity.refuses = true;
    now += 2 * HOUR_MS;
    await assert.rejects(lasting.getToken('a'));
    identity.refuses = false;
    const third = await lasting.getToken('a');

    assert.deepEqual(
      [...first, meanwhile, second, third].map((one) => one?.token),
      ['token-1', 'token-1', 'token-1', 'token-2', 'token-4'],
    );
  });
});
