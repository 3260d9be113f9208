import assert from 'node:assert/strict';
import { createWhoseNight } from '../../../bot/work/whose-night.ts';
import { HOUR_MS } from '../../../services/clock.ts';
import { openAzureStore } from '../../../services/storage/azure/azure-store.ts';
import { TableModel } from '../../support/table-model.ts';

describe('the night of several processes', () => {
  it('is one’s, another’s when that one has died or failed, and nobody’s once all is done', async () => {
    let now = new Date('2026-03-01T02:00:00.000Z');
    const tables = new TableModel();
    const join = async (boot: string) => {
      const store = await openAzureStore({ tables, boot, now: () => now });
      return createWhoseNight({ store, boot, clock: () => now });
    };
    const [one, two] = [await join('one'), await join('two')];
    const later = (hours: number): void => {
      now = new Date(now.getTime() + hours * HOUR_MS);
    };

    assert.deepEqual((await Promise.all([one.take(), two.take()])).sort(), ['mine', 'theirs']);
    later(2);
    assert.equal(await two.take(), 'mine', 'whoever had it is gone');
    await one.end(true);
    assert.equal(await one.take(), 'theirs', 'and its end counts for nothing');
    await two.end(false);
    assert.equal(await one.take(), 'mine', 'a chore has failed');
    await one.end(true);
    assert.deepEqual([await one.take(), await two.take()], ['done', 'done']);
    later(22);
    assert.equal(await two.take(), 'mine');
  });
});
