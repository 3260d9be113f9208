import { SPOOL_PARTITION } from '../storage/azure/layout.ts';
import { ConflictError, pagesOf, type Tables } from '../storage/azure/tables.ts';
import type { SpoolBox } from './spool.ts';

/** A partition of the store's table, with an entity for each event. */
export const tableSpool = (tables: Tables): SpoolBox => ({
  async put(name, text) {
    await tables.batch(SPOOL_PARTITION, [{ kind: 'put', rowKey: name, properties: { text } }]);
  },
  async names() {
    const all = { partitions: { from: SPOOL_PARTITION, to: SPOOL_PARTITION }, select: [] };
    return (await Array.fromAsync(pagesOf(tables, all))).flat().map(({ rowKey }) => rowKey);
  },
  read: async (name) => (await tables.get(SPOOL_PARTITION, name))?.properties['text'],
  async remove(name) {
    const stored = await tables.get(SPOOL_PARTITION, name);
    if (stored === undefined) return;
    try {
      await tables.remove(SPOOL_PARTITION, name, stored.etag);
    } catch (error) {
      // Another process was quicker.
      if (!(error instanceof ConflictError)) throw error;
    }
  },
});
