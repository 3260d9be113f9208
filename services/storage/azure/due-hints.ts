import { instant, MINUTE_MS, SECOND_MS } from '../../clock.ts';
import { longestDueFirst } from '../due-index.ts';
import { isChosen, type DueRow, type KeyChoice } from '../store.ts';
import { Turns } from '../turns.ts';
import {
  AFTER_ALL,
  hintPartition,
  hintRow,
  hintsUntil,
  instantOf,
  lanesOf,
  partitionKeyOf,
  rowKeyOf,
  whenDue,
  type Hint,
  type Lane,
} from './layout.ts';
import { Newest } from './newest.ts';
import { WHEN_PROPERTIES, whenOf } from './row-entities.ts';
import {
  ConflictError,
  NoAnswerError,
  pagesOf,
  type Entity,
  type Properties,
  type Query,
  type Tables,
} from './tables.ts';

/** A hint that nothing agrees with is removed after so long: a commit that is under way comes sooner, or not at all. */
export const COMMITS_WITHIN_MS = 5 * MINUTE_MS;
const LOOK_AGAIN_MS = SECOND_MS / 4;
const PARALLEL = 32;
const HINTS_KNOWN = 10_000;

/** A hint that nothing agrees with yet. */
interface Suspect {
  readonly etag: string;
  readonly since: number;
  readonly lookAgainAt: number;
}

/**
 * Where due rows are found without looking through everything. A hint is there before the row is, so that nothing due
 * is ever missed; what it says is looked up before it is believed.
 */
export class DueHints {
  readonly #tables: Tables;
  readonly #elapsedMs: () => number;
  /** Etags of hints, as they were written or read here last. */
  readonly #etags = new Newest<string>(HINTS_KNOWN);
  readonly #suspects = new Newest<Suspect>(HINTS_KNOWN);
  readonly #turns = new Turns(PARALLEL);

  constructor(tables: Tables, elapsedMs: () => number) {
    this.#tables = tables;
    this.#elapsedMs = elapsedMs;
  }

  async put(hints: readonly Hint[]): Promise<void> {
    const groups = Map.groupBy(hints, hintPartition);
    await Promise.all(
      [...groups].map(async ([partition, group]) => {
        const changes = group.map((hint) => ({
          ...({ kind: 'put', rowKey: hintRow(hint) } as const),
          properties: { partition: hint.partition, key: hint.key },
        }));
        const etags = await this.#tables.batch(partition, changes);
        for (const [n, { rowKey }] of changes.entries()) this.#note(partition, rowKey, etags[n]);
      }),
    );
  }

  /** The commit that these were written for is done: whoever has looked in between has seen nothing, and looks again. */
  confirm(hints: readonly Hint[]): void {
    for (const hint of hints) this.#suspects.delete(`${hintPartition(hint)} ${hintRow(hint)}`);
  }

  /**
   * What is to be removed once a commit has made these hints untrue. Known before the commit: what somebody writes
   * after it stays.
   */
  removal(hints: readonly Hint[]): () => Promise<void> {
    const known = hints.flatMap((hint) => {
      const [partition, row] = [hintPartition(hint), hintRow(hint)];
      const etag = this.#etags.get(`${partition} ${row}`);
      return etag === undefined ? [] : [{ partition, row, etag }];
    });
    return async () => {
      await Promise.all(known.map(({ partition, row, etag }) => this.#remove(partition, row, etag)));
    };
  }

  async due(at: Date, limit: number, keys: KeyChoice | undefined): Promise<readonly DueRow[]> {
    if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`no list has ${limit} rows`);
    const now = instant(at);
    if (limit === 0) return [];
    const found = await Promise.all(lanesOf(keys).map((lane) => this.#dueIn(lane, now, limit, keys)));
    return found.flat().sort(longestDueFirst).slice(0, limit);
  }

  async #dueIn(lane: Lane, now: string, limit: number, keys: KeyChoice | undefined): Promise<readonly DueRow[]> {
    const query: Query = { ...hintsUntil(lane, now), ...whereOf(keys) };
    const found = new Map<string, DueRow>();
    for await (const entities of pagesOf(this.#tables, query, Math.min(1_000, limit + 20))) {
      const chosen = entities.filter(({ properties: { key = '' } }) => isChosen(key, keys));
      for (const entity of chosen) this.#note(entity.partitionKey, entity.rowKey, entity.etag);
      const looked = chosen.filter((entity) => this.#isToBeLookedAt(entity));
      const rows = await Promise.all(
        looked.map((entity) => this.#turns.take(nameOf(entity), () => this.#look(entity, now))),
      );
      for (const row of rows) if (row !== undefined) found.set(`${row.partition} ${row.key}`, row);
      if (found.size >= limit) break;
    }
    return [...found.values()];
  }

  #isToBeLookedAt(entity: Entity): boolean {
    const suspect = this.#suspects.get(nameOf(entity));
    return suspect?.etag !== entity.etag || suspect.lookAgainAt <= this.#elapsedMs();
  }

  /** What is stored, whatever the hint says; where that is damaged, the hint: whoever begins it finds out, and says so. */
  async #look(entity: Entity, now: string): Promise<DueRow | undefined> {
    const { partition, key } = entity.properties;
    if (partition === undefined || key === undefined) return undefined;
    const stored = await this.#tables.get(partitionKeyOf(partition), rowKeyOf(key, 0), WHEN_PROPERTIES);
    const dueAt = stored && whenStored(stored.properties, instantOf(entity));
    if (dueAt !== undefined && dueAt <= now) {
      this.#suspects.delete(nameOf(entity));
      return { partition, key, dueAt };
    }
    await this.#suspect(entity);
    return undefined;
  }

  /** It may belong to a commit that is under way. The longer there is none, the more rarely is it looked at. */
  async #suspect(entity: Entity): Promise<void> {
    const name = nameOf(entity);
    const now = this.#elapsedMs();
    const known = this.#suspects.get(name);
    const since = known?.etag === entity.etag ? known.since : now;
    if (now - since < COMMITS_WITHIN_MS) {
      this.#suspects.set(name, { etag: entity.etag, since, lookAgainAt: now + Math.max(LOOK_AGAIN_MS, now - since) });
      return;
    }
    this.#suspects.delete(name);
    await this.#remove(entity.partitionKey, entity.rowKey, entity.etag);
  }

  #note(partition: string, row: string, etag: string | undefined): void {
    const name = `${partition} ${row}`;
    if (etag === undefined) this.#etags.delete(name);
    else this.#etags.set(name, etag);
  }

  /** What stays is found to be untrue when its time comes. */
  async #remove(partition: string, row: string, etag: string): Promise<void> {
    try {
      await this.#tables.remove(partition, row, etag);
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof NoAnswerError)) throw error;
    }
    if (this.#etags.get(`${partition} ${row}`) === etag) this.#note(partition, row, undefined);
  }
}

/** @param hinted where it cannot be read. */
function whenStored(properties: Properties, hinted: string): string | undefined {
  try {
    return whenDue(whenOf(properties));
  } catch {
    return hinted;
  }
}

const nameOf = ({ partitionKey, rowKey }: Entity): string => `${partitionKey} ${rowKey}`;

const whereOf = (keys: KeyChoice | undefined): Pick<Query, 'where'> =>
  keys !== undefined && 'beginning' in keys && keys.beginning !== ''
    ? { where: { property: 'key', from: keys.beginning, to: `${keys.beginning}${AFTER_ALL}` } }
    : {};
