import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/**
 * Tells when npm, which has started this process, is gone. npm tells its shell alone that it has to end, and nobody when
 * it is killed: whoever the shell has started can only look. A shell that stays behind when npm is killed has another
 * parent then, so both are looked at.
 */
export function onceNpmIsGone(tell: () => void): void {
  const shell = process.ppid;
  const npm = isShellOfNpm(shell) ? parentOf(shell) : undefined;
  setInterval(() => {
    if (process.ppid !== shell || (npm !== undefined && parentOf(shell) !== npm)) tell();
  }, LOOK_MS).unref();
}

/** Some shells become what they start; then npm is the parent, and whoever has started npm is not to be looked at. */
function isShellOfNpm(pid: number): boolean {
  return /^\S*sh -c /.test(ask(pid, 'args'));
}

function parentOf(pid: number): number | undefined {
  try {
    // `pid (name) state parent …`, and a name may hold anything.
    const [, parent] = /^ \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1) ?? '') ?? [];
    return parent === undefined ? undefined : Number(parent);
  } catch {
    const parent = ask(pid, 'ppid');
    return parent === '' ? undefined : Number(parent);
  }
}

/** What is told of a process; nothing where there is no `ps`, or no such process. */
function ask(pid: number, what: 'args' | 'ppid'): string {
  try {
    return execFileSync('ps', ['-o', `${what}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
