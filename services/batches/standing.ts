import { hasUndo, undoOf, type UndoItem } from '../requests/giving-back/giving-back.ts';
import { isFinal } from '../requests/life.ts';
import type { RemovalRequest, RequestRecord } from '../requests/request.ts';
import type { BatchRecord, Member, Reading } from './batch.ts';
import { isAskWanted, isClearWanted, isHandedInWith } from './batch-rules.ts';

/** How one customer of a batch stands. */
export type Standing =
  /** It has a request that was handed in. */
  | { readonly kind: 'asked'; readonly request: RemovalRequest; readonly stop?: Member['stop'] }
  /** It is handed in next. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'clearing'; readonly done: number; readonly total: number }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'read';
      readonly reading: Reading;
      /** Why it was not asked for, or not cleared. */
      readonly notAsked?: NonNullable<NonNullable<Member['ask']>['outcome']>['why'];
      readonly notCleared?: NonNullable<NonNullable<Member['clear']>['outcome']>['why'];
    };

/** What a request has left suspended. */
export interface LeftSuspended {
  readonly request: RemovalRequest;
  readonly items: readonly UndoItem[];
}

export interface StandingMember {
  readonly member: Member;
  readonly standing: Standing;
  /** What its request has left suspended, if anything. */
  readonly left?: LeftSuspended;
}

/** @returns `undefined` where nothing is left suspended, or the request is on its way. */
export function leftBy(record: RequestRecord | undefined): LeftSuspended | undefined {
  const items = record !== undefined && hasUndo(record) ? undoOf(record).items : [];
  return record === undefined || items.length === 0 ? undefined : { request: record.request, items };
}

export const standingOf = (member: Member, record: RequestRecord | undefined): Standing => {
  const { ask, clear, reading, stop } = member;
  const notAsked = ask?.outcome?.why;
  if (ask !== undefined && notAsked === undefined)
    return record === undefined || ask.outcome === undefined
      ? { kind: 'asking' }
      : { kind: 'asked', request: record.request, ...(stop !== undefined && { stop }) };
  const steps = record === undefined || isFinal(record.request.state) ? [] : record.steps;
  const done = steps.filter(({ state }) => state === 'done').length;
  const isUnderWay = steps.some(({ state }) => state !== 'done' && state !== 'failed');
  if (isClearWanted(member)) return { kind: 'clearing', done, total: member.clear.holdingIds.length };
  if (isUnderWay) return { kind: 'clearing', done, total: steps.length };
  if (reading === undefined || member.isReadWanted === true) return { kind: 'reading' };
  const notCleared = clear?.outcome?.why;
  return {
    kind: 'read',
    reading,
    ...(notAsked !== undefined && { notAsked }),
    ...(notCleared !== undefined && { notCleared }),
  };
};

export const standingsOf = (
  { members }: BatchRecord,
  requests: ReadonlyMap<string, RequestRecord>,
): readonly StandingMember[] =>
  members.map((member) => {
    const record = member.requestId === undefined ? undefined : requests.get(member.requestId);
    const left = leftBy(record);
    return { member, standing: standingOf(member, record), ...(left !== undefined && { left }) };
  });

/** How far what was asked for has come. */
export interface Progress {
  readonly asked: number;
  readonly planned: number;
  readonly waiting: number;
  readonly approved: number;
  readonly removed: number;
  /** It came to nothing, or was not even sent. */
  readonly failed: number;
}

export function progressOf(standings: readonly StandingMember[]): Progress {
  const stages = standings.flatMap(({ standing }) => {
    if (standing.kind === 'asking') return ['asked' as const];
    return standing.kind === 'asked' ? [stageOf(standing.request)] : [];
  });
  const count = (stage: (typeof stages)[number]): number => stages.filter((one) => one === stage).length;
  return {
    asked: stages.length,
    planned: count('planned'),
    waiting: count('waiting'),
    approved: count('approved'),
    removed: count('removed'),
    failed: count('failed'),
  };
}

function stageOf({ state, plannedFor, notSent }: RemovalRequest): keyof Progress {
  switch (state) {
    case 'draft':
      return plannedFor === undefined ? (notSent === undefined ? 'asked' : 'failed') : 'planned';
    case 'pending':
      return 'waiting';
    case 'approved':
    case 'executing':
    case 'verifying':
    case 'unknown':
      return 'approved';
    case 'done':
      return 'removed';
    case 'declined':
    case 'withdrawn':
    case 'expired':
    case 'void':
    case 'blocked':
    case 'abandoned':
    case 'closed':
      return 'failed';
  }
}

/** What stopping comes to, each customer counted once. */
export interface Stoppable {
  readonly notBegun: number;
  /** Exactly the requests that are withdrawn. */
  readonly withdrawn: number;
  /** Customers for whom something is being suspended: it goes on. */
  readonly clearing: number;
  readonly tooLate: number;
}

export function stoppable({ batch, members }: BatchRecord, requests: ReadonlyMap<string, RequestRecord>): Stoppable {
  const all = members.map((member): keyof Stoppable | undefined => {
    const record = member.requestId === undefined ? undefined : requests.get(member.requestId);
    if (record !== undefined && isHandedInWith(record.request, batch.id) && !isFinal(record.request.state))
      return UNSTOPPABLE.has(record.request.state) ? 'tooLate' : 'withdrawn';
    if (isAskWanted(member) || isClearWanted(member)) return 'notBegun';
    return standingOf(member, record).kind === 'clearing' ? 'clearing' : undefined;
  });
  const count = (what: keyof Stoppable): number => all.filter((one) => one === what).length;
  return {
    notBegun: count('notBegun'),
    withdrawn: count('withdrawn'),
    clearing: count('clearing'),
    tooLate: count('tooLate'),
  };
}

const UNSTOPPABLE: ReadonlySet<RemovalRequest['state']> = new Set(['executing', 'verifying', 'unknown']);
