import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { codeOf, diskFailure, isMissing, readText, removeLeftover, syncFolder, writeNewFile } from './disk.ts';
import type { Disk } from './disk.ts';
import { StoreError } from './store.ts';

/** How a document stands in its file. `parse` throws a `StoreError` for what was not printed by `print`. */
export type Codec<T> = { readonly parse: (text: string) => T; readonly print: (data: T) => string };

const TEMP = /^\..+\.tmp$/;
/** Whether a file is one that a crash left half written. Its content was never acknowledged. */
export const isLeftover = (name: string): boolean => TEMP.test(name);

/**
 * A file that is replaced as a whole: readers find the old content or the new one, and what was written
 * survives a power cut. lowdb's own adapters call no fsync and share one temporary name.
 *
 * Read before the first write: what was read last is put back when a write fails after its last point of return.
 */
export class DurableFile<T> implements Adapter<T> {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #codec: Codec<T>;
  readonly #mayReplace: () => Promise<void>;
  #content: string | null = null;
  #isInDoubt = false;

  /** @param mayReplace asked at the last moment before the content changes; throws when it must not. */
  constructor(disk: Disk, path: string, codec: Codec<T>, mayReplace: () => Promise<void>) {
    this.#disk = disk;
    this.#path = path;
    this.#codec = codec;
    this.#mayReplace = mayReplace;
  }

  /** Whether a refused write still shows, because it could not be taken back. `restore` tries again. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  /** @returns null where there is no file. */
  async read(): Promise<T | null> {
    try {
      this.#content = await readText(this.#disk, this.#path);
    } catch (error) {
      if (codeOf(error) === 'EISDIR') throw new StoreError('damaged', `"${this.#path}" is a folder`, { cause: error });
      throw diskFailure(this.#path, error);
    }
    return this.#content === null ? null : this.#codec.parse(this.#content);
  }

  /** @throws {StoreError} when nothing was written; the former content is still there. */
  async write(data: T): Promise<void> {
    const text = this.#codec.print(data);
    try {
      await this.#replace(text);
      this.#isInDoubt = true;
      await syncFolder(this.#disk, dirname(this.#path));
    } catch (error) {
      // The caller hears of the first failure. If this one fails too, the file stays in doubt.
      if (this.#isInDoubt) await this.restore().catch(() => undefined);
      throw diskFailure(this.#path, error);
    }
    this.#isInDoubt = false;
    this.#content = text;
  }

  /** Puts the former content back after a write that could not be made durable. */
  async restore(): Promise<void> {
    try {
      if (this.#content === null) await this.#remove();
      else await this.#replace(this.#content);
    } catch (error) {
      throw diskFailure(this.#path, error);
    }
    this.#isInDoubt = false;
  }

  async #replace(text: string): Promise<void> {
    const temp = join(dirname(this.#path), `.${basename(this.#path)}.${randomUUID()}.tmp`);
    try {
      await writeNewFile(this.#disk, temp, text);
      await this.#mayReplace();
      await this.#disk.rename(temp, this.#path);
    } catch (error) {
      await removeLeftover(this.#disk, temp);
      throw error;
    }
  }

  async #remove(): Promise<void> {
    await this.#mayReplace();
    await this.#disk.unlink(this.#path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  }
}
