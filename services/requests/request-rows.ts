import { z } from 'zod';
import { appendAudit, headOf, type AuditKey } from '../audit/audit-chain.ts';
import { instant, later } from '../clock.ts';
import { frozen, isFrozen } from '../storage/frozen.ts';
import { releasedLease } from '../storage/leases.ts';
import {
  asJson,
  StoreError,
  type Json,
  type Lease,
  type Partition,
  type Row,
  type RowChange,
} from '../storage/store.ts';
import {
  outboxKey,
  requestPartition,
  shownKey,
  STEP_KEY,
  stepKey,
  type Change,
  type Due,
  type Work,
} from './change.ts';
import { actAsOf } from './removing/executor.ts';
import { RemovalRequest, type RequestRecord } from './request.ts';
import { leftFor, ShownCard, type Headline, type OutboxItem, type Slot } from './card-slots.ts';
import { ClearingStep } from './clearing/clearing-step.ts';

const REQUEST_KEY = 'request';

/** A card that is to be shown; `n` tells a newer wish from the one that is being sent. */
export const OutboxRow = z.object({
  recipient: z.string(),
  slot: z.enum(['clearing', 'request', 'approval', 'undo', 'escalation'] satisfies Slot[]),
  mode: z.enum(['new', 'edit']),
  headline: z.custom<Headline>((value) => typeof value === 'string').exactOptional(),
  n: z.number(),
  tries: z.number(),
  since: z.string(),
  /** It was shown: only the messages that showed it before are still to be settled. */
  isShown: z.literal(true).exactOptional(),
});
export type OutboxRow = z.output<typeof OutboxRow>;

/** What is kept of a request, read from its partition. @throws {StoreError} `damaged`, where it is not what we write. */
export function recordOf(id: string, { rows }: Partition): RequestRecord | undefined {
  const row = rows.get(REQUEST_KEY);
  if (row === undefined) return undefined;
  const auditHead = headOf(rows)?.head;
  return {
    ...(auditHead !== undefined && { auditHead }),
    request: parsed(id, RemovalRequest, row),
    steps: [...rows].filter(([key]) => key.startsWith(STEP_KEY)).map(([, stored]) => parsed(id, ClearingStep, stored)),
    shown: (recipient, slot) => ShownCard.safeParse(rows.get(shownKey(recipient, slot))?.value).data,
  };
}

/** What was parsed before, by the value that it was parsed from, which the store gives again and nobody changes. */
const known = new Map<z.ZodType, WeakMap<object, unknown>>();

function parsed<T>(id: string, schema: z.ZodType<T>, row: Row): T {
  const { value } = row;
  if (typeof value !== 'object' || value === null || !isFrozen(value)) return parse(id, schema, value);
  const before = known.get(schema) ?? new WeakMap<object, unknown>();
  known.set(schema, before);
  if (!before.has(value)) before.set(value, frozen(parse(id, schema, value)));
  return before.get(value) as T;
}

function parse<T>(id: string, schema: z.ZodType<T>, value: Json): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new StoreError('damaged', `request ${id} is not as it was written`, { cause: result.error });
}

/** With what a change is stored. */
export interface StoringContext {
  readonly now: Date;
  readonly auditKey: AuditKey;
  /** Id of this process's boot, the owner of what it claims. */
  readonly boot: string;
  readonly leaseMs: number;
}

/** Work that this process claimed together with the change. */
export interface ClaimedWork {
  readonly key: string;
  readonly lease: Lease;
}

