import assert from 'node:assert/strict';
import { appendAudit, auditKeyOf } from '../../../services/audit/audit-chain.ts';
import { checkpointEvent, type Checkpoint } from '../../../services/audit/checkpoint.ts';
import { refuseMissingChains } from '../../../services/audit/missing-chains.ts';
import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { NEVER_WRITTEN, type Store } from '../../../services/storage/store.ts';

const NOW = new Date('2026-03-10T09:00:00.000Z');
const key = auditKeyOf(new Uint8Array(32).fill(3));
const covered = { entries: 1, head: 'f'.repeat(64) };

async function checkpointed(store: Store, day: string, checkpoint: Checkpoint): Promise<void> {
  const chain = `checkpoint:${day}`;
  const { rows } = await store.read(chain);
  await store.commit(chain, NEVER_WRITTEN, appendAudit(rows, [checkpointEvent(checkpoint)], NOW, chain, key));
}

describe('a store at its start', () => {
  let store: Store;
  beforeEach(async () => {
    store = createMemoryStore({ boot: 'b' });
    await store.commit('request:a', NEVER_WRITTEN, [{ key: 'request', row: { value: {} } }]);
  });

  it('is whole when it is new, and while everything is there that checkpoints name', async () => {
    await refuseMissingChains(store);
    await checkpointed(store, '2026-03-10', { chains: 1, heads: { 'request:a': covered } });

    await refuseMissingChains(store);
  });

  it('is refused without a chain that a checkpoint names, which is told by its name', async () => {
    await checkpointed(store, '2026-03-10', { chains: 2, heads: { 'request:a': covered, 'request:b': covered } });

    await assert.rejects(refuseMissingChains(store), {
      name: 'StoreError',
      fault: 'damaged',
      message: '"request:b" is missing from the store, and "checkpoint:2026-03-10" names it',
    });
  });

  it('is refused without the checkpoints of a day that the next ones follow', async () => {
    const after = { chain: 'checkpoint:2026-03-09', ...covered };
    await checkpointed(store, '2026-03-10', { chains: 1, heads: { 'request:a': covered }, after });

    await assert.rejects(refuseMissingChains(store), /"checkpoint:2026-03-09" is missing/);
  });

  it('has what is archived', async () => {
    await checkpointed(store, '2026-03-10', { chains: 1, heads: { 'request:a': covered } });
    await store.archive('request:a', (await store.read('request:a')).version, '2026-03');

    await refuseMissingChains(store);
  });
});
