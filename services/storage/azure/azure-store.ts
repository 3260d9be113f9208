import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { newGuid, type NewId } from '../../ids.ts';
import { checkArchiving } from '../archiving.ts';
import { partitionName } from '../partition-name.ts';
import { checkedChanges } from '../rows.ts';
import { StaleWriteError, StoreError } from '../store.ts';
import type { ArchivedNames, DueRow, KeyChoice, Partition, RowChange, Store, StoreOrigin } from '../store.ts';
import type { StoreOptions } from '../store-options.ts';
import { openOrigin } from './azure-origin.ts';
import { Directory } from './directory.ts';
import { COMMITS_WITHIN_MS, DueHints } from './due-hints.ts';
import { hasCommit, versionOf, type Head } from './head.ts';
import { partitionKeyOf, STORE_PARTITION } from './layout.ts';
import { Newest } from './newest.ts';
import { patientTables, untilAnswered, type Patience } from './patient-tables.ts';
import type { Outline } from './picture.ts';
import { headChange, planCommit, type CommitPlan } from './plan-commit.ts';
import { readPartition } from './read-partition.ts';
import { ConflictError, NoAnswerError, type Tables } from './tables.ts';

export interface AzureStoreOptions extends StoreOptions {
  readonly tables: Tables;
  readonly newId?: NewId;
  /** Which store is being moved here: the table is not given its name before all of it is there. */
  readonly arriving?: StoreOrigin;
  /** How time passes (as it does). */
  readonly patience?: Patience;
}

export const PATIENCE: Patience = {
  elapsedMs: () => performance.now(),
  sleep: async (ms) => delay(ms),
};

/** What is known of so many partitions is kept until the next commit: which entities there are, not what is in them. */
const OUTLINES_KEPT = 5_000;
/** Whoever archives at the same time changes a head and not what is committed. */
const TRIES = 5;

/**
 * Opens a store that keeps everything in one table of Azure Table Storage, together with other processes. The table is
 * made at the first start.
 *
 * @throws {StoreError} `damaged`, `too-new` or `unwritable`; nothing was changed.
 */
export async function openAzureStore(options: AzureStoreOptions): Promise<Store> {
  const { now = () => new Date(), newId = newGuid, patience = PATIENCE } = options;
  const tables = patientTables(options.tables, patience);
  const origin = await answered(tables, async () => {
    await tables.make();
    return options.arriving ?? openOrigin(tables, { now, newId });
  });
  return azureStoreOf({ tables, now, newId, patience, origin });
}

/** A store whose origin is known. @param parts.tables patient ones. */
export const azureStoreOf = (parts: AzureStoreParts): Store => new AzureStore(parts);

/** @throws {StoreError} `unwritable`, where there is no answer. */
export async function answered<T>({ name }: Tables, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new StoreError('unwritable', `${name} does not answer: ${error.message}`, { cause: error });
  }
}

interface AzureStoreParts {
  readonly tables: Tables;
  readonly now: Clock;
  readonly newId: NewId;
  readonly patience: Patience;
  readonly origin: StoreOrigin;
}

type Sent =
  | { readonly kind: 'stored'; readonly head?: Head }
  /** What was read is still what is stored, and yet the batch did not fit: somebody has archived it. */
  | { readonly kind: 'again' };

/**
 * A commit is one transaction in one partition, against the etag of its head. What others look for by is written before
 * it: hints of due work, and names. Nothing that is kept here between two calls is believed without the etag.
 */
class AzureStore implements Store {
  readonly origin: StoreOrigin;
  readonly isShared = true;
  readonly #tables: Tables;
  readonly #now: Clock;
  readonly #newId: NewId;
  readonly #patience: Patience;
  readonly #hints: DueHints;
  readonly #directory: Directory;
  readonly #outlines = new Newest<Outline>(OUTLINES_KEPT);
  readonly #running = new Set<Promise<unknown>>();
  #probing: Promise<boolean> | undefined;
  #isClosed = false;

