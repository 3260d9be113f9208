import { randomUUID } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path';
import { diskFailure, FOLDER_MODE, removeLeftover, syncFolder, syncFolders } from './disk.ts';
import type { Disk } from './disk.ts';
import { archivePath } from './store-folder.ts';

/**
 * Where the files of partitions lie: in the working set, or in the archive under a month. A file is moved so
 * that it is in one of the two places at every moment, or in both; which one counts then is known by its version.
 */
export class Places {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #mayChange: () => Promise<void>;
  readonly #months: Map<string, string>;
  readonly #folders = new Map<string, Promise<void>>();

  /** @param months of archived files, by their paths in the working set. */
  constructor(disk: Disk, folder: string, mayChange: () => Promise<void>, months: Map<string, string>) {
    this.#disk = disk;
    this.#folder = folder;
    this.#mayChange = mayChange;
    this.#months = months;
  }

  monthOf(file: string): string | undefined {
    return this.#months.get(file);
  }

  months(): readonly string[] {
    return [...new Set(this.#months.values())].sort();
  }

  filesOf(month: string): readonly string[] {
    return [...this.#months].flatMap(([file, one]) => (one === month ? [file] : []));
  }

  /** The whole path of a file where it lies now. */
  pathOf(file: string): string {
    const month = this.#months.get(file);
    return month === undefined ? this.workingPathOf(file) : join(this.#folder, archivePath(month, file));
  }

  workingPathOf(file: string): string {
    return join(this.#folder, file);
  }

  async makeFolderOf(path: string): Promise<void> {
    const folder = dirname(path);
    const made = this.#folders.get(folder) ?? this.#makeFolder(folder);
    this.#folders.set(folder, made);
    try {
      await made;
    } catch (error) {
      this.#folders.delete(folder);
      throw error;
    }
  }

  /** That a folder is there does not say that it lasts: whoever made it may have failed right after. */
  async #makeFolder(folder: string): Promise<void> {
    try {
      await this.#disk.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
      await syncFolders(this.#disk, this.#folder, [dirname(relative(this.#folder, folder))]);
    } catch (error) {
      throw diskFailure(folder, error);
    }
  }

  /** @throws {StoreError} the file may then be in both places; it is still taken for one of the working set. */
  async archive(file: string, month: string): Promise<void> {
    const from = this.workingPathOf(file);
    const to = join(this.#folder, archivePath(month, file));
    await this.makeFolderOf(to);
    try {
      await this.#linkOver(from, to);
      await syncFolder(this.#disk, dirname(to));
      await this.#mayChange();
      await this.#disk.unlink(from);
    } catch (error) {
      throw diskFailure(from, error);
    }
    this.#months.set(file, month);
    // Should this not last, the file is in both places.
    await syncFolder(this.#disk, dirname(from)).catch(() => undefined);
  }

  /** Once a newer version of an archived file is in the working set. */
  async isBack(file: string): Promise<void> {
    const former = this.pathOf(file);
    this.#months.delete(file);
    await removeLeftover(this.#disk, former);
  }

  /** Gives a file a second name, in place of whatever an earlier move has left there. */
  async #linkOver(from: string, to: string): Promise<void> {
    const temp = join(dirname(to), `.${basename(to)}.${randomUUID()}.tmp`);
    try {
      await this.#disk.link(from, temp);
      await this.#mayChange();
      await this.#disk.rename(temp, to);
    } finally {
      // Renaming to another name of the same file does nothing, and leaves both names.
      await removeLeftover(this.#disk, temp);
    }
  }
}
