import { createHash } from 'node:crypto';
import type { Storage, StoreItems } from 'botbuilder';
import { changePartition } from '../../services/storage/change-partition.ts';
import type { Json, RowChange, Store } from '../../services/storage/store.ts';

const ROW = 'state';
/** The SDK's keys hold characters that no store takes, and a chat's id. */
const partitionOf = (key: string): string => `conversation:${createHash('sha256').update(key).digest('hex')}`;

/**
 * Keeps the SDK's conversation state in our store. The last writer wins, as the SDK wants it: no effect depends
 * on this state.
 */
export function createConversationStorage(store: Store): Storage {
  const change = (key: string, value: Json | undefined): Promise<void> =>
    changePartition(store, partitionOf(key), ({ rows }) => {
      const changed: RowChange = value === undefined ? { key: ROW, remove: true } : { key: ROW, row: { value } };
      return { changes: value === undefined && !rows.has(ROW) ? [] : [changed], result: undefined };
    });

  return {
    async read(keys) {
      const items = await Promise.all(
        keys.map(async (key) => [key, (await store.read(partitionOf(key))).rows.get(ROW)?.value] as const),
      );
      // The SDK changes what it gets.
      return structuredClone(
        Object.fromEntries<unknown>(items.filter(([, value]) => value !== undefined)),
      ) satisfies StoreItems;
    },
    async write(items) {
      for (const [key, value] of Object.entries(items)) await change(key, JSON.parse(JSON.stringify(value)) as Json);
    },
    async delete(keys) {
      for (const key of keys) await change(key, undefined);
    },
  };
}
