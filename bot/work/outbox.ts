import { textsFor, type Language } from '../../cards/texts/texts.ts';
import type { ReadinessScreen } from '../../dialogs/readiness-screen.ts';
import type { RequestScreen } from '../../dialogs/request-screen.ts';
import type { Shown } from '../../dialogs/turn-facts.ts';
import { instant, later, SECOND_MS, type Clock } from '../../services/clock.ts';
import { isOnBatchCard } from '../../services/batches/batch-cards.ts';
import type { Batches } from '../../services/batches/batches.ts';
import type { People } from '../../services/people/people.ts';
import type { Person } from '../../services/people/person.ts';
import type { RequestId, UserId } from '../../services/ids.ts';
import { isOverdue } from '../../services/requests/deciding/undelivered.ts';
import { shownKey } from '../../services/requests/change.ts';
import { showsUndo } from '../../services/requests/giving-back/giving-back.ts';
import { OutboxRow, recordOf } from '../../services/requests/request-rows.ts';
import { isFinal } from '../../services/requests/life.ts';
import { without } from '../../services/requests/moves.ts';
import type { PersonRequests } from '../../services/requests/person-requests.ts';
import type { RequestRecord } from '../../services/requests/request.ts';
import { leftFor, settledCard, ShownCard } from '../../services/requests/card-slots.ts';
import { changePartition, type Decided } from '../../services/storage/change-partition.ts';
import { claimedRow, type Claim } from '../../services/storage/claim.ts';
import { releasedLease } from '../../services/storage/leases.ts';
import type { Partition, Row, RowChange, Store } from '../../services/storage/store.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { isReachable, SendError, type Messenger } from '../channel/messenger.ts';
import { edited } from './editing.ts';
import { settleOlder } from './older-cards.ts';
import { afterFailure, whileUnreachable, type NotSent } from './sending-again.ts';

export interface OutboxParts {
  readonly store: Store;
  readonly people: People;
  /** What people were asked to decide, so that they can look it up. */
  readonly asked: Pick<PersonRequests, 'note' | 'forget'>;
  readonly messenger: Messenger;
  readonly requestScreen: RequestScreen;
  readonly readinessScreen: ReadinessScreen;
  readonly clock: Clock;
  readonly fallbackLanguage: Language;
  readonly log: Log;
  /** Shows on the card of its batch what a card of one of several requests was to show. */
  readonly batches: Pick<Batches, 'requestChanged'>;
  /** Told of a card that asks an approver: that it could not be shown for long, or could after all. */
  readonly onAsking: (requestId: RequestId, approver: UserId, came: 'not-shown' | 'shown') => Promise<unknown>;
}

/** A card is edited no more often than this; what comes in between is seen in the next edit. */
const BETWEEN_EDITS_MS = 3 * SECOND_MS;
/** What a try to show a card came to. */
type Outcome =
  /** `isNew`: as a new message. */
  | { readonly kind: 'shown'; readonly messageId: string; readonly isNew?: true }
  /** It is seen on the card of its batch. */
  | { readonly kind: 'on-batch-card' }
  | NotSent;

/**
 * Shows one waiting card: drawn at the moment of sending, so that what has waited is seen as it is now. What
 * somebody waits for is a new message at the end of the chat, and the card it takes over from says so; all
 * else edits the card that is there.
 */
