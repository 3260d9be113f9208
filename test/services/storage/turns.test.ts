import assert from 'node:assert/strict';
import { Turns } from '../../../services/storage/turns.ts';

describe('taking turns', () => {
  it('is in the order of asking for one thing, whatever fails before', async () => {
    const turns = new Turns(4);
    const order: number[] = [];

    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        turns.take('a', async () => {
          await Promise.resolve();
          order.push(n);
          if (n === 1) throw new Error('the first fails');
        }),
      ),
    );

    assert.deepEqual(order, [1, 2, 3]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'fulfilled', 'fulfilled'],
    );
  });

  it('ends for each when its own work is done, not with that of those behind it', async () => {
    const turns = new Turns(4);
    const second = Promise.withResolvers<undefined>();

    const first = turns.take('a', async () => 'first');
    const waiting = turns.take('a', () => second.promise);

    assert.equal(await first, 'first');
    second.resolve(undefined);
    await waiting;
  });

  it('happens at the same time for different things, so many at once and no more', async () => {
    const turns = new Turns(2);
    let atOnce = 0;
    let most = 0;

    await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        turns.take(String(n), async () => {
          most = Math.max(most, (atOnce += 1));
          await new Promise(setImmediate);
          atOnce -= 1;
        }),
      ),
    );

    assert.equal(most, 2);
    await turns.idle();
  });
});
