import assert from 'node:assert/strict';
import { createOwnMeantime, createSharedMeantime, type Meantime } from '../../../services/sign-in/meantime.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';

const SECRET = new Uint8Array(32).fill(3);
const [ADA, BO] = ['22222222-aaaa-4bbb-8ccc-222222222222', '44444444-aaaa-4bbb-8ccc-222222222222'];

for (const kind of ['in one process', 'in several'] as const)
  describe(`the meantime of a sign-in, ${kind},`, () => {
    let nowMs: number;
    let store: Store;
    let first: Meantime;
    let second: Meantime;
    beforeEach(() => {
      nowMs = Date.parse('2026-03-01T09:00:00Z');
      store = createMemoryStore({ boot: 'boot' });
      const clock = (): Date => new Date(nowMs);
      first =
        kind === 'in one process' ? createOwnMeantime(clock) : createSharedMeantime({ store, secret: SECRET, clock });
      second = kind === 'in one process' ? first : createSharedMeantime({ store, secret: SECRET, clock });
    });

    it('gives what was kept to whose it is, once', async () => {
      await first.keep(ADA, 'words', 'remove contoso 💼');

      assert.equal(await second.take(BO, 'words'), undefined);
      assert.equal(await second.take(ADA, 'other'), undefined);
      const taken = await Promise.all([first.take(ADA, 'words'), second.take(ADA, 'words')]);
      assert.deepEqual(
        taken.filter((one) => one !== undefined),
        ['remove contoso 💼'],
      );
    });

    it('forgets it after a quarter of an hour', async () => {
      await first.keep(ADA, 'words', 'x');
      nowMs += 15 * 60_000;

      assert.equal(await second.take(ADA, 'words'), undefined);
    });

    it('keeps the newest three of one person, and all of others', async () => {
      await first.keep(BO, 'of-bo', 'bo');
      for (const name of ['a', 'b', 'c', 'd', 'd']) {
        nowMs += 1_000;
        await first.keep(ADA, name, `${name}-text`);
      }

      const all = await Promise.all(['a', 'b', 'c', 'd'].map((name) => second.take(ADA, name)));
      assert.deepEqual(all, [undefined, 'b-text', 'c-text', 'd-text']);
      assert.equal(await second.take(BO, 'of-bo'), 'bo');
    });
  });

describe('what is kept of a sign-in in a store', () => {
  it('can be read and moved by nobody', async () => {
    const store = createMemoryStore({ boot: 'boot' });
    const clock = (): Date => new Date('2026-03-01T09:00:00Z');
    await createSharedMeantime({ store, secret: SECRET, clock }).keep(ADA, 'handed-over', 'the code of Entra');
    const { rows } = await store.read(`signin:${ADA}`);

    assert.doesNotMatch(JSON.stringify([...rows]), /handed-over|code of/);
    const [[key, row] = []] = [...rows];
    assert.ok(key !== undefined && row !== undefined);
    await store.commit(`signin:${BO}`, '0', [{ key, row }]);
    const others = createSharedMeantime({ store, secret: new Uint8Array(32).fill(4), clock });
    assert.equal(await createSharedMeantime({ store, secret: SECRET, clock }).take(BO, 'handed-over'), undefined);
    assert.equal(await others.take(ADA, 'handed-over'), undefined);
  });
});
