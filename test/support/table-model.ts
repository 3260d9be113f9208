import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../../services/storage/store.ts';
import { ConflictError, MOST_CHANGES, NoAnswerError } from '../../services/storage/azure/tables.ts';
import type { Entity, EntityChange, Page, Properties, Query, Tables } from '../../services/storage/azure/tables.ts';

export type TableCall = 'exists' | 'make' | 'get' | 'page' | 'batch' | 'remove';

/**
 * What goes wrong with a call: it is not done and says so after a while (`503`), it is done and the answer is lost
 * (`lost-after`), it is lost on its way (`lost-before`), or it is done later than anybody waits (`late`).
 */
export type TableFault = '503' | 'lost-before' | 'lost-after' | 'late';

export interface TableModelOptions {
  /** How long a call takes (no time). */
  readonly latency?: (call: TableCall) => Promise<void>;
  /** At most so many entities in a page, whatever is asked for (1,000). */
  readonly pageSize?: number;
}

type Stored = { readonly etag: string; readonly properties: Properties };

const FORBIDDEN = /[/\\#?\p{Cc}]/u;
const LONGEST_STRING = 32_768;
const ENTITY_BYTES = 1024 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;

/** A table of Azure Table Storage in memory, as far as the store uses one; several stores may share it. */
export class TableModel implements Tables {
  readonly name = 'the table of a test';
  readonly #partitions = new Map<string, Map<string, Stored>>();
  readonly #options: TableModelOptions;
  #isMade = false;
  #etags = 0;
  /** Asked before each call. */
  fault: (call: TableCall, partitionKey: string) => TableFault | undefined = () => undefined;
  /** A call that is not done says so after so many milliseconds. */
  failAfter = 0;
  /** Told after each call that was done. */
  onDone: (call: TableCall, partitionKey: string) => void | Promise<void> = () => undefined;
  /** How many calls of each kind came. */
  readonly calls: Record<TableCall, number> = { exists: 0, make: 0, get: 0, page: 0, batch: 0, remove: 0 };

  constructor(options: TableModelOptions = {}) {
    this.#options = options;
  }

  async exists(): Promise<boolean> {
    return this.#call('exists', '', () => this.#isMade);
  }

  async make(): Promise<void> {
    await this.#call('make', '', () => {
      this.#isMade = true;
    });
  }

  async get(partitionKey: string, rowKey: string, select?: readonly string[]): Promise<Entity | undefined> {
    return this.#call('get', partitionKey, () => {
      this.#checkMade();
      const stored = this.#partitions.get(partitionKey)?.get(rowKey);
      return stored && entityOf(partitionKey, rowKey, stored, select);
    });
  }

  async page(query: Query, most = 1_000, after?: string): Promise<Page> {
    return this.#call('page', query.partitions.from, () => {
      this.#checkMade();
      const found = this.#all(query).filter(
        ({ partitionKey, rowKey }) => after === undefined || tokenOf(partitionKey, rowKey) >= after,
      );
      const entities = found.slice(0, Math.min(most, this.#options.pageSize ?? 1_000));
      const rest = found[entities.length];
      return { entities, ...(rest && { next: tokenOf(rest.partitionKey, rest.rowKey) }) };
    });
  }

  async batch(partitionKey: string, changes: readonly EntityChange[]): Promise<readonly (string | undefined)[]> {
    return this.#call('batch', partitionKey, () => {
      this.#checkMade();
      checkBatch(partitionKey, changes);
      const next = new Map(this.#partitions.get(partitionKey));
      const etags = changes.map((change) => this.#change(next, change));
      this.#partitions.set(partitionKey, next);
      return etags;
    });
  }

  async remove(partitionKey: string, rowKey: string, etag: string): Promise<void> {
    await this.#call('remove', partitionKey, () => {
      this.#checkMade();
      const partition = this.#partitions.get(partitionKey);
      if (partition?.get(rowKey)?.etag !== etag) throw new ConflictError('the entity is another one');
      partition.delete(rowKey);
    });
  }

  /** Everything there is, for tests to look at and to damage. */
  entities(beginning = ''): readonly Entity[] {
    return this.#all({ partitions: { from: beginning, to: `${beginning}\uffff` } });
  }

  put(partitionKey: string, rowKey: string, properties: Properties): void {
    const partition = this.#partitions.get(partitionKey) ?? new Map<string, Stored>();
    partition.set(rowKey, { etag: this.#etag(), properties });
    this.#partitions.set(partitionKey, partition);
  }

  /** Takes the place of everything that another table has. */
  fill(entities: readonly Entity[]): void {
    this.#isMade = true;
    for (const { partitionKey, rowKey, properties } of entities) this.put(partitionKey, rowKey, properties);
  }

  delete(partitionKey: string, rowKey: string): void {
    this.#partitions.get(partitionKey)?.delete(rowKey);
  }

  async #call<T>(call: TableCall, partitionKey: string, work: () => T): Promise<T> {
    this.calls[call] += 1;
    const fault = this.fault(call, partitionKey);
    await this.#options.latency?.(call);
    if (fault === '503' || fault === 'lost-before') {
      if (this.failAfter > 0) await delay(this.failAfter);
      throw new NoAnswerError(fault);
    }
    if (fault === 'late') {
      setImmediate(() => {
        try {
          work();
        } catch {
          // nobody waits for it any more
        }
      });
      throw new NoAnswerError(fault);
    }
    const result = work();
    await this.onDone(call, partitionKey);
    await this.#options.latency?.(call);
    if (fault === 'lost-after') throw new NoAnswerError(fault);
    return result;
  }

  #change(partition: Map<string, Stored>, change: EntityChange): string | undefined {
    const { rowKey } = change;
    const stored = partition.get(rowKey);
    if (change.kind === 'insert' && stored !== undefined) throw new ConflictError('EntityAlreadyExists');
    if (change.kind === 'remove') {
      if (stored === undefined) throw new ConflictError('ResourceNotFound');
      partition.delete(rowKey);
      return undefined;
    }
    if (change.kind === 'replace' && stored?.etag !== change.etag)
      throw new ConflictError('UpdateConditionNotSatisfied');
    const etag = this.#etag();
    partition.set(rowKey, { etag, properties: { ...change.properties } });
    return etag;
  }

  #all({ partitions, rows, where, select }: Query): Entity[] {
    const found: Entity[] = [];
    for (const [partitionKey, entities] of this.#partitions) {
      if (partitionKey < partitions.from || partitionKey > partitions.to) continue;
      for (const [rowKey, stored] of entities) {
        if (rows !== undefined && (rowKey < rows.from || rowKey > rows.to)) continue;
        const text = where && stored.properties[where.property];
        if (where !== undefined && (text === undefined || text < where.from || text > where.to)) continue;
        found.push(entityOf(partitionKey, rowKey, stored, select));
      }
    }
    return found.sort((a, b) => (tokenOf(a.partitionKey, a.rowKey) < tokenOf(b.partitionKey, b.rowKey) ? -1 : 1));
  }

  #checkMade(): void {
    if (!this.#isMade) throw new StoreError('unwritable', 'there is no such table');
  }

  #etag(): string {
    this.#etags += 1;
    return `W/"${this.#etags}"`;
  }
}

