import { diskFailure, type Disk } from './disk.ts';

/** A tenth of a disk, or this where that is more than anybody needs (256 MB). */
const MOST_KEPT_FREE = 256 * 1024 * 1024;

/**
 * Whether something new may be begun on the disk of a folder. Some of it is kept free for what is under way: that
 * has to come to its end.
 *
 * @throws {StoreError} `unwritable`, where nobody can tell.
 */
export async function hasRoomAt(disk: Pick<Disk, 'statfs'>, folder: string): Promise<boolean> {
  try {
    const { blocks, bavail, bsize } = await disk.statfs(folder);
    return bavail * bsize >= Math.min((blocks * bsize) / 10, MOST_KEPT_FREE);
  } catch (error) {
    throw diskFailure(folder, error);
  }
}
