import { createHash, randomUUID } from 'node:crypto';
import * as nodeDisk from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { diskFailure, FILE_MODE, isMissing, readText, removeLeftover } from './disk.ts';
import type { Disk } from './disk.ts';
import { fateOf, ProcessIdentity, thisProcess } from './process-identity.ts';
import { StoreError } from './store.ts';

const LOCK = 'owner.lock';
const HEARTBEAT_MS = 5 * SECOND_MS;
/** An owner that cannot be seen from here counts as gone after this long without a heartbeat. */
const STALE_MS = 15 * SECOND_MS;
const ATTEMPTS = 50;

const Holder = ProcessIdentity.extend({ boot: z.string(), token: z.string() });

export interface OwnerLock {
  /** @throws {StoreError} `locked`, when the folder is somebody else's by now. */
  check(): Promise<void>;
  release(): Promise<void>;
}

type LockOptions = { readonly folder: string; readonly boot: string; readonly disk: Disk; readonly now: Clock };

/**
 * Makes this process the only one that works with a folder. The lock of a process that was killed is taken
 * over at once where that can be seen, and 15 s after its last heartbeat where it cannot.
 *
 * @throws {StoreError} `locked`, naming the process that has the folder.
 */
export async function acquireOwnerLock({ folder, boot, disk, now }: LockOptions): Promise<OwnerLock> {
  const identity = await thisProcess();
  const path = join(folder, LOCK);
  const own = `${path}.${randomUUID()}`;
  try {
    const handle = await disk.open(own, 'wx', FILE_MODE);
    try {
      await handle.writeFile(JSON.stringify({ ...identity, boot, token: randomUUID() }));
      await handle.utimes(now(), now());
      await handle.sync();
      await new Attempt(disk, now, folder, identity, own).take(path);
    } catch (error) {
      await handle.close();
      throw error;
    } finally {
      await removeLeftover(disk, own);
    }
    return await cleanedUp(heldLock(disk, now, path, handle), disk, now, folder);
  } catch (error) {
    throw diskFailure(path, error);
  }
}

/**
 * Looks whether somebody works with a folder, without a lock of its own: who it is may have ended by the time it is told.
 *
 * @returns the process in words; `undefined` when there is none, or none that can still be there.
 */
export async function lookForOwner(
  folder: string,
  disk: Disk = nodeDisk,
  now: Clock = () => new Date(),
): Promise<string | undefined> {
  const path = join(folder, LOCK);
  const held = await readText(disk, path);
  if (held === null) return undefined;
  const holder = holderOf(held);
  const fate = holder ? await fateOf(holder, await thisProcess()) : 'unknown';
  if (fate === 'gone') return undefined;
  const ageMs = await ageOf(disk, now, path);
  const isStale = fate === 'unknown' && (ageMs === null || ageMs > STALE_MS);
  return isStale ? undefined : nameOf(holder);
}

/** One process trying to get a lock. `own` is its file, complete; a lock is a second name of it. */
class Attempt {
  readonly #disk: Disk;
  readonly #now: Clock;
  readonly #folder: string;
  readonly #identity: ProcessIdentity;
  readonly #own: string;

  constructor(disk: Disk, now: Clock, folder: string, identity: ProcessIdentity, own: string) {
    this.#disk = disk;
    this.#now = now;
    this.#folder = folder;
    this.#identity = identity;
    this.#own = own;
  }

  /**
   * Takes a lock that nobody has, or whose holder is gone. Whoever replaces a lock must first have the lock
   * on replacing exactly that one, and look at it again: so of two who find the same dead holder one replaces
   * it, and the one who comes too late finds another lock than the one it was allowed to replace.
   */
  async take(path: string): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await this.#create(path)) return;
      const held = await readText(this.#disk, path);
      if (held === null || !(await this.#isAbandoned(path, held))) continue;

      const claim = `${join(this.#folder, LOCK)}.${createHash('sha256').update(held).digest('hex')}`;
      await this.take(claim);
      try {
        if ((await readText(this.#disk, path)) !== held) continue;
        await this.#disk.link(this.#own, `${this.#own}.new`);
        await this.#disk.rename(`${this.#own}.new`, path);
        return;
      } finally {
        await removeLeftover(this.#disk, claim);
      }
    }
    throw new StoreError('locked', `other processes are starting on "${this.#folder}" at this moment`);
  }

  async #create(path: string): Promise<boolean> {
    try {
      await this.#disk.link(this.#own, path);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** @returns false when it is gone; throws when its holder works, or may work. */
  async #isAbandoned(path: string, held: string): Promise<boolean> {
    const holder = holderOf(held);
    const fate = holder ? await fateOf(holder, this.#identity) : 'unknown';
    if (fate === 'gone') return true;
    const who = nameOf(holder);
    if (fate === 'running') {
      throw new StoreError('locked', `"${this.#folder}" is in use by ${who}; only one process may work with it`);
    }
    const ageMs = await ageOf(this.#disk, this.#now, path);
    if (ageMs === null || ageMs > STALE_MS) return ageMs !== null;
    throw new StoreError(
      'locked',
      `"${this.#folder}" was in use by ${who} a moment ago, which cannot be seen from here; ` +
        `it counts as gone ${STALE_MS / SECOND_MS} s after its last sign of life`,
    );
  }
}

function heldLock(disk: Disk, now: Clock, path: string, handle: FileHandle): OwnerLock {
  const heartbeat = setInterval(() => {
    // A heartbeat that fails is one that is missed; whether the lock is still ours is asked at every commit.
    handle.utimes(now(), now()).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();

  /** While the file is open its number is not given to another, so that it tells our lock from any later one. */
  async function isHeld(): Promise<boolean> {
    const ours = await handle.stat({ bigint: true });
    try {
      const there = await disk.stat(path, { bigint: true });
      return there.ino === ours.ino && there.dev === ours.dev;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  return {
    async check() {
      if (!(await isHeld())) throw new StoreError('locked', `"${path}" was taken over by another process`);
    },
    async release() {
      clearInterval(heartbeat);
      try {
        if (await isHeld()) await disk.unlink(path);
      } finally {
        await handle.close();
      }
    },
  };
}

/** Crashed attempts leave names behind. Younger ones may belong to a process that is trying just now. */
async function cleanedUp(lock: OwnerLock, disk: Disk, now: Clock, folder: string): Promise<OwnerLock> {
  try {
    const names = await disk.readdir(folder);
    for (const name of names.filter((found) => found.startsWith(`${LOCK}.`))) {
      const path = join(folder, name);
      const ageMs = await ageOf(disk, now, path);
      if (ageMs !== null && ageMs > MINUTE_MS) await removeLeftover(disk, path);
    }
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function ageOf(disk: Disk, now: Clock, path: string): Promise<number | null> {
  try {
    return now().getTime() - (await disk.stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function holderOf(text: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const nameOf = (holder: z.infer<typeof Holder> | undefined): string =>
  holder ? `process ${holder.pid} on "${holder.host}"` : 'an unknown process';
