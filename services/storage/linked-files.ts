import { dirname, join } from 'node:path';
import { diskFailure, isMissing, makeFolder, removeLeftover } from './disk.ts';
import type { Disk } from './disk.ts';
import { ORIGIN_FILE } from './origin.ts';
import { StoreError } from './store.ts';
import { archivePath, listStore } from './store-folder.ts';
import { Turns } from './turns.ts';

const PARALLEL = 32;
/** So many looks at a store that others commit to. */
const ROUNDS = 100;

/**
 * Second names of a store's files. A file is replaced as a whole and never written to, so what has a second name
 * stays as it is. When a look at all of them finds none replaced since it was given its second name, they are
 * the store as it was when that look began.
 */
export class LinkedFiles {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #held: string;
  #paths: readonly string[] = [];

  /** @param held the folder for the second names, on the same disk. */
  constructor(disk: Disk, folder: string, held: string) {
    this.#disk = disk;
    this.#folder = folder;
    this.#held = held;
  }

  /** Below the folder. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Looks until nothing changes any more. @throws {StoreError} `locked`, where that does not happen. */
  async settle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) if (!(await this.refresh())) return;
    throw new StoreError('locked', `"${this.#folder}" is being written to all the time; try again a little later`);
  }

  /** Looks at each file once. @returns whether any was added, replaced or removed since the last look. */
  async refresh(): Promise<boolean> {
    const { working, archived } = await listStore(this.#disk, this.#folder);
    const inArchive = [...archived].flatMap(([file, months]) => months.map((month) => archivePath(month, file)));
    const wanted = [ORIGIN_FILE, ...working, ...inArchive];
    const former = new Set(this.#paths);
    const turns = new Turns(PARALLEL);
    const changed = await Promise.all(wanted.map((path) => turns.take(path, () => this.#link(path))));
    this.#paths = wanted.filter((_, at) => changed[at] !== 'gone');
    for (const path of former.difference(new Set(this.#paths)))
      await removeLeftover(this.#disk, join(this.#held, path));
    return changed.some((one) => one !== 'same') || this.#paths.length !== former.size;
  }

  async #link(path: string): Promise<'same' | 'changed' | 'gone'> {
    const [from, to] = [join(this.#folder, path), join(this.#held, path)];
    try {
      const [there, held] = [await this.#inode(from), await this.#inode(to)];
      if (there === null) return 'gone';
      if (there === held) return 'same';
      if (held === null) await makeFolder(this.#disk, dirname(to));
      else await this.#disk.unlink(to);
      await this.#disk.link(from, to);
      return 'changed';
    } catch (error) {
      if (isMissing(error)) return 'changed'; // it was moved at this moment: the next look tells
      throw diskFailure(from, error);
    }
  }

  /** Not given to another file as long as the second name is there. */
  async #inode(path: string): Promise<bigint | null> {
    try {
      return (await this.#disk.stat(path, { bigint: true })).ino;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}