  constructor({ tables, now, newId, patience, origin }: AzureStoreParts) {
    this.origin = origin;
    this.#tables = tables;
    this.#now = now;
    this.#newId = newId;
    this.#patience = patience;
    this.#hints = new DueHints(tables, patience.elapsedMs);
    this.#directory = new Directory(tables);
  }

  async read(partition: string): Promise<Partition> {
    return this.#run(() => this.#read(partition));
  }

  async isKept(partition: string): Promise<boolean> {
    return this.#run(async () => (await this.#directory.head(partition)) !== undefined);
  }

  async commit(partition: string, version: string, changes: readonly RowChange[]): Promise<string> {
    const checked = checkedChanges(changes);
    partitionName(partition);
    return this.#run(async () => {
      for (let tried = 1; ; tried += 1) {
        const outline = await this.#outlineAt(partition, version);
        const plan = planCommit(partition, outline, checked, this.#newId());
        if ((await this.#commit(partition, outline, plan)) === 'stored') return versionOf({ ...plan.head, etag: '' });
        this.#outlines.delete(partition);
        if (tried === TRIES) throw new StoreError('damaged', `"${partition}" has other entities than can be read`);
      }
    });
  }

  async due(at: Date, limit: number, keys?: KeyChoice): Promise<readonly DueRow[]> {
    return this.#run(() => this.#hints.due(at, limit, keys));
  }

  async *partitions(kind: string): AsyncIterable<string> {
    yield* await this.#run(() => Array.fromAsync(this.#directory.working(kind)));
  }

  async archive(partition: string, version: string, month: string): Promise<void> {
    await this.#run(() => untilAnswered(this.#patience, () => this.#archive(partition, version, month)));
  }

  async archiveMonths(): Promise<readonly string[]> {
    return this.#run(() => this.#directory.months());
  }

  async *archived(month: string, wanted?: ArchivedNames): AsyncIterable<string> {
    yield* await this.#run(() => Array.fromAsync(this.#directory.archived(month, wanted)));
  }

  /** Writes an entity and reads it. Who asks meanwhile gets the same answer. */
  async isReachable(): Promise<boolean> {
    if (this.#isClosed) return false;
    this.#probing ??= this.#probe().finally(() => {
      this.#probing = undefined;
    });
    return this.#probing.catch(() => false);
  }

  /** Azure has. */
  async hasRoom(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error('the store is closed');
    return this.#tracked(answered(this.#tables, work));
  }

