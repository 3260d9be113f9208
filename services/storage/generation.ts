import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { diskFailure, isMissing, readText, removeLeftoverFolder } from './disk.ts';
import type { Disk } from './disk.ts';
import { StoreError } from './store.ts';
import type { Instant } from '../clock.ts';

/** A copy of a whole store as it was at one moment, in a folder of its own. */
export interface Generation {
  readonly name: string;
  readonly path: string;
  readonly takenAt: Instant;
  /** Of the store it was taken from. */
  readonly storeId: string;
  readonly files: readonly GenerationFile[];
}
export type GenerationFile = z.output<typeof File>;

/** Written last, so that a folder without it is no generation. */
export const LIST_FILE = 'generation.json';

const SCHEMA = 1;
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;
export const generationName = (takenAt: Instant): string => takenAt.replaceAll(':', '-');
/** When a generation of this name was taken. */
export const generationTime = (name: string): Date => new Date(name.replace(/(?<=T\d\d)-(\d\d)-/, ':$1:'));

const File = z.strictObject({
  /** Below the store's folder, with `/`; never out of it. */
  path: z.string().regex(/^(?:[a-z0-9_-][a-z0-9._-]*\/)*[a-z0-9_-][a-z0-9._-]*\.json$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const List = z.strictObject({ takenAt: z.string(), storeId: z.string(), files: z.array(File) });
const Document = z.strictObject({ schema: z.literal(SCHEMA), list: List, checksum: z.string() });
const NewerDocument = z.looseObject({ schema: z.int().min(SCHEMA + 1) });

export const printList = (list: z.output<typeof List>): string =>
  `${JSON.stringify({ schema: SCHEMA, list, checksum: sha256(canonicalJson(list)) })}\n`;

/**
 * Reads what a generation says it holds.
 *
 * @throws {StoreError} `damaged` or `too-new`, naming the list.
 */
export async function readGeneration(disk: Disk, path: string, name: string): Promise<Generation> {
  const list = join(path, LIST_FILE);
  const json = jsonOf(await textOf(disk, list));
  if (NewerDocument.safeParse(json).success)
    throw new StoreError('too-new', `"${list}" was written by a newer version of this program; use that one`);
  const document = Document.safeParse(json);
  if (!document.success || sha256(canonicalJson(document.data.list)) !== document.data.checksum)
    throw new StoreError('damaged', `"${list}" is not the list of a backup. Use another generation`);
  return { name, path, ...document.data.list };
}

/**
 * Gives each file of a generation, compared with its checksum.
 *
 * @throws {StoreError} `damaged`, naming the first file that is not as it was written.
 */
export async function* checkedFiles(
  disk: Disk,
  generation: Generation,
): AsyncIterable<GenerationFile & { text: string }> {
  for (const file of generation.files) {
    const path = join(generation.path, file.path);
    const text = await textOf(disk, path);
    if (text === null || Buffer.byteLength(text) !== file.bytes || sha256(text) !== file.sha256)
      throw new StoreError('damaged', `"${path}" is not as it was backed up. Use another generation`);
    yield { ...file, text };
  }
}

/** @throws {StoreError} `damaged`, as `checkedFiles` does. @returns how many files there are. */
export async function checkGeneration(disk: Disk, generation: Generation): Promise<number> {
  let files = 0;
  for await (const { path } of checkedFiles(disk, generation)) if (path !== '') files += 1;
  return files;
}

/** Names of the generations in a folder, the newest first. */
export async function generationNames(disk: Disk, folder: string): Promise<readonly string[]> {
  try {
    return (await disk.readdir(folder))
      .filter((name) => NAME.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if (isMissing(error)) return [];
    throw diskFailure(folder, error);
  }
}

/** Removes all but the newest. A name goes before its content, so that half a generation is never taken for one. */
export async function keepNewest(disk: Disk, folder: string, count: number): Promise<void> {
  for (const name of (await generationNames(disk, folder)).slice(count)) {
    const going = join(folder, `.${name}.tmp`);
    try {
      await disk.rename(join(folder, name), going);
    } catch (error) {
      throw diskFailure(join(folder, name), error);
    }
    await removeLeftoverFolder(disk, going);
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function textOf(disk: Disk, path: string): Promise<string | null> {
  try {
    return await readText(disk, path);
  } catch (error) {
    throw diskFailure(path, error);
  }
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
