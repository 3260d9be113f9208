import path from 'node:path';
import { BACKUPS } from '../../services/storage/partition-name.ts';
import type { TablesAccount } from '../../services/storage/azure/tables-account.ts';
import { isLoopback } from './loopback.ts';
import type { VariableName } from './names.ts';
import { Secret } from './secret.ts';
import { connectionString, storageAccount, store as storeKind, text, wholeNumber } from './values.ts';
import type { Variables } from './variables.ts';

export type FileStoreConfig = { readonly kind: 'file'; readonly folder: string };
export type AzureStoreConfig = {
  readonly kind: 'azure';
  /** Its name, and the addresses of its tables and queues. */
  readonly account: Omit<TablesAccount, 'key'>;
  /** Missing where an identity is asked for tokens. */
  readonly key?: Secret;
};
/** Where everything is kept. */
export type StoreConfig = FileStoreConfig | AzureStoreConfig;

export interface BackupsConfig {
  readonly folder: string;
  /** How many; 0 makes none. */
  readonly kept: number;
}

const ACCOUNT = ['AZURE_STORAGE_ACCOUNT', 'AZURE_STORAGE_CONNECTION_STRING'] as const;
const BACKUP_NAMES = ['BACKUP_FOLDER', 'BACKUPS_KEPT'] as const;

export function readStore(variables: Variables): StoreConfig {
  const configured = variables.withDefault('STORE', storeKind, { kind: 'file', folder: './data' });
  return configured.kind === 'file' ? configured : readAzure(variables);
}

function readAzure(variables: Variables): AzureStoreConfig {
  const named = variables.optional('AZURE_STORAGE_ACCOUNT', storageAccount);
  const connected = variables.optional('AZURE_STORAGE_CONNECTION_STRING', connectionString);
  const given = ACCOUNT.filter((name) => variables.isSet(name));
  if (given.length !== 1) variables.fault(ACCOUNT, 'STORE=azure needs one of the two');
  const { key, ...account } = connected ?? named ?? accountOf('nobody');
  if ([account.endpoint, account.queueEndpoint].some((address) => address !== undefined && isOpenToAll(address)))
    variables.fault('AZURE_STORAGE_CONNECTION_STRING', 'must name an https address (http for a loopback address only)');
  return { kind: 'azure', account, ...(key !== undefined && { key: new Secret(key) }) };
}

/** Whether what is sent there goes over the net as plain text. */
const isOpenToAll = (address: string): boolean => address.startsWith('http:') && !isLoopback(new URL(address).hostname);

/** Stands where nothing can be read; a fault is noted then. */
const accountOf = (name: string): TablesAccount => ({ name, endpoint: `https://${name}.invalid` });

/** @returns nothing for a store that is not copied file by file. */
export function readBackups(variables: Variables, store: StoreConfig): { readonly backups?: BackupsConfig } {
  if (store.kind === 'azure') {
    const given: readonly VariableName[] = BACKUP_NAMES.filter((name) => variables.isSet(name));
    if (given.length > 0) variables.fault(given, 'a store in Azure has no backups in a folder');
    return {};
  }
  return {
    backups: {
      folder: variables.withDefault('BACKUP_FOLDER', text, path.join(store.folder, BACKUPS)),
      kept: variables.withDefault('BACKUPS_KEPT', wholeNumber(0, 1_000), 14),
    },
  };
}

/** The account with what proves who asks. */
export const tablesAccount = ({ account, key }: AzureStoreConfig): TablesAccount => ({
  ...account,
  ...(key && { key: key.reveal() }),
});
