import { lookForQueue, lookInAzure } from '../open-store.ts';
import type { AzureStoreConfig } from '../config/store.ts';
import { QueueError } from '../../services/storage/azure/wake-queue.ts';
import { StoreError } from '../../services/storage/store.ts';
import { ok, warning, wrong, type Finding } from './finding.ts';

const ABOUT = 'store';
const QUEUE = 'queue';
const QUEUE_ACCESS =
  'Give the bot the role Storage Queue Data Contributor: see "A store in Azure" in docs/operations.md';
const ACCESS =
  'Give the bot the role Storage Table Data Contributor, and see to the network of the account: see "A store in Azure" in docs/operations.md';

/** Looks at the table and the queue of the bot, and whether the table may be written; changes nothing, and makes neither. */
export const checkAzureStore = async (config: AzureStoreConfig): Promise<readonly Finding[]> => [
  ...(await checkTable(config)),
  await checkQueue(config),
];

async function checkQueue(config: AzureStoreConfig): Promise<Finding> {
  try {
    const queue = await lookForQueue(config);
    if (queue === undefined)
      return ok(QUEUE, 'the account has none: several processes find each other’s work by looking');
    return ok(
      QUEUE,
      queue.isThere ? `${queue.name} is there` : `there is none yet; the first start makes ${queue.name}`,
    );
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    return wrong(QUEUE, error.message, QUEUE_ACCESS);
  }
}

async function checkTable(config: AzureStoreConfig): Promise<readonly Finding[]> {
  try {
    const { name, isThere, storeId } = await lookInAzure(config);
    if (!isThere) return [ok(ABOUT, `there is none yet; the first start makes ${name}`), ...keyOf(config)];
    const found = storeId === undefined ? 'is empty' : `has the store ${storeId}`;
    return [ok(ABOUT, `${name} ${found}, and may be written`), ...keyOf(config)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const isOurs = error.fault === 'damaged' || error.fault === 'too-new';
    return [
      wrong(
        ABOUT,
        error.message,
        isOurs ? 'See "When the bot does not start" in docs/operations.md, and keep the table' : ACCESS,
      ),
    ];
  }
}

const keyOf = ({ account, key }: AzureStoreConfig): readonly Finding[] =>
  key === undefined || account.endpoint.startsWith('http:')
    ? []
    : [
        warning(
          ABOUT,
          'the key of the account opens everything in it, to whoever gets hold of it',
          'Use AZURE_STORAGE_ACCOUNT and an identity instead of AZURE_STORAGE_CONNECTION_STRING',
        ),
      ];
