import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** It may have to read a large store first. */
const LONGEST_START_MS = 60_000;

/** A program in a process of its own. */
export interface Program {
  /** What its line said that told that it was up. */
  readonly said: string;
  /** From its start to that line. */
  readonly startMs: number;
  /** How much memory it takes now, and has taken at most. */
  memory(): { readonly nowMb: number; readonly mostMb: number };
  /** Ends it at once, unless it has a profile to write, and waits for that. */
  end(): Promise<void>;
}

/**
 * Starts a program, and waits until it says that it is up.
 *
 * @param up its first group is what is told of it.
 * @throws when it ends before, or takes too long; with what it has said.
 */
export async function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  up: RegExp,
): Promise<Program> {
  const began = performance.now();
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, TMPDIR: tmpdir(), ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }), ...env },
  });
  const onExit = (): void => void child.kill('SIGKILL');
  process.once('exit', onExit);
  let written = '';
  const said = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${args.join(' ')}: not up in time\n${written}`));
    }, LONGEST_START_MS);
    const read = (part: Buffer): void => {
      if (written.length > 100_000) return;
      written += part.toString();
      const match = up.exec(written);
      if (match === null) return;
      clearTimeout(timer);
      resolve(match[1] ?? match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Error(`${args.join(' ')}: has ended\n${written}`));
    });
  });
  const startMs = performance.now() - began;
  return {
    said,
    startMs,
    memory: () => memoryOf(child),
    async end() {
      process.off('exit', onExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill(args.includes('--cpu-prof') ? 'SIGTERM' : 'SIGKILL');
      await closed;
    },
  };
}

/** @see proc(5): `VmRSS`, `VmHWM`. Elsewhere only what it takes now is known. */
function memoryOf({ pid = 0 }: ChildProcess): { nowMb: number; mostMb: number } {
  const mb = (kb: string | undefined): number => Math.round(Number(kb ?? NaN) / 1_024);
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      nowMb: mb(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
      mostMb: mb(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]),
    };
  }
  const nowMb = mb(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  return { nowMb, mostMb: nowMb };
}
