import type { StoreReader } from '../store-reader.ts';
import { readOrigin } from './azure-origin.ts';
import { answered, PATIENCE } from './azure-store.ts';
import { Directory } from './directory.ts';
import { versionOf } from './head.ts';
import { patientTables } from './patient-tables.ts';
import { readPartition } from './read-partition.ts';
import type { Tables } from './tables.ts';

/**
 * Reads the partitions of a store, archived ones too, and changes nothing: bots may work with it meanwhile.
 *
 * @returns `undefined`, where there is no store.
 * @throws {StoreError}
 */
export async function openAzureReader(plainTables: Tables): Promise<StoreReader | undefined> {
  const tables = patientTables(plainTables, PATIENCE);
  const directory = new Directory(tables);
  const isThere = await answered(
    tables,
    async () => (await tables.exists()) && (await readOrigin(tables)) !== undefined,
  );
  if (!isThere) return undefined;

  const list = async (kind: string): Promise<readonly string[]> => {
    const names = new Set(await Array.fromAsync(directory.working(kind)));
    for (const month of await directory.months())
      for await (const name of directory.archived(month)) if (name.startsWith(`${kind}:`)) names.add(name);
    return [...names].sort();
  };
  return {
    read: (partition) =>
      answered(tables, async () => {
        const { outline, rows } = await readPartition(tables, partition, PATIENCE.sleep);
        return { version: versionOf(outline.head), rows };
      }),
    async *partitions(kind) {
      yield* await answered(tables, () => list(kind));
    },
  };
}
