import { readOrigin } from './azure-origin.ts';
import { answered, PATIENCE } from './azure-store.ts';
import { STORE_PARTITION } from './layout.ts';
import { patientTables } from './patient-tables.ts';
import { ConflictError, type Tables } from './tables.ts';

/** What a start would find. */
export interface FoundInAzure {
  /** Names the table for people. */
  readonly name: string;
  /** Whether there is the table at all; one that is there may be written. */
  readonly isThere: boolean;
  /** Which store is in it, if any. */
  readonly storeId?: string;
}

/**
 * Looks whether a store could be opened, and changes nothing.
 *
 * @throws {StoreError} when it could not.
 */
export async function lookAtTables(plainTables: Tables): Promise<FoundInAzure> {
  const tables = patientTables(plainTables, PATIENCE);
  return answered(tables, async () => {
    const { name } = tables;
    if (!(await tables.exists())) return { name, isThere: false };
    const origin = await readOrigin(tables);
    await tryToWrite(tables);
    return { name, isThere: true, ...(origin && { storeId: origin.id }) };
  });
}

/** Whoever may not write is refused before it is looked whether there is such an entity. */
async function tryToWrite(tables: Tables): Promise<void> {
  try {
    await tables.remove(STORE_PARTITION, 'never-there', 'W/"datetime\'2000-01-01T00%3A00%3A00.0000000Z\'"');
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
