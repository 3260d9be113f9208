import { createHash } from 'node:crypto';
import { later, MINUTE_MS, type Instant } from '../../clock.ts';
import type { HoldingId } from '../../ids.ts';
import { driftBetween } from '../../readiness/drift.ts';
import type { DriftLine, Facts, Offer, Readiness } from '../../readiness/readiness.ts';
import type { NotSent, Plan, RemovalRequest, RequestRecord, ToCancel } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';
import type { RefusedCall } from '../removing/refused-call.ts';

/** What one request cancels at most: all of it is begun in one commit. */
export const MAX_CANCELS = 40;
/** So long before a window ends nothing is sent any more: a call may have to be repeated. */
const CALL_MARGIN_MS = 5 * MINUTE_MS;
/** So long before a window ends nobody is asked any more: whoever approves then leaves this much for carrying it out. */
const DECISION_MARGIN_MS = 15 * MINUTE_MS;

/** A purchase that can be cancelled, and until when. */
export type Cancellable = Offer & { readonly until: Instant };

/** What somebody could still be asked about: it can be cancelled, and there is time to decide. */
export const cancellable = ({ offers }: Pick<Readiness, 'offers'>, now: Date): readonly Cancellable[] =>
  offers.filter(isCancelling).filter((offer) => isInTime(offer, now));

const isCancelling = (offer: Offer): offer is Cancellable => offer.action === 'cancel' && offer.until !== undefined;
const isInTime = ({ until }: Pick<Cancellable, 'until'>, now: Date): boolean => until > later(now, DECISION_MARGIN_MS);

export const toCancel = ({ holdingId, class: holdingClass, name, quantity, order, until }: Cancellable): ToCancel => ({
  holdingId,
  class: holdingClass,
  name,
  quantity,
  ...(order && { order }),
  until,
});

/** A moment, and whether it is a window that ends it. */
interface Deadline {
  readonly at: Instant;
  readonly windowEnds: Pick<RemovalRequest, 'endsWithWindow'>;
}

interface WithWindows {
  readonly cancels?: readonly ToCancel[];
}

function within(wanted: Instant, { cancels = [] }: WithWindows, marginMs: number): Deadline {
  const [first] = cancels.map(({ until }) => until).sort();
  const last = first === undefined ? wanted : later(new Date(first), -marginMs);
  return last < wanted ? { at: last, windowEnds: { endsWithWindow: true } } : { at: wanted, windowEnds: {} };
}

/** Until when it can be decided; of a cancellation never later than the first of its windows allows. */
export const decideBy = (request: WithWindows, wanted: Instant): Deadline =>
  within(wanted, request, DECISION_MARGIN_MS);
/** Until when it can be carried out, in the same way. */
export const carryOutBy = (request: WithWindows, wanted: Instant): Deadline => within(wanted, request, CALL_MARGIN_MS);

/** A cancellation after the last reading before it is sent. */
export type Prepared =
  | { readonly kind: 'ready'; readonly cancels: readonly ToCancel[]; readonly plan: Plan }
  /** `cancels` is what is left to be asked for, as it is now. */
  | {
      readonly kind: 'not';
      readonly why: NotSent['why'];
      readonly names: readonly string[];
      readonly cancels: readonly ToCancel[];
    };

/** Whether all of it can still be cancelled, in the same quantity at most, and in time. From a complete reading. */
export function prepare(asked: readonly ToCancel[], readiness: Readiness, now: Date): Prepared {
  const offers = readiness.offers.filter(isCancelling);
  const found = asked.map((one) => ({ one, offer: offers.find(({ holdingId }) => holdingId === one.holdingId) }));
  const cancels = found.flatMap(({ offer }) => (offer && isInTime(offer, now) ? [toCancel(offer)] : []));
  const named = (some: typeof found): readonly string[] => some.map(({ one }) => one.name);
  const late = found.filter(({ offer }) => offer !== undefined && !isInTime(offer, now));
  if (late.length > 0) return { kind: 'not', why: 'no-time', names: named(late), cancels };
  const changed = found.filter(({ one, offer }) => offer === undefined || !isSameThing(one, offer));
  if (changed.length > 0 || cancels.length === 0)
    return { kind: 'not', why: 'not-cancellable', names: named(changed), cancels };
  const facts = factsAbout(readiness.facts, cancels);
  return {
    kind: 'ready',
    cancels,
    plan: { readAt: readiness.readAt, digest: digestOf(facts, cancels), facts, lines: [], inactive: [] },
  };
}

