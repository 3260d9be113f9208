import { setImmediate as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { diskFailure, removeLeftoverFolder } from './disk.ts';
import type { Disk } from './disk.ts';
import type { DueIndex } from './due-index.ts';
import { DurableFile } from './durable-file.ts';
import { damaged, partitionCodec, partitionWithNothingDue } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import type { RememberedPartitions } from './remembered-partitions.ts';
import { printRows, type Rows } from './rows.ts';
import { archivePath } from './store-folder.ts';
import type { StoreFiles } from './store-folder.ts';

const NO_ROWS: Rows = new Map();
/** So many files are read at the same time. */
const PARALLEL = 32;
/** After so many files others have their turn, as the heartbeat of the lock. */
const BETWEEN_PAUSES = 100;

export interface LoadedFrom {
  readonly disk: Disk;
  readonly folder: string;
  readonly remembered: RememberedPartitions;
}

/**
 * Reads every partition of the working set into an index, and removes what a crash left half written. Each
 * file is checked, so that a damaged store does not start. What is archived is not read.
 *
 * @returns where archived partitions lie: the month by the path in the working set.
 * @throws {StoreError} the first fault by name. Other files than partitions are left alone.
 */
export async function loadPartitions(
  from: LoadedFrom,
  files: StoreFiles,
  index: DueIndex,
): Promise<Map<string, string>> {
  const loader = new Loader(from);
  for (const leftover of files.leftovers) await loader.remove(leftover);

  const archived = new Map<string, string>();
  for (const [file, months] of files.archived) archived.set(file, await loader.onlyMonth(file, months));
  const working: string[] = [];
  for (const file of files.working) {
    const month = archived.get(file);
    const isWorking = month === undefined || (await loader.isWorking(file, archivePath(month, file)));
    if (isWorking) archived.delete(file);
    if (isWorking) working.push(file);
  }

  const faults: { readonly file: string; readonly error: unknown }[] = [];
  const next = working.values();
  const loadSome = async (): Promise<void> => {
    let count = 0;
    for (const file of next) {
      try {
        const { partition, rows } = await loader.readDue(file);
        index.put(partition, rows);
      } catch (error) {
        faults.push({ file, error });
      }
      if (++count % BETWEEN_PAUSES === 0) await pause();
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, loadSome));
  const [first] = faults.sort((a, b) => (a.file < b.file ? -1 : 1));
  if (first !== undefined) throw first.error;
  return archived;
}

/** A crash while a partition was moved leaves it in two places: the newer one counts, and the other is removed. */
class Loader {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #remembered: RememberedPartitions;

  constructor({ disk, folder, remembered }: LoadedFrom) {
    this.#disk = disk;
    this.#folder = folder;
    this.#remembered = remembered;
  }

  /** A partition of the working set; without its rows where nothing of it is due. */
  async readDue(file: string): Promise<Pick<StoredPartition, 'partition' | 'rows'>> {
    const whole = join(this.#folder, file);
    const codec = this.#remembered.codec(file, partitionCodec(file, whole));
    const parse = (text: string): Pick<StoredPartition, 'partition' | 'rows'> => {
      const partition = partitionWithNothingDue(text, file);
      return partition === undefined ? codec.parse(text) : { partition, rows: NO_ROWS };
    };
    return this.#stored(whole, parse);
  }

  /** @param path where the file lies; `file` is where it would in the working set. */
  async read(file: string, path: string): Promise<StoredPartition> {
    const whole = join(this.#folder, path);
    const codec = this.#remembered.codec(file, partitionCodec(file, whole));
    return this.#stored(whole, codec.parse);
  }

  async #stored<T>(whole: string, parse: (text: string) => T): Promise<T> {
    const stored = await new DurableFile(this.#disk, whole, { parse, print: notPrinted }, readOnly).read();
    if (stored === null) throw damaged(whole, 'it has vanished');
    return stored;
  }

  /** Whether the working set has a partition that lies in the archive, too. Equal ones belong to the archive. */
  async isWorking(file: string, archived: string): Promise<boolean> {
    const kept = await this.#newer(file, file, archived);
    await this.remove(kept === file ? archived : file);
    return kept === file;
  }

  async onlyMonth(file: string, months: readonly string[]): Promise<string> {
    let [kept = ''] = months;
    for (const month of months.slice(1)) {
      const newer = await this.#newer(file, archivePath(kept, file), archivePath(month, file));
      const isKept = newer === archivePath(kept, file);
      await this.remove(archivePath(isKept ? month : kept, file));
      if (!isKept) kept = month;
    }
    return kept;
  }

  async remove(path: string): Promise<void> {
    const whole = join(this.#folder, path);
    if (path.endsWith('.json')) await this.#disk.unlink(whole).catch(failureAt(whole));
    else await removeLeftoverFolder(this.#disk, whole);
  }

  /** Of two equal ones it is the second. */
  async #newer(file: string, first: string, second: string): Promise<string> {
    const [a, b] = [await this.read(file, first), await this.read(file, second)];
    if (a.version === b.version && printRows(a.rows) !== printRows(b.rows))
      throw damaged(join(this.#folder, first), `"${second}" has the same version and other rows`);
    return Number(a.version) > Number(b.version) ? first : second;
  }
}

const failureAt =
  (path: string) =>
  (error: unknown): never => {
    throw diskFailure(path, error);
  };
const notPrinted = (): never => {
  throw new Error('nothing is printed while a store is opened');
};
const readOnly = (): Promise<never> => Promise.reject(new Error('nothing is written while a store is opened'));