export function createOutbox(parts: OutboxParts): (claim: Claim) => Promise<void> {
  const { store, people, asked, messenger, clock, log } = parts;

  return async (claim) => {
    const partition = await store.read(claim.partition);
    const record = recordOf(requestIdOf(claim), partition);
    const row = OutboxRow.safeParse(partition.rows.get(claim.key)?.value).data;
    if (record === undefined || row === undefined) return;
    const known = record.shown(row.recipient, row.slot);
    const shown = row.isShown === true ? known : await show(claim, record, row, known);
    if (row.isShown === true || shown !== undefined) await settleOlderCards(claim, record, row, shown);
  };

  /** @returns the card, where others that showed it before are to be settled now. */
  async function show(
    claim: Claim,
    record: RequestRecord,
    row: OutboxRow,
    known: ShownCard | undefined,
  ): Promise<ShownCard | undefined> {
    const outcome = (await showOnBatchCard(record, row, known)) ?? (await tryToShow(record, row, known));
    // First, so that a crash in between loses no word of it.
    await tellOfAsking(record, row, outcome);
    return changePartition(store, claim.partition, (partition) =>
      rowsAfter(partition, claimedRow(partition, claim), claim, row, known, outcome),
    );
  }

  /** What belongs to several requests is seen on one card, and has a card of its own only where somebody has opened it. */
  async function showOnBatchCard(
    record: RequestRecord,
    row: OutboxRow,
    known: ShownCard | undefined,
  ): Promise<Outcome | undefined> {
    if (record.request.batch === undefined) return undefined;
    const isInstead = isOnBatchCard(row, known !== undefined);
    if (isInstead) await keepAsked(record, row, known);
    const isShown = await parts.batches.requestChanged(record, row, !isInstead);
    return isInstead && isShown ? { kind: 'on-batch-card' } : undefined;
  }

  /** Whoever asked waits for somebody who may never see the card. */
  async function tellOfAsking({ request }: RequestRecord, row: OutboxRow, outcome: Outcome): Promise<void> {
    const { recipient, slot } = row;
    const wasTold = request.undelivered?.includes(recipient) === true;
    if (outcome.kind === 'shown') {
      if (wasTold && slot === 'approval') await parts.onAsking(request.id, recipient, 'shown');
      return;
    }
    if (outcome.kind === 'on-batch-card') return;
    const isHopeless = outcome.kind === 'never' && slot === 'approval';
    if (request.state === 'pending' && !wasTold && row.mode === 'new' && (isHopeless || isOverdue(row, clock())))
      await parts.onAsking(request.id, recipient, 'not-shown');
  }

  async function tryToShow(record: RequestRecord, row: OutboxRow, known: ShownCard | undefined): Promise<Outcome> {
    const person = await people.find(row.recipient);
    if (!isReachable(person)) return whileUnreachable(row, clock());
    const isNew = row.mode === 'new' || known === undefined;
    const waitMs = isNew ? 0 : untilEdit(known, clock());
    if (waitMs > 0) return { kind: 'later', ms: waitMs, failed: false };
    try {
      await keepAsked(record, row, known);
      const shown = await draw(record, row, person);
      if (!isNew && (await edited(messenger, person, known.messageId, shown)))
        return { kind: 'shown', messageId: known.messageId };
      const messageId = await messenger.send(person, shown);
      return { kind: 'shown', messageId, isNew: true };
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      log.warn('a card could not be shown', { kind: row.slot, attempt: row.tries, error: loggableError(error) });
      return afterFailure(error, row, clock());
    }
  }

  /** Noted before the first card that asks, so that nothing was shown that cannot be looked up. */
  async function keepAsked({ request }: RequestRecord, row: OutboxRow, known: ShownCard | undefined): Promise<void> {
    if (row.slot !== 'approval') return;
    if (isFinal(request.state)) await asked.forget(row.recipient, [request.id]);
    else if (known === undefined) await asked.note(row.recipient, request.id, instant(clock()));
  }

  async function draw(record: RequestRecord, row: OutboxRow, person: Person): Promise<Shown> {
    const texts = textsFor(person.locale, parts.fallbackLanguage);
    const { card } = await drawSlot();
    return { card, summary: parts.requestScreen.headline(record, row.headline, texts) };

    async function drawSlot(): Promise<Shown> {
      switch (row.slot) {
        case 'clearing':
          if (record.request.state === 'abandoned' && showsUndo(record))
            return parts.requestScreen.ofRequester(record, person, texts);
          return parts.readinessScreen.show({ person, customerId: record.request.customer.id, texts });
        case 'request':
          return parts.requestScreen.ofRequester(record, person, texts);
        case 'approval':
          return parts.requestScreen.ofApprover(record, person, texts);
        case 'undo':
          return parts.requestScreen.undone(record, texts);
        case 'escalation':
          return parts.requestScreen.escalated(record, texts);
      }
    }
  }

  function rowsAfter(
    { rows }: Partition,
    stored: Row,
    claim: Claim,
    sent: OutboxRow,
    known: ShownCard | undefined,
    outcome: Outcome,
  ): Decided<ShownCard | undefined> {
    const now = clock();
    const wish = OutboxRow.parse(stored.value);
    const isOvertaken = wish.n !== sent.n;
    const again = (value: OutboxRow, ms: number): RowChange => againIn(claim, stored, value, ms);
    if (outcome.kind === 'later') {
      const ms = isOvertaken ? 0 : outcome.ms;
      return { changes: [again({ ...wish, tries: wish.tries + (outcome.failed ? 1 : 0) }, ms)], result: undefined };
    }
    const key = shownKey(sent.recipient, sent.slot);
    const card = ShownCard.safeParse(rows.get(key)?.value).data;
    // Another message shows it since: that one stays known, and gets the picture too.
    if (
      outcome.kind === 'shown' &&
      outcome.messageId === known?.messageId &&
      card !== undefined &&
      card.messageId !== known.messageId
    )
      return { changes: [again(wish, 0)], result: undefined };
    const after = outcome.kind === 'shown' ? cardAfter(card, outcome, now) : card;
    const toSettle = isOvertaken || after?.left === undefined ? undefined : after;
    const rest = (): RowChange => {
      if (isOvertaken) return again({ ...wish, mode: modeAfter(sent, wish) }, 0);
      if (toSettle === undefined) return { key: claim.key, remove: true };
      const value: OutboxRow = { ...wish, tries: 0, since: instant(now), isShown: true };
      // Whoever has it goes on with it.
      return { key: claim.key, row: { ...stored, value, dueAt: instant(now) } };
    };
    const shown =
      outcome.kind === 'shown' && after !== undefined ? [{ key, row: { ...rows.get(key), value: after } }] : [];
    return { changes: [rest(), ...shown], result: toSettle };
  }

  function againIn({ key }: Claim, { lease }: Row, value: OutboxRow, ms: number): RowChange {
    const released = releasedLease(lease, clock());
    return { key, row: { value, dueAt: later(clock(), ms), ...(released && { lease: released }) } };
  }

  /** Messages that showed the card before say that it goes on on another one, however long that takes. */
  async function settleOlderCards(
    claim: Claim,
    record: RequestRecord,
    row: OutboxRow,
    card: ShownCard | undefined,
  ): Promise<void> {
    const person = await people.find(row.recipient);
    const texts = textsFor(person?.locale ?? parts.fallbackLanguage, parts.fallbackLanguage);
    const shown = parts.requestScreen.moved(record, card?.isLast === true ? 'below' : 'elsewhere', texts);
    const waiting = row.isShown === true ? row : { since: instant(clock()), tries: 0 };
    const { done, pauseMs } = await settleOlder(parts, { person, left: card?.left ?? [], shown }, waiting, clock());
    await changePartition(store, claim.partition, (partition) => {
      const stored = claimedRow(partition, claim);
      const key = shownKey(row.recipient, row.slot);
      const before = ShownCard.safeParse(partition.rows.get(key)?.value).data;
      const after = before && settledCard(before, done);
      const shownRow = after && { key, row: { ...partition.rows.get(key), value: after } };
      const changes = [restOf(claim, stored, after, done, pauseMs), ...(shownRow ? [shownRow] : [])];
      return { changes, result: undefined };
    });
  }

  function restOf(
    claim: Claim,
    stored: Row,
    card: ShownCard | undefined,
    done: readonly string[],
    pauseMs: number,
  ): RowChange {
    const wish = OutboxRow.parse(stored.value);
    if (wish.isShown !== true) return againIn(claim, stored, wish, 0);
    // Somebody has pressed a button on it meanwhile: it shows the card again.
    if (card !== undefined && done.includes(card.messageId))
      return againIn(claim, stored, { ...without(wish, 'isShown'), mode: 'edit' }, 0);
    if (card?.left === undefined) return { key: claim.key, remove: true };
    return againIn(claim, stored, { ...wish, tries: wish.tries + 1 }, pauseMs);
  }
}

/** What is known of the card once it was shown there. */
function cardAfter(
  card: ShownCard | undefined,
  { messageId, isNew }: Extract<Outcome, { readonly kind: 'shown' }>,
  now: Date,
): ShownCard {
  const isLast = isNew === true || (card?.messageId === messageId && card.isLast === true);
  return { messageId, editedAt: instant(now), ...(isLast && { isLast }), ...leftFor(messageId, card) };
}

/**
 * How what was wished for while a card was on its way follows it: as an edit of that card, unless somebody waits for
 * it. A wish keeps the headline and the mode of the one before, so that the same headline is the same message.
 */
const modeAfter = (sent: OutboxRow, wish: OutboxRow): OutboxRow['mode'] =>
  sent.mode === 'new' && sent.headline === wish.headline ? 'edit' : wish.mode;

const requestIdOf = ({ partition }: Claim): string => partition.slice(partition.indexOf(':') + 1);

const untilEdit = ({ editedAt }: ShownCard, now: Date): number =>
  editedAt === undefined ? 0 : new Date(editedAt).getTime() + BETWEEN_EDITS_MS - now.getTime();