const isSameThing = (asked: ToCancel, offer: Cancellable): boolean =>
  asked.class === offer.class && asked.quantity >= offer.quantity && isSameOrder(asked.order, offer.order);

const isSameOrder = (a: ToCancel['order'], b: ToCancel['order']): boolean =>
  a?.orderId === b?.orderId && a?.lineItemNumber === b?.lineItemNumber && a?.offerId === b?.offerId;

/** Of all facts about a customer those that a cancellation is bound to. Resellers have no part in it. */
function factsAbout(facts: Facts, cancels: readonly ToCancel[]): Facts {
  const ids = new Set(cancels.map(({ holdingId }) => holdingId));
  return { ...facts, resellers: [], holdings: facts.holdings.filter(({ id }) => ids.has(id)) };
}

/** What an approval of a cancellation is bound to: another one than that of any removal. */
function digestOf({ customerId, domain, policyVersion }: Facts, cancels: readonly ToCancel[]): string {
  const items = cancels.map(({ holdingId, class: holdingClass, quantity, order }) =>
    JSON.stringify([holdingId, holdingClass, quantity, order?.orderId ?? null, order?.lineItemNumber ?? null]),
  );
  const canonical = JSON.stringify(['cancellation', customerId, domain.toLowerCase(), items.sort(), policyVersion]);
  return createHash('sha256').update(canonical).digest('hex');
}

/** The step of each thing that a cancellation cancels, once it was begun. */
export const stepOf = ({ steps }: Pick<RequestRecord, 'steps'>, holdingId: HoldingId): ClearingStep | undefined =>
  steps.find((one) => one.action === 'cancel' && one.holdingId === holdingId);

