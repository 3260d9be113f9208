import { randomUUID } from 'node:crypto';
import { dirname, join, sep } from 'node:path';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { diskFailure, makeFolder, readText, removeLeftoverFolder, syncFolder, writeNewFile } from './disk.ts';
import type { Disk } from './disk.ts';
import { generationName, LIST_FILE, printList, sha256 } from './generation.ts';
import type { Generation, GenerationFile } from './generation.ts';
import { readInventory } from './inventory.ts';
import { LinkedFiles } from './linked-files.ts';
import { originOf } from './open-origin.ts';
import { originCodec, ORIGIN_FILE } from './origin.ts';
import { damaged, partitionCodec } from './partition-file.ts';
import { workingPath } from './store-folder.ts';

export interface GenerationOptions {
  readonly disk: Disk;
  readonly folder: string;
  /** Where generations are kept; it is made where it is missing. */
  readonly to: string;
  readonly now: Clock;
  /** Runs its work while nobody commits. Without it commits go on, and a moment without any is waited for. */
  readonly whenQuiet?: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Copies a whole store as it is at one moment, also while a bot works with it. The files of that moment are
 * held by second names, which costs no more than a look at each; they are checked and copied afterwards.
 *
 * @throws {StoreError} `damaged` for a store with a file that is gone, or could not be restored; `locked` where commits
 *   follow each other without a moment between them; `unwritable`. There is no new generation then.
 */
export async function takeGeneration(options: GenerationOptions): Promise<Generation> {
  const { disk, folder, now, whenQuiet = atOnce } = options;
  const held = join(folder, `.backup.${randomUUID()}.tmp`);
  try {
    const inventory = await readInventory(disk, folder, (await originOf(disk, folder)).id);
    const files = new LinkedFiles(disk, folder, held);
    await files.refresh();
    await whenQuiet(() => files.settle());
    inventory.refuseMissing(files.paths.map(workingPath));
    return await copyOut(options, held, files.paths, instant(now()));
  } finally {
    await removeLeftoverFolder(disk, held);
  }
}

const atOnce = <T>(work: () => Promise<T>): Promise<T> => work();

/** Nothing in the folder of generations has a generation's name before it is one. */
async function copyOut(
  { disk, folder, to }: GenerationOptions,
  held: string,
  paths: readonly string[],
  takenAt: string,
): Promise<Generation> {
  const name = generationName(takenAt);
  const path = join(to, name);
  const temp = join(to, `.${name}.${randomUUID()}.tmp`);
  try {
    const copied: GenerationFile[] = [];
    let storeId = '';
    for (const one of paths) {
      const text = await readText(disk, join(held, one));
      const whole = join(folder, one);
      if (text === null) throw damaged(whole, 'it has vanished');
      if (one === ORIGIN_FILE) storeId = originCodec(whole).parse(text).id;
      else partitionCodec(workingPath(one), whole).parse(text);
      await copy(disk, join(temp, one), text);
      copied.push({ path: one.replaceAll(sep, '/'), bytes: Buffer.byteLength(text), sha256: sha256(text) });
    }
    if (storeId === '') throw damaged(join(folder, ORIGIN_FILE), 'it is missing');
    const list = { takenAt, storeId, files: copied };
    await copy(disk, join(temp, LIST_FILE), printList(list));
    for (const below of foldersOf(paths)) await syncFolder(disk, join(temp, below));
    await disk.rename(temp, path);
    await syncFolder(disk, to);
    return { name, path, ...list };
  } catch (error) {
    await removeLeftoverFolder(disk, temp);
    throw diskFailure(to, error);
  }
}

async function copy(disk: Disk, path: string, text: string): Promise<void> {
  await makeFolder(disk, dirname(path));
  await writeNewFile(disk, path, text);
}

const foldersOf = (paths: readonly string[]): ReadonlySet<string> => new Set(['', ...paths.map((one) => dirname(one))]);
