import type { Clock } from '../services/clock.ts';
import { newGuid } from '../services/ids.ts';
import { folderSpool } from '../services/audit/folder-spool.ts';
import type { SpoolBox } from '../services/audit/spool.ts';
import { openFileStore } from '../services/storage/file-store.ts';
import type { FoundInAzure } from '../services/storage/azure/look-at-tables.ts';
import type { WakeQueue } from '../services/storage/azure/wake-queue.ts';
import { openStoreReader, type StoreReader } from '../services/storage/store-reader.ts';
import type { StoreOrigin } from '../services/storage/store.ts';
import type { OpenedStore } from './work/chores.ts';
import { tablesAccount, type AzureStoreConfig, type StoreConfig } from './config/store.ts';

export interface OpenStoreOptions {
  readonly boot: string;
  readonly now: Clock;
  readonly onUnsynced: () => void;
  readonly onOpenToOthers: () => void;
}

/** What there is to read for whoever is not the bot. */
export interface ReadableStore {
  readonly reader: StoreReader;
  readonly spool: SpoolBox;
}

/**
 * Opens the store that is configured. What only one of them needs is loaded for that one only.
 *
 * @throws {StoreError}
 */
export async function openStore(config: StoreConfig, { boot, now, ...told }: OpenStoreOptions): Promise<OpenedStore> {
  if (config.kind === 'file') {
    const store = await openFileStore({ folder: config.folder, boot, now, ...told });
    return Object.assign(store, { spool: folderSpool(config.folder) });
  }
  const [{ openAzureStore }, { tableSpool }, tables] = await Promise.all([
    import('../services/storage/azure/azure-store.ts'),
    import('../services/audit/table-spool.ts'),
    tablesOf(config),
  ]);
  const wakeQueue = await queueOf(config);
  return Object.assign(await openAzureStore({ tables, boot, now }), {
    spool: tableSpool(tables),
    ...(wakeQueue && { wakeQueue }),
  });
}

/**
 * Opens it for reading, beside the bots that work with it.
 *
 * @returns `undefined`, where there is none.
 * @throws {StoreError}
 */
export async function openToRead(config: StoreConfig): Promise<ReadableStore | undefined> {
  if (config.kind === 'file') {
    const reader = await openStoreReader(config.folder);
    return reader && { reader, spool: folderSpool(config.folder) };
  }
  const [{ openAzureReader }, { tableSpool }, tables] = await Promise.all([
    import('../services/storage/azure/azure-reader.ts'),
    import('../services/audit/table-spool.ts'),
    tablesOf(config),
  ]);
  const reader = await openAzureReader(tables);
  return reader && { reader, spool: tableSpool(tables) };
}

/**
 * What a start would find in Azure; changes nothing.
 *
 * @throws {StoreError}
 */
export async function lookInAzure(config: AzureStoreConfig): Promise<FoundInAzure> {
  const [{ lookAtTables }, tables] = await Promise.all([
    import('../services/storage/azure/look-at-tables.ts'),
    tablesOf(config),
  ]);
  return lookAtTables(tables);
}

/**
 * Whether the queue that processes call each other by is there.
 *
 * @returns `undefined`, where the account has no queues.
 * @throws {QueueError}
 */
export async function lookForQueue(
  config: AzureStoreConfig,
): Promise<{ readonly name: string; readonly isThere: boolean } | undefined> {
  const queue = await queueOf(config);
  return queue && { name: queue.name, isThere: await queue.exists() };
}

/**
 * Says that a table in Azure was put back, so that nothing is carried out that was approved before.
 *
 * @returns `undefined`, where there is no store.
 * @throws {StoreError}
 */
export async function notePutBackInAzure(config: AzureStoreConfig, now: Clock): Promise<StoreOrigin | undefined> {
  const [{ answered }, { notePutBack }, tables] = await Promise.all([
    import('../services/storage/azure/azure-store.ts'),
    import('../services/storage/azure/azure-origin.ts'),
    tablesOf(config),
  ]);
  return answered(tables, async () =>
    (await tables.exists()) ? notePutBack(tables, { now, newId: newGuid }) : undefined,
  );
}

export async function tablesOf(config: AzureStoreConfig) {
  const { dataTables, TABLE } = await import('../services/storage/azure/data-tables.ts');
  return dataTables({ account: tablesAccount(config), table: TABLE });
}

/** @returns `undefined`, where the account has no queues. */
async function queueOf(config: AzureStoreConfig): Promise<WakeQueue | undefined> {
  const account = tablesAccount(config);
  const { queueEndpoint: endpoint } = account;
  if (endpoint === undefined) return undefined;
  const { storageQueue, QUEUE } = await import('../services/storage/azure/storage-queue.ts');
  return storageQueue({ account, endpoint, queue: QUEUE });
}

/** Where a store is, for people. */
export const placeOf = (config: StoreConfig): string =>
  config.kind === 'file' ? `"${config.folder}"` : `the storage account "${config.account.name}"`;
