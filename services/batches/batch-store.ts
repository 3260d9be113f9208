import { z } from 'zod';
import { instant, type Clock } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { asPerson } from '../partner-center/partner-center.ts';
import { changePartition, type Decided } from '../storage/change-partition.ts';
import { claimedRow, type Claim, type Wake } from '../storage/claim.ts';
import { applyChanges } from '../storage/rows.ts';
import {
  asJson,
  StoreError,
  type Json,
  type Partition,
  type Row,
  type RowChange,
  type Store,
} from '../storage/store.ts';
import { Batch, Member, type BatchRecord } from './batch.ts';
import {
  BATCH_SLOTS,
  batchCardChange,
  batchCardKey,
  shownBatch,
  shownBatchKey,
  type BatchCard,
  type BatchSlot,
  type ShownBatch,
} from './batch-cards.ts';

/** What a rule makes of a batch, as values; all of it is stored in one commit. */
export interface BatchChange {
  readonly batch?: Batch;
  /** Those that are another now. */
  readonly members?: readonly Member[];
  /** Whether there is something to be done about it; what is left out stays as it is. */
  readonly work?: 'due' | 'done';
  readonly cards?: readonly BatchCard[];
  /** Where its reader is in a card. */
  readonly looking?: Looking;
}

export interface Looking {
  readonly recipient: UserId;
  readonly slot: BatchSlot;
  readonly page?: number;
  /** `null`: nothing is asked on it any more. */
  readonly heldUntil?: string | null;
}

export interface BatchStore {
  read(id: string): Promise<BatchRecord | undefined>;
  /** The message that shows a person a card of a batch. */
  shown(id: string, recipient: UserId, slot: BatchSlot): Promise<ShownBatch | undefined>;
  /** Whether this message shows a person a card of a batch, or did until lately. */
  shows(id: string, recipient: UserId, messageId: string): Promise<boolean>;
  /**
   * Decides on what is stored, and stores the decision; decides again where somebody else wrote in between.
   *
   * @param decide a pure rule; `undefined` changes nothing.
   * @param claim the work in whose course this happens; a lost lease stops it.
   * @returns what is stored then.
   * @throws {LostLeaseError}
   */
  change(
    id: string,
    decide: (record: BatchRecord | undefined, now: Date) => BatchChange | undefined,
    claim?: Claim,
  ): Promise<BatchRecord | undefined>;
  /** The newest batch of a person. */
  newestOf(person: UserId): Promise<BatchRecord | undefined>;
  /** Noted before it is stored. */
  note(person: UserId, id: string): Promise<void>;
  /** Deletes what ended so long ago that nobody asks for it. @param isOpen tells what is kept still. @returns how many. */
  deleteOld(before: Date, isOpen: (record: BatchRecord) => Promise<boolean>): Promise<number>;
}

export const BATCH_PARTITIONS = 'batch';
export const batchPartition = (id: string): string => `${BATCH_PARTITIONS}:${id}`;
const BATCH_KEY = 'batch';
const MEMBER_KEY = 'member:';
export const BATCH_WORK_KEY = 'work';
const PERSON_BATCH_KEY = 'batch:';
const personPartition = (person: UserId): string => `person:${person}`;
/** Older ones are forgotten by their person. */
const MOST_NOTED = 20;

/** Batches in the store: one partition each, every change one commit. */
export function createBatchStore(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly wake: Pick<Wake, 'due'>;
}): BatchStore {
  const { store, clock, wake } = parts;
  const read: BatchStore['read'] = async (id) => recordIn(id, await store.read(batchPartition(id)));

  const idsOf = async (person: UserId): Promise<readonly string[]> => {
    const { rows } = await store.read(personPartition(person));
    return notedIn(rows);
  };

  return {
    read,
    shown: async (id, recipient, slot) => shownBatch(await store.read(batchPartition(id)), recipient, slot),
    async shows(id, recipient, messageId) {
      const partition = await store.read(batchPartition(id));
      const cards = BATCH_SLOTS.map((slot) => shownBatch(partition, recipient, slot));
      return cards.some((card) => card?.messageId === messageId || card?.left?.includes(messageId) === true);
    },
    async change(id, decide, claim) {
      const { after, isChanged } = await changePartition(
        store,
        batchPartition(id),
        (stored): Decided<{ readonly after: BatchRecord | undefined; readonly isChanged: boolean }> => {
          if (claim !== undefined) claimedRow(stored, claim);
          const before = recordIn(id, stored);
          const now = clock();
          const decided = decide(before, now);
          if (decided === undefined) return { changes: [], result: { after: before, isChanged: false } };
          const changes = rowsOf(stored, before, decided, now);
          return { changes, result: { after: recordAfter(before, decided), isChanged: changes.length > 0 } };
        },
      );
      if (isChanged) wake.due();
      return after;
    },
    async newestOf(person) {
      for (const id of await idsOf(person)) {
        const record = await read(id);
        if (record !== undefined) return record;
      }
      return undefined;
    },
    note: (person, id) =>
      changePartition(store, personPartition(person), ({ rows }) => ({
        changes: [
          { key: `${PERSON_BATCH_KEY}${id}`, row: { value: { at: instant(clock()) } } },
          ...notedIn(rows)
            .slice(MOST_NOTED)
            .map((old) => ({ key: `${PERSON_BATCH_KEY}${old}`, remove: true as const })),
        ],
        result: undefined,
      })),
    async deleteOld(before, isOpen) {
      let count = 0;
      for (const partition of await Array.fromAsync(store.partitions(BATCH_PARTITIONS))) {
        const known = await read(partition.slice(BATCH_PARTITIONS.length + 1));
        if (known === undefined || known.batch.begunAt >= instant(before) || (await isOpen(known))) continue;
        const deleted = await changePartition(store, partition, (stored): Decided<number> => {
          const batch = recordIn(partition.slice(BATCH_PARTITIONS.length + 1), stored)?.batch;
          const isOld = batch !== undefined && batch.begunAt < instant(before);
          const isBusy = [...stored.rows.values()].some(({ dueAt }) => dueAt !== undefined);
          if (!isOld || isBusy) return { changes: [], result: 0 };
          // All that is left of it, its customers last, so that what is cut off by a limit is deleted the next night.
          const keys = [...stored.rows.keys()].sort((a, b) => Number(a === BATCH_KEY) - Number(b === BATCH_KEY));
          const some = keys.slice(0, MOST_DELETED);
          return { changes: some.map((key) => ({ key, remove: true })), result: some.length === keys.length ? 1 : 0 };
        });
        count += deleted;
      }
      return count;
    },
  };
}

