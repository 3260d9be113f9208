import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyHunks, parsePatch, type Patch } from './patch.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What a copy of the checkout does without: it is large, or not part of the program. */
const NOT_COPIED = new Set(['node_modules', '.git', 'tmp', 'data', 'coverage', 'docs']);

/** A mistake that was made on purpose, to see that a proof finds it. */
export interface SeededBug {
  readonly name: string;
  /** What is wrong, in a sentence. */
  readonly about: string;
  /** The proofs that have to find it: parts of `npm run verify`. */
  readonly foundBy: readonly string[];
  /** What a proof that finds it says. */
  readonly shows: RegExp;
  readonly patch: Patch;
}

export async function seededBugs(): Promise<readonly SeededBug[]> {
  const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.patch')).sort();
  return Promise.all(
    names.map(async (name) => readBug(name, await readFile(path.join(import.meta.dirname, name), 'utf8'))),
  );
}

function readBug(name: string, text: string): SeededBug {
  const patch = parsePatch(text);
  const [, about, foundBy, shows] = /^([^]*)\nFound by: (.*)\nShows: (.*)$/.exec(patch.head) ?? [];
  if (about === undefined || foundBy === undefined || shows === undefined)
    throw new Error(`${name} has to begin with what is wrong, "Found by: …" and "Shows: …"`);
  return { name: name.replace(/\.patch$/, ''), about, foundBy: foundBy.split(', '), shows: new RegExp(shows), patch };
}

/** What the files would hold with this bug in them. @throws where it no longer fits. */
export async function withBug({ patch }: SeededBug): Promise<ReadonlyMap<string, string>> {
  const files = await Promise.all(
    patch.files.map(
      async (file) => [file.path, applyHunks(file, await readFile(path.join(ROOT, file.path), 'utf8'))] as const,
    ),
  );
  return new Map(files);
}

/** A copy of this checkout with a bug in it. @returns its folder; the caller removes it with `removeCopy`. */
export async function plant(bug: SeededBug): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${bug.name}-`));
  await cp(ROOT, folder, {
    recursive: true,
    filter: (from) => !NOT_COPIED.has(path.relative(ROOT, from)),
  });
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const [file, content] of await withBug(bug)) await writeFile(path.join(folder, file), content);
  return folder;
}

export const removeCopy = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
