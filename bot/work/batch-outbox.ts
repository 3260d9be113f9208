import { textsFor, type Language, type Texts } from '../../cards/texts/texts.ts';
import type { BatchScreen } from '../../dialogs/batch-screen.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import type { BatchRecord } from '../../services/batches/batch.ts';
import {
  BatchCardRow,
  isHeld,
  shownBatch,
  shownBatchKey,
  type ShownBatch,
} from '../../services/batches/batch-cards.ts';
import type { BatchStore } from '../../services/batches/batch-store.ts';
import type { Batches } from '../../services/batches/batches.ts';
import { HOUR_MS, instant, later, SECOND_MS, type Clock } from '../../services/clock.ts';
import type { RequestId, UserId } from '../../services/ids.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import { leftFor, settledCard } from '../../services/requests/card-slots.ts';
import { approverIds } from '../../services/requests/moves.ts';
import { changePartition, type Decided } from '../../services/storage/change-partition.ts';
import { claimedRow, type Claim } from '../../services/storage/claim.ts';
import { releasedLease } from '../../services/storage/leases.ts';
import type { Partition, Row, RowChange, Store } from '../../services/storage/store.ts';
import { isReachable, SendError, type Messenger } from '../channel/messenger.ts';
import { edited } from './editing.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { settleOlder } from './older-cards.ts';
import { afterFailure, whileUnreachable, type NotSent } from './sending-again.ts';

export interface BatchOutboxParts {
  readonly store: Store;
  readonly batchStore: Pick<BatchStore, 'read'>;
  readonly batches: Pick<Batches, 'requestsOf'>;
  readonly people: Pick<People, 'find'>;
  readonly messenger: Messenger;
  readonly screen: BatchScreen;
  readonly clock: Clock;
  readonly fallbackLanguage: Language;
  readonly log: Log;
  /** Told of a list that asks an approver: that it could not be shown for long, or could after all. */
  readonly onAsking: (requestId: RequestId, approver: UserId, came: 'not-shown' | 'shown') => Promise<unknown>;
}

/** A card is edited no more often than this; what comes in between is seen in the next edit. */
const BETWEEN_EDITS_MS = 3 * SECOND_MS;
/** Whoever asked is told once an approver could not be shown what they are asked for so long. */
const OVERDUE_MS = HOUR_MS;

type Outcome = { readonly kind: 'shown'; readonly messageId: string; readonly isNew: boolean } | NotSent;

/**
 * Shows one waiting card of a batch, drawn at the moment of sending: whatever has happened to its customers until then is on
 * it. Its reader keeps their page, and what they are asked on it is left alone.
 */
