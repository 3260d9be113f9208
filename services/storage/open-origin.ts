import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Disk } from './disk.ts';
import { DurableFile } from './durable-file.ts';
import { damagedOrigin, ORIGIN_FILE, originCodec } from './origin.ts';
import type { StoreOrigin } from './store.ts';

interface OriginOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly mayChange: () => Promise<void>;
  readonly now: Clock;
  /** Whether there is nothing in the folder yet. */
  readonly isNew: boolean;
}

/**
 * Which store a folder has; a new one is given its name.
 *
 * @throws {StoreError} `damaged` for partitions without it: a part of a store is not taken for the whole.
 */
export async function openOrigin({ disk, folder, mayChange, now, isNew }: OriginOptions): Promise<StoreOrigin> {
  const path = join(folder, ORIGIN_FILE);
  const file = new DurableFile(disk, path, originCodec(path), mayChange);
  const known = await file.read();
  if (known !== null) return known;
  if (!isNew) throw damagedOrigin(path, 'it is missing, and there are partitions beside it');
  const origin = { id: randomUUID(), createdAt: instant(now()) };
  await file.write(origin);
  return origin;
}

/**
 * Which store a folder has that holds partitions. Changes nothing.
 *
 * @throws {StoreError} `damaged`
 */
export const originOf = (disk: Disk, folder: string): Promise<StoreOrigin> =>
  openOrigin({
    disk,
    folder,
    isNew: false,
    now: () => new Date(),
    mayChange: () => Promise.reject(new Error('read only')),
  });
