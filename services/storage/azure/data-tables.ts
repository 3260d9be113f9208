import { AzureNamedKeyCredential, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { RestError } from '@azure/core-rest-pipeline';
import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { StoreError } from '../store.ts';
import { lastingCredential } from './lasting-credential.ts';
import type { TablesAccount } from './tables-account.ts';
import {
  ConflictError,
  NoAnswerError,
  type Entity,
  type EntityChange,
  type Page,
  type Properties,
  type Query,
  type Tables,
} from './tables.ts';

/** The table of the bot, in whatever account. */
export const TABLE = 'resellerOffboarding';

/** One call is waited for so long: twice that, and a pause, is still less than Teams waits. */
const CALL_MS = 1_500;
const MOST_IN_A_PAGE = 1_000;

export interface DataTablesOptions {
  readonly account: TablesAccount;
  readonly table: string;
  /** Instead of what `DefaultAzureCredential` finds. */
  readonly credential?: TokenCredential;
  readonly callMs?: number;
}

/** A table of Azure Table Storage, or of Cosmos DB for Table. Each call is made once; whoever calls knows what may be repeated. */
export function dataTables({ account, table, credential, callMs = CALL_MS }: DataTablesOptions): Tables {
  const identity =
    account.key === undefined ? lastingCredential(credential ?? new DefaultAzureCredential()) : undefined;
  const client = clientOf(account, table, identity);
  const name = `the table "${table}" at ${new URL(account.endpoint).host}`;

  /** @throws {ConflictError | NoAnswerError | StoreError} */
  const call = async <T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      // Whoever has no token yet waits for one first: that is no answer of the tables that comes late.
      await identity?.getToken(scopeOf(account));
      return await work(AbortSignal.timeout(callMs));
    } catch (error) {
      throw failureOf(error, name);
    }
  };
  const isMissing = (error: unknown): boolean => error instanceof RestError && error.statusCode === 404;

  return {
    name,
    async exists() {
      return call(async (abortSignal) => {
        try {
          await client.listEntities({ abortSignal }).byPage({ maxPageSize: 1 }).next();
          return true;
        } catch (error) {
          if (isMissing(error)) return false;
          throw error;
        }
      });
    },
    async make() {
      await call((abortSignal) => client.createTable({ abortSignal }));
    },
    async get(partitionKey, rowKey, select) {
      return call(async (abortSignal) => {
        try {
          const queryOptions = select && { queryOptions: { select: ['PartitionKey', 'RowKey', ...select] } };
          return entityOf(await client.getEntity(partitionKey, rowKey, { abortSignal, ...queryOptions }));
        } catch (error) {
          if (isMissing(error) && codeOf(error) !== 'TableNotFound') return undefined;
          throw error;
        }
      });
    },
    async page(query, most = MOST_IN_A_PAGE, after) {
      return call(async (abortSignal) => {
        const { select } = query;
        const filter = filterOf(query);
        const queryOptions = { filter, ...(select && { select: ['PartitionKey', 'RowKey', ...select] }) };
        const pages = client
          .listEntities({ abortSignal, queryOptions })
          .byPage({ maxPageSize: most, ...(after !== undefined && { continuationToken: after }) });
        const { value } = (await pages.next()) as IteratorResult<Found[] & { continuationToken?: string }, undefined>;
        const next = value?.continuationToken;
        return { entities: (value ?? []).map(entityOf), ...(next && { next }) } satisfies Page;
      });
    },
    async batch(partitionKey, changes) {
      const actions = changes.map((change) => actionOf(partitionKey, change));
      const { subResponses } = await call((abortSignal) => client.submitTransaction(actions, { abortSignal }));
      // What was answered in another form may still be right: who needs an etag reads it again.
      return changes.map((_, n) => (subResponses.length === changes.length ? subResponses[n]?.etag : undefined));
    },
    async remove(partitionKey, rowKey, etag) {
      await call((abortSignal) => client.deleteEntity(partitionKey, rowKey, { etag, abortSignal }));
    },
  };
}

/** Who the token is for, as the SDK asks for it. */
const scopeOf = ({ endpoint }: TablesAccount): string =>
  endpoint.includes('.table.cosmos.') ? 'https://cosmos.azure.com/.default' : 'https://storage.azure.com/.default';

function clientOf(account: TablesAccount, table: string, identity: TokenCredential | undefined): TableClient {
  const options: TableServiceClientOptions = {
    // The SDK would send again what may have been done.
    retryOptions: { maxRetries: 0 },
    allowInsecureConnection: account.endpoint.startsWith('http:'),
  };
  if (account.key !== undefined)
    return new TableClient(account.endpoint, table, new AzureNamedKeyCredential(account.name, account.key), options);
  if (identity === undefined) throw new TypeError('there is neither a key nor an identity');
  return new TableClient(account.endpoint, table, identity, options);
}

