import { readFileSync } from 'node:fs';
import * as nodeDisk from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import type { Clock } from '../clock.ts';
import { checkArchiving } from './archiving.ts';
import type { Disk } from './disk.ts';
import { diskFailure, makeFolder, syncFolders } from './disk.ts';
import { DiskTrust } from './disk-trust.ts';
import { createDueIndex } from './due-index.ts';
import type { DueIndex } from './due-index.ts';
import { DurableFile } from './durable-file.ts';
import type { Generation } from './generation.ts';
import { readInventory, type Inventory } from './inventory.ts';
import { loadPartitions } from './load-partitions.ts';
import { refuseMoved } from './moved-mark.ts';
import { openOrigin } from './open-origin.ts';
import { isOpenToOthers } from './open-to-others.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import type { OwnerLock } from './owner-lock.ts';
import { damaged, partitionCodec, partitionFile, plainNameIn } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { Places } from './places.ts';
import { RememberedPartitions } from './remembered-partitions.ts';
import { hasRoomAt } from './room.ts';
import { applyChanges, checkedChanges, hasDueRows } from './rows.ts';
import { NEVER_WRITTEN, StaleWriteError } from './store.ts';
import type { ArchivedNames, DueRow, KeyChoice, Partition, RowChange, Store, StoreOrigin } from './store.ts';
import { archivePath, filesOf, listStore, refuseHalfRestored } from './store-folder.ts';
import type { StoreFiles } from './store-folder.ts';
import type { StoreOptions } from './store-options.ts';
import { takeGeneration } from './take-generation.ts';
import { Turns } from './turns.ts';

export interface FileStoreOptions extends StoreOptions {
  /** On a local disk; it is made at the first start. */
  readonly folder: string;
  readonly disk?: Disk;
  /** What stores of this process have read before (its own). */
  readonly remembered?: RememberedPartitions;
  /**
   * Told once, after the first fsync that failed: from then on nothing is written any more, and whoever works with
   * the store has to end. What is really on the disk shows when it is opened again.
   */
  readonly onUnsynced?: () => void;
  /** Told when other accounts of the machine can read the store. It is opened all the same: who may is the operator's. */
  readonly onOpenToOthers?: () => void;
  /** Whether it is opened to be left: then it may have been moved elsewhere before. */
  readonly isLeft?: boolean;
}

/** So many partitions are read or written at the same time. */
const PARALLEL = 32;

/** A store that can copy the whole of itself. */
export interface BackedUpStore extends Store {
  /**
   * @param to where generations are kept.
   * @throws {StoreError} there is no new generation then.
   */
  backUp(to: string): Promise<Generation>;
}

/**
 * Opens a store that keeps each partition in a file of its own, for this process alone.
 *
 * @throws {StoreError} `locked`, `moved`, `damaged`, `too-new` or `unwritable`; nothing was changed.
 */
