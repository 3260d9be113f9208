import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { instant, later, MINUTE_MS, type Clock } from '../clock.ts';
import type { CustomerId, UserId } from '../ids.ts';
import type { Customer, PartnerCenter } from '../partner-center/partner-center.ts';
import type { Readiness } from '../readiness/readiness.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import { isGone, isNoLongerOurs } from '../readiness/relationship.ts';
import { changePartition } from '../storage/change-partition.ts';
import { claimedRow, type Claim, type Wake } from '../storage/claim.ts';
import { releasedLease } from '../storage/leases.ts';
import type { Partition, Row, RowChange, Store } from '../storage/store.ts';
import { withOwnReading } from './blockers.ts';
import { besides, ENDED, look, News, nextLook, Seen, stillTrue, wouldTell } from './watch.ts';
import { createWatchNotes } from './watch-notes.ts';

export const WATCH_KEY = 'watch';

const Watched = z.object({
  customer: z.object({ id: z.string(), companyName: z.string(), domain: z.string() }),
  seen: Seen.exactOptional(),
});
export type Watched = z.output<typeof Watched>;

/** What is kept of a watched customer, from its partition; nothing where nobody watches it. */
export const watchedIn = (rows: ReadonlyMap<string, Row>): readonly Watched[] => {
  const { data } = Watched.safeParse(rows.get(WATCH_KEY)?.value);
  return data === undefined ? [] : [data];
};

/** News for one watcher, waiting to be sent. Later news join it. */
export const WaitingNews = z.object({
  recipient: z.string(),
  customer: Watched.shape.customer,
  news: News,
  n: z.number(),
  tries: z.number(),
  since: z.string(),
});
export type WaitingNews = z.output<typeof WaitingNews>;

/** Of how many watchers a commit changes the rows: Azure Table takes 100 changes in one. */
const MOST_AT_ONCE = 40;
const WATCHER_KEY = 'watcher:';
export const NEWS_KEY = 'outbox:';
/** The partition of a customer. */
export const customerPartition = (id: CustomerId): string => `customer:${id}`;
const watcherKey = (person: UserId): string => `${WATCHER_KEY}${person}`;
const newsKey = (person: UserId): string => `${NEWS_KEY}${person}:watch`;

/** Customers that cannot be ready today, and who wants to hear when that changes. */
export interface Watches {
  /** What looks read without anybody’s sign-in: all, all but reservations and software, or nothing. */
  readonly withoutPeople: 'all' | 'in-part' | 'nothing';
  /**
   * @param own what the person has read in their own name, which may be more than the bot can: the first look is compared with it.
   * @returns whether the person was not watching already.
   */
  start(customer: Customer, person: UserId, own?: Readiness): Promise<boolean>;
  /** @returns whether the person was watching. News that wait are dropped. */
  stop(customer: CustomerId, person: UserId): Promise<boolean>;
  isWatching(customer: CustomerId, person: UserId): Promise<boolean>;
  /** As the customer was called when the first of those who watch it began to; `undefined` where nobody does. */
  watched(customer: CustomerId): Promise<Watched['customer'] | undefined>;
  /**
   * Takes note of what somebody who watches has read in their own name, as far as looks cannot read it. Where it is news for
   * others who watch, a look is made at once: they are told what the bot may see, and whoever has seen it is not.
   */
  saw(customer: CustomerId, person: UserId, own: Readiness): Promise<void>;
  /** Looks at a customer whose time has come, and leaves news for everybody who watches. One that has left is watched no longer. */
  look(claim: Claim): Promise<void>;
  /** Instead of a look: nobody watches this customer any more, and nothing is read. */
  end(claim: Claim): Promise<void>;
}

export interface WatchesParts {
  readonly store: Store;
  readonly reader: ReadinessReader;
  readonly partnerCenter: PartnerCenter;
  readonly clock: Clock;
  /** How often a customer is looked at, in ms. */
  readonly everyMs: number;
  readonly wake: Pick<Wake, 'due'>;
  /** `all` where it is left out. */
  readonly withoutPeople?: Watches['withoutPeople'];
}

