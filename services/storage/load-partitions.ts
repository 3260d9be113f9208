import { join } from 'node:path';
import { diskFailure, removeLeftoverFolder } from './disk.ts';
import type { Disk } from './disk.ts';
import type { DueIndex } from './due-index.ts';
import { DurableFile } from './durable-file.ts';
import { damaged, partitionCodec } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import type { RememberedPartitions } from './remembered-partitions.ts';
import { printRows } from './rows.ts';
import { archivePath } from './store-folder.ts';
import type { StoreFiles } from './store-folder.ts';
import type { Turns } from './turns.ts';

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
  turns: Turns,
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

  const outcomes = await Promise.allSettled(
    working.map((file) =>
      turns.take(file, async () => {
        const { partition, rows } = await loader.read(file, file);
        index.put(partition, rows);
      }),
    ),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
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

  /** @param path where the file lies; `file` is where it would in the working set. */
  async read(file: string, path: string): Promise<StoredPartition> {
    const whole = join(this.#folder, path);
    const codec = this.#remembered.codec(file, partitionCodec(file, whole));
    const stored = await new DurableFile(this.#disk, whole, codec, readOnly).read();
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
const readOnly = (): Promise<never> => Promise.reject(new Error('nothing is written while a store is opened'));
