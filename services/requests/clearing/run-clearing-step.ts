import { SECOND_MS } from '../../clock.ts';
import { PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import { isAboutSignIn } from '../removing/acting.ts';
import type { Claims } from '../claims.ts';
import { barsSending, intendStep, MAX_SENDINGS } from './clearing.ts';
import { isFinal } from '../life.ts';
import type { RequestPolicy } from '../moves.ts';
import { isWaitOver, pauseClearing } from './pausing-clearing.ts';
import type { RequestRecord } from '../request.ts';
import { isOpen, type ClearingStep } from './clearing-step.ts';
import { refuse } from '../request-store.ts';
import { AGAIN_MS, SOMETHING_FIRST_MS, wasRefused, type StepRun, type StepRunParts } from './step-run.ts';

export interface ClearingStepParts extends StepRunParts {
  readonly claims: Pick<Claims, 'standingOf'>;
  readonly policy: Pick<RequestPolicy, 'verifyEveryMs'>;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
}

/** While somebody is about to open a newer request. */
const OVERTAKING_MS = 5 * SECOND_MS;

/**
 * Carries a step that can be taken back a pass further: a suspension, what is given back, auto-renew that is turned off.
 * A call without an answer is sent again at once, where reading shows that it was not carried out. Where nobody can act
 * in the name of whoever confirmed it, it waits for their sign-in; the bot looks alone at what was sent.
 *
 * @see "Suspend a subscription", "Reactivate a suspended subscription", "Update a subscription by ID"
 */
export async function runClearingStep(parts: ClearingStepParts, run: StepRun): Promise<void> {
  const { claims, clock, tokens, policy } = parts;
  const { record, step, wasSent } = run;
  const { actAs } = step;
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
  const canAct = (): boolean => tokens.canActAs(actAs);
  const pause = (turnedAway?: PartnerCenterError): Promise<void> => {
    if (isWaitOver(step, clock()) && turnedAway === undefined)
      return run.fail(undefined, wasSent ? 'unreadable' : 'no-sign-in');
    return run.change((stored, now, own) =>
      pauseClearing(stored, now, own, { policy, ...(turnedAway && { turnedAway }) }),
    );
  };
  const lookAs = canAct() ? actAs : wasSent && tokens.canActAs('bot') ? 'bot' : undefined;
  if (lookAs === undefined) return pause();
  if (isBaseOpen(record, step)) return run.wait(SOMETHING_FIRST_MS);

  const seen = await run.see(lookAs);
  // What the bot cannot read by itself, or a sign-in that is over, is the person's to put right.
  if (seen instanceof PartnerCenterError) return canAct() ? run.unread(seen) : pause();
  if (seen.kind === 'done') return run.done();
  if (step.state === 'accepted' || barred !== undefined) return run.undone();
  if (seen.kind === 'impossible') return run.fail(undefined, seen.why);
  if (step.sendings >= MAX_SENDINGS) return run.fail(undefined, wasRefused(step) ? undefined : 'no-answer');
  if (!canAct()) return pause();
  return run.send(seen, {
    actAs,
    intend: (stored, now, own, sending) =>
      barsSending(stored, own, now) === undefined ? intendStep(stored, own, sending) : refuse('barred'),
    notDone(error) {
      if (isAboutSignIn(error) && !canAct()) return pause(error);
      if (!error.isRefusal) return run.wait(AGAIN_MS, error);
      return run.fail(error, isUnanswered(step) ? 'no-answer' : undefined);
    },
  });
}

/** Whether no answer was seen to a sending before: a no to this one says nothing of that one. */
const isUnanswered = (step: ClearingStep): boolean => step.sendings > 0 && !wasRefused(step);

/** Whether an add-on has to wait, because its base is still being given back. */
const isBaseOpen = ({ steps }: RequestRecord, { baseId }: ClearingStep): boolean =>
  baseId !== undefined && steps.some((one) => one.holdingId === baseId && one.action === 'reactivate' && isOpen(one));
