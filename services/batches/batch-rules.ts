import { instant } from '../clock.ts';
import type { CustomerId, HoldingId, RequestId } from '../ids.ts';
import type { PersonRef } from '../people/person.ts';
import { isFinal } from '../requests/life.ts';
import { without } from '../requests/moves.ts';
import type { RemovalRequest, RequestRecord } from '../requests/request.ts';
import type { Batch, BatchForm, BatchRecord, Fate, Member, Reading } from './batch.ts';
import type { BatchChange } from './batch-store.ts';
import type { CustomerList } from './customer-list.ts';
import type { Found } from './look-up.ts';

/** So many customers are read at a time: each takes several calls, and others wait for theirs. */
export const READ_TOGETHER = 4;

/** What is done next about a batch. */
export type NextStep =
  | { readonly kind: 'look-up'; readonly list: CustomerList }
  | { readonly kind: 'ask'; readonly member: Member; readonly form: BatchForm; readonly number: number }
  | { readonly kind: 'clear'; readonly member: Member; readonly holdingIds: readonly HoldingId[] }
  /** Whether it was begun before the batch was stopped. */
  | { readonly kind: 'find'; readonly member: Member }
  | { readonly kind: 'withdraw'; readonly member: Member; readonly requestId: RequestId }
  | { readonly kind: 'read'; readonly members: readonly Member[] };

/** What is to be done next, whoever had begun it before; `undefined` where nothing is. */
export function nextStep({ batch, members }: BatchRecord): NextStep | undefined {
  if (batch.list !== undefined) return { kind: 'look-up', list: batch.list };
  if (batch.stoppedAt !== undefined) {
    const wanted = members.find((member) => isAskWanted(member) || isClearWanted(member));
    if (wanted !== undefined) return { kind: 'find', member: wanted };
    const left = members.find(({ requestId, stop }) => requestId !== undefined && stop === undefined);
    return left?.requestId === undefined ? undefined : { kind: 'withdraw', member: left, requestId: left.requestId };
  }
  for (const member of members) {
    const form = isAskWanted(member) ? batch.forms[member.ask.form] : undefined;
    if (form !== undefined && isAskWanted(member)) return { kind: 'ask', member, form, number: member.ask.form };
  }
  const cleared = members.find(isClearWanted);
  if (cleared !== undefined) return { kind: 'clear', member: cleared, holdingIds: cleared.clear.holdingIds };
  const unread = members.filter(({ isReadWanted }) => isReadWanted === true).slice(0, READ_TOGETHER);
  return unread.length === 0 ? undefined : { kind: 'read', members: unread };
}

/** Whether its lines are looked up, or its customers read, still. */
export const isBeingRead = ({ batch, members }: BatchRecord): boolean =>
  batch.stoppedAt === undefined &&
  (batch.list !== undefined || members.some(({ isReadWanted }) => isReadWanted === true));

type Asked = Member & { readonly ask: NonNullable<Member['ask']> };
type Cleared = Member & { readonly clear: NonNullable<Member['clear']> };
export const isAskWanted = (member: Member): member is Asked =>
  member.ask !== undefined && member.ask.outcome === undefined;
export const isClearWanted = (member: Member): member is Cleared =>
  member.clear !== undefined && member.clear.outcome === undefined;

/** A new batch, with its list still to be looked up. */
export const begin = (now: Date, id: string, requester: PersonRef, list: CustomerList): BatchChange => ({
  batch: {
    schema: 1,
    ...{ id, requester, list },
    begunAt: instant(now),
    revision: 1,
    fates: [],
    more: list.more,
    forms: [],
  },
  work: 'due',
  cards: [{ recipient: requester.id, slot: 'batch', mode: 'new' }],
});

const edit = ({ requester }: Batch) => ({ recipient: requester.id, slot: 'batch', mode: 'edit' }) as const;

/** The lines were looked up: each customer is read from now on. */
export function lookedUp(
  { batch }: BatchRecord,
  { found, fates }: { readonly found: readonly Found[]; readonly fates: readonly Fate[] },
): BatchChange {
  return {
    batch: { ...without(batch, 'list'), fates: [...fates], revision: batch.revision + 1 },
    members: found.map(({ line, customer: { id, companyName, domain } }) => ({
      customer: { id, companyName, domain },
      line,
      isReadWanted: true,
    })),
    cards: [edit(batch)],
  };
}

const memberOf = ({ members }: BatchRecord, id: CustomerId): Member | undefined =>
  members.find(({ customer }) => customer.id === id);