export function createWatches(parts: WatchesParts): Watches {
  const { store, reader, partnerCenter, clock, everyMs, wake, withoutPeople = 'all' } = parts;
  const notes = createWatchNotes({ store, clock });
  const change = async (
    customer: CustomerId,
    decide: (partition: Partition) => readonly RowChange[],
  ): Promise<boolean> => {
    const isChanged = await changePartition(store, customerPartition(customer), (partition) => {
      const changes = decide(partition);
      return { changes, result: changes.length > 0 };
    });
    if (isChanged) wake.due();
    return isChanged;
  };

  return {
    withoutPeople,
    async start({ id, companyName, domain }, person, own) {
      await notes.note(person, id);
      const first = own === undefined ? undefined : look(undefined, own, clock());
      // What would be news already is left to the first look.
      const seen = first?.news === undefined ? first?.seen : undefined;
      return change(id, ({ rows }) => {
        if (rows.has(watcherKey(person))) return [];
        const watched: Watched = { customer: { id, companyName, domain }, ...(seen && { seen }) };
        return [
          { key: watcherKey(person), row: { value: { since: instant(clock()) } } },
          ...(rows.has(WATCH_KEY) ? [] : [{ key: WATCH_KEY, row: { value: watched, dueAt: instant(clock()) } }]),
        ];
      });
    },
    async stop(id, person) {
      const wasWatching = await changePartition(store, customerPartition(id), ({ rows }) => {
        const isWatching = rows.has(watcherKey(person));
        const isLast = isWatching && watchersIn(rows).length === 1;
        // News of a customer that has left wait for somebody who watches it no longer.
        const keys = [watcherKey(person), newsKey(person), ...(isLast ? [WATCH_KEY] : [])];
        return { changes: removed(rows, keys), result: isWatching };
      });
      if (wasWatching) wake.due();
      return wasWatching;
    },
    async isWatching(id, person) {
      return (await store.read(customerPartition(id))).rows.has(watcherKey(person));
    },
    async watched(id) {
      return watchedIn((await store.read(customerPartition(id))).rows)[0]?.customer;
    },
    async saw(id, person, own) {
      await change(id, ({ rows }) => {
        const row = rows.get(WATCH_KEY);
        const [watched] = watchedIn(rows);
        const { seen } = watched ?? {};
        if (row === undefined || watched === undefined || seen === undefined) return [];
        const { signInNeeded = [] } = seen;
        const blockers =
          signInNeeded.length === 0 ? seen.blockers : [...withOwnReading(seen.blockers, own.lines, signInNeeded)];
        const isKnown = isDeepStrictEqual(new Set(blockers), new Set(seen.blockers));
        const isOthers = watchersIn(rows).some((one) => one !== person);
        const isNews = isOthers && own.readAt > seen.readAt && wouldTell(seen, own, clock());
        if (isKnown && !isNews) return [];
        const value: Watched = { ...watched, seen: { ...seen, blockers } };
        return [
          { key: WATCH_KEY, row: { ...row, value, ...(isNews && { dueAt: instant(clock()) }) } },
          ...(isNews ? sawNow(rows, person, own) : []),
        ];
      });
    },
    async end(claim) {
      for (let hasMore = true; hasMore;)
        hasMore = await changePartition(store, claim.partition, ({ rows }) => {
          const watchers = watchersIn(rows);
          const some = watchers.slice(0, MOST_AT_ONCE);
          const isAll = some.length === watchers.length;
          const keys = [
            ...some.flatMap((person) => [watcherKey(person), newsKey(person)]),
            ...(isAll ? [WATCH_KEY] : []),
          ];
          return { changes: removed(rows, keys), result: !isAll };
        });
      wake.due();
    },
    async look(claim) {
      const id = customerIn(claim);
      const [before] = watchedIn((await store.read(claim.partition)).rows);
      if (before === undefined) return;
      // Nobody waits for this look, so it is made in the bot's own name; what needs a person is then unread.
      const readiness = await reader.read(id, 'bot', { fresh: true });
      const hasLeft =
        isNoLongerOurs(readiness) && (await isGone(partnerCenter, before.customer, { actAs: 'bot' })).kind === 'gone';
      const told = new Set<UserId>();
      for (let hasMore = true; hasMore;) {
        const part = await changePartition(store, claim.partition, ({ rows }) => {
          if (!rows.has(WATCH_KEY)) return { changes: [], result: { some: [], isAll: true } };
          const row = claimedRow({ rows }, claim);
          const watched = Watched.parse(row.value);
          const now = clock();
          const { seen, news: found } = look(watched.seen, readiness, now);
          const news = hasLeft ? ENDED : found;
          const untold = watchersIn(rows).flatMap((person) => {
            if (told.has(person) || (!hasLeft && hasJustSeen(rows, person, watched.seen, readiness))) return [];
            const change = newsChange(rows, person, { ...watched, seen }, news, now);
            return change === undefined ? [] : [{ person, change }];
          });
          const some = untold.slice(0, MOST_AT_ONCE);
          const isAll = some.length === untold.length;
          const lease = releasedLease(row.lease, now);
          const dueAt = nextLook(readiness, now, everyMs);
          // Last, so that after a crash whoever was not told yet is told: rather twice than never.
          const looked = { key: WATCH_KEY, row: { value: { ...watched, seen }, dueAt, ...(lease && { lease }) } };
          const changes = [
            ...some.map(({ change }) => change),
            ...(hasLeft
              ? removed(
                  rows,
                  some.map(({ person }) => watcherKey(person)),
                )
              : []),
            ...(isAll ? [hasLeft ? { key: WATCH_KEY, remove: true as const } : looked] : []),
          ];
          return { changes, result: { some, isAll } };
        });
        for (const { person } of part.some) told.add(person);
        hasMore = !part.isAll;
      }
      wake.due();
    },
  };
}

