import assert from 'node:assert/strict';
import { MOST_TAKEN, QueueError, type WakeQueue } from '../../../../services/storage/azure/wake-queue.ts';

/** What calls for work rely on of a queue. The model of the tests is held to it, and so is Azurite. */
export function queueContract(name: string, create: () => WakeQueue): void {
  describe(`${name}, as every queue,`, () => {
    it('says whether it is there, and is made once', async () => {
      const queue = create();

      assert.equal(await queue.exists(), false);
      await assert.rejects(queue.put(), QueueError);
      await assert.rejects(queue.take(), QueueError);
      await queue.make();
      await queue.make();
      assert.equal(await queue.exists(), true);
    });

    it('gives each message to one who takes', async () => {
      const queue = create();
      await queue.make();
      assert.equal(await queue.take(), 0);

      await Promise.all([queue.put(), queue.put(), queue.put()]);
      const taken = await Promise.all([queue.take(), queue.take(), queue.take(), queue.take()]);

      assert.equal(
        taken.reduce((sum, one) => sum + one, 0),
        3,
      );
      assert.equal(await queue.take(), 0);
    });

    it('gives many at once, and the rest to the next', async () => {
      const queue = create();
      await queue.make();
      for (let n = 0; n < MOST_TAKEN + 3; n += 1) await queue.put();

      assert.deepEqual([await queue.take(), await queue.take(), await queue.take()], [MOST_TAKEN, 3, 0]);
    });
  });
}
