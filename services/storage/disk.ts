import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from './store.ts';

/** What the file store needs of `node:fs/promises`. Comes from outside, so that a disk can be made to fail. */
export type Disk = Pick<
  typeof fs,
  'link' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'stat' | 'statfs' | 'unlink'
>;

export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The code of a system error (`ENOSPC`, …), or its message where it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}

/** A failure of the disk in the store's terms. What is one already stays as it is. */
export const diskFailure = (path: string, error: unknown): StoreError =>
  error instanceof StoreError
    ? error
    : new StoreError('unwritable', `"${path}" cannot be read or written: ${codeOf(error)}`, { cause: error });

/** The text of a file, or null where there is none. */
export async function readText(disk: Disk, path: string): Promise<string | null> {
  try {
    return await disk.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Writes a new file, so that its content survives a power cut. Its name does so after `syncFolder` only. */
export async function writeNewFile(disk: Disk, path: string, text: string): Promise<void> {
  const handle = await disk.open(path, 'wx', FILE_MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the names in a folder survive a power cut. Windows has no such call, and needs none. */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same for folders below one, and for all that are between them and that one, itself among them. */
export async function syncFolders(disk: Disk, within: string, folders: Iterable<string>): Promise<void> {
  const all = new Set(['.']);
  for (const folder of folders) for (let at = folder; at !== '.'; at = dirname(at)) all.add(at);
  for (const folder of all) await syncFolder(disk, join(within, folder));
}

/** Makes a folder, and those above it, where they are missing; they survive a power cut. */
export async function makeFolder(disk: Disk, folder: string): Promise<void> {
  try {
    const first = await disk.mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(disk, dirname(made));
  } catch (error) {
    throw diskFailure(folder, error);
  }
}

/** Removes what may be gone already, or may as well stay until the next start. */
export async function removeLeftover(disk: Disk, path: string): Promise<void> {
  await disk.unlink(path).catch(() => undefined);
}

/** The same for a folder and all that is in it. */
export async function removeLeftoverFolder(disk: Disk, path: string): Promise<void> {
  await disk.rm(path, { recursive: true, force: true }).catch(() => undefined);
}
