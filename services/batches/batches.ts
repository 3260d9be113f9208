import type { AuditAction } from '../audit/audit-actions.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { DAY_MS, MINUTE_MS, later, type Clock } from '../clock.ts';
import type { NewId, UserId } from '../ids.ts';
import { refOf, type Person } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { isFinal } from '../requests/life.ts';
import { byPerson } from '../requests/moves.ts';
import type { Headline, Slot } from '../requests/card-slots.ts';
import type { RequestRecord } from '../requests/request.ts';
import type { OutboxRow } from '../requests/request-rows.ts';
import type { RequestStore } from '../requests/request-store.ts';
import type { Batch, BatchForm, BatchRecord } from './batch.ts';
import { onBatchCard, type BatchSlot, type ShownBatch } from './batch-cards.ts';
import {
  askFor,
  begin,
  clearAll,
  isClearable,
  isOver,
  isReady,
  namesToAsk,
  namesToClear,
  readAgain,
  requestHasChanged,
  showsRequest,
  stop,
} from './batch-rules.ts';
import type { BatchChange, BatchStore, Looking } from './batch-store.ts';
import type { CustomerList } from './customer-list.ts';

/** Which card of a request comes when somebody opens it. */
export type OpenedSlot = Extract<Slot, 'clearing' | 'request' | 'approval'>;

/** Why nothing was done. */
export type BatchRefusal =
  | 'not-yours'
  | 'stopped'
  /** It could not be recorded, so nothing was begun. */
  | 'not-recorded'
  /** What was named is not what there is any more. */
  | 'changed'
  /** There is nothing (more) of that kind in it. */
  | 'nothing';

export type BatchAnswer =
  | { readonly kind: 'done'; readonly record: BatchRecord }
  | { readonly kind: 'refused'; readonly why: BatchRefusal; readonly record: BatchRecord };

/** Whoever presses, and whether what they pressed is of the batch as it is. */
export interface BatchClick {
  readonly person: Person;
  readonly isCurrent: (batch: Batch) => boolean;
}

/** What people do with several customers at once. Whatever comes of it comes by a request for each. */
export interface Batches {
  find(id: string): Promise<BatchRecord | undefined>;
  newestOf(person: UserId): Promise<BatchRecord | undefined>;
  /** Requests of a batch's customers, as far as there are any. */
  requestsOf(record: BatchRecord): Promise<ReadonlyMap<string, RequestRecord>>;
  shown(id: string, recipient: UserId, slot: BatchSlot): Promise<ShownBatch | undefined>;
  /** Whether a message is one that shows this person the card of the batch in which a request was asked for. */
  shows(requestId: string, recipient: UserId, messageId: string): Promise<boolean>;
  /** Begins to look up and to read what a list names. */
  begin(person: Person, list: CustomerList): Promise<BatchRecord>;
  /** Shows its card again, at the end of the chat. */
  showAgain(record: BatchRecord): Promise<unknown>;
  check(id: string, click: BatchClick): Promise<BatchAnswer | undefined>;
  /** @param named says whether exactly these were named to whoever said yes. */
  clear(id: string, click: BatchClick, named: (names: readonly string[]) => boolean): Promise<BatchAnswer | undefined>;
  ask(
    id: string,
    click: BatchClick,
    form: BatchForm,
    named: (names: readonly string[]) => boolean,
  ): Promise<BatchAnswer | undefined>;
  stop(id: string, click: BatchClick): Promise<BatchAnswer | undefined>;
  /** Keeps where somebody is in a card. */
  looks(id: string, looking: Looking): Promise<unknown>;
  /** Has the request's own card come, for whoever opens it from the card of its batch. */
  open(requestId: string, person: Person, slot: OpenedSlot): Promise<unknown>;
  /**
   * Shows on the card of a batch what a card of one of its requests was to show.
   *
   * @param isOwn whether that is sent too.
   * @returns whether the batch shows this request at all; where it does not, the request's own card has to be sent.
   */
  requestChanged(record: RequestRecord, row: OutboxRow, isOwn: boolean): Promise<boolean>;
  deleteOld(): Promise<number>;
}

export interface BatchesParts {
  readonly batches: BatchStore;
  readonly requests: Pick<RequestStore, 'read' | 'change'>;
  readonly roles: Roles;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Pick<AuditLog, 'record'>;
}

/** A card whose reader is asked something is left alone so long. */
export const HELD_MS = 15 * MINUTE_MS;
/** So long after it was begun a batch is looked at by nobody any more. */
const KEPT_MS = 120 * DAY_MS;

