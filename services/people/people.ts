import { z } from 'zod';
import { DAY_MS, instant, later } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { changePartition } from '../storage/change-partition.ts';
import type { Store } from '../storage/store.ts';
import type { Person } from './person.ts';

/** Whoever has talked to the bot, and where to reach them. */
export interface People {
  /** @returns `undefined` for somebody who never talked to the bot. */
  find(id: UserId): Promise<Person | undefined>;
  /** Notes what an activity says about its sender; writes nothing when all of it is known. @returns who they were before. */
  learn(person: Person): Promise<Person | undefined>;
  /** Notes that somebody is welcomed. @returns whether they are to be: not again within a month. */
  welcome(id: UserId, now: Date): Promise<boolean>;
  /** The app was removed: the person cannot be written to until it is added again. */
  forgetAddress(id: UserId): Promise<void>;
}

const Stored: z.ZodType<Person> = z.object({
  id: z.string(),
  name: z.string(),
  teamsId: z.string(),
  locale: z.string(),
  address: z
    .object({ conversationId: z.string(), serviceUrl: z.string(), tenantId: z.string(), botId: z.string() })
    .exactOptional(),
});

const ROW = 'person';
const WELCOME_ROW = 'welcome';
const Welcomed = z.object({ at: z.string() });
const WELCOMED_FOR_MS = 30 * DAY_MS;
const partitionOf = (id: UserId): string => `person:${id}`;

/**
 * Keeps people in the store, and in memory those who were seen by this process. Where others work with the store, too,
 * nothing is kept in memory: somebody may have taken the app away from another process, and added it again in this one.
 */
export function createPeople(store: Store): People {
  const known = new Map<UserId, Person>();
  const remember = (person: Person): void => {
    if (!store.isShared) known.set(person.id, person);
  };

  /** @returns what was stored before. */
  const write = async (
    id: UserId,
    change: (stored: Person | undefined) => Person | undefined,
  ): Promise<Person | undefined> => {
    const { before, changed } = await changePartition(store, partitionOf(id), ({ rows }) => {
      const before = Stored.safeParse(rows.get(ROW)?.value).data;
      const changed = change(before);
      const changes = changed === undefined ? [] : [{ key: ROW, row: { value: changed } }];
      return { changes, result: { before, changed } };
    });
    if (changed !== undefined) remember(changed);
    return before;
  };

  return {
    async find(id) {
      const person = known.get(id) ?? Stored.safeParse((await store.read(partitionOf(id))).rows.get(ROW)?.value).data;
      if (person !== undefined) remember(person);
      return person;
    },
    async learn(person) {
      const remembered = known.get(person.id);
      if (isSame(remembered, person)) return remembered;
      const before = await write(person.id, (stored) => (isSame(stored, person) ? undefined : person));
      remember(person);
      return before;
    },
    welcome: (id, now) =>
      changePartition(store, partitionOf(id), ({ rows }) => {
        const before = Welcomed.safeParse(rows.get(WELCOME_ROW)?.value).data;
        const isDue = before === undefined || before.at < later(now, -WELCOMED_FOR_MS);
        const changes = isDue ? [{ key: WELCOME_ROW, row: { value: { at: instant(now) } } }] : [];
        return { changes, result: isDue };
      }),
    async forgetAddress(id) {
      await write(id, (stored) => {
        if (stored?.address === undefined) return undefined;
        const { id: same, name, teamsId, locale } = stored;
        return { id: same, name, teamsId, locale };
      });
    },
  };
}

const isSame = (a: Person | undefined, b: Person): boolean =>
  a !== undefined && JSON.stringify(Stored.parse(a)) === JSON.stringify(Stored.parse(b));
