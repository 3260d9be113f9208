import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { storageQueue } from '../../../../services/storage/azure/storage-queue.ts';
import type { WakeQueue } from '../../../../services/storage/azure/wake-queue.ts';
import { startAzurite, type Azurite } from '../../../support/azurite.ts';
import { queueContract } from './queue-contract.ts';

describe('with the queues of Azurite', () => {
  let azurite: Azurite;
  before(async function () {
    this.timeout(120_000);
    azurite = await startAzurite({ queues: true });
  });
  after(() => azurite.stop());

  const newQueue = (callMs = 20_000, key = azurite.account.key): WakeQueue =>
    storageQueue({
      account: { name: azurite.account.name, ...(key !== undefined && { key }) },
      endpoint: azurite.account.queueEndpoint ?? '',
      queue: `q${randomBytes(8).toString('hex')}`,
      callMs,
    });

  queueContract('a queue of Azurite', newQueue);

  it('says who is refused, and nothing of what was sent', async () => {
    const wrongKey = Buffer.from('wrong').toString('base64');

    await assert.rejects(newQueue(20_000, wrongKey).put(), (error: Error) => {
      assert.match(error.message, /access is refused.*Storage Queue Data Contributor/);
      assert.ok(!error.message.includes(wrongKey));
      return true;
    });
  });

  it('waits no longer than it is to', async () => {
    await assert.rejects(newQueue(0).put(), /no answer in time/);
  });
});