export async function openFileStore(options: FileStoreOptions): Promise<BackedUpStore> {
  const { boot, disk: plainDisk = nodeDisk, now = () => new Date() } = options;
  const { remembered = new RememberedPartitions() } = options;
  const trust = new DiskTrust(() => options.onUnsynced?.());
  const disk = trust.watched(plainDisk);
  const folder = resolve(options.folder);
  const index = createDueIndex(boot);
  await makeFolder(disk, folder);
  const lock = await acquireOwnerLock({ folder, boot, disk, now });
  try {
    await refuseHalfRestored(disk, folder);
    if (options.isLeft !== true) await refuseMoved(disk, folder);
    const files = await listStore(disk, folder);
    const mayChange = (): Promise<void> => lock.check();
    const origin = await openOrigin({ disk, folder, mayChange, now, isNew: isEmpty(files) });
    const inventory = await readInventory(disk, folder, origin.id);
    inventory.refuseMissing(filesOf(files));
    if (await isOpenToOthers(disk, folder, files)) options.onOpenToOthers?.();
    await makeDurable(disk, folder, files);
    const loaded = { disk: plainDisk === nodeDisk ? readingAtOnce(disk) : disk, folder, remembered };
    const months = await loadPartitions(loaded, files, index);
    await inventory.add(filesOf(files));
    return new FileStore({
      now,
      disk,
      plainDisk,
      trust,
      lock,
      index,
      origin,
      inventory,
      folder,
      remembered,
      places: new Places(disk, folder, mayChange, months),
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** While a store is opened nobody waits for anything else, and a file that is read at once takes a fifth of the time. */
const readingAtOnce = (disk: Disk): Disk => ({
  ...disk,
  readFile: ((...args: Parameters<typeof readFileSync>) =>
    // What cannot be read has to reject, as it does elsewhere.
    new Promise((resolve) => {
      resolve(readFileSync(...args));
    })) as Disk['readFile'],
});

/** What a crash left in its place may not last yet. Whoever acts on what is there must know that it does. */
async function makeDurable(disk: Disk, folder: string, { working, archived }: StoreFiles): Promise<void> {
  const inArchive = [...archived].flatMap(([file, months]) => months.map((month) => archivePath(month, file)));
  try {
    await syncFolders(disk, folder, new Set([...working, ...inArchive].map((file) => dirname(file))));
  } catch (error) {
    throw diskFailure(folder, error);
  }
}

/** Of one kind, in the order of their paths. */
const filesBehind = (files: readonly string[], { kind, after }: ArchivedNames): readonly string[] =>
  files
    .filter((file) => file.startsWith(join(kind, '/')) && (after === undefined || file > partitionFile(after)))
    .sort();

const isEmpty = (files: StoreFiles): boolean => filesOf(files).length === 0;

interface FileStoreParts {
  readonly now: Clock;
  readonly folder: string;
  readonly disk: Disk;
  /** For backups, which may be on another disk. */
  readonly plainDisk: Disk;
  readonly trust: DiskTrust;
  readonly lock: OwnerLock;
  readonly index: DueIndex;
  readonly origin: StoreOrigin;
  readonly inventory: Inventory;
  readonly places: Places;
  readonly remembered: RememberedPartitions;
}

/** A commit reads the file, decides and writes, and what fails was never there. */
class FileStore implements BackedUpStore {
  readonly origin: StoreOrigin;
  readonly isShared = false;
  readonly #now: Clock;
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #plainDisk: Disk;
  readonly #trust: DiskTrust;
  readonly #lock: OwnerLock;
  readonly #index: DueIndex;
  readonly #inventory: Inventory;
  readonly #places: Places;
  readonly #turns = new Turns(PARALLEL);
  readonly #remembered: RememberedPartitions;
  readonly #inDoubt = new Map<string, DurableFile<StoredPartition>>();
  #quiet: Promise<unknown> | undefined;
  #probing: Promise<boolean> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: FileStoreParts) {
    const { now, folder, disk, plainDisk, trust, lock, index, origin, inventory, places, remembered } = parts;
    this.origin = origin;
    this.#now = now;
    this.#folder = folder;
    this.#disk = disk;
    this.#plainDisk = plainDisk;
    this.#trust = trust;
    this.#lock = lock;
    this.#index = index;
    this.#inventory = inventory;
    this.#places = places;
    this.#remembered = remembered;
  }

  async read(partition: string): Promise<Partition> {
    return this.#use(partition, async ({ data: { version, rows } }) => ({ version, rows }));
  }

  async isKept(partition: string): Promise<boolean> {
    return this.#isKnown(partition);
  }

  async commit(partition: string, version: string, changes: readonly RowChange[]): Promise<string> {
    const checked = checkedChanges(changes);
    return this.#use(partition, async (low) => {
      this.#trust.check();
      if (low.data.version !== version) throw new StaleWriteError(partition);
      const rows = applyChanges(low.data.rows, checked);
      const next = { partition, version: String(Number(version) + 1), rows };
      const file = partitionFile(partition);
      const isArchived = this.#places.monthOf(file) !== undefined;
      if (isArchived && hasDueRows(rows)) await this.#bringBack(file, next);
      else {
        if (version === NEVER_WRITTEN) await this.#places.makeFolderOf(this.#places.pathOf(file));
        low.data = next;
        await low.write();
        await this.#inventory.add([file]);
      }
      if (this.#places.monthOf(file) === undefined) this.#index.put(partition, rows);
      return next.version;
    });
  }

  async due(at: Date, limit: number, keys?: KeyChoice): Promise<readonly DueRow[]> {
    return this.#index.due(at, limit, keys);
  }

  async *partitions(kind: string): AsyncIterable<string> {
    yield* this.#index.partitions(kind);
  }

  async archive(partition: string, version: string, month: string): Promise<void> {
    await this.#use(partition, async ({ data }) => {
      this.#trust.check();
      checkArchiving(data, { partition, version, month });
      const file = partitionFile(partition);
      if (this.#places.monthOf(file) !== undefined) return;
      await this.#places.archive(file, month);
      this.#index.remove(partition);
    });
  }

  async archiveMonths(): Promise<readonly string[]> {
    return this.#places.months();
  }

  async *archived(month: string, wanted?: ArchivedNames): AsyncIterable<string> {
    const files = this.#places.filesOf(month);
    let left = wanted?.limit ?? Infinity;
    for (const file of wanted === undefined ? files : filesBehind(files, wanted)) {
      const name = await this.#nameIn(file);
      if (name === undefined) continue;
      if (left <= 0) return;
      left -= 1;
      yield name;
    }
  }

  /** A plain name stands in the name of the file, so that the file need not be read. */
  async #nameIn(file: string): Promise<string | undefined> {
    return plainNameIn(file) ?? (await this.#file(file, this.#places.pathOf(file)).read())?.partition;
  }

  /** Others wait while the files of one moment are held, and no longer. */
  async backUp(to: string): Promise<Generation> {
    const whenQuiet = <T>(work: () => Promise<T>): Promise<T> =>
      this.#whenQuiet(async () => {
        // What was refused and still shows is not to come back with a backup.
        for (const file of this.#inDoubt.values()) await file.restore();
        return work();
      });
    return takeGeneration({ disk: this.#plainDisk, folder: this.#folder, to: resolve(to), now: this.#now, whenQuiet });
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

  async hasRoom(): Promise<boolean> {
    return hasRoomAt(this.#disk, this.#folder);
  }

  /** Lets running commits end, then lets others have the folder. */
  async close(): Promise<void> {
    this.#closing ??= this.#turns.idle().then(async () => {
      // What was refused and still shows is not to be there for the next process.
      for (const file of this.#inDoubt.values()) await file.restore().catch(() => undefined);
      await this.#lock.release();
    });
    return this.#closing;
  }

  /**
   * Works with a partition when it is its turn. Readers wait for a commit that is under way too: they would
   * see what may not last.
   */
  async #use<T>(partition: string, work: (low: Low<StoredPartition>) => Promise<T>): Promise<T> {
    const name = partitionFile(partition);
    while (this.#quiet !== undefined) await this.#quiet;
    if (this.#closing) throw new Error('the store is closed');
    return this.#turns.take(partition, async () => {
      await this.#inDoubt.get(partition)?.restore();
      this.#inDoubt.delete(partition);

      const path = this.#places.pathOf(name);
      const file = this.#file(name, path);
      const low = new Low<StoredPartition>(file, { partition, version: NEVER_WRITTEN, rows: new Map() });
      await low.read();
      if (low.data.version === NEVER_WRITTEN && this.#isKnown(partition)) throw damaged(path, 'it is missing');
      try {
        return await work(low);
      } finally {
        if (file.isInDoubt) this.#inDoubt.set(partition, file);
        this.#trust.tell();
      }
    });
  }

  #isKnown(partition: string): boolean {
    return this.#index.has(partition) || this.#places.monthOf(partitionFile(partition)) !== undefined;
  }

  /** Runs work while no partition is read or written: what is under way ends before, and what is asked for waits. */
  async #whenQuiet<T>(work: () => Promise<T>): Promise<T> {
    const quiet = this.#turns.idle().then(work);
    this.#quiet = quiet.catch(() => undefined);
    try {
      return await quiet;
    } finally {
      this.#quiet = undefined;
    }
  }

  /** Puts a newer version of an archived partition into the working set; it counts from then on. */
  async #bringBack(name: string, next: StoredPartition): Promise<void> {
    const path = this.#places.workingPathOf(name);
    const file = this.#file(name, path);
    await file.read();
    await this.#places.makeFolderOf(path);
    try {
      await file.write(next);
    } finally {
      if (file.isInDoubt) this.#inDoubt.set(next.partition, file);
    }
    await this.#places.isBack(name);
  }

  #file(name: string, path: string): DurableFile<StoredPartition> {
    const codec = this.#remembered.codec(name, partitionCodec(name, path));
    return new DurableFile(this.#disk, path, codec, () => this.#lock.check());
  }

  async #probe(): Promise<boolean> {
    this.#trust.check();
    const text = { parse: String, print: String };
    const file = new DurableFile(this.#disk, join(this.#folder, 'probe'), text, () => this.#lock.check());
    const written = randomUUID();
    try {
      await file.read();
      await file.write(written);
      return (await file.read()) === written;
    } finally {
      this.#trust.tell();
    }
  }
}
