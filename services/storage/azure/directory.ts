import { isMonth } from '../archiving.ts';
import { Turns } from '../turns.ts';
import { headIn, type Head } from './head.ts';
import type { ArchivedNames } from '../store.ts';
import {
  AFTER_ALL,
  archivePartition,
  HEAD,
  keyOf,
  MONTHS_PARTITION,
  namesPartition,
  partitionKeyOf,
} from './layout.ts';
import { partitionName } from '../partition-name.ts';
import { ConflictError, NoAnswerError, pagesOf, type Query, type Tables } from './tables.ts';

const PARALLEL = 32;
/** So many heads are asked for before the first is given. */
const AHEAD = 256;

/**
 * Which partitions there are. Names are written before what they name, and taken away after it; each is looked up
 * before it is believed.
 */
export class Directory {
  readonly #tables: Tables;
  readonly #turns = new Turns(PARALLEL);

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Before a partition is written that may not be listed. */
  async add(partition: string): Promise<void> {
    await this.#put(namesPartition(partitionName(partition).kind), keyOf(partition), { partition });
  }

  /** Before a partition is archived. */
  async addTo(month: string, partition: string): Promise<void> {
    await Promise.all([
      this.#put(archivePartition(month), keyOf(partition), { partition }),
      this.#put(MONTHS_PARTITION, month, { month }),
    ]);
  }

  /** How to take a name from a list, unless somebody has written it again since. */
  removal(partition: string): Promise<() => Promise<void>> {
    return this.#removal(namesPartition(partitionName(partition).kind), keyOf(partition));
  }

  removalFrom(month: string, partition: string): Promise<() => Promise<void>> {
    return this.#removal(archivePartition(month), keyOf(partition));
  }

  /** Partitions of a kind that are not archived. */
  async *working(kind: string): AsyncGenerator<string, void> {
    for await (const { partition, month } of this.#listed(namesPartition(kind)))
      if (month === undefined) yield partition;
  }

  /** Partitions that are archived under a month; of one kind in the order of their keys. */
  async *archived(month: string, wanted?: ArchivedNames): AsyncGenerator<string, void> {
    let left = wanted?.limit ?? Infinity;
    for await (const head of this.#listed(archivePartition(month), wanted)) {
      if (head.month !== month) continue;
      if (left <= 0) return;
      left -= 1;
      yield head.partition;
    }
  }

  async months(): Promise<readonly string[]> {
    const months: string[] = [];
    for await (const entities of pagesOf(this.#tables, whole(MONTHS_PARTITION)))
      for (const { rowKey: month } of entities) if (isMonth(month) && (await this.#isUsed(month))) months.push(month);
    return months.sort();
  }

  async #isUsed(month: string): Promise<boolean> {
    for await (const partition of this.archived(month)) return partition !== '';
    return false;
  }

  async head(partition: string): Promise<Head | undefined> {
    const entity = await this.#tables.get(partitionKeyOf(partition), HEAD);
    return entity && headIn(entity);
  }

  async *#listed(
    list: string,
    { kind, after, limit = AHEAD }: Partial<ArchivedNames> = {},
  ): AsyncGenerator<Head, void> {
    const ahead = Math.max(1, Math.min(AHEAD, limit));
    const query = after === undefined ? whole(list) : { ...whole(list), rows: { from: keyOf(after), to: AFTER_ALL } };
    const isWanted = (name: string): boolean => (kind === undefined || name.startsWith(`${kind}:`)) && name !== after;
    for await (const entities of pagesOf(this.#tables, query)) {
      const listed = entities.flatMap(({ properties: { partition } }) => partition ?? []).filter(isWanted);
      for (let at = 0; at < listed.length; at += ahead) {
        const names = listed.slice(at, at + ahead);
        const heads = await Promise.all(names.map((name) => this.#turns.take(name, () => this.head(name))));
        yield* heads.filter((head) => head !== undefined);
      }
    }
  }

  async #put(partitionKey: string, rowKey: string, properties: Readonly<Record<string, string>>): Promise<void> {
    await this.#tables.batch(partitionKey, [{ kind: 'put', rowKey, properties }]);
  }

  async #removal(partitionKey: string, rowKey: string): Promise<() => Promise<void>> {
    const stored = await this.#tables.get(partitionKey, rowKey);
    return async () => {
      if (stored === undefined) return;
      try {
        await this.#tables.remove(partitionKey, rowKey, stored.etag);
      } catch (error) {
        if (!(error instanceof ConflictError || error instanceof NoAnswerError)) throw error;
      }
    };
  }
}

const whole = (partition: string): Query => ({ partitions: { from: partition, to: partition } });
