import { StoreError, type Store } from '../storage/store.ts';
import { readAudit } from './audit-chain.ts';
import { CHECKPOINT_CHAINS } from './chains.ts';
import { checkpointIn } from './checkpoint.ts';
import { Turns } from '../storage/turns.ts';

/** A store in Azure is asked over a network, and a start waits for it. */
const PARALLEL = 32;

/**
 * Refuses a store of which a part is gone: a request whose file was deleted would otherwise be one that never was, with
 * its approvals, and with a call that may be on its way. Looks at what the checkpoints name that are not archived yet,
 * which is what has happened in the last months; all of it is verified by `verifyRecord`.
 *
 * @throws {StoreError} `damaged`, with the name of the first that is missing.
 */
export async function refuseMissingChains(store: Pick<Store, 'read' | 'partitions' | 'isKept'>): Promise<void> {
  const turns = new Turns(PARALLEL);
  const named = new Map<string, string>();
  const days = await Array.fromAsync(store.partitions(CHECKPOINT_CHAINS));
  await Promise.all(
    days.map((day) =>
      turns.take(day, async () => {
        for (const entry of readAudit((await store.read(day)).rows)) {
          const { heads = {}, after } = checkpointIn(entry) ?? {};
          for (const chain of Object.keys(heads)) named.set(chain, day);
          if (after) named.set(after.chain, day);
        }
      }),
    ),
  );
  const isKept = await Promise.all([...named.keys()].map((chain) => turns.take(chain, () => store.isKept(chain))));
  const missing = [...named].find((_, at) => isKept[at] === false);
  if (missing === undefined) return;
  const [chain, day] = missing;
  throw new StoreError('damaged', `"${chain}" is missing from the store, and "${day}" names it`);
}
