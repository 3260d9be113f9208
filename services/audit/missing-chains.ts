import { StoreError, type Store } from '../storage/store.ts';
import { readAudit } from './audit-chain.ts';
import { CHECKPOINT_CHAINS } from './chains.ts';
import { checkpointIn } from './checkpoint.ts';

/**
 * Refuses a store of which a part is gone: a request whose file was deleted would otherwise be one that never was, with
 * its approvals, and with a call that may be on its way. Looks at what the checkpoints name that are not archived yet,
 * which is what has happened in the last months; all of it is verified by `verifyRecord`.
 *
 * @throws {StoreError} `damaged`, with the name of the first that is missing.
 */
export async function refuseMissingChains(store: Pick<Store, 'read' | 'partitions' | 'isKept'>): Promise<void> {
  const named = new Map<string, string>();
  for await (const day of store.partitions(CHECKPOINT_CHAINS))
    for (const entry of readAudit((await store.read(day)).rows)) {
      const { heads = {}, after } = checkpointIn(entry) ?? {};
      for (const chain of Object.keys(heads)) named.set(chain, day);
      if (after) named.set(after.chain, day);
    }
  for (const [chain, day] of named)
    if (!(await store.isKept(chain)))
      throw new StoreError('damaged', `"${chain}" is missing from the store, and "${day}" names it`);
}