export function createBatchOutbox(parts: BatchOutboxParts): (claim: Claim) => Promise<void> {
  const { store, people, messenger, screen, clock, log } = parts;

  return async (claim) => {
    const id = claim.partition.slice(claim.partition.indexOf(':') + 1);
    const record = await parts.batchStore.read(id);
    const partition = await store.read(claim.partition);
    const row = BatchCardRow.safeParse(partition.rows.get(claim.key)?.value).data;
    if (record === undefined || row === undefined) return;
    const known = shownBatch(partition, row.recipient, row.slot);
    const shown = row.isShown === true ? known : await show(claim, record, row, known);
    if (row.isShown === true || shown !== undefined) await settleOlderCards(claim, row, shown);
  };

  /** @returns the card, where others that showed it before are to be settled now. */
  async function show(
    claim: Claim,
    record: BatchRecord,
    row: BatchCardRow,
    known: ShownBatch | undefined,
  ): Promise<ShownBatch | undefined> {
    const outcome = await tryToShow(record, row, known);
    // First, so that a crash in between loses no word of it.
    if (row.slot === 'list') await tellOfAsking(record, row, outcome);
    return changePartition(store, claim.partition, (partition) => rowsAfter(partition, claim, row, outcome));
  }

  async function tryToShow(record: BatchRecord, row: BatchCardRow, known: ShownBatch | undefined): Promise<Outcome> {
    const person = await people.find(row.recipient);
    const now = clock();
    if (!isReachable(person)) return whileUnreachable(row, now);
    const isNew = row.mode === 'new' || known === undefined;
    const waitMs = known === undefined ? 0 : untilShown(known, isNew, now);
    if (waitMs > 0) return { kind: 'later', ms: waitMs, failed: false };
    const texts = textsFor(person.locale, parts.fallbackLanguage);
    try {
      const shown = await draw(record, row, known, person, texts);
      if (!isNew && (await edited(messenger, person, known.messageId, shown)))
        return { kind: 'shown', messageId: known.messageId, isNew: false };
      const messageId = await messenger.send(person, shown);
      return { kind: 'shown', messageId, isNew: true };
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      log.warn('a card could not be shown', { kind: row.slot, attempt: row.tries, error: loggableError(error) });
      return afterFailure(error, row, now);
    }
  }

  async function draw(
    record: BatchRecord,
    { slot, headline }: BatchCardRow,
    known: ShownBatch | undefined,
    person: Person,
    texts: Texts,
  ): Promise<Shown> {
    const said = { page: known?.page ?? 0 };
    const { card } = await drawSlot();
    return { card, summary: screen.headline(slot, headline, texts) };

    async function drawSlot(): Promise<Shown> {
      switch (slot) {
        case 'batch':
          return screen.show(record, person, texts, said);
        case 'list':
          return screen.list(record, person, texts, said);
        case 'told':
          return screen.told(record, person, texts);
      }
    }
  }

  /** Whoever asked waits for somebody who may never see the list. */
  async function tellOfAsking(record: BatchRecord, row: BatchCardRow, outcome: Outcome): Promise<void> {
    const isOverdue = clock().getTime() - Date.parse(row.since) >= OVERDUE_MS;
    const isHopeless = outcome.kind === 'never' || (outcome.kind === 'later' && outcome.failed && isOverdue);
    if (outcome.kind !== 'shown' && !isHopeless) return;
    for (const { request } of (await parts.batches.requestsOf(record)).values()) {
      if (!approverIds(request).includes(row.recipient)) continue;
      const wasTold = request.undelivered?.includes(row.recipient) === true;
      if (outcome.kind === 'shown') {
        if (wasTold) await parts.onAsking(request.id, row.recipient, 'shown');
      } else if (request.state === 'pending' && !wasTold) await parts.onAsking(request.id, row.recipient, 'not-shown');
    }
  }

  function rowsAfter(
    partition: Partition,
    claim: Claim,
    sent: BatchCardRow,
    outcome: Outcome,
  ): Decided<ShownBatch | undefined> {
    const stored = claimedRow(partition, claim);
    const now = clock();
    const wish = BatchCardRow.parse(stored.value);
    const isOvertaken = wish.n !== sent.n;
    if (outcome.kind === 'later') {
      const value = { ...wish, tries: wish.tries + (outcome.failed ? 1 : 0) };
      return { changes: [againIn(claim, stored, value, outcome.ms)], result: undefined };
    }
    const before = shownBatch(partition, sent.recipient, sent.slot);
    const after = outcome.kind === 'shown' ? cardAfter(before, outcome, now) : before;
    const toSettle = isOvertaken || after?.left === undefined ? undefined : after;
    const rest = (): RowChange => {
      // What was wished for while it was on its way follows as an edit of it.
      if (isOvertaken) return againIn(claim, stored, { ...wish, mode: sent.mode === 'new' ? 'edit' : wish.mode }, 0);
      if (toSettle === undefined) return { key: claim.key, remove: true };
      const value: BatchCardRow = { ...wish, tries: 0, since: instant(now), isShown: true };
      // Whoever has it goes on with it.
      return { key: claim.key, row: { ...stored, value, dueAt: instant(now) } };
    };
    const key = shownBatchKey(sent.recipient, sent.slot);
    const shown = outcome.kind === 'shown' && after !== undefined ? [{ key, row: { value: after } }] : [];
    return { changes: [rest(), ...shown], result: toSettle };
  }

  function againIn({ key }: Claim, { lease }: Row, value: BatchCardRow, ms: number): RowChange {
    const released = releasedLease(lease, clock());
    return { key, row: { value, dueAt: later(clock(), ms), ...(released && { lease: released }) } };
  }

  /** Messages that showed the card before say that it goes on further down, however long that takes. */
  async function settleOlderCards(claim: Claim, row: BatchCardRow, card: ShownBatch | undefined): Promise<void> {
    const person = await people.find(row.recipient);
    const shown = screen.moved(row.slot, textsFor(person?.locale ?? parts.fallbackLanguage, parts.fallbackLanguage));
    const waiting = row.isShown === true ? row : { since: instant(clock()), tries: 0 };
    const { done, pauseMs } = await settleOlder(parts, { person, left: card?.left ?? [], shown }, waiting, clock());
    await changePartition(store, claim.partition, (partition) => {
      const stored = claimedRow(partition, claim);
      const wish = BatchCardRow.parse(stored.value);
      const before = shownBatch(partition, row.recipient, row.slot);
      const after = before && settledCard(before, done);
      const rest = (): RowChange => {
        if (wish.isShown !== true) return againIn(claim, stored, wish, 0);
        if (after?.left === undefined) return { key: claim.key, remove: true };
        return againIn(claim, stored, { ...wish, tries: wish.tries + 1 }, pauseMs);
      };
      const known = after && { key: shownBatchKey(row.recipient, row.slot), row: { value: after } };
      return { changes: [rest(), ...(known ? [known] : [])], result: undefined };
    });
  }
}

/** What is known of the card once it was shown there. */
function cardAfter(
  before: ShownBatch | undefined,
  { messageId, isNew }: Extract<Outcome, { readonly kind: 'shown' }>,
  now: Date,
): ShownBatch {
  const { heldUntil, page } = before ?? {};
  const sentAt = isNew ? instant(now) : before?.sentAt;
  return {
    ...{ messageId, editedAt: instant(now) },
    ...(sentAt !== undefined && { sentAt }),
    ...(page !== undefined && { page }),
    ...(heldUntil !== undefined && !isNew && { heldUntil }),
    ...leftFor(messageId, before),
  };
}

/** A card on which its reader is asked something stays, and nothing new takes over from it meanwhile. */
function untilShown(known: ShownBatch, isNew: boolean, now: Date): number {
  const { editedAt, heldUntil } = known;
  const held = isHeld(known, instant(now)) && heldUntil !== undefined ? Date.parse(heldUntil) - now.getTime() : 0;
  const paced = editedAt === undefined || isNew ? 0 : Date.parse(editedAt) + BETWEEN_EDITS_MS - now.getTime();
  return Math.max(held, paced, 0);
}
