import { instant } from '../../clock.ts';
import type { HoldingId, NewId } from '../../ids.ts';
import { asPerson } from '../../partner-center/partner-center.ts';
import type { Roles } from '../../people/roles.ts';
import type { AddOn, HoldingClass } from '../../readiness/readiness.ts';
import type { Change } from '../change.ts';
import { takeSteps, wantedSteps, type WantedStep } from '../clearing/clearing.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import type { Standing } from '../claims.ts';
import { isFinal } from '../life.ts';
import { without } from '../moves.ts';
import type { RequestRecord } from '../request.ts';
import { waitingForSignIn } from '../clearing/pausing-clearing.ts';
import { isOpen, isUncertain, leftSuspended, type ClearingStep } from '../clearing/clearing-step.ts';
import { refuse, type Refused } from '../request-store.ts';
import { leavesCustomer, deletedAt } from './undo-clock.ts';

/** One subscription that a request which came to nothing has left suspended. */
export interface UndoItem {
  readonly holdingId: HoldingId;
  readonly class: HoldingClass;
  /** Foreign text. */
  readonly name: string;
  readonly quantity: number;
  /** The base without which it cannot be active again. */
  readonly baseId?: HoldingId;
  /** What comes back with it. */
  readonly addOns: readonly AddOn[];
  /** Whether it is not known that it was suspended at all. */
  readonly isUncertain: boolean;
  /** When Microsoft deletes its data, where it does. */
  readonly deletedAt?: string;
  /** The try to give it back that failed. */
  readonly failed?: ClearingStep;
}

/** What is to be given back, and how far that is. */
export interface UndoList {
  readonly items: readonly UndoItem[];
  /** Of what was asked for since the request ended, add-ons counted too; `total` has what is still to be asked for. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Whether something is being given back. */
  readonly isUnderWay: boolean;
  /** Whether that waits for its requester to sign in. */
  readonly waitsForSignIn?: true;
}

/** Everything that comes back with these, add-ons too: what is named when somebody is asked. */
export const namedIn = (items: readonly UndoItem[]): readonly HoldingId[] =>
  items.flatMap(({ holdingId, addOns }) => [holdingId, ...addOns.map((addOn) => addOn.holdingId)]);

/** Whether what a request has left suspended can be given back from its card: it came to nothing, or was refused. */
export const hasUndo = ({ request }: Pick<RequestRecord, 'request'>): boolean =>
  leavesCustomer(request) || request.state === 'blocked';

/** Whether a card has a list to show: something was left suspended, whether or not it is back by now. */
export function showsUndo(record: Pick<RequestRecord, 'request' | 'steps'>): boolean {
  const { items, progress, waitsForSignIn } = undoOf(record);
  const wasAny = items.length > 0 || progress !== undefined || record.steps.some(({ goneAt }) => goneAt !== undefined);
  return hasUndo(record) && (wasAny || waitsForSignIn === true);
}

/**
 * What was left suspended, each by the step that did it. An add-on that went with its base, and was not asked for when
 * the base was given back, is left by itself.
 */
export function leftOf({ steps }: Pick<RequestRecord, 'steps'>): readonly ClearingStep[] {
  const known = new Set(steps.filter(({ action }) => action !== 'auto-renew-off').map(({ holdingId }) => holdingId));
  const alone = steps
    .filter(({ action, state }) => action === 'reactivate' && state !== 'failed')
    .flatMap((base) => (base.addOns ?? []).filter(({ holdingId }) => !known.has(holdingId)).map(asLeft(base)));
  return [...steps.filter(leftSuspended), ...alone];
}

const asLeft =
  (base: ClearingStep) =>
  (addOn: AddOn): ClearingStep => ({
    ...without(base, 'addOns', 'wasSoBefore'),
    ...addOn,
    class: 'legacy-add-on',
    action: 'suspend',
    state: 'done',
    baseId: base.holdingId,
    doneAt: base.suspendedAt ?? base.doneAt ?? base.askedAt,
  });

/** What was left suspended, a base with the add-ons that went with it. */
export function undoOf(record: Pick<RequestRecord, 'request' | 'steps'>): UndoList {
  const { request, steps } = record;
  const left = leftOf(record);
  const back = new Set(
    steps.filter((one) => one.action !== 'auto-renew-off' && !leftSuspended(one)).map(({ holdingId }) => holdingId),
  );
  const addOnsOf = (one: ClearingStep): readonly AddOn[] =>
    (one.addOns ?? []).filter(({ holdingId }) => !back.has(holdingId));
  const withBase = new Set(left.flatMap(addOnsOf).map(({ holdingId }) => holdingId));
  const items = left.filter(({ holdingId }) => !withBase.has(holdingId)).map((one) => itemOf(one, addOnsOf(one)));

  const asked = steps.filter(({ action, askedAt }) => action === 'reactivate' && askedAt >= request.stateSince);
  const askedIds = new Set(asked.map(({ holdingId }) => holdingId));
  const all = items.flatMap(({ holdingId, addOns }) => [holdingId, ...idsOf(addOns)]);
  const progress = {
    done: asked.filter(({ state }) => state === 'done').length,
    total: asked.length + all.filter((id) => !askedIds.has(id)).length,
  };
  return {
    ...{ items, isUnderWay: steps.some(isOpen) },
    ...(asked.length > 0 && { progress }),
    ...(waitingForSignIn(record).length > 0 && { waitsForSignIn: true }),
  };
}

