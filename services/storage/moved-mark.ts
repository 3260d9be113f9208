import { join } from 'node:path';
import { z } from 'zod';
import { instant } from '../clock.ts';
import { diskFailure, readText, syncFolder, writeNewFile, type Disk } from './disk.ts';
import { StoreError } from './store.ts';

/** In the folder of a store that is moved elsewhere, from when that begins: it is kept as it is, and nobody works with it any more. */
export const MOVED_MARK = 'moved.json';

const Mark = z.object({ store: z.string(), to: z.string(), at: z.string() });
export type MovedMark = z.output<typeof Mark>;

/** @throws {StoreError} */
export async function readMoved(disk: Disk, folder: string): Promise<MovedMark | undefined> {
  const path = join(folder, MOVED_MARK);
  try {
    const text = await readText(disk, path);
    return text === null ? undefined : markIn(text);
  } catch (error) {
    throw diskFailure(path, error);
  }
}

/** What nobody can read says that it was moved all the same. */
function markIn(text: string): MovedMark {
  try {
    return Mark.parse(JSON.parse(text));
  } catch {
    return { store: '', to: 'another place', at: 'an unknown day' };
  }
}

/** Survives a power cut once it returns. @throws {StoreError} */
export async function markMoved(
  disk: Disk,
  folder: string,
  { store, to, now }: { readonly store: string; readonly to: string; readonly now: Date },
): Promise<void> {
  const path = join(folder, MOVED_MARK);
  try {
    await writeNewFile(disk, path, `${JSON.stringify({ store, to, at: instant(now) } satisfies MovedMark)}\n`);
    await syncFolder(disk, folder);
  } catch (error) {
    throw diskFailure(path, error);
  }
}

/** @throws {StoreError} `moved` */
export async function refuseMoved(disk: Disk, folder: string): Promise<void> {
  const mark = await readMoved(disk, folder);
  if (mark === undefined) return;
  throw new StoreError(
    'moved',
    `"${folder}" has been moved to ${mark.to} since ${mark.at}, and is kept as it was then. Where that has not ended, run ` +
      `"npm run migrate" again. To go back to it, stop every bot that works with ${mark.to}, be sure that nothing was begun ` +
      `there that is to count, and delete "${join(folder, MOVED_MARK)}"`,
  );
}
