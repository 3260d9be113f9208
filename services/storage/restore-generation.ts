import { randomUUID } from 'node:crypto';
import { dirname, join, resolve, sep } from 'node:path';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { diskFailure, makeFolder, syncFolder, writeNewFile } from './disk.ts';
import type { Disk } from './disk.ts';
import { DurableFile } from './durable-file.ts';
import { checkedFiles, generationName, readGeneration } from './generation.ts';
import type { Generation } from './generation.ts';
import { INVENTORY_FILE } from './inventory.ts';
import { ORIGIN_FILE, originCodec } from './origin.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import { partitionCodec } from './partition-file.ts';
import { ARCHIVE } from './partition-name.ts';
import type { StoreOrigin } from './store.ts';
import { listStore, REPLACED, RESTORE_MARK, workingPath } from './store-folder.ts';

export interface RestoreOptions {
  readonly disk: Disk;
  /** A generation's folder. */
  readonly from: string;
  /** The store's; it is made where it is missing. */
  readonly folder: string;
  readonly now: Clock;
}

export interface Restored {
  readonly generation: Generation;
  readonly origin: StoreOrigin;
  /** Where what lay there before is now; `undefined` for an empty folder. */
  readonly replaced?: string;
}

/**
 * Puts a backup in the place of a store that nobody works with. What lay there is moved aside, and never removed.
 * Once begun it has to be run to its end: until then no bot starts there. Run again, it begins anew.
 *
 * The store that comes of it has another id and knows when it was restored: decisions since the backup are lost,
 * and what was approved before is not carried out any more without a look.
 *
 * @throws {StoreError} `locked`, `damaged`, `too-new` (nothing was changed), or `unwritable`.
 */
export async function restoreGeneration({ disk, from, folder, now }: RestoreOptions): Promise<Restored> {
  const generation = await readGeneration(disk, resolve(from), resolve(from));
  let taken: StoreOrigin | undefined;
  for await (const { path, text } of checkedFiles(disk, generation)) {
    const whole = join(generation.path, path);
    if (path === ORIGIN_FILE) taken = originCodec(whole).parse(text);
    else partitionCodec(workingPath(path), whole).parse(text);
  }
  await makeFolder(disk, folder);
  const lock = await acquireOwnerLock({ folder, boot: 'restore', disk, now });
  try {
    const mayChange = (): Promise<void> => lock.check();
    const mark = new DurableFile(disk, join(folder, RESTORE_MARK), { parse: String, print: String }, mayChange);
    await mark.read();
    await mark.write(`${JSON.stringify({ from: generation.path, begunAt: instant(now()) })}\n`);
    const replaced = await moveAside(disk, folder, now);
    for await (const { path, text } of checkedFiles(disk, generation))
      if (path !== ORIGIN_FILE) await put(disk, join(folder, path), text);
    const { takenAt } = generation;
    const createdAt = taken?.createdAt ?? takenAt;
    const origin: StoreOrigin = { id: randomUUID(), createdAt, restoredAt: instant(now()), takenAt };
    await put(disk, join(folder, ORIGIN_FILE), originCodec(ORIGIN_FILE).print(origin));
    await disk.unlink(join(folder, RESTORE_MARK));
    await syncFolder(disk, folder);
    return { generation, origin, ...(replaced !== undefined && { replaced }) };
  } catch (error) {
    throw diskFailure(folder, error);
  } finally {
    await lock.release();
  }
}

/** In the same folder, which may be a disk of its own. Backups, what was moved aside before and foreign files stay. */
async function moveAside(disk: Disk, folder: string, now: Clock): Promise<string | undefined> {
  const names = await ownNames(disk, folder);
  if (names.length === 0) return undefined;
  const aside = join(folder, `${REPLACED}${generationName(instant(now()))}-${randomUUID().slice(0, 8)}`);
  await makeFolder(disk, aside);
  for (const name of names) await disk.rename(join(folder, name), join(aside, name));
  await syncFolder(disk, aside);
  await syncFolder(disk, folder);
  return aside;
}

async function ownNames(disk: Disk, folder: string): Promise<readonly string[]> {
  const { working, archived, leftovers } = await listStore(disk, folder);
  const names = [...working, ...leftovers].map((path) => path.split(sep)[0] ?? path);
  const there = new Set(await disk.readdir(folder));
  return [...new Set([...names, ...(archived.size > 0 ? [ARCHIVE] : []), ORIGIN_FILE, INVENTORY_FILE])].filter((name) =>
    there.has(name),
  );
}

async function put(disk: Disk, path: string, text: string): Promise<void> {
  await makeFolder(disk, dirname(path));
  await writeNewFile(disk, path, text);
  await syncFolder(disk, dirname(path));
}