function itemOf(step: ClearingStep, addOns: readonly AddOn[]): UndoItem {
  const { holdingId, class: holdingClass, name, quantity, action, baseId } = step;
  const at = deletedAt(step);
  return {
    ...{ holdingId, class: holdingClass, name, quantity, addOns, isUncertain: isUncertain(step) },
    ...(baseId !== undefined && { baseId }),
    ...(at !== undefined && { deletedAt: at }),
    ...(action === 'reactivate' && { failed: step }),
  };
}

/** What was suspended for a customer's newest request and is not given back, as long as the customer is ours, whatever became of the request. */
export const stillSuspended = (record: RequestRecord | undefined): readonly UndoItem[] =>
  record === undefined || (isFinal(record.request.state) && !leavesCustomer(record.request))
    ? []
    : undoOf(record).items;

/** Why this person can give nothing back for this request now, if so. */
export function barsGivingBack(
  record: RequestRecord,
  person: Click['person'],
  roles: Pick<Roles, 'isRequester'>,
  standing: Standing,
): DecisionRefusal | undefined {
  const { request } = record;
  if (person.id !== request.requester.id) return 'not-the-requester';
  if (!roles.isRequester(person.id)) return 'not-a-requester';
  if (!hasUndo(record)) return isFinal(request.state) ? 'already-decided' : 'too-late';
  switch (standing.kind) {
    case 'newest':
      return undefined;
    case 'being-overtaken':
      return 'taken';
    case 'overtaken': {
      const { state, requester } = standing.by.request;
      if (isFinal(state)) return 'overtaken';
      if (requester.id !== person.id) return 'taken';
      return state === 'draft' ? 'overtaken' : 'request-open';
    }
  }
}

/** Steps that give back what was named, as far as it is still on the list. */
export function stepsBack(record: RequestRecord, ids: readonly HoldingId[], newId: NewId): readonly WantedStep[] {
  const named = undoOf(record).items.filter(({ holdingId }) => ids.includes(holdingId));
  return named.flatMap(({ holdingId, class: holdingClass, name, quantity, addOns, baseId }) => {
    const offer = { action: 'reactivate', holdingId, class: holdingClass, name, quantity, clears: false } as const;
    const [own, ...withIt] = wantedSteps(offer, record, newId);
    const back = new Set(addOns.map((addOn) => addOn.holdingId));
    return [
      ...(own ? [{ ...own, ...(baseId !== undefined && { baseId }) }] : []),
      ...withIt.filter((one) => back.has(one.holdingId)),
    ];
  });
}

const idsOf = (addOns: readonly AddOn[]): readonly HoldingId[] => addOns.map(({ holdingId }) => holdingId);

/** Somebody has confirmed what is to be given back. The same click again finds that it is under way, or done. */
export function giveBack(
  record: RequestRecord,
  now: Date,
  click: Pick<Click, 'person' | 'isCurrent'>,
  steps: readonly WantedStep[],
): Change | Refused<DecisionRefusal> {
  if (!hasUndo(record)) return refuse('too-late');
  const isUnderWay = record.steps.some(isOpen);
  const ofList = new Set(undoOf(record).items.flatMap(({ holdingId, addOns }) => [holdingId, ...idsOf(addOns)]));
  const left = steps.filter(({ holdingId }) => ofList.has(holdingId));
  if (left.length === 0) return refuse('repeated');
  if (!click.isCurrent(record.request)) return refuse(isUnderWay ? 'repeated' : 'stale-card');
  return takeSteps(record, now, { actAs: asPerson(click.person.id), steps: left });
}

/** What a new request for the same customer takes over from the one before it: its own card and its approver name it. */
export function takenOver(previous: RequestRecord | undefined): readonly ClearingStep[] {
  if (previous === undefined || !leavesCustomer(previous.request)) return [];
  return leftOf(previous).map((step) => {
    if (step.action === 'suspend') return step;
    const { suspendedAt, ...kept } = without(step, 'refused');
    const doneAt = suspendedAt ?? step.doneAt;
    return { ...kept, action: 'suspend', state: 'done', ...(doneAt !== undefined && { doneAt }) };
  });
}

/** Whether something of a request that has ended is still under way: what it leaves suspended is not known yet. */
export const isSettling = (previous: RequestRecord | undefined): boolean =>
  previous !== undefined && isFinal(previous.request.state) && previous.steps.some(isOpen);

/** What reading has shown of one that was left suspended. */
export type SeenSuspended = 'suspended' | 'active' | 'gone' | 'unread';

/** Steps that were seen, without anything having been sent, to leave nothing to give back any more. */
export function seenOtherwise(
  record: RequestRecord,
  now: Date,
  seen: ReadonlyMap<HoldingId, SeenSuspended>,
): readonly ClearingStep[] {
  const at = instant(now);
  return leftOf(record).flatMap((step): readonly ClearingStep[] => {
    const kept = without(step, 'refused');
    switch (seen.get(step.holdingId)) {
      case 'active':
        return [{ ...kept, action: 'reactivate', state: 'done', askedAt: at, doneAt: at, wasSoBefore: true }];
      case 'gone':
        return [{ ...step, goneAt: at }];
      default:
        return [];
    }
  });
}