/** A customer was read. Its name and domain are those that were read, as long as nothing was asked for. */
export function wasRead(
  record: BatchRecord,
  id: CustomerId,
  reading: Reading,
  customer: Member['customer'] | undefined,
): BatchChange | undefined {
  const member = memberOf(record, id);
  if (member === undefined) return undefined;
  const named = customer !== undefined && member.ask === undefined && { customer };
  // What was in the way of clearing is in the reading now.
  const why = member.clear?.outcome?.why;
  const left = why !== undefined && hasChanged(why) ? without(member, 'clear') : member;
  return { members: [{ ...without(left, 'isReadWanted'), reading, ...named }], cards: [edit(record.batch)] };
}

/** Every customer that nothing was asked for yet is read again. */
export function readAgain(record: BatchRecord): BatchChange | undefined {
  if (record.batch.stoppedAt !== undefined) return undefined;
  const wanted = record.members.filter(isFree);
  return wanted.length === 0
    ? undefined
    : {
        members: wanted.map((member) => ({ ...member, isReadWanted: true as const })),
        work: 'due',
        cards: [edit(record.batch)],
      };
}

/** Nothing was asked for it, or what was asked for was never handed in. */
export const isFree = ({ ask }: Member): boolean => ask === undefined || ask.outcome?.why !== undefined;

/** Nothing known stands in the way, and it can be asked for. */
export const isReady = (member: Member): boolean =>
  isFree(member) && member.isReadWanted !== true && member.reading?.kind === 'ready' && !isClearWanted(member);

/** All that stands in the way can be suspended here, by its requester alone. */
export const isClearable = (member: Member): boolean =>
  isFree(member) && member.isReadWanted !== true && member.reading?.kind === 'clear-here' && !isBeingCleared(member);

/** What was confirmed has been begun since it was read: what is left to be cleared is known once it is read again. */
const isBeingCleared = ({ clear, reading }: Member): boolean =>
  clear !== undefined && clear.outcome?.why === undefined && (reading === undefined || reading.at <= clear.at);

/** What a form for all of these is bound to: who they are, and by which domain each of them was shown. */
export const namesToAsk = (members: readonly Member[]): readonly string[] =>
  members.map(({ customer: { id, domain } }) => `${id} ${domain}`);
/** What a *Yes* for all of these is bound to. */
export const namesToClear = (members: readonly Member[]): readonly string[] =>
  members.flatMap(({ customer, reading }) =>
    (reading?.suspendable ?? []).map(({ holdingId }) => `${customer.id} ${holdingId}`),
  );

/** Everything that is ready is asked for, each by a request of its own. */
export function askFor(record: BatchRecord, now: Date, form: BatchForm): BatchChange {
  const { batch } = record;
  const ready = record.members.filter(isReady);
  return {
    batch: { ...without(batch, 'toldAt'), forms: [...batch.forms, form], revision: batch.revision + 1 },
    members: ready.map((member) => ({ ...member, ask: { form: batch.forms.length, at: instant(now) } })),
    work: 'due',
    cards: [edit(batch)],
    looking: { recipient: batch.requester.id, slot: 'batch', heldUntil: null, page: 0 },
  };
}

/** Everything that can be cleared here is, as it was named. */
export function clearAll(record: BatchRecord, now: Date): BatchChange {
  const { batch } = record;
  return {
    batch: { ...batch, revision: batch.revision + 1 },
    members: record.members.filter(isClearable).map((member) => ({
      ...member,
      clear: { at: instant(now), holdingIds: (member.reading?.suspendable ?? []).map(({ holdingId }) => holdingId) },
    })),
    work: 'due',
    cards: [edit(batch)],
    looking: { recipient: batch.requester.id, slot: 'batch', heldUntil: null, page: 0 },
  };
}

type AskOutcome = { readonly requestId: RequestId } | Required<NonNullable<Asked['ask']['outcome']>>;
type ClearOutcome = { readonly requestId: RequestId } | Required<NonNullable<Cleared['clear']['outcome']>>;

const requestIn = (outcome: AskOutcome | ClearOutcome) =>
  'requestId' in outcome ? { requestId: outcome.requestId } : {};

/** A request was handed in, or was not. What was is known from now on, whatever has come meanwhile. */
export function wasAsked(record: BatchRecord, begun: Member, outcome: AskOutcome): BatchChange | undefined {
  const member = memberOf(record, begun.customer.id);
  const ask = member?.ask ?? ('requestId' in outcome ? begun.ask : undefined);
  if (member === undefined || ask === undefined) return undefined;
  return {
    members: [{ ...member, ask: { ...ask, outcome: 'requestId' in outcome ? {} : outcome }, ...requestIn(outcome) }],
    cards: [edit(record.batch)],
  };
}

