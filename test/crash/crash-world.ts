import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChat, type Chat } from '../../sandbox/chat/chat.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import type { Clock } from '../../services/clock.ts';
import { freePort } from '../support/free-port.ts';
import { journeyEnv } from '../support/journey.ts';
import { parseCrossings, printPoint, type CrashPoint, type Crossing } from './boundaries.ts';
import { AUDIT_KEY, idOf, PEOPLE } from '../simulation/simulated-world.ts';
import { quickClock } from './quick-time.ts';
import { bareEnv } from '../support/bare-env.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** So many times as fast as the machine's clock goes everybody's here. */
const SPEED = 20;
export const REQUESTER = 'ada';
export const APPROVER = 'bo';

/** It is seen within that time that a process has ended. */
const LONGEST_DEATH_MS = 30_000;

/** One run of the bot's process. */
interface Boot {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  crossed: string;
}

/** The bot in a process of its own that ends where it is told to, and what is around it. */
export class CrashWorld {
  readonly clock: Clock;
  readonly chat: Chat;
  readonly partnerCenter: PartnerCenterStandIn;
  readonly folder: string;
  /** What the process has said, all of its runs. */
  output = '';
  /** How often the process has been killed. */
  deaths = 0;
  /** What it crossed in each of its runs. */
  readonly crossings: Crossing[][] = [];
  /** Told of each death, before the next start. */
  onDeath: () => void = () => undefined;
  readonly #env: Readonly<Record<string, string>>;
  readonly #crashes: CrashPoint[];
  readonly #failed = Promise.withResolvers<never>();
  /** Where the present run is to end. */
  #armed: CrashPoint | undefined;
  #boot: Boot | undefined;
  #isClosing = false;

  private constructor(
    made: Pick<CrashWorld, 'clock' | 'chat' | 'partnerCenter' | 'folder'>,
    env: Readonly<Record<string, string>>,
    crashes: readonly CrashPoint[],
  ) {
    this.clock = made.clock;
    this.chat = made.chat;
    this.partnerCenter = made.partnerCenter;
    this.folder = made.folder;
    this.#env = env;
    this.#crashes = [...crashes];
    this.#failed.promise.catch(() => undefined);
  }

  /** @param crashes where each run of the process ends; those after them go on. */
  static async open(crashes: readonly CrashPoint[]): Promise<CrashWorld> {
    const startedAtMs = Date.now();
    const clock = quickClock(startedAtMs, SPEED);
    const partnerCenter = await startPartnerCenter({ now: clock, staleListMs: 4_000 });
    const chat = await startChat({ people: PEOPLE.filter(({ key }) => key === REQUESTER || key === APPROVER) });
    const folder = await mkdtemp(path.join(tmpdir(), 'crash-'));
    const port = await freePort();
    const env = {
      ...journeyEnv(partnerCenter.url, folder),
      PORT: String(port),
      REQUESTERS: idOf(REQUESTER),
      APPROVERS: idOf(APPROVER),
      AUDIT_KEY,
      BACKUPS_KEPT: '0',
      LEASE_SECONDS: '60',
      VERIFY_EVERY_SECONDS: '2',
      CLOCK_STARTED: String(startedAtMs),
      CLOCK_SPEED: String(SPEED),
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? path.join(tmpdir(), 'crash-compile-cache'),
    };
    chat.connect(`http://127.0.0.1:${port}/api/messages`);
    const world = new CrashWorld({ clock, partnerCenter, chat, folder }, env, crashes);
    world.#start();
    return world;
  }

  /** Which run of the process is on: the first is 1. */
  get run(): number {
    return this.deaths + 1;
  }

  /** Resolves once the bot takes activities. @throws when it has ended in another way than it was to. */
  async untilUp(): Promise<void> {
    for (let run = 0; run !== this.run;) {
      ({ run } = this);
      await this.orFailed(this.#boot?.ready ?? Promise.resolve());
    }
  }

  /** Resolves once the bot takes activities after it has died in this run. */
  async untilUpAfter(run: number): Promise<void> {
    for (const began = Date.now(); this.run === run;) {
      if (Date.now() - began > LONGEST_DEATH_MS) throw new Error('the bot took nothing more, and lived on');
      await this.orFailed(delay(10));
    }
    await this.untilUp();
  }

  /** Waits for something, unless the bot fails meanwhile. */
  orFailed<T>(waited: Promise<T>): Promise<T> {
    return Promise.race([waited, this.#failed.promise]);
  }

  /** Whether every run has ended where it was to. */
  get hasCrashedAsWanted(): boolean {
    return this.#armed === undefined && this.#crashes.length === 0;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#boot?.child;
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await Promise.all([this.chat.close(), this.partnerCenter.close()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  #start(): void {
    this.#armed = this.#crashes.shift();
    const child = spawn(process.execPath, ['test/crash/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        ...bareEnv(),
        ...this.#env,
        ...(this.#armed && { CRASH_AT: printPoint(this.#armed) }),
      },
    });
    const ready = Promise.withResolvers<undefined>();
    const boot: Boot = { child, ready: ready.promise, crossed: '' };
    this.#boot = boot;
    const [, out, errors, told] = child.stdio;
    let said = '';
    out?.on('data', (part: Buffer) => {
      said += part.toString();
      this.output += part.toString();
      if (said.includes('The bot listens.')) ready.resolve(undefined);
    });
    errors?.on('data', (part: Buffer) => {
      this.output += part.toString();
    });
    told?.on('data', (part: Buffer) => {
      boot.crossed += part.toString();
    });
    child.once('close', (code, signal) => {
      ready.resolve(undefined);
      this.crossings.push([...parseCrossings(boot.crossed)]);
      if (this.#isClosing) return;
      if (signal === 'SIGKILL' && this.#armed !== undefined) this.#died();
      else this.#fail(new Error(`the bot ended by itself: ${signal ?? code}\n${this.output.slice(-2_000)}`));
    });
  }

  #died(): void {
    this.deaths += 1;
    try {
      this.onDeath();
      this.#start();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failed.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
