import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('owner-process.ts', import.meta.url));

/** Another process that opens the store of a folder once it is told to. */
export interface OtherProcess {
  readonly pid: number;
  /** Every line it has said so far, `ready` first. */
  readonly said: readonly string[];
  /** Tells it to open the store. @returns `open`, or the fault. */
  open(): Promise<string>;
  /** Resolves once it has said so many lines. */
  hasSaid(lines: number): Promise<void>;
  /** Ends it as a power cut of the process would: nothing is closed or released. */
  kill(): Promise<void>;
  /** Lets it close the store and end. */
  end(): Promise<void>;
}

export async function startOther(folder: string, task: 'hold' | 'write' | 'move' = 'hold'): Promise<OtherProcess> {
  const child = spawn(process.execPath, [PROGRAM, folder, task], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const said: string[] = [];
  lines.on('line', (line) => said.push(line));

  async function hasSaid(count: number): Promise<void> {
    while (said.length < count) await Promise.race([once(lines, 'line'), exited.then(failOn(said))]);
  }
  await hasSaid(1);

  return {
    pid: child.pid!,
    said,
    hasSaid,
    async open() {
      child.stdin.write('go\n');
      await hasSaid(2);
      return said[1]!;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}

const failOn = (said: readonly string[]) => (): never => {
  throw new Error(`the other process ended after saying ${said.join(', ')}`);
};