export const cancelSteps = ({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): readonly ClearingStep[] =>
  (request.cancels ?? []).flatMap(({ holdingId }) => stepOf({ steps }, holdingId) ?? []);

/** Whether nobody knows what became of it: it was sent, and neither an answer nor reading says no. */
export const isUnknown = ({
  action,
  state,
  sendings,
  notDoneAt,
  acceptedAt,
  endedFor,
  refused,
}: ClearingStep): boolean =>
  action === 'cancel' &&
  state === 'failed' &&
  sendings > 0 &&
  notDoneAt === undefined &&
  (acceptedAt !== undefined || endedFor !== undefined || refused === undefined || isNoAnswer(refused));

const isNoAnswer = ({ fault }: RefusedCall): boolean => fault === 'unavailable' || fault === 'malformed';

/** What Partner Center says of a purchase that it will never cancel. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  ...(['window-is-over', 'status-is-fixed', 'cancel-the-subscription', 'cancellation-reason'] as const),
  ...(['already-deleted', 'no-such-subscription', 'savings-plan', 'not-from-this-state'] as const),
]);

/** Whether one that was not cancelled may be tried again under the same approval. */
export const isRetryable = (step: ClearingStep): boolean =>
  step.state === 'failed' &&
  !isUnknown(step) &&
  !FOR_GOOD.has(step.refused?.meaning ?? '') &&
  (step.endedFor === undefined || PASSING.has(step.endedFor));

/** Why one came to nothing that has nothing to do with the purchase itself. */
const PASSING: ReadonlySet<string> = new Set(['no-answer', 'not-seen', 'unreadable', 'too-late', 'ended']);

/** What is still to be cancelled: all of it at first, and after refusals what may be tried again. */
export const outstanding = ({ request, steps }: Pick<RequestRecord, 'request' | 'steps'>): readonly ToCancel[] =>
  (request.cancels ?? []).filter(({ holdingId }) => {
    const step = stepOf({ steps }, holdingId);
    return step === undefined || isRetryable(step);
  });

/** Subscriptions that a complete reading does not name any more; each says itself whether it is gone, since lists lag behind. */
export function unlistedSubscriptions(record: RequestRecord, { facts }: Readiness): readonly HoldingId[] {
  const there = new Set(facts.holdings.map(({ id }) => id));
  return outstanding(record)
    .filter(({ order, holdingId }) => order === undefined && !there.has(holdingId))
    .map(({ holdingId }) => holdingId);
}

/** What was approved, against what is there now. */
export type Recheck =
  | { readonly kind: 'as-approved'; readonly left: readonly ToCancel[]; readonly gone: readonly ToCancel[] }
  | { readonly kind: 'unread' }
  | { readonly kind: 'void'; readonly why: 'drift' | 'nothing-left'; readonly drift: readonly DriftLine[] };

/**
 * Compares a fresh and complete reading with what was approved, thing by thing: the same class, not more of it, and
 * still in its window. What is gone is only noted, and what else the customer has does not matter.
 */
export function recheckCancellation(record: RequestRecord, readiness: Readiness, now: Date): Recheck {
  const { plan } = record.request;
  if (readiness.verdict.kind === 'cannot-tell' || readiness.customer === undefined) return { kind: 'unread' };
  if (plan === undefined) return { kind: 'void', why: 'drift', drift: [] };
  const wanted = outstanding(record);
  const present = factsAbout(readiness.facts, wanted);
  const { worse } = driftBetween(factsAbout(plan.facts, wanted), present);
  const thereIds = new Set(present.holdings.map(({ id }) => id));
  const left = wanted.filter(({ holdingId }) => thereIds.has(holdingId));
  const changed = new Set(worse.flatMap((line) => ('name' in line ? [line.name] : [])));
  const offers = readiness.offers.filter(isCancelling);
  const closed = left.filter(
    (one) => !changed.has(one.name) && !offers.some((offer) => isStillOffered(one, offer, now)),
  );
  const drift = [...worse, ...closed.map(({ name }) => ({ kind: 'not-cancellable' as const, name }))];
  if (drift.length > 0) return { kind: 'void', why: 'drift', drift };
  if (left.length === 0) return { kind: 'void', why: 'nothing-left', drift: [] };
  return { kind: 'as-approved', left, gone: wanted.filter(({ holdingId }) => !thereIds.has(holdingId)) };
}

const isStillOffered = (approved: ToCancel, offer: Cancellable, now: Date): boolean =>
  offer.holdingId === approved.holdingId && isSameThing(approved, offer) && offer.until > now.toISOString();

/** How far one purchase of a cancellation is. */
export interface CancelledItem extends ToCancel {
  readonly state: 'to-do' | 'under-way' | 'done' | 'failed' | 'unknown';
  readonly step?: ClearingStep;
}

/** How far a cancellation is, thing by thing. */
export interface CancellationStanding {
  readonly items: readonly CancelledItem[];
  readonly done: number;
  /** Whether what was not cancelled may be tried again under the same approval. */
  readonly canContinue: boolean;
}

/** `undefined` for a request that cancels nothing. */
export function standingOfCancellation(
  record: Pick<RequestRecord, 'request' | 'steps'>,
): CancellationStanding | undefined {
  const { kind, cancels = [] } = record.request;
  if (kind !== 'cancellation') return undefined;
  const items = cancels.map((one): CancelledItem => {
    const step = stepOf(record, one.holdingId);
    return { ...one, state: itemState(step), ...(step && { step }) };
  });
  return {
    items,
    done: items.filter(({ state }) => state === 'done').length,
    canContinue: items.some(({ step }) => step !== undefined && isRetryable(step)),
  };
}

function itemState(step: ClearingStep | undefined): CancelledItem['state'] {
  switch (step?.state) {
    case undefined:
      return 'to-do';
    case 'done':
      return 'done';
    case 'failed':
      return isUnknown(step) ? 'unknown' : 'failed';
    default:
      return 'under-way';
  }
}