const tokenOf = (partitionKey: string, rowKey: string): string => `${partitionKey}\u0000${rowKey}`;

const entityOf = (
  partitionKey: string,
  rowKey: string,
  { etag, properties }: Stored,
  select?: readonly string[],
): Entity => ({
  ...{ partitionKey, rowKey, etag },
  properties: select
    ? Object.fromEntries(Object.entries(properties).filter(([name]) => select.includes(name)))
    : { ...properties },
});

function checkBatch(partitionKey: string, changes: readonly EntityChange[]): void {
  if (changes.length === 0 || changes.length > MOST_CHANGES) throw refused('InvalidInput');
  if (new Set(changes.map(({ rowKey }) => rowKey)).size < changes.length) throw refused('InvalidDuplicateRow');
  let bytes = 0;
  for (const change of changes) {
    if (FORBIDDEN.test(partitionKey) || FORBIDDEN.test(change.rowKey)) throw refused('OutOfRangeInput');
    if (!('properties' in change)) continue;
    const texts = Object.values(change.properties);
    if (texts.some((text) => text.length > LONGEST_STRING)) throw tooLarge('PropertyValueTooLarge');
    const own = Object.entries(change.properties).reduce(
      (sum, [name, text]) => sum + 2 * (name.length + text.length) + 8,
      0,
    );
    if (own > ENTITY_BYTES || texts.length > 252) throw tooLarge('EntityTooLarge');
    bytes += Buffer.byteLength(JSON.stringify(change.properties));
  }
  if (bytes > BATCH_BYTES) throw tooLarge('RequestBodyTooLarge');
}

const refused = (code: string): StoreError => new StoreError('unwritable', `the service refuses (${code})`);
const tooLarge = (code: string): StoreError => new StoreError('too-large', `it is too large (${code})`);
