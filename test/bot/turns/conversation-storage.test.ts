import assert from 'node:assert/strict';
import { createConversationStorage } from '../../../bot/turns/conversation-storage.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import type { Store } from '../../../services/storage/store.ts';

const KEY = 'msteams/conversations/a:1Xy_/z?#é\\..';
const OTHER = 'msteams/conversations/a:1other';

describe('what the conversations are in the middle of', () => {
  let store: Store;

  beforeEach(() => {
    store = createMemoryStore({ boot: 'boot-1' });
  });
  afterEach(() => store.close());

  it('is nothing for a conversation that was never kept', async () => {
    assert.deepEqual(await createConversationStorage(store).read([KEY]), {});
  });

  it('comes back as it was kept, by whoever reads the same store', async () => {
    const state = { dialogs: { dialogStack: [{ id: 'picker', state: { nonce: 'x', list: [1, null] } }] }, eTag: '*' };

    await createConversationStorage(store).write({ [KEY]: state });

    assert.deepEqual(await createConversationStorage(store).read([KEY, OTHER]), { [KEY]: state });
  });

  it('is what the last writer says, also when several write at the same time', async () => {
    const storage = createConversationStorage(store);

    await Promise.all(Array.from({ length: 8 }, (_, n) => storage.write({ [KEY]: { n } })));
    const [kept] = Object.values(await storage.read([KEY])) as { n: number }[];
    await storage.write({ [KEY]: { n: 100 } });

    assert.ok(kept !== undefined && kept.n >= 0 && kept.n < 8);
    assert.deepEqual(await storage.read([KEY]), { [KEY]: { n: 100 } });
  });

  it('is kept without what JSON does not know', async () => {
    const storage = createConversationStorage(store);

    await storage.write({
      [KEY]: { at: new Date('2026-03-01T09:00:00Z'), left: undefined, run: () => 1, n: Number.NaN },
    });

    assert.deepEqual(await storage.read([KEY]), { [KEY]: { at: '2026-03-01T09:00:00.000Z', n: null } });
  });

  it('can be forgotten, without the other conversations', async () => {
    const storage = createConversationStorage(store);
    await storage.write({ [KEY]: { n: 1 }, [OTHER]: { n: 2 } });

    await storage.delete([KEY, 'never kept']);

    assert.deepEqual(await storage.read([KEY, OTHER]), { [OTHER]: { n: 2 } });
  });

  it('stands in the store under a name that does not tell whose chat it is', async () => {
    await createConversationStorage(store).write({ [KEY]: { n: 1 } });

    const names = await Array.fromAsync(store.partitions('conversation'));

    assert.equal(names.length, 1);
    assert.match(names[0] ?? '', /^conversation:[0-9a-f]{64}$/);
  });
});
