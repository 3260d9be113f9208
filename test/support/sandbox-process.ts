import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The sandbox as `npm start` runs it, in a process of its own, with a folder of its own for what is temporary. */
export class Sandbox {
  readonly #temp = mkdtempSync(path.join(tmpdir(), 'start-test-'));
  readonly #child;
  readonly #ended;
  readonly #lines: string[] = [];
  #errors = '';
  #onLine = (): void => undefined;

  constructor(run: readonly string[] = ['sandbox/start.ts'], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, run, {
      env: { ...process.env, TMPDIR: this.#temp, TEMP: this.#temp, npm_lifecycle_event: 'start', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#onLine();
    });
    started.push(this);
  }

  /** Waits for a line of what is printed. @returns what its first group has matched, or the line. */
  async prints(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      this.#onLine = () => {
        const match = this.#lines.map((line) => pattern.exec(line)).findLast((one) => one !== null);
        if (match) resolve(match[1] ?? match[0]);
      };
      this.#onLine();
    });
    const ended = this.#ended.then(() => assert.fail(`It has ended instead: ${this.#errors}`));
    return Promise.race([found, ended]);
  }

  /** Where the page is. */
  address(): Promise<string> {
    return this.prints(/^Open (http:\/\/127\.0\.0\.1:\d+)$/);
  }

  /** Where the bot listens; the newest one, after *Start over*. */
  botAddress(): Promise<string> {
    return this.prints(/^The bot listens on (\S+)\/api\/messages$/);
  }

  /** @returns with which exit code, and by which signal, it has ended. */
  async end(signal: NodeJS.Signals): Promise<readonly [number | null, NodeJS.Signals | null]> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    return this.#ended;
  }

  /** @returns with which exit code, and by which signal, once it has ended by itself and all it said was read. */
  async ended(): Promise<readonly [number | null, NodeJS.Signals | null]> {
    await once(this.#child, 'close');
    return this.#ended;
  }

  /** What it keeps in the folder for what is temporary, beside what Node keeps there for itself. */
  kept(...inside: readonly string[]): readonly string[] {
    return readdirSync(path.join(this.#temp, ...inside)).filter((name) => name !== 'node-compile-cache');
  }

  /** The process of its bot, its only child. */
  botProcess(): number {
    const told = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
    const bots = [...told.matchAll(/^\s*(\d+) +(\d+) .*bot\/main\.ts$/gm)];
    return Number(bots.find(([, , parent]) => Number(parent) === this.#child.pid)?.[1]);
  }

  errors(): string {
    return this.#errors;
  }

  async clear(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.#temp, { recursive: true, force: true });
  }
}

let started: Sandbox[] = [];

/** Ends all that were started, and removes what they have left. */
export async function clearSandboxes(): Promise<void> {
  const all = started;
  started = [];
  await Promise.all(all.map((sandbox) => sandbox.clear()));
}