/** Clearing was begun, or was not. Where that is because something has changed since the customer was read, it is read again. */
export function wasCleared(record: BatchRecord, begun: Member, outcome: ClearOutcome): BatchChange | undefined {
  const member = memberOf(record, begun.customer.id);
  const clear = member?.clear ?? ('requestId' in outcome ? begun.clear : undefined);
  if (member === undefined || clear === undefined) return undefined;
  const isReadWanted = 'why' in outcome && hasChanged(outcome.why) && record.batch.stoppedAt === undefined;
  return {
    members: [
      {
        ...{ ...member, clear: { ...clear, outcome: 'requestId' in outcome ? {} : outcome }, ...requestIn(outcome) },
        ...(isReadWanted && { isReadWanted }),
      },
    ],
    cards: [edit(record.batch)],
  };
}

type NotCleared = Extract<ClearOutcome, { readonly why: unknown }>['why'];
/** Whether nothing was begun since something has changed, which another reading shows. */
const hasChanged = (why: NotCleared): boolean => why === 'nothing-to-do' || why === 'taken' || why === 'request-open';

/** Nothing was begun for it before the batch was stopped, and nothing is. */
export function wasNotBegun(record: BatchRecord, { customer }: Member): BatchChange | undefined {
  const member = memberOf(record, customer.id);
  if (member === undefined || record.batch.stoppedAt === undefined) return undefined;
  const unasked = isAskWanted(member) ? without(member, 'ask') : member;
  return {
    members: [isClearWanted(member) ? without(unasked, 'clear') : unasked],
    cards: [edit(record.batch)],
  };
}

/** Nothing more of it is begun, and what was handed in with it and can still be withdrawn is. */
export function stop(record: BatchRecord, now: Date): BatchChange {
  const { batch } = record;
  return {
    batch: { ...batch, stoppedAt: instant(now), revision: batch.revision + 1 },
    // What is to be asked for and to be cleared stays: somebody may be at it at this moment, so it is looked for first.
    members: record.members
      .filter(({ isReadWanted }) => isReadWanted === true)
      .map((member) => without(member, 'isReadWanted')),
    work: 'due',
    cards: [edit(batch)],
    looking: { recipient: batch.requester.id, slot: 'batch', heldUntil: null },
  };
}

export function wasStopped(
  record: BatchRecord,
  id: CustomerId,
  what: NonNullable<Member['stop']>,
): BatchChange | undefined {
  const member = memberOf(record, id);
  return member && { members: [{ ...member, stop: what }], cards: [edit(record.batch)] };
}

/** Whether a request was handed in with others of this batch, and not by itself since. */
export const isHandedInWith = ({ batch }: RemovalRequest, batchId: string): boolean =>
  batch?.id === batchId && batch.form !== undefined;

/** Whether a batch shows this request, or is about to: what is being handed in or cleared is linked in a moment. */
export function showsRequest(record: BatchRecord, { id, customer, batch }: RemovalRequest): boolean {
  const member = memberOf(record, customer.id);
  if (member === undefined || batch?.id !== record.batch.id) return false;
  return member.requestId === id || (isAskWanted(member) && member.ask.form === batch.form) || isClearWanted(member);
}

/** Whether all that was asked for is over, whatever came of it. */
export const isOver = (
  { batch, members }: BatchRecord,
  requestOf: (id: RequestId) => RemovalRequest | undefined,
): boolean => {
  if (batch.list !== undefined || members.some(isAskWanted)) return false;
  const asked = members.filter(({ ask }) => ask !== undefined);
  return (
    asked.length > 0 &&
    asked.every(({ requestId, ask }) => {
      if (ask?.outcome?.why !== undefined) return true;
      const request = requestId === undefined ? undefined : requestOf(requestId);
      return request !== undefined && isSettled(request);
    })
  );
};

/** It has ended, or was not sent and lies as a draft. */
const isSettled = ({ state, sendingSince }: RemovalRequest): boolean =>
  isFinal(state) || (state === 'draft' && sendingSince === undefined);

/** Something has happened to the request of one of its customers. */
export function requestHasChanged(
  record: BatchRecord,
  { request, steps }: Pick<RequestRecord, 'request' | 'steps'>,
  over: boolean,
  now: Date,
): BatchChange {
  const { batch } = record;
  const member = memberOf(record, request.customer.id);
  const isStopped = batch.stoppedAt !== undefined;
  // What was cleared is judged anew; what is being asked for is not.
  const isCleared =
    member !== undefined && isFree(member) && request.state === 'draft' && steps.length > 0 && steps.every(isAtRest);
  const isNewsOfEnd = over && batch.toldAt === undefined;
  return {
    ...(isNewsOfEnd && { batch: { ...batch, toldAt: instant(now) } }),
    ...(isCleared && !isStopped && { members: [{ ...member, isReadWanted: true as const }], work: 'due' as const }),
    ...(isNewsOfEnd && {
      cards: [{ recipient: batch.requester.id, slot: 'batch', mode: 'new', headline: 'finished' } as const],
    }),
  };
}

const isAtRest = ({ state }: RequestRecord['steps'][number]): boolean => state === 'done' || state === 'failed';
