import { DAY_MS, instant, later, type Instant } from '../../clock.ts';
import { stepKey, type Change } from '../change.ts';
import { isFinal, type StateName } from '../life.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import { isOpen, leftSuspended, type ClearingStep } from '../clearing/clearing-step.ts';

/** When somebody is reminded of what is still suspended, in ms after the end of the request that suspended it. */
export interface UndoPolicy {
  /** The requester; earliest first, and at least one. */
  readonly remindAfterMs: readonly [number, ...(readonly number[])];
  /** Whoever is told when the requester did nothing. */
  readonly escalateAfterMs: number;
}

/** After a day, a week, 60 and 80 days; the day after that somebody else is told. */
export const UNDO_POLICY: UndoPolicy = {
  remindAfterMs: [DAY_MS, 7 * DAY_MS, 60 * DAY_MS, 80 * DAY_MS],
  escalateAfterMs: 81 * DAY_MS,
};

/** So long after its suspension Microsoft deletes the data of a legacy subscription. @see "Suspend a subscription" */
export const DATA_KEPT_MS = 90 * DAY_MS;
/** What an earlier request had suspended has fewer days left: the last words come so long before its data goes. */
const LAST_WORDS_MS = 5 * DAY_MS;

/** Of what an auditor has closed nobody knows it for certain: before anybody is reminded it is read whether it was removed. */
const ENDED_WITHOUT_REMOVAL: ReadonlySet<StateName> = new Set([
  ...(['declined', 'withdrawn', 'expired', 'void', 'abandoned', 'closed'] as const),
]);

/** Whether a request has ended, and the customer may be ours still: a cancellation leaves it so, whatever it came to. */
export const leavesCustomer = ({ kind, state, voided }: RemovalRequest): boolean =>
  (kind === 'cancellation' ? isFinal(state) : ENDED_WITHOUT_REMOVAL.has(state)) && !wasSeenGone(voided);

const wasSeenGone = (voided: RemovalRequest['voided']): boolean =>
  voided?.why === 'gone' || voided?.why === 'restored-gone';

/** Whether a step leaves something suspended, or may when it has ended. */
const mayLeaveSuspended = (step: ClearingStep): boolean =>
  leftSuspended(step) || (isOpen(step) && (step.action === 'suspend' || step.action === 'reactivate'));

/**
 * Whichever rule ends a request without the removal: in the same commit the first reminder of what it leaves
 * suspended becomes due.
 */
export function remindingOnceEnded(before: RequestRecord | undefined, change: Change, policy: UndoPolicy): Change {
  const { request } = change;
  if (before === undefined || leavesCustomer(before.request) || !leavesCustomer(request)) return change;
  const changed = (change.steps ?? []).map(({ step }) => step);
  const keys = new Set(changed.map(stepKey));
  const steps = [...before.steps.filter((one) => !keys.has(stepKey(one))), ...changed];
  if (!steps.some(mayLeaveSuspended)) return change;
  return { ...change, work: { ...change.work, undo: { at: reminderAt({ request, steps }, policy, 0) } } };
}

/** When the reminder with this number is due; the one after the last goes to somebody else. */
export function reminderAt(
  { request, steps }: Pick<RequestRecord, 'request' | 'steps'>,
  { remindAfterMs, escalateAfterMs }: UndoPolicy,
  number: number,
): Instant {
  const end = new Date(request.stateSince);
  const wanted = later(end, remindAfterMs[number] ?? escalateAfterMs);
  const first = later(end, remindAfterMs[0]);
  const gone = steps.map(deletedAt).filter((at) => at !== undefined);
  const latest = gone.map((at) => later(new Date(at), -LAST_WORDS_MS)).sort()[0] ?? wanted;
  return [first, latest < wanted ? latest : wanted].sort()[1] ?? wanted;
}

/** When Microsoft deletes the data of what a step has left suspended; new commerce keeps it to the end of its term. */
export function deletedAt(step: ClearingStep): Instant | undefined {
  if (!leftSuspended(step) || step.class === 'new-commerce-licence') return undefined;
  return later(new Date(step.suspendedAt ?? step.doneAt ?? step.askedAt), DATA_KEPT_MS);
}

/** How many reminders to the requester have had their time, after one was given: what was missed is not made up for. */
export function remindedBy(record: RequestRecord, policy: UndoPolicy, given: number, now: Date): number {
  const passed = policy.remindAfterMs.filter((_, number) => reminderAt(record, policy, number) <= instant(now)).length;
  return Math.max(given, passed);
}