/** The rows that store a change, and the work claimed with it. */
export function rowsOfChange(
  { rows }: Pick<Partition, 'rows'>,
  change: Change,
  context: StoringContext,
): { readonly changes: readonly RowChange[]; readonly claimed: readonly ClaimedWork[] } {
  const { request, audit, steps = [], work = {}, shown = [] } = change;
  const outbox = [...(change.outbox ?? []), ...toOnlookers(rows, change)];
  const { now } = context;
  const claimed: ClaimedWork[] = [];
  const due = (key: string, wanted: Due): Pick<Row, 'dueAt' | 'lease'> => {
    const stored = rows.get(key)?.lease;
    if ('at' in wanted) {
      const released = releasedLease(stored, now);
      return { dueAt: wanted.at, ...(released && { lease: released }) };
    }
    const until = later(now, context.leaseMs);
    if ('held' in wanted) return { dueAt: instant(now), ...(stored && { lease: { ...stored, until } }) };
    const lease = { owner: context.boot, until, fence: (stored?.fence ?? 0) + 1 };
    claimed.push({ key, lease });
    return { dueAt: instant(now), lease };
  };

  const changes: RowChange[] = [
    { key: REQUEST_KEY, row: { value: asJson(request) } },
    ...steps.map(({ step, due: wanted }): RowChange => {
      const key = stepKey(step);
      return { key, row: { value: asJson(step), ...(wanted && due(key, wanted)) } };
    }),
    ...(Object.entries(work) as [Work, Due | null][]).map(([key, wanted]): RowChange =>
      wanted === null
        ? { key, remove: true }
        : { key, row: { value: { actAs: actAsOf(key, request) }, ...due(key, wanted) } },
    ),
    ...outbox.map((item) => outboxChange(rows.get(outboxKey(item.recipient, item.slot)), item, now)),
    ...shown.map(({ recipient, slot, messageId }): RowChange => {
      const key = shownKey(recipient, slot);
      const known = ShownCard.safeParse(rows.get(key)?.value).data;
      const value = known?.messageId === messageId ? known : { messageId, ...leftFor(messageId, known) };
      return { key, row: { value: asJson(value) } };
    }),
    ...settlingChanges(rows, { outbox, shown }, now),
    ...appendAudit(rows, audit, now, requestPartition(request.id), context.auditKey),
  ];
  return { changes, claimed };
}

/**
 * Approvers who were not asked, and have looked the request up: nobody tells them, and what can be pressed on their card
 * has to go with the request. As many as fit into one commit with all else.
 */
function toOnlookers(rows: Partition['rows'], { request, outbox = [] }: Change): readonly OutboxItem[] {
  const before = rows.get(REQUEST_KEY)?.value as { readonly revision?: number } | undefined;
  if (before === undefined || before.revision === request.revision) return [];
  const told = new Set(outbox.map(({ recipient, slot }) => shownKey(recipient, slot)));
  return [...rows.keys()]
    .filter((key) => key.startsWith('card:') && key.endsWith(':approval') && !told.has(key))
    .slice(0, MOST_ONLOOKERS)
    .map((key) => ({ recipient: key.split(':')[1] ?? '', slot: 'approval', mode: 'edit' }));
}
const MOST_ONLOOKERS = 40;

/** What a card was shown on before is settled also where there is nothing new to be seen on it. */
function settlingChanges(
  rows: Partition['rows'],
  { outbox = [], shown = [] }: Pick<Change, 'outbox' | 'shown'>,
  now: Date,
): readonly RowChange[] {
  return shown.flatMap(({ recipient, slot, messageId }) => {
    const key = outboxKey(recipient, slot);
    const { left } = leftFor(messageId, ShownCard.safeParse(rows.get(shownKey(recipient, slot))?.value).data);
    if (left === undefined || outbox.some((item) => outboxKey(item.recipient, item.slot) === key)) return [];
    const stored = rows.get(key);
    if (OutboxRow.safeParse(stored?.value).data?.isShown === undefined && stored !== undefined) return [];
    const lease = stored?.lease;
    const value: OutboxRow = {
      ...{ recipient, slot, mode: 'edit', isShown: true },
      ...{ n: 0, tries: 0, since: instant(now) },
    };
    return [{ key, row: { value: asJson(value), dueAt: instant(now), ...(lease && { lease }) } }];
  });
}

/** A waiting wish and a new one become one: the newest picture, as a new message if either wants that. */
function outboxChange(stored: Row | undefined, item: OutboxItem, now: Date): RowChange {
  const before = OutboxRow.safeParse(stored?.value).data;
  const waiting = before?.isShown === true ? undefined : before;
  const headline = item.headline ?? waiting?.headline;
  const value: OutboxRow = {
    recipient: item.recipient,
    slot: item.slot,
    mode: item.mode === 'new' || waiting?.mode === 'new' ? 'new' : 'edit',
    ...(headline !== undefined && { headline }),
    n: (before?.n ?? 0) + 1,
    tries: 0,
    since: waiting?.since ?? instant(now),
  };
  const lease = stored?.lease;
  return {
    key: outboxKey(item.recipient, item.slot),
    row: { value: asJson(value), dueAt: instant(now), ...(lease && { lease }) },
  };
}