  async #tracked<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => undefined,
      () => undefined, // whoever waits for it hears of it
    );
    this.#running.add(ended);
    void ended.then(() => this.#running.delete(ended));
    return work;
  }

  async #read(partition: string): Promise<Partition> {
    const { outline, rows } = await readPartition(this.#tables, partition, this.#patience.sleep);
    this.#outlines.set(partition, outline);
    return { version: versionOf(outline.head), rows };
  }

  /** @throws {StaleWriteError} when something else is stored. */
  async #outlineAt(partition: string, version: string): Promise<Outline> {
    const known = this.#outlines.get(partition);
    if (known !== undefined && versionOf(known.head) === version) return known;
    const { outline } = await readPartition(this.#tables, partition, this.#patience.sleep);
    if (versionOf(outline.head) !== version) throw new StaleWriteError(partition);
    return outline;
  }

  async #commit(partition: string, outline: Outline, plan: CommitPlan): Promise<Sent['kind']> {
    const isListedAnew = outline.head === undefined || plan.bringsBackFrom !== undefined;
    const { elapsedMs } = this.#patience;
    const [began, beganAt] = [elapsedMs(), this.#now().getTime()];
    const clean = this.#hints.removal(plan.staleHints);
    const announce = async (): Promise<void> => {
      await Promise.all([this.#hints.put(plan.hints), isListedAnew && this.#directory.add(partition)]);
    };
    const [unlist] = await Promise.all([
      plan.bringsBackFrom !== undefined && this.#directory.removalFrom(plan.bringsBackFrom, partition),
      announce(),
    ]);

    const sent = await this.#send(partition, outline, plan);
    if (sent.kind === 'again') return sent.kind;
    this.#hints.confirm(plan.hints);
    if (sent.head === undefined) this.#outlines.delete(partition);
    else this.#outlines.set(partition, { head: sent.head, rows: plan.rows });
    // A process that stood still in between comes so late that its hints may have been taken for nobody's.
    const took = Math.max(elapsedMs() - began, this.#now().getTime() - beganAt);
    if (took > COMMITS_WITHIN_MS / 2) await announce();
    this.#afterwards(clean);
    if (unlist) this.#afterwards(unlist);
    return 'stored';
  }

  /**
   * Sends a commit until there is an answer. It may have been done without one: then sending it again finds the head
   * changed, by itself.
   *
   * @throws {StaleWriteError} when somebody else has committed.
   * @throws {StoreError} `unwritable`, when nobody knows whether it was done.
   */
  async #send(partition: string, { head }: Outline, plan: CommitPlan): Promise<Sent> {
    const key = partitionKeyOf(partition);
    try {
      return await untilAnswered(this.#patience, async () => {
        try {
          const [etag] = await this.#tables.batch(key, plan.changes);
          return { kind: 'stored', ...(etag !== undefined && { head: { ...plan.head, etag } }) };
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          return whoWas(partition, { before: head, plan, now: await this.#directory.head(partition) });
        }
      });
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      this.#outlines.delete(partition);
      const sent = whoWas(partition, { before: head, plan, now: await this.#directory.head(partition) });
      if (sent.kind === 'stored') return sent;
      throw error;
    }
  }

  async #archive(partition: string, version: string, month: string): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const { outline, rows } = await readPartition(this.#tables, partition, this.#patience.sleep);
      const { head } = outline;
      checkArchiving({ version: versionOf(head), rows }, { partition, version, month });
      if (head === undefined) throw new RangeError(`"${partition}" was never written`);
      const next = { ...head, month: head.month ?? month };
      await this.#directory.addTo(next.month, partition);
      const unlist = await this.#directory.removal(partition);
      try {
        await this.#tables.batch(partitionKeyOf(partition), [headChange(head, next)]);
        this.#outlines.delete(partition);
        await unlist();
        return;
      } catch (error) {
        if (!(error instanceof ConflictError) || tried === TRIES) throw error;
      }
    }
  }

  /** Tidies up; whatever stays lying is found to be nothing when it is come upon. */
  #afterwards(work: () => Promise<void>): void {
    this.#tracked(work()).catch(() => undefined);
  }

  async #probe(): Promise<boolean> {
    const [rowKey, properties] = ['probe', { written: this.#newId() }];
    await this.#tables.batch(STORE_PARTITION, [{ kind: 'put', rowKey, properties }]);
    return (await this.#tables.get(STORE_PARTITION, rowKey)) !== undefined;
  }
}

/** Who has changed a head that is not as it was: this commit itself, somebody else, or nobody who matters. */
function whoWas(
  partition: string,
  {
    before,
    plan,
    now,
  }: { readonly before: Head | undefined; readonly plan: CommitPlan; readonly now: Head | undefined },
): Sent {
  if (versionOf(now) === versionOf(before)) return { kind: 'again' };
  const id = plan.head.ids.at(-1) ?? '';
  const isOurs = now === undefined ? false : hasCommit(now, id, before?.commits ?? 0);
  if (isOurs === undefined)
    throw new StoreError(
      'unwritable',
      `nobody knows whether "${partition}" was stored; what is there shows when it is read`,
    );
  if (!isOurs) throw new StaleWriteError(partition);
  return { kind: 'stored', ...(now?.commits === plan.head.commits && { head: now }) };
}
