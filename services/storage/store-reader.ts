import * as nodeDisk from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Disk } from './disk.ts';
import { diskFailure, isMissing } from './disk.ts';
import { DurableFile } from './durable-file.ts';
import { damaged, partitionCodec, partitionFile } from './partition-file.ts';
import type { StoredPartition } from './partition-file.ts';
import { NEVER_WRITTEN } from './store.ts';
import type { Store } from './store.ts';

export type StoreReader = Pick<Store, 'read' | 'partitions'>;

/**
 * Reads the files of a store, and changes nothing: another process may own it and write meanwhile. Each partition is
 * one of its states, since files are replaced as a whole; two partitions need not be of one moment.
 *
 * @returns `undefined`, where there is no such folder.
 */
export async function openStoreReader(folder: string, disk: Disk = nodeDisk): Promise<StoreReader | undefined> {
  const root = resolve(folder);
  if ((await namesIn(disk, root)) === undefined) return undefined;

  const readFile = async (file: string): Promise<StoredPartition | null> => {
    const path = join(root, file);
    return new DurableFile(disk, path, partitionCodec(file, path), readOnly).read();
  };

  return {
    async read(partition) {
      const stored = await readFile(partitionFile(partition));
      return stored ?? { version: NEVER_WRITTEN, rows: new Map() };
    },
    async *partitions(kind) {
      for (const name of (await namesIn(disk, join(root, kind))) ?? []) {
        if (!name.endsWith('.json')) continue;
        const plain = `${kind}:${name.slice(0, -'.json'.length)}`;
        const file = join(kind, name);
        if (partitionFile(plain) === file) yield plain;
        else {
          const stored = await readFile(file);
          if (stored === null) throw damaged(join(root, file), 'it is missing');
          yield stored.partition;
        }
      }
    },
  };
}

const readOnly = (): Promise<never> => Promise.reject(new Error('nothing is written by a reader'));

async function namesIn(disk: Disk, folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await disk.readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw diskFailure(folder, error);
  }
}
