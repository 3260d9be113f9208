import { basename, join } from 'node:path';
import { diskFailure, removeLeftover } from './disk.ts';
import type { Disk } from './disk.ts';
import type { DueIndex } from './due-index.ts';
import { DurableFile, isLeftover } from './durable-file.ts';
import { partitionCodec } from './partition-file.ts';
import type { Turns } from './turns.ts';

/**
 * Reads every partition below a folder into an index, and removes what a crash left half written. Each file
 * is checked, so that a damaged store does not start.
 *
 * @throws {StoreError} the first fault by name. Other files than partitions are left alone.
 */
export async function loadPartitions(disk: Disk, folder: string, turns: Turns, index: DueIndex): Promise<void> {
  const files: string[] = [];
  for (const name of await list(disk, folder)) {
    if (isLeftover(name)) await removeLeftover(disk, join(folder, name));
    if (!/^[a-z]+$/.test(name) || !(await isFolder(disk, join(folder, name)))) continue;
    for (const file of await list(disk, join(folder, name))) files.push(join(name, file));
  }

  const outcomes = await Promise.allSettled(
    files.map((file) => turns.take(file, () => load(disk, folder, file, index))),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function load(disk: Disk, folder: string, file: string, index: DueIndex): Promise<void> {
  const path = join(folder, file);
  if (isLeftover(basename(file))) return removeLeftover(disk, path);
  if (!file.endsWith('.json')) return;
  const stored = await new DurableFile(disk, path, partitionCodec(file, path), readOnly).read();
  if (stored) index.put(stored.partition, stored.rows);
}

const readOnly = (): Promise<never> => Promise.reject(new Error('nothing is written while a store is opened'));

async function list(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return (await disk.readdir(folder)).sort();
  } catch (error) {
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
