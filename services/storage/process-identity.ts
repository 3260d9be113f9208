import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { codeOf } from './disk.ts';

/** A process, told apart from every other: numbers are used again, on this machine and on others. */
export const ProcessIdentity = z.object({
  pid: z.int().positive(),
  /** In clock ticks since the machine was started; null where there is no `/proc`. */
  startedAt: z.string().nullable(),
  machineBoot: z.string().nullable(),
  /** Processes of another one (another container) have numbers of their own. */
  pidNamespace: z.string().nullable(),
  host: z.string(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

let own: Promise<ProcessIdentity> | undefined;
/** Read once: it stays the same as long as the process lives. */
export const thisProcess = (): Promise<ProcessIdentity> => (own ??= readIdentity());

async function readIdentity(): Promise<ProcessIdentity> {
  const [state, machineBoot, pidNamespace] = await Promise.all([
    stateOf(process.pid),
    orNull(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    orNull(readlink('/proc/self/ns/pid')),
  ]);
  return {
    pid: process.pid,
    startedAt: state?.startedAt ?? null,
    machineBoot: machineBoot?.trim() ?? null,
    pidNamespace,
    host: hostname(),
  };
}

/**
 * What became of a process. `unknown` when it cannot be seen from here: it belongs to another machine, an
 * earlier start of this one, or another container.
 */
export async function fateOf(other: ProcessIdentity, own: ProcessIdentity): Promise<'running' | 'gone' | 'unknown'> {
  const isSameMachine =
    own.machineBoot === null
      ? other.machineBoot === null && other.host === own.host
      : other.machineBoot === own.machineBoot;
  // Where there are namespaces, and ours is hidden, the same number may be another process's in another container.
  const isHidden = own.machineBoot !== null && own.pidNamespace === null;
  if (!isSameMachine || isHidden || other.pidNamespace !== own.pidNamespace) return 'unknown';
  if (!isPidTaken(other.pid)) return 'gone';

  const state = await stateOf(other.pid);
  if (!state || other.startedAt === null) return 'unknown'; // the number may have gone to another process
  return state.isEnded || state.startedAt !== other.startedAt ? 'gone' : 'running';
}

function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** A killed process whose parent has not asked for it yet is still listed, as a zombie: it has ended. */
async function stateOf(pid: number): Promise<{ readonly isEnded: boolean; readonly startedAt: string } | null> {
  const stat = await orNull(readFile(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the program's name in brackets, which may hold anything; the third follows the last bracket.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, startedAt] = [fields[0], fields[19]];
  if (state === undefined || startedAt === undefined) return null;
  return { isEnded: state === 'Z' || state === 'X', startedAt };
}

const orNull = (read: Promise<string>): Promise<string | null> => read.catch(() => null);
