import { dirname, join } from 'node:path';
import { diskFailure } from './disk.ts';
import type { Disk } from './disk.ts';
import { ORIGIN_FILE } from './origin.ts';
import type { StoreFiles } from './store-folder.ts';

const OTHERS = 0o077;

/**
 * Whether other accounts of the machine can get at partitions: through the store's folder, and through a folder in
 * it. What we make is open to nobody; what was copied by hand, or lies on a shared disk, may be.
 */
export async function isOpenToOthers(disk: Disk, folder: string, { working }: StoreFiles): Promise<boolean> {
  if (process.platform === 'win32' || !(await isOpen(disk, folder))) return false;
  for (const name of new Set([ORIGIN_FILE, ...working.map((path) => dirname(path))]))
    if (await isOpen(disk, join(folder, name))) return true;
  return false;
}

async function isOpen(disk: Disk, path: string): Promise<boolean> {
  try {
    return ((await disk.stat(path)).mode & OTHERS) !== 0;
  } catch (error) {
    throw diskFailure(path, error);
  }
}
