import { join, sep } from 'node:path';
import { crc32 } from 'node:zlib';
import { diskFailure, FILE_MODE, readText } from './disk.ts';
import type { Disk } from './disk.ts';
import { damaged } from './partition-file.ts';

/** A line for each file of a partition that was written for good. */
export const INVENTORY_FILE = 'inventory.txt';

/**
 * Which files a store has had, so that one that is gone is missed at the next start. No file of a partition is ever deleted,
 * so that whatever was named once has to be there, in the working set or in the archive.
 *
 * A file is named after it is there for good and before that is acknowledged, and never flushed: a process that is killed
 * leaves the name, and a power cut may take away names of the last half minute. So a name may be lacking, and then the
 * start that finds the file adds it; but none is there without its file.
 */
export class Inventory {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #storeId: string;
  readonly #named: Set<string>;

  constructor(disk: Disk, folder: string, storeId: string, named: Iterable<string>) {
    this.#disk = disk;
    this.#folder = folder;
    this.#storeId = storeId;
    this.#named = new Set(named);
  }

  /**
   * @param files all there are, by where they are in the working set. They are listed after the names were read.
   * @throws {StoreError} `damaged`, with the first file that is gone.
   */
  refuseMissing(files: Iterable<string>): void {
    const missing = this.#named.difference(new Set(files));
    const [first, ...others] = [...missing].sort();
    if (first === undefined) return;
    const more = others.length === 0 ? '' : `, and so ${others.length === 1 ? 'is' : 'are'} ${others.length} more`;
    throw damaged(join(this.#folder, first), `"${INVENTORY_FILE}" names it and it is missing${more}`);
  }

  /**
   * Names files that are there for good. That it could not is no reason to refuse what was written: then the next start
   * adds them.
   *
   * @param files below the store's folder, where they are in the working set.
   */
  async add(files: Iterable<string>): Promise<void> {
    const added = [...new Set(files).difference(this.#named)];
    if (added.length === 0) return;
    for (const file of added) this.#named.add(file);
    try {
      const handle = await this.#disk.open(join(this.#folder, INVENTORY_FILE), 'a', FILE_MODE);
      try {
        await handle.writeFile(added.map((file) => lineOf(file, this.#storeId)).join(''));
      } finally {
        await handle.close();
      }
    } catch {
      // They are missed from the next start on.
    }
  }
}

/** @throws {StoreError} where there is one that cannot be read. */
export async function readInventory(disk: Disk, folder: string, storeId: string): Promise<Inventory> {
  const path = join(folder, INVENTORY_FILE);
  try {
    const lines = (await readText(disk, path))?.split('\n') ?? [];
    return new Inventory(
      disk,
      folder,
      storeId,
      lines.flatMap((line) => fileIn(line, storeId)),
    );
  } catch (error) {
    throw diskFailure(path, error);
  }
}

/** It begins with the line's end of the one before it, which may be torn. */
const lineOf = (file: string, storeId: string): string => {
  const name = file.replaceAll(sep, '/');
  return `\n${checkOf(name, storeId)} ${name}`;
};

/** Nothing in a line that was torn, or that is of another store: of the one that a restore took the place of. */
function fileIn(line: string, storeId: string): readonly string[] {
  const [check, name] = line.split(' ');
  return name !== undefined && check === checkOf(name, storeId) ? [name.replaceAll('/', sep)] : [];
}

const checkOf = (name: string, storeId: string): string => crc32(`${storeId} ${name}`).toString(16).padStart(8, '0');
