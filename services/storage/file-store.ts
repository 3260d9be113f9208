import * as nodeDisk from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import type { Disk } from './disk.ts';
import { makeFolder } from './disk.ts';
import { createDueIndex } from './due-index.ts';
import type { DueIndex } from './due-index.ts';
import { DurableFile } from './durable-file.ts';
import { loadPartitions } from './load-partitions.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import type { OwnerLock } from './owner-lock.ts';
import { damaged, partitionCodec, partitionFile } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { applyChanges, checkedChanges } from './rows.ts';
import { NEVER_WRITTEN, StaleWriteError } from './store.ts';
import type { DueRow, KeyChoice, Partition, RowChange, Store } from './store.ts';
import type { StoreOptions } from './store-options.ts';
import { Turns } from './turns.ts';

export interface FileStoreOptions extends StoreOptions {
  /** On a local disk; it is made at the first start. */
  readonly folder: string;
  readonly disk?: Disk;
}

/** So many partitions are read or written at the same time. */
const PARALLEL = 32;

/**
 * Opens a store that keeps each partition in a file of its own, for this process alone.
 *
 * @throws {StoreError} `locked`, `damaged`, `too-new` or `unwritable`; nothing was changed.
 */
export async function openFileStore(options: FileStoreOptions): Promise<Store> {
  const { boot, disk = nodeDisk, now = () => new Date() } = options;
  const folder = resolve(options.folder);
  const index = createDueIndex(boot);
  await makeFolder(disk, folder);
  const lock = await acquireOwnerLock({ folder, boot, disk, now });
  try {
    await loadPartitions(disk, folder, new Turns(PARALLEL), index);
    return new FileStore(folder, disk, lock, index);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Nothing that was read is kept: a commit reads, decides and writes, and what fails was never there. */
class FileStore implements Store {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #lock: OwnerLock;
  readonly #index: DueIndex;
  readonly #turns = new Turns(PARALLEL);
  readonly #folders = new Map<string, Promise<void>>();
  readonly #inDoubt = new Map<string, DurableFile<StoredPartition>>();
  #probing: Promise<boolean> | undefined;
  #closing: Promise<void> | undefined;

  constructor(folder: string, disk: Disk, lock: OwnerLock, index: DueIndex) {
    this.#folder = folder;
    this.#disk = disk;
    this.#lock = lock;
    this.#index = index;
  }

  async read(partition: string): Promise<Partition> {
    return this.#use(partition, async ({ data: { version, rows } }) => ({ version, rows }));
  }

  async commit(partition: string, version: string, changes: readonly RowChange[]): Promise<string> {
    const checked = checkedChanges(changes);
    return this.#use(partition, async (low) => {
      if (low.data.version !== version) throw new StaleWriteError(partition);
      const rows = applyChanges(low.data.rows, checked);
      low.data = { partition, version: String(Number(version) + 1), rows };
      if (version === NEVER_WRITTEN) await this.#makeFolderOf(partition);
      await low.write();
      this.#index.put(partition, rows);
      return low.data.version;
    });
  }

  async due(at: Date, limit: number, keys?: KeyChoice): Promise<readonly DueRow[]> {
    return this.#index.due(at, limit, keys);
  }

  async *partitions(kind: string): AsyncIterable<string> {
    yield* this.#index.partitions(kind);
  }

  /** Writes a small file and reads it, as durably as a commit. Who asks meanwhile gets the same answer. */
  async isReachable(): Promise<boolean> {
    if (this.#closing) return false;
    this.#probing ??= this.#turns
      .take('probe', () => this.#probe())
      .finally(() => {
        this.#probing = undefined;
      });
    return this.#probing.catch(() => false);
  }

  /** Lets running commits end, then lets others have the folder. */
  async close(): Promise<void> {
    this.#closing ??= this.#turns.idle().then(() => this.#lock.release());
    return this.#closing;
  }

  /**
   * Works with a partition when it is its turn. Readers wait for a commit that is under way too: they would
   * see what may not last.
   */
  async #use<T>(partition: string, work: (low: Low<StoredPartition>) => Promise<T>): Promise<T> {
    const path = partitionFile(partition);
    if (this.#closing) throw new Error('the store is closed');
    return this.#turns.take(partition, async () => {
      await this.#inDoubt.get(partition)?.restore();
      this.#inDoubt.delete(partition);

      const file = this.#file(path);
      const low = new Low<StoredPartition>(file, { partition, version: NEVER_WRITTEN, rows: new Map() });
      await low.read();
      if (low.data.version === NEVER_WRITTEN && this.#index.has(partition)) {
        throw damaged(join(this.#folder, path), 'it is missing');
      }
      try {
        return await work(low);
      } finally {
        if (file.isInDoubt) this.#inDoubt.set(partition, file);
      }
    });
  }

  #file(path: string): DurableFile<StoredPartition> {
    const whole = join(this.#folder, path);
    return new DurableFile(this.#disk, whole, partitionCodec(path, whole), () => this.#lock.check());
  }

  async #makeFolderOf(partition: string): Promise<void> {
    const folder = join(this.#folder, dirname(partitionFile(partition)));
    const made = this.#folders.get(folder) ?? makeFolder(this.#disk, folder);
    this.#folders.set(folder, made);
    try {
      await made;
    } catch (error) {
      this.#folders.delete(folder);
      throw error;
    }
  }

  async #probe(): Promise<boolean> {
    const text = { parse: String, print: String };
    const file = new DurableFile(this.#disk, join(this.#folder, 'probe'), text, () => this.#lock.check());
    const written = randomUUID();
    await file.read();
    await file.write(written);
    return (await file.read()) === written;
  }
}
