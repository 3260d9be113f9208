// What the store needs of Azure Table Storage, and nothing else: one table, whose entities hold strings.

export type Properties = Readonly<Record<string, string>>;

export interface Entity {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly properties: Properties;
}

/** Which entities are asked for; bounds are part of what they bound. */
export interface Query {
  readonly partitions: { readonly from: string; readonly to: string };
  readonly rows?: { readonly from: string; readonly to: string };
  /** A property whose text lies in between. */
  readonly where?: { readonly property: string; readonly from: string; readonly to: string };
  /** These properties only (all). */
  readonly select?: readonly string[];
}

/** Some of what a query finds, in the order of their keys, and how to go on. A page may be empty and yet have a next one. */
export interface Page {
  readonly entities: readonly Entity[];
  readonly next?: string;
}

/**
 * - `insert`: there must be none.
 * - `replace`: the stored one must have this etag.
 * - `put`: whether there is one or not.
 * - `remove`: there must be one; only beside an `insert` or a `replace`, which sees that nobody has changed it.
 */
export type EntityChange =
  | { readonly kind: 'insert'; readonly rowKey: string; readonly properties: Properties }
  | { readonly kind: 'put'; readonly rowKey: string; readonly properties: Properties }
  | { readonly kind: 'replace'; readonly rowKey: string; readonly properties: Properties; readonly etag: string }
  | { readonly kind: 'remove'; readonly rowKey: string };

/** An entity is not as a change expects it to be; nothing was changed. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** No answer, or none that says what is: what was to be changed may be changed, now or a little later. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** One table. Whatever cannot be done for another reason than these two is a `StoreError`. */
export interface Tables {
  /** Names the table for people, without a secret. */
  readonly name: string;
  /** Whether there is the table. */
  exists(): Promise<boolean>;
  /** Makes the table where it is missing. */
  make(): Promise<void>;
  get(partitionKey: string, rowKey: string, select?: readonly string[]): Promise<Entity | undefined>;
  /** @param most entities in the page (1,000). @param after `next` of the page before. */
  page(query: Query, most?: number, after?: string): Promise<Page>;
  /**
   * Changes entities of one partition, all or none.
   *
   * @returns their new etags; removed ones have none.
   * @throws {ConflictError} nothing was changed.
   */
  batch(partitionKey: string, changes: readonly EntityChange[]): Promise<readonly (string | undefined)[]>;
  /**
   * Removes one entity.
   *
   * @throws {ConflictError} when it has another etag, or is gone.
   */
  remove(partitionKey: string, rowKey: string, etag: string): Promise<void>;
}

/** At most so many changes in a batch. */
export const MOST_CHANGES = 100;
/** A batch has at most 4 MiB; some of it is kept for what is around the entities. */
export const MOST_BATCH_BYTES = 4 * 1024 * 1024 - 128 * 1024;

/** All pages of what a query finds. */
export async function* pagesOf(tables: Tables, query: Query, most?: number): AsyncGenerator<readonly Entity[], void> {
  let after: string | undefined;
  do {
    const { entities, next } = await tables.page(query, most, after);
    yield entities;
    after = next;
  } while (after !== undefined);
}
