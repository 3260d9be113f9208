import { z } from 'zod';
import { instant, MINUTE_MS, SECOND_MS, type Instant } from '../clock.ts';
import type { UserId } from '../ids.ts';
import { OUTBOX_KEY } from '../requests/change.ts';
import type { Headline } from '../requests/card-slots.ts';
import type { OutboxRow } from '../requests/request-rows.ts';
import { asJson, type Partition, type Row, type RowChange } from '../storage/store.ts';

/**
 * `batch`: its requester's card; `list`: an approver's, from which each request is opened; `told`: of somebody who has no
 * part in it, and is told of what nobody does anything about.
 */
export const BATCH_SLOTS = ['batch', 'list', 'told'] as const;
export type BatchSlot = (typeof BATCH_SLOTS)[number];
/** What a new card's toast says. */
export type BatchHeadline =
  'read' | 'approval-wanted' | 'reminder' | 'still-suspended' | 'sign-in' | 'undelivered' | 'finished';

/** A card of a batch that is to be shown. */
export interface BatchCard {
  readonly recipient: UserId;
  readonly slot: BatchSlot;
  readonly mode: 'new' | 'edit';
  readonly headline?: BatchHeadline;
}

/** A card that waits to be sent; `n` tells a newer wish from the one that is being sent. */
export const BatchCardRow = z.object({
  recipient: z.string(),
  slot: z.enum(BATCH_SLOTS),
  mode: z.enum(['new', 'edit']),
  headline: z.custom<BatchHeadline>((value) => typeof value === 'string').exactOptional(),
  n: z.number(),
  tries: z.number(),
  since: z.string(),
  /** It was shown: only the messages that showed it before are still to be settled. */
  isShown: z.literal(true).exactOptional(),
});
export type BatchCardRow = z.output<typeof BatchCardRow>;

/** A message that shows a card of a batch, and where its reader is in it. */
export const ShownBatch = z.object({
  messageId: z.string(),
  editedAt: z.string().exactOptional(),
  /** When it was sent as a message of its own. */
  sentAt: z.string().exactOptional(),
  page: z.number().exactOptional(),
  /** Until then its reader is asked something on it, and it is left alone. */
  heldUntil: z.string().exactOptional(),
  /** Messages that showed it before, and do not say yet that it goes on further down. */
  left: z.array(z.string()).exactOptional(),
});
export type ShownBatch = z.output<typeof ShownBatch>;

export const batchCardKey = (recipient: UserId, slot: BatchSlot): string => `${OUTBOX_KEY}${recipient}:${slot}`;
export const shownBatchKey = (recipient: UserId, slot: BatchSlot): string => `card:${recipient}:${slot}`;
export const shownBatch = (
  { rows }: Pick<Partition, 'rows'>,
  recipient: UserId,
  slot: BatchSlot,
): ShownBatch | undefined => ShownBatch.safeParse(rows.get(shownBatchKey(recipient, slot))?.value).data;

/** Many things happen in a batch at nearly the same time: within this, one new message tells all of them. */
const TOLD_TOGETHER_MS = 10 * MINUTE_MS;
/** A new message waits so long for what follows at once. */
const GATHERED_MS = 1.5 * SECOND_MS;

/** A waiting wish and a new one become one. A new message becomes an edit where one was sent a short while ago. */
export function batchCardChange(partition: Pick<Partition, 'rows'>, card: BatchCard, now: Date): readonly RowChange[] {
  const { recipient, slot } = card;
  const key = batchCardKey(recipient, slot);
  const stored = partition.rows.get(key);
  const before = BatchCardRow.safeParse(stored?.value).data;
  const waiting = before?.isShown === true ? undefined : before;
  const known = shownBatch(partition, recipient, slot);
  const mode = card.mode === 'new' && !isToldAtOnce(card.headline) && wasTold(known, now) ? 'edit' : card.mode;
  // Who has no such card has nothing on it that could have changed.
  if (slot !== 'batch' && mode === 'edit' && known === undefined && waiting === undefined) return [];
  const headline = card.headline ?? waiting?.headline;
  const isNew = mode === 'new' || waiting?.mode === 'new';
  const value: BatchCardRow = {
    ...{ recipient, slot, mode: isNew ? 'new' : 'edit' },
    ...(headline !== undefined && { headline }),
    n: (before?.n ?? 0) + 1,
    tries: 0,
    since: waiting?.since ?? instant(now),
  };
  const gathers = isNew && slot !== 'batch' && waiting === undefined;
  const soon = gathers ? new Date(now.getTime() + GATHERED_MS) : now;
  const lease = stored?.lease;
  const dueAt =
    waiting?.mode === 'new' && stored?.dueAt !== undefined && stored.dueAt > instant(now)
      ? stored.dueAt
      : instant(soon);
  return [{ key, row: { value: asJson(value), dueAt, ...(lease && { lease }) } satisfies Row }];
}

/** Only its reader can go on, or it comes once. */
const isToldAtOnce = (headline: BatchHeadline | undefined): boolean =>
  headline === 'finished' || headline === 'sign-in' || headline === 'undelivered';

const wasTold = (known: ShownBatch | undefined, now: Date): boolean =>
  known?.sentAt !== undefined && now.getTime() - Date.parse(known.sentAt) < TOLD_TOGETHER_MS;

/** What a requester has to see on a card of its own, since there is something to be done about this very request. */
const OWN_CARD: ReadonlySet<Headline> = new Set([
  ...(['opened', 'blocked', 'unknown', 'still-unknown', 'remove-now'] as const),
  'delegated-admin-open',
]);

/** Whether a card of a request that was asked for with others is not sent: the card of its batch shows it. */
export function isOnBatchCard({ slot, headline }: Pick<OutboxRow, 'slot' | 'headline'>, hasOwnCard: boolean): boolean {
  if (hasOwnCard) return false;
  // An outcome that nobody knows is looked at by itself.
  if (slot === 'escalation') return headline !== 'still-unknown';
  return headline === undefined || (slot === 'approval' ? headline !== 'opened' : !OWN_CARD.has(headline));
}

/** The card of a batch that shows what a card of one of its requests was to show. */
export function onBatchCard({ recipient, slot, mode, headline }: OutboxRow, isOwn: boolean): BatchCard {
  const batchSlot = SLOT_OF_BATCH[slot];
  const told = headline === undefined ? undefined : HEADLINES[headline];
  // Whoever has the request's own card was told there.
  const isNew = !isOwn && mode === 'new' && told !== undefined;
  return { recipient, slot: batchSlot, mode: isNew ? 'new' : 'edit', ...(isNew && { headline: told }) };
}

const SLOT_OF_BATCH: Readonly<Record<OutboxRow['slot'], BatchSlot>> = {
  ...{ clearing: 'batch', request: 'batch', approval: 'list' },
  ...{ undo: 'told', escalation: 'told' },
};

/** All else is seen in the table. */
const HEADLINES: Readonly<Partial<Record<Headline, BatchHeadline>>> = {
  'approval-wanted': 'approval-wanted',
  ready: 'read',
  reminder: 'reminder',
  undecided: 'reminder',
  expiring: 'reminder',
  'still-suspended': 'still-suspended',
  'sign-in': 'sign-in',
  undelivered: 'undelivered',
};

/** Whether it is time to leave a card alone. */
export const isHeld = ({ heldUntil }: ShownBatch, at: Instant): boolean => heldUntil !== undefined && heldUntil > at;
