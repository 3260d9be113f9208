import { createHash, hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { instant, later, MINUTE_MS, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { changePartition } from '../storage/change-partition.ts';
import type { RowChange, Store } from '../storage/store.ts';
import { createShortMemory } from './short-memory.ts';

/** What is kept between two steps of somebody's sign-in, for a quarter of an hour; the second may come to another process. */
export interface Meantime {
  /** Of one person only the newest few are kept. */
  keep(person: UserId, name: string, text: string): Promise<void>;
  /** @returns what was kept under this name, once. */
  take(person: UserId, name: string): Promise<string | undefined>;
}

const KEPT_MS = 15 * MINUTE_MS;
/** A flood of sign-ins pushes out the oldest, and of one person only their own. */
const MOST_OF_ALL = 1_000;
const MOST_OF_ONE = 3;

/** For a process that works alone. */
export function createOwnMeantime(clock: Clock): Meantime {
  const common = { lastsMs: KEPT_MS, most: MOST_OF_ALL, clock };
  const kept = createShortMemory<string>(common);
  const ofEach = createShortMemory<readonly string[]>(common);
  const keyOf = (person: UserId, name: string): string => `${person} ${name}`;
  return {
    keep(person, name, text) {
      const own = [...(ofEach.get(person) ?? []).filter((one) => one !== name), name];
      for (const old of own.slice(0, -MOST_OF_ONE)) kept.take(keyOf(person, old));
      ofEach.set(person, own.slice(-MOST_OF_ONE));
      kept.set(keyOf(person, name), text);
      return Promise.resolve();
    },
    take: (person, name) => Promise.resolve(kept.take(keyOf(person, name))),
  };
}

const Kept = z.object({ sealed: z.string(), until: z.string() });
const CIPHER = { alg: 'dir', enc: 'A256GCM' } as const;
const partitionOf = (person: UserId): string => `signin:${person}`;
/** A name may be what opens something. */
const rowOf = (name: string): string => createHash('sha256').update(name).digest('hex');

/** For several processes with one store, in which nobody can read it. No token is kept. */
export function createSharedMeantime({
  store,
  secret,
  clock,
}: {
  readonly store: Store;
  readonly secret: Uint8Array;
  readonly clock: Clock;
}): Meantime {
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'sign-in meantime 1', 32));
  const seal = (text: string, about: string): Promise<string> =>
    new EncryptJWT({ text }).setProtectedHeader(CIPHER).setSubject(about).encrypt(key);
  const open = async (sealed: string, subject: string): Promise<string | undefined> => {
    try {
      const { payload } = await jwtDecrypt(sealed, key, { subject });
      return typeof payload['text'] === 'string' ? payload['text'] : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    async keep(person, name, text) {
      const sealed = await seal(text, `${person} ${name}`);
      await changePartition(store, partitionOf(person), ({ rows }) => {
        const now = clock();
        const others = [...rows]
          .filter(([row]) => row !== rowOf(name))
          .map(([row, { value }]) => ({ row, until: Kept.safeParse(value).data?.until ?? '' }))
          .sort((a, b) => (a.until < b.until ? 1 : -1));
        const gone = others.filter(({ until }, n) => until <= instant(now) || n >= MOST_OF_ONE - 1);
        const own = { key: rowOf(name), row: { value: { sealed, until: later(now, KEPT_MS) } } };
        return {
          changes: [...gone.map(({ row }): RowChange => ({ key: row, remove: true })), own],
          result: undefined,
        };
      });
    },
    async take(person, name) {
      const taken = await changePartition(store, partitionOf(person), ({ rows }) => {
        const row = rows.get(rowOf(name));
        return {
          changes: row === undefined ? [] : [{ key: rowOf(name), remove: true as const }],
          result: Kept.safeParse(row?.value).data,
        };
      });
      if (taken === undefined || taken.until <= instant(clock())) return undefined;
      return open(taken.sealed, `${person} ${name}`);
    },
  };
}
