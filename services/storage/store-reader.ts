import * as nodeDisk from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Disk } from './disk.ts';
import { diskFailure, isMissing } from './disk.ts';
import { DurableFile } from './durable-file.ts';
import { damaged, partitionCodec, partitionFile, plainNameIn } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { archivePath, listStore, type StoreFiles } from './store-folder.ts';
import { NEVER_WRITTEN } from './store.ts';
import type { Store } from './store.ts';

export type StoreReader = Pick<Store, 'read' | 'partitions'>;

/**
 * Reads the files of a store, those in its archive too, and changes nothing: another process may own it and write
 * meanwhile. Each partition is one of its states, since files are replaced as a whole; two partitions need not be of one
 * moment. A file on its way into the archive or back is in one place or in both: the higher version counts.
 *
 * @returns `undefined`, where there is no such folder.
 */
export async function openStoreReader(folder: string, disk: Disk = nodeDisk): Promise<StoreReader | undefined> {
  const root = resolve(folder);
  if (!(await isThere(disk, root))) return undefined;
  let listed: StoreFiles | undefined;
  const list = async (): Promise<StoreFiles> => (listed = await listStore(disk, root));

  const readAt = async (file: string, place: string): Promise<StoredPartition | null> => {
    const path = join(root, place);
    return new DurableFile(disk, path, partitionCodec(file, path), readOnly).read();
  };
  const readPlaces = async (file: string, { archived }: StoreFiles): Promise<StoredPartition | undefined> => {
    const places = [file, ...(archived.get(file) ?? []).map((month) => archivePath(month, file))];
    const found = await Promise.all(places.map((place) => readAt(file, place)));
    return found.filter((stored) => stored !== null).sort((a, b) => Number(b.version) - Number(a.version))[0];
  };
  /** What is in no place any more may have been moved since the places were listed. */
  const readFile = async (file: string): Promise<StoredPartition | undefined> =>
    (await readPlaces(file, listed ?? (await list()))) ?? readPlaces(file, await list());

  return {
    async read(partition) {
      return (await readFile(partitionFile(partition))) ?? { version: NEVER_WRITTEN, rows: new Map() };
    },
    async *partitions(kind) {
      const { working, archived } = await list();
      const files = [...new Set([...working, ...archived.keys()])].filter((file) => file.startsWith(join(kind, '/')));
      for (const file of files.sort()) {
        const plain = plainNameIn(file);
        if (plain !== undefined) yield plain;
        else {
          const stored = await readFile(file);
          if (stored === undefined) throw damaged(join(root, file), 'it is missing');
          yield stored.partition;
        }
      }
    },
  };
}

const readOnly = (): Promise<never> => Promise.reject(new Error('nothing is written by a reader'));

async function isThere(disk: Disk, folder: string): Promise<boolean> {
  try {
    await disk.readdir(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw diskFailure(folder, error);
  }
}
