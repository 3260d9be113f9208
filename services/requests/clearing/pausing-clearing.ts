import { DAY_MS, later, MINUTE_MS } from '../../clock.ts';
import type { UserId } from '../../ids.ts';
import { asPerson, type PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { OutboxItem } from '../card-slots.ts';
import { stepKey, type Change } from '../change.ts';
import type { ClearingStep } from './clearing-step.ts';
import { stepCards, without, type RequestPolicy } from '../moves.ts';
import { isPaused, stepTurnedAway, turnedAway } from '../cancelling/pausing-cancellation.ts';
import type { RequestRecord } from '../request.ts';

/** What was confirmed waits so long for a sign-in; then it has to be confirmed again. */
const WAITED_FOR_MS = DAY_MS;
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/** What keeps a step that was confirmed from being sent, or looked at, until whoever confirmed it has signed in. */
export interface WithoutTheirSignIn {
  readonly policy: Pick<RequestPolicy, 'verifyEveryMs'>;
  /** It was sent, and answered so: nothing was carried out by this sending. */
  readonly turnedAway?: PartnerCenterError;
}

/** Whether it has waited long enough. */
export const isWaitOver = ({ askedAt }: ClearingStep, now: Date): boolean =>
  now.getTime() - new Date(askedAt).getTime() >= WAITED_FOR_MS;

/**
 * Nobody can act in the name of whoever confirmed it: it stays as it is until they have signed in. They are told once,
 * however many steps wait. Whether somebody can is looked at every so often, the less often the longer it lasts.
 */
export function pauseClearing(record: RequestRecord, now: Date, step: ClearingStep, met: WithoutTheirSignIn): Change {
  const { policy, turnedAway: error } = met;
  const waitedMs = now.getTime() - new Date(step.askedAt).getTime();
  const pauseMs = Math.max(policy.verifyEveryMs, Math.min(waitedMs / 4, LONGEST_PAUSE_MS));
  const kept = error === undefined ? step : turnedAway(step);
  return {
    request: record.request,
    audit: error === undefined ? [] : [stepTurnedAway(record, step, error)],
    steps: [{ step: { ...kept, waitsForSignIn: true }, due: { at: later(now, pauseMs) } }],
    ...(!isPaused(step) && { outbox: record.steps.some(isPaused) ? stepCards(record.request) : askToSignIn(record) }),
  };
}

/** A new card for whoever has to sign in. */
const askToSignIn = ({ request }: RequestRecord): readonly OutboxItem[] =>
  stepCards(request).map((item) =>
    item.recipient === request.requester.id ? { ...item, mode: 'new', headline: 'sign-in' } : item,
  );

/** Steps that wait for a sign-in of whoever has asked for them. */
export const waitingForSignIn = ({ steps }: Pick<RequestRecord, 'steps'>): readonly ClearingStep[] =>
  steps.filter((step) => isPaused(step) && step.action !== 'cancel');

/**
 * This person has signed in: what has waited for that is gone on with, by this process. `undefined` where nothing has.
 *
 * @param keys which steps; no more than one commit takes.
 */
export function resumeClearing(record: RequestRecord, person: UserId, keys: ReadonlySet<string>): Change | undefined {
  const theirs = waitingForSignIn(record).filter((step) => step.actAs === asPerson(person) && keys.has(stepKey(step)));
  if (theirs.length === 0) return undefined;
  return {
    request: record.request,
    audit: [],
    steps: theirs.map((step) => ({ step: without(step, 'waitsForSignIn'), due: { here: true } })),
    outbox: stepCards(record.request),
  };
}
