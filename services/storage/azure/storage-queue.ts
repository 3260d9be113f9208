import { RestError } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { QueueClient, StorageSharedKeyCredential, type StoragePipelineOptions } from '@azure/storage-queue';
import type { TablesAccount } from './tables-account.ts';
import { MESSAGE_SECONDS, MOST_TAKEN, QueueError, type WakeQueue } from './wake-queue.ts';

/** The queue of the bot, in whatever account. */
export const QUEUE = 'reseller-offboarding-work';

const CALL_MS = 1_500;
/** A message that was taken and not deleted, because somebody died in between, comes again after so long. */
const HIDDEN_SECONDS = 10;
const TEXT = 'work';

export interface StorageQueueOptions {
  readonly account: Pick<TablesAccount, 'name' | 'key'>;
  /** Scheme, host, and the path that an emulator has. */
  readonly endpoint: string;
  readonly queue: string;
  /** Instead of what `DefaultAzureCredential` finds. */
  readonly credential?: TokenCredential;
  readonly callMs?: number;
}

/** A queue of Azure Queue Storage. Each call is made once: one that is lost costs seconds. */
export function storageQueue({
  account,
  endpoint,
  queue,
  credential,
  callMs = CALL_MS,
}: StorageQueueOptions): WakeQueue {
  const name = `the queue "${queue}" at ${new URL(endpoint).host}`;
  const options: StoragePipelineOptions = { retryOptions: { maxTries: 1 } };
  const known =
    account.key === undefined
      ? (credential ?? new DefaultAzureCredential())
      : new StorageSharedKeyCredential(account.name, account.key);
  const client = new QueueClient(`${endpoint}/${queue}`, known, options);

  const call = async <T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await work(AbortSignal.timeout(callMs));
    } catch (error) {
      throw new QueueError(`${name} cannot be used: ${whyOf(error)}`);
    }
  };

  return {
    name,
    exists: () => call((abortSignal) => client.exists({ abortSignal })),
    async make() {
      await call((abortSignal) => client.createIfNotExists({ abortSignal }));
    },
    async put() {
      await call((abortSignal) => client.sendMessage(TEXT, { abortSignal, messageTimeToLive: MESSAGE_SECONDS }));
    },
    take: () =>
      call(async (abortSignal) => {
        const { receivedMessageItems: items } = await client.receiveMessages({
          ...{ abortSignal, numberOfMessages: MOST_TAKEN, visibilityTimeout: HIDDEN_SECONDS },
        });
        await Promise.all(
          // One that stays calls once more.
          items.map(({ messageId, popReceipt }) =>
            client.deleteMessage(messageId, popReceipt, { abortSignal }).catch(() => undefined),
          ),
        );
        return items.length;
      }),
  };
}

/** The SDK's own error stays outside: it holds headers and addresses. */
function whyOf(error: unknown): string {
  if (!(error instanceof RestError)) {
    const why = error instanceof Error ? error.name : 'unknown';
    if (why === 'AbortError' || why === 'TimeoutError') return 'no answer in time';
    return why.endsWith('AuthenticationError') || why === 'CredentialUnavailableError'
      ? 'there is no identity to ask for a token with'
      : why;
  }
  const { statusCode, code } = error;
  if (statusCode === 401 || statusCode === 403)
    return `access is refused (${code ?? statusCode}): the identity needs the role Storage Queue Data Contributor, or the key is wrong`;
  if (code === 'ENOTFOUND') return 'there is no such host';
  return code ?? String(statusCode ?? 'no connection');
}
