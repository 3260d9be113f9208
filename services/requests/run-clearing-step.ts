import { SECOND_MS } from '../clock.ts';
import { PartnerCenterError } from '../partner-center/partner-center.ts';
import type { Claims } from './claims.ts';
import { barsSending, intendStep, MAX_SENDINGS } from './clearing.ts';
import { isFinal } from './life.ts';
import type { RequestRecord } from './request.ts';
import { isOpen, type ClearingStep } from './clearing-step.ts';
import { refuse } from './request-store.ts';
import { AGAIN_MS, SOMETHING_FIRST_MS, wasRefused, type StepRun, type StepRunParts } from './step-run.ts';

export interface ClearingStepParts extends StepRunParts {
  readonly claims: Pick<Claims, 'standingOf'>;
}

/** While somebody is about to open a newer request. */
const OVERTAKING_MS = 5 * SECOND_MS;

/**
 * Carries a step that can be taken back a pass further: a suspension, what is given back, auto-renew that is turned off.
 * A call without an answer is sent again at once, where reading shows that it was not carried out.
 *
 * @see "Suspend a subscription", "Reactivate a suspended subscription", "Update a subscription by ID"
 */
export async function runClearingStep({ claims, clock }: ClearingStepParts, run: StepRun): Promise<void> {
  const { record, step, wasSent } = run;
  // Nothing more is sent for a request that has ended, and nothing that was confirmed before a restore. What was sent is
  // followed to its end.
  const barred = run.isFromBeforeRestore ? 'restored' : barsSending(record, step, clock());
  if (barred !== undefined && !wasSent) return run.fail(undefined, barred);
  // What a newer request has taken over is its to give back: it was opened before this step was stored.
  if (isFinal(record.request.state) && !wasSent) {
    const standing = await claims.standingOf(record.request);
    if (standing.kind === 'overtaken') return run.fail(undefined, 'overtaken');
    if (standing.kind === 'being-overtaken') return run.wait(OVERTAKING_MS);
  }
  if (isBaseOpen(record, step)) return run.wait(SOMETHING_FIRST_MS);

  const seen = await run.see(step.actAs);
  if (seen instanceof PartnerCenterError) return run.unread(seen);
  if (seen.kind === 'done') return run.done();
  if (step.state === 'accepted' || barred !== undefined) return run.undone();
  if (seen.kind === 'impossible') return run.fail(undefined, seen.why);
  if (step.sendings >= MAX_SENDINGS) return run.fail(undefined, wasRefused(step) ? undefined : 'no-answer');
  return run.send(seen, {
    actAs: step.actAs,
    intend: (stored, now, own, sending) =>
      barsSending(stored, own, now) === undefined ? intendStep(stored, own, sending) : refuse('barred'),
    notDone: (error) =>
      error.isRefusal ? run.fail(error, isUnanswered(step) ? 'no-answer' : undefined) : run.wait(AGAIN_MS, error),
  });
}

/** Whether no answer was seen to a sending before: a no to this one says nothing of that one. */
const isUnanswered = (step: ClearingStep): boolean => step.sendings > 0 && !wasRefused(step);

/** Whether an add-on has to wait, because its base is still being given back. */
const isBaseOpen = ({ steps }: RequestRecord, { baseId }: ClearingStep): boolean =>
  baseId !== undefined && steps.some((one) => one.holdingId === baseId && one.action === 'reactivate' && isOpen(one));
