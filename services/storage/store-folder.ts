import { basename, join } from 'node:path';
import { isMonth } from './archiving.ts';
import { diskFailure, isMissing } from './disk.ts';
import type { Disk } from './disk.ts';
import { isLeftover } from './durable-file.ts';
import { ARCHIVE, isReserved } from './partition-name.ts';
import { StoreError } from './store.ts';

/** A restore that was begun and has not ended. */
export const RESTORE_MARK = 'restore.json';
/** What a restore took the place of is kept under such a name. */
export const REPLACED = 'replaced-';

const KIND = /^[a-z]+$/;

/** The files of a store, by their paths below its folder. */
export interface StoreFiles {
  /** Partitions of the working set: `request/a.json`. */
  readonly working: readonly string[];
  /** Archived ones by the path they had in the working set, with the months they lie under. */
  readonly archived: ReadonlyMap<string, readonly string[]>;
  /** What a crash left half written; also folders. */
  readonly leftovers: readonly string[];
}

/** Looks at names only, and opens no file. Foreign files are left out. */
export async function listStore(disk: Disk, folder: string): Promise<StoreFiles> {
  const working: string[] = [];
  const archived = new Map<string, string[]>();
  const leftovers: string[] = [];

  const collect = async (below: string, found: (file: string) => void): Promise<void> => {
    for (const kind of await list(disk, join(folder, below))) {
      if (isLeftover(kind)) leftovers.push(join(below, kind));
      if (!KIND.test(kind) || isReserved(kind) || !(await isFolder(disk, join(folder, below, kind)))) continue;
      for (const name of await list(disk, join(folder, below, kind))) {
        if (isLeftover(name)) leftovers.push(join(below, kind, name));
        else if (name.endsWith('.json')) found(join(kind, name));
      }
    }
  };

  await collect('', (file) => working.push(file));
  for (const month of (await list(disk, join(folder, ARCHIVE))).filter(isMonth))
    await collect(join(ARCHIVE, month), (file) => archived.set(file, [...(archived.get(file) ?? []), month]));
  return { working, archived, leftovers };
}

/** Every partition's file, by where it is in the working set; one that is in the archive too comes twice. */
export const filesOf = ({ working, archived }: StoreFiles): readonly string[] => [...working, ...archived.keys()];

export const archivePath = (month: string, file: string): string => join(ARCHIVE, month, file);

/** The path in the working set of a file of either place. */
export function workingPath(path: string): string {
  const [first, , ...rest] = path.split(/[/\\]/);
  return first === ARCHIVE ? join(...rest) : path;
}

async function list(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return (await disk.readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error) && basename(folder) === ARCHIVE) return [];
    throw diskFailure(folder, error);
  }
}

async function isFolder(disk: Disk, path: string): Promise<boolean> {
  try {
    return (await disk.stat(path)).isDirectory();
  } catch (error) {
    throw diskFailure(path, error);
  }
}

/** @throws {StoreError} when a restore was begun here and has not ended: what lies there is a part of a store. */
export async function refuseHalfRestored(disk: Disk, folder: string): Promise<void> {
  const mark = join(folder, RESTORE_MARK);
  try {
    await disk.stat(mark);
  } catch (error) {
    if (isMissing(error)) return;
    throw diskFailure(mark, error);
  }
  throw new StoreError('damaged', `"${mark}": a restore was begun here and has not ended. Run it again`);
}
