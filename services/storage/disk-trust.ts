import type { Disk } from './disk.ts';
import { StoreError } from './store.ts';

/**
 * Whether what a disk says of its files can still be believed. After an fsync that failed it cannot: what was written
 * before it may or may not be there, and another one that ends well says nothing about it, since the system has
 * forgotten by then that it was ever to be written.
 */
export class DiskTrust {
  readonly #onLost: () => void;
  #isLost = false;
  #isTold = false;

  /** @param onLost told once. */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  /** The same disk, whose first failed fsync is noticed. */
  watched(disk: Disk): Disk {
    return {
      ...disk,
      open: async (...how) => {
        const handle = await disk.open(...how);
        const sync = handle.sync.bind(handle);
        handle.sync = async () => {
          try {
            await sync();
          } catch (error) {
            this.#isLost = true;
            throw error;
          }
        };
        return handle;
      },
    };
  }

  /** @throws {StoreError} `unwritable`, once it is lost. */
  check(): void {
    if (!this.#isLost) return;
    throw new StoreError(
      'unwritable',
      'the disk has not kept what was written; nothing more is written by this process',
    );
  }

  /** Says that it is lost, if so. Called after what was under way has been taken back. */
  tell(): void {
    if (!this.#isLost || this.#isTold) return;
    this.#isTold = true;
    this.#onLost();
  }
}
