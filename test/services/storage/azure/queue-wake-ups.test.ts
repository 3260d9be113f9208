import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createQueueWakeUps } from '../../../../services/storage/azure/queue-wake-ups.ts';
import type { WakeUps } from '../../../../services/storage/wake-ups.ts';
import { QueueModel } from '../../../support/queue-model.ts';
import { queueContract } from './queue-contract.ts';

queueContract('the model of a queue', () => new QueueModel());

/** Milliseconds of these tests are seconds of the bot. */
const QUICKER = 200;

describe('calls by a queue', () => {
  let queue: QueueModel;
  let faults: string[];
  let open: WakeUps[];
  let hasOthers: boolean;
  beforeEach(() => {
    queue = new QueueModel();
    faults = [];
    open = [];
    hasOthers = true;
  });
  afterEach(() => Promise.all(open.map((one) => one.stop())));

  const join = (hasTime: () => boolean = () => true): { wakeUps: WakeUps; heard: () => number } => {
    const calls: true[] = [];
    const wakeUps = createQueueWakeUps({
      queue,
      hasOthers: () => hasOthers,
      sleep: async (ms, signal) => delay(ms / QUICKER, undefined, { signal }),
      elapsedMs: () => performance.now() * QUICKER,
      onFault: ({ message }) => faults.push(message),
      onBack: () => faults.push('back'),
    });
    open.push(wakeUps);
    wakeUps.start({ onCall: () => calls.push(true), hasTime });
    return { wakeUps, heard: () => calls.length };
  };
  const until = async (so: () => boolean): Promise<void> => {
    for (let tries = 0; !so(); tries += 1) {
      assert.ok(tries < 1_000, 'it comes true in the end');
      await delay(5);
    }
  };

  it('are heard by one of the others', async () => {
    const [caller, one, another] = [join(() => false), join(), join()];
    await until(() => queue.calls.take > 4);

    caller.wakeUps.call();
    await until(() => one.heard() + another.heard() === 1);
    await delay(50);

    assert.equal(one.heard() + another.heard(), 1);
    assert.equal(caller.heard(), 0);
  });

  it('cost nothing where nobody else is', async () => {
    hasOthers = false;
    const { wakeUps } = join();

    for (let n = 0; n < 100; n += 1) wakeUps.call();
    await delay(100);

    assert.deepEqual(queue.calls, { exists: 0, make: 1, put: 0, take: 0 });
  });

  it('are one call where many come at once, and the last is never the one that is left out', async () => {
    const [{ wakeUps }, other] = [join(() => false), join()];
    for (let n = 0; n < 1_000; n += 1) wakeUps.call();
    await until(() => other.heard() > 0);
    const puts = queue.calls.put;
    assert.ok(puts <= 2, String(puts));

    wakeUps.call();
    await until(() => queue.calls.put > puts);
  });

  it('F25: go on once a queue that was away is back, and it is said once', async () => {
    const [{ wakeUps }, other] = [join(() => false), join()];
    await until(() => queue.calls.take > 0);
    queue.fault = () => 'away';
    await until(() => faults.length > 0);
    wakeUps.call();
    assert.equal(await other.wakeUps.isReachable(), false);

    queue.delete();
    queue.fault = () => undefined;
    await until(() => faults.filter((said) => said === 'back').length >= 1);
    wakeUps.call();

    await until(() => other.heard() > 0);
    assert.equal(await other.wakeUps.isReachable(), true);
    assert.ok(faults.filter((said) => said !== 'back').length <= 2, 'each of the two has said it once');
  });

  it('are made no more once it is stopped', async () => {
    const { wakeUps } = join();
    await wakeUps.stop();
    const { put, take } = queue.calls;

    wakeUps.call();
    await delay(30);

    assert.deepEqual([queue.calls.put, queue.calls.take], [put, take]);
  });
});