const MOST_DELETED = 85;

const Noted = z.object({ at: z.string() });
/** Newest first. */
const notedIn = (rows: ReadonlyMap<string, Row>): readonly string[] =>
  [...rows]
    .filter(([key]) => key.startsWith(PERSON_BATCH_KEY))
    .map(([key, { value }]) => ({ id: key.slice(PERSON_BATCH_KEY.length), at: Noted.safeParse(value).data?.at ?? '' }))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .map(({ id }) => id);

/** @throws {StoreError} `damaged`, where it is not what we write. */
function recordIn(id: string, { rows }: Pick<Partition, 'rows'>): BatchRecord | undefined {
  const row = rows.get(BATCH_KEY);
  if (row === undefined) return undefined;
  const members = [...rows]
    .filter(([key]) => key.startsWith(MEMBER_KEY))
    .map(([, { value }]) => parsed(id, Member, value));
  return { batch: parsed(id, Batch, row.value), members: inOrder(members) };
}

function parsed<T>(id: string, schema: z.ZodType<T>, value: Json): T {
  const { data, error } = schema.safeParse(value);
  if (data === undefined) throw new StoreError('damaged', `batch ${id} is not as it was written`, { cause: error });
  return data;
}

/** As the list named them. */
const inOrder = (members: readonly Member[]): readonly Member[] =>
  members.toSorted((a, b) => a.line - b.line || (a.customer.id < b.customer.id ? -1 : 1));

function recordAfter(before: BatchRecord | undefined, change: BatchChange): BatchRecord | undefined {
  const batch = change.batch ?? before?.batch;
  if (batch === undefined) return undefined;
  const members = new Map([...(before?.members ?? []), ...(change.members ?? [])].map((one) => [one.customer.id, one]));
  return { batch, members: inOrder([...members.values()]) };
}

function rowsOf(
  stored: Partition,
  before: BatchRecord | undefined,
  { batch, members = [], work, cards = [], looking }: BatchChange,
  now: Date,
): readonly RowChange[] {
  const known = batch ?? before?.batch;
  if (known === undefined) throw new Error('a batch is stored before anything of it is changed');
  const changes = new Map<string, RowChange>();
  let { rows } = stored;
  const take = (more: readonly RowChange[]): void => {
    rows = applyChanges(rows, more);
    for (const change of more) changes.set(change.key, change);
  };
  if (batch !== undefined) take([{ key: BATCH_KEY, row: { value: asJson(batch) } }]);
  take(members.map((member) => ({ key: `${MEMBER_KEY}${member.customer.id}`, row: { value: asJson(member) } })));
  take(workChange(stored, work, known, now));
  if (looking !== undefined) take(lookingChange({ rows }, looking, now));
  for (const card of cards) take(batchCardChange({ rows }, card, now));
  return [...changes.values()];
}

/** Whoever is at it goes on with what has come. */
function workChange(
  { rows }: Partition,
  work: BatchChange['work'],
  { requester }: Batch,
  now: Date,
): readonly RowChange[] {
  if (work === undefined) return [];
  if (work === 'done') return rows.has(BATCH_WORK_KEY) ? [{ key: BATCH_WORK_KEY, remove: true }] : [];
  const lease = rows.get(BATCH_WORK_KEY)?.lease;
  const value = { actAs: asPerson(requester.id) };
  return [{ key: BATCH_WORK_KEY, row: { value, dueAt: instant(now), ...(lease && { lease }) } }];
}

function lookingChange(
  stored: Pick<Partition, 'rows'>,
  { recipient, slot, page, heldUntil }: Looking,
  now: Date,
): readonly RowChange[] {
  const known = shownBatch(stored, recipient, slot);
  if (known === undefined) return [];
  const { heldUntil: before, ...rest } = known;
  const held = heldUntil === undefined ? before : (heldUntil ?? undefined);
  const value = { ...rest, ...(page !== undefined && { page }), ...(held !== undefined && { heldUntil: held }) };
  // What has waited until its reader had answered is shown now.
  const key = batchCardKey(recipient, slot);
  const waiting = heldUntil === null ? stored.rows.get(key) : undefined;
  return [
    { key: shownBatchKey(recipient, slot), row: { value } },
    ...(waiting === undefined ? [] : [{ key, row: { ...waiting, dueAt: instant(now) } }]),
  ];
}
