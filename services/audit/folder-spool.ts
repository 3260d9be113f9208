import * as nodeDisk from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makeFolder, readText, syncFolder, writeNewFile, type Disk } from '../storage/disk.ts';
import type { SpoolBox } from './spool.ts';

/** Its name is none of a kind of partitions, so that the store leaves it alone. */
const FOLDER = 'audit-spool';
const ENDING = '.event';

/** A folder in the store's own, with a file for each event. @param folder the store's. */
export function folderSpool(folder: string, disk: Disk = nodeDisk): SpoolBox {
  const path = join(folder, FOLDER);
  return {
    async put(name, text) {
      await makeFolder(disk, path);
      await writeNewFile(disk, join(path, `${name}${ENDING}`), text);
      await syncFolder(disk, path);
    },
    async names() {
      try {
        return (await disk.readdir(path)).filter((name) => name.endsWith(ENDING)).sort();
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    read: async (name) => (await readText(disk, join(path, name))) ?? undefined,
    remove: (name) => disk.unlink(join(path, name)),
  };
}