export function createBatches({ batches, requests, roles, clock, newId, log }: BatchesParts): Batches {
  const requestsOf: Batches['requestsOf'] = async ({ members }) => {
    const ids = members.flatMap(({ requestId }) => (requestId === undefined ? [] : [requestId]));
    const records = await Promise.all(ids.map(async (id) => [id, await requests.read(id)] as const));
    return new Map(records.flatMap(([id, record]) => (record === undefined ? [] : [[id, record] as const])));
  };

  /** Decides on a batch of whoever presses; the same click again finds what it has done. */
  const decide = async (
    id: string,
    { person, isCurrent }: BatchClick,
    rule: (record: BatchRecord, now: Date) => BatchChange | BatchRefusal,
    note?: (record: BatchRecord) => Promise<boolean>,
  ): Promise<BatchAnswer | undefined> => {
    let why: BatchRefusal | undefined;
    const before = await batches.read(id);
    const judged = (record: BatchRecord, now: Date): BatchChange | BatchRefusal => {
      if (record.batch.requester.id !== person.id || !roles.isRequester(person.id)) return 'not-yours';
      if (record.batch.stoppedAt !== undefined) return 'stopped';
      return isCurrent(record.batch) ? rule(record, now) : 'changed';
    };
    if (before === undefined) return undefined;
    // Recorded first: what is done has been recorded to be wanted.
    if (note !== undefined && typeof judged(before, clock()) !== 'string' && !(await note(before)))
      return { kind: 'refused', why: 'not-recorded', record: before };
    const record = await batches.change(id, (stored, now) => {
      const decided = stored === undefined ? 'nothing' : judged(stored, now);
      why = typeof decided === 'string' ? decided : undefined;
      return typeof decided === 'string' ? undefined : decided;
    });
    if (record === undefined) return undefined;
    return why === undefined ? { kind: 'done', record } : { kind: 'refused', why, record };
  };

  const recorded =
    (
      person: Person,
      action: Extract<AuditAction, `batch.${string}`>,
      detail: (record: BatchRecord) => Readonly<Record<string, string | number | string[]>>,
    ) =>
    (record: BatchRecord): Promise<boolean> =>
      log.record({ action, actor: byPerson(person.id), target: record.batch.id, detail: detail(record) });

  return {
    find: (id) => batches.read(id),
    newestOf: (person) => batches.newestOf(person),
    requestsOf,
    shown: (id, recipient, slot) => batches.shown(id, recipient, slot),
    async shows(requestId, recipient, messageId) {
      const id = (await requests.read(requestId))?.request.batch?.id;
      return id !== undefined && (await batches.shows(id, recipient, messageId));
    },
    async begin(person, list) {
      const id = newId();
      await batches.note(person.id, id);
      const isRecorded = await log.record({
        action: 'batch.begun',
        actor: byPerson(person.id),
        target: id,
        detail: { lines: list.lines.length + list.more },
      });
      if (!isRecorded) throw new Error('the beginning of a batch could not be recorded');
      const record = await batches.change(id, (_, now) => begin(now, id, refOf(person), list));
      if (record === undefined) throw new Error('a batch that was begun is stored');
      return record;
    },
    showAgain: ({ batch }) =>
      batches.change(batch.id, () => ({
        cards: [{ recipient: batch.requester.id, slot: 'batch', mode: 'new', headline: 'finished' }],
        looking: { recipient: batch.requester.id, slot: 'batch', heldUntil: null },
      })),
    check: (id, click) => decide(id, click, (record) => readAgain(record) ?? 'nothing'),
    clear: (id, click, named) =>
      decide(
        id,
        click,
        (record, now) => {
          const names = namesToClear(record.members.filter(isClearable));
          if (names.length === 0) return 'nothing';
          return named(names) ? clearAll(record, now) : 'changed';
        },
        recorded(click.person, 'batch.clearing', ({ members }) => ({
          customers: members.filter(isClearable).map(({ customer }) => customer.id),
        })),
      ),
    ask: (id, click, form, named) =>
      decide(
        id,
        click,
        (record, now) => {
          const names = namesToAsk(record.members.filter(isReady));
          if (names.length === 0) return 'nothing';
          return named(names) ? askFor(record, now, form) : 'changed';
        },
        recorded(click.person, 'batch.asked', ({ members }) => ({
          customers: members.filter(isReady).map(({ customer }) => customer.id),
        })),
      ),
    stop: (id, click) =>
      decide(
        id,
        click,
        stop,
        recorded(click.person, 'batch.stopped', () => ({})),
      ),
    looks: (id, looking) => batches.change(id, (record) => (record === undefined ? undefined : { looking })),
    open: (requestId, person, slot) =>
      requests.change(requestId, (record) =>
        record === undefined
          ? { kind: 'refused', why: 'missing' }
          : {
              request: record.request,
              audit: [],
              outbox: [{ recipient: person.id, slot, mode: 'new', headline: 'opened' satisfies Headline }],
            },
      ),
    async requestChanged(changed, row, isOwn) {
      const { batch } = changed.request;
      if (batch === undefined) return false;
      const known = await batches.read(batch.id);
      if (known === undefined) return false;
      const all = await requestsOf(known);
      const requestOf = (id: string) => (id === changed.request.id ? changed.request : all.get(id)?.request);
      let isShown = false;
      await batches.change(batch.id, (record, now) => {
        isShown = record !== undefined && showsRequest(record, changed.request);
        if (record === undefined || !isShown) return undefined;
        const own = row.slot === 'clearing' || row.slot === 'request';
        const told = own ? requestHasChanged(record, changed, isOver(record, requestOf), now) : {};
        return { ...told, cards: [onBatchCard(row, isOwn), ...(told.cards ?? [])] };
      });
      return isShown;
    },
    deleteOld: () =>
      batches.deleteOld(new Date(later(clock(), -KEPT_MS)), async (record) =>
        [...(await requestsOf(record)).values()].some(({ request }) => !isFinal(request.state)),
      ),
  };
}
