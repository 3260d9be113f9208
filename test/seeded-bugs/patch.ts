/** A change of a few files, as `diff -u` writes it. */
export interface Patch {
  /** What stands before the first file. */
  readonly head: string;
  readonly files: readonly PatchedFile[];
}
interface PatchedFile {
  /** Below the root of the checkout. */
  readonly path: string;
  readonly hunks: readonly Hunk[];
}
interface Hunk {
  readonly before: string;
  readonly after: string;
}

const FILE = /^--- a\/.*\n\+\+\+ b\/(.*)\n/m;
const HUNK = /^@@ .*\n/m;

export function parsePatch(text: string): Patch {
  const [head = '', ...parts] = text.split(FILE);
  const files: PatchedFile[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2)
    files.push({ path: parts[at] ?? '', hunks: (parts[at + 1] ?? '').split(HUNK).slice(1).map(parseHunk) });
  return { head: head.trim(), files };
}

function parseHunk(text: string): Hunk {
  const lines = text.split('\n').filter((line) => /^[ +-]/.test(line));
  const side = (left: string): string =>
    lines
      .filter((line) => !line.startsWith(left))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return { before: side('+'), after: side('-') };
}

/**
 * Line numbers are not looked at, so that a patch outlives what is changed around it.
 *
 * @throws where the lines that it changes are not there, or are there more than once.
 */
export function applyHunks({ path, hunks }: PatchedFile, content: string): string {
  let changed = content;
  for (const { before, after } of hunks) {
    const parts = changed.split(before);
    if (parts.length !== 2) throw new Error(`${path} has these lines ${parts.length - 1} times, not once:\n${before}`);
    changed = parts.join(after);
  }
  return changed;
}