/** Of somebody who watches: when they have read what is news for others. */
const Watcher = z.object({ since: z.string(), sawAt: z.string().exactOptional() });

function sawNow(rows: ReadonlyMap<string, Row>, person: UserId, { readAt: sawAt }: Readiness): readonly RowChange[] {
  const key = watcherKey(person);
  const row = rows.get(key);
  const watcher = Watcher.safeParse(row?.value).data;
  return row === undefined || watcher === undefined ? [] : [{ key, row: { ...row, value: { ...watcher, sawAt } } }];
}

/** A look that somebody's own reading has brought about tells them nothing that their card does not say. */
const JUST_MS = 2 * MINUTE_MS;

function hasJustSeen(
  rows: ReadonlyMap<string, Row>,
  person: UserId,
  before: Seen | undefined,
  { readAt }: Readiness,
): boolean {
  const { sawAt = '' } = Watcher.safeParse(rows.get(watcherKey(person))?.value).data ?? {};
  return sawAt > (before?.readAt ?? '') && Date.parse(readAt) - Date.parse(sawAt) <= JUST_MS;
}

const removed = (rows: ReadonlyMap<string, Row>, keys: readonly string[]): readonly RowChange[] =>
  keys.filter((key) => rows.has(key)).map((key) => ({ key, remove: true }));

const customerIn = ({ partition }: Claim): CustomerId => partition.slice(partition.indexOf(':') + 1);

/** Who watches a customer, from its partition. */
export const watchersIn = (rows: ReadonlyMap<string, Row>): readonly UserId[] =>
  [...rows.keys()].filter((key) => key.startsWith(WATCHER_KEY)).map((key) => key.slice(WATCHER_KEY.length));

/** What a look changes of the news that wait for somebody: what no longer holds goes, what is new is added. */
function newsChange(
  rows: ReadonlyMap<string, Row>,
  recipient: UserId,
  { customer, seen }: Watched & { readonly seen: Seen },
  found: News | undefined,
  now: Date,
): RowChange | undefined {
  const key = newsKey(recipient);
  const stored = rows.get(key);
  const waiting = WaitingNews.safeParse(stored?.value).data;
  const older = waiting && stillTrue(waiting.news, seen);
  // What is on its way may have been told.
  const isOnItsWay = stored?.lease !== undefined && stored.lease.until > instant(now);
  const news = found && waiting && !isOnItsWay ? besides(waiting.news, found) : found;
  if (news === undefined) {
    if (stored === undefined || waiting === undefined) return undefined;
    if (older === undefined) return { key, remove: true };
    if (isDeepStrictEqual(older, waiting.news)) return undefined;
    return { key, row: { ...stored, value: { ...waiting, news: older } } };
  }
  const value: WaitingNews = {
    recipient,
    customer,
    news: older === undefined ? news : joined(older, news),
    n: (waiting?.n ?? 0) + 1,
    tries: 0,
    since: waiting?.since ?? instant(now),
  };
  const lease = stored?.lease;
  return { key, row: { value, dueAt: later(now, 0), ...(lease && { lease }) } };
}

/** That a customer has left is told by itself. */
const joined = (older: News, newer: News): News => (newer.gone === undefined ? bothOf(older, newer) : newer);

const bothOf = (older: News, newer: News): News => ({
  ...newer,
  isClear: older.isClear || newer.isClear,
  isClearSoFar: (older.isClearSoFar || newer.isClearSoFar) && !newer.isClear,
  cleared: [...new Set([...older.cleared, ...newer.cleared])],
  added: [...new Set([...older.added, ...newer.added])],
  transfers: [...older.transfers.filter(({ id }) => !newer.transfers.some((one) => one.id === id)), ...newer.transfers],
  left: newer.isClearSoFar ? newer.left : older.left,
  closing: [
    ...older.closing,
    ...newer.closing.filter(
      (one) => !older.closing.some(({ name, until }) => name === one.name && until === one.until),
    ),
  ],
});