type Found = Readonly<Record<string, unknown>>;

function entityOf(found: Found): Entity {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(found))
    if (typeof value === 'string' && !SERVICE_PROPERTIES.has(name)) properties[name] = value;
  const { partitionKey, rowKey, etag } = found;
  return { partitionKey: String(partitionKey), rowKey: String(rowKey), etag: String(etag), properties };
}

const SERVICE_PROPERTIES = new Set(['partitionKey', 'rowKey', 'etag', 'timestamp', 'odata.metadata']);

type Action = Parameters<TableClient['submitTransaction']>[0][number];

/** Removing in a batch goes with any etag: the head beside it is what sees changes of others. */
function actionOf(partitionKey: string, change: EntityChange): Action {
  const { rowKey } = change;
  if (change.kind === 'remove') return ['delete', { partitionKey, rowKey }];
  const entity: { partitionKey: string; rowKey: string } & Properties = { ...change.properties, partitionKey, rowKey };
  if (change.kind === 'insert') return ['create', entity];
  if (change.kind === 'put') return ['upsert', entity, 'Replace'];
  return ['update', entity, 'Replace', { etag: change.etag }];
}

function filterOf({ partitions, rows, where }: Query): string {
  const { from, to } = partitions;
  const conditions = [
    ...(from === to ? [`PartitionKey eq ${quoted(from)}`] : between('PartitionKey', from, to)),
    ...(rows === undefined ? [] : between('RowKey', rows.from, rows.to)),
    ...(where === undefined ? [] : between(where.property, where.from, where.to)),
  ];
  return conditions.join(' and ');
}

const between = (property: string, from: string, to: string): readonly string[] => [
  ...(from === '' ? [] : [`${property} ge ${quoted(from)}`]),
  `${property} le ${quoted(to)}`,
];
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const codeOf = (error: unknown): string => (error instanceof RestError ? (error.code ?? detailCode(error)) : '');

function detailCode({ details }: RestError): string {
  const said: unknown =
    typeof details === 'object' && details !== null && 'odataError' in details ? details.odataError : {};
  return typeof said === 'object' && said !== null && 'code' in said ? String(said.code) : '';
}

/** Passing: the service is busy, or something on the way. @see "Table Storage error codes" */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** What a failed call means. Holds nothing of what was sent. */
function failureOf(error: unknown, name: string): Error {
  if (error instanceof StoreError) return error;
  if (!(error instanceof RestError)) {
    const why = error instanceof Error ? error.name : 'unknown';
    if (why === 'AbortError' || why === 'TimeoutError') return new NoAnswerError('no answer in time');
    if (why === 'CredentialUnavailableError' || why === 'AuthenticationError' || why === 'AggregateAuthenticationError')
      return unwritable(
        name,
        'there is no identity to ask for a token with: see AZURE_STORAGE_ACCOUNT in docs/configuration.md',
      );
    return unwritable(name, why);
  }
  const { statusCode } = error;
  const code = codeOf(error);
  if (statusCode === undefined || PASSING.has(statusCode)) {
    const isNowhere = error.code === 'ENOTFOUND';
    return new NoAnswerError(
      isNowhere ? 'there is no such host' : (error.code ?? String(statusCode ?? 'no connection')),
    );
  }
  if (code === 'TableNotFound') return unwritable(name, 'there is no such table');
  if (code === 'TableBeingDeleted') return unwritable(name, 'it is being deleted');
  if (statusCode === 404 || statusCode === 409 || statusCode === 412)
    return new ConflictError(code || String(statusCode));
  if (
    statusCode === 413 ||
    code === 'EntityTooLarge' ||
    code === 'RequestBodyTooLarge' ||
    code === 'PropertyValueTooLarge'
  )
    return new StoreError(
      'too-large',
      `what is to be stored in ${name} is too large (${code || statusCode}); nothing was changed`,
    );
  if (statusCode === 401 || statusCode === 403)
    return unwritable(
      name,
      `access is refused (${code || statusCode}): the identity needs the role Storage Table Data Contributor, or the key is wrong`,
    );
  return unwritable(name, `the service refuses (${code || statusCode})`);
}

/** The SDK's own error stays outside: it holds headers and addresses. */
const unwritable = (name: string, why: string): StoreError =>
  new StoreError('unwritable', `${name} cannot be used: ${why}`);
