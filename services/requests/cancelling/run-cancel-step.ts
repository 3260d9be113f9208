import { instant, SECOND_MS } from '../../clock.ts';
import { PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import type { People } from '../../people/people.ts';
import type { Roles } from '../../people/roles.ts';
import { actingOn, isAboutSignIn } from '../removing/acting.ts';
import { barsSending, intendStep, MAX_SENDINGS } from '../clearing/clearing.ts';
import type { RequestPolicy } from '../moves.ts';
import { goesOn, pauseStep, type WithoutSignIn } from './pausing-cancellation.ts';
import type { RequestRecord } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';
import { refuse } from '../request-store.ts';
import { countsStill, sendingEnds } from '../removing/sending-time.ts';
import { reachableStandIns } from '../removing/stand-ins.ts';
import { SOMETHING_FIRST_MS, wasRefused, type StepRun, type StepRunParts } from '../clearing/step-run.ts';
import { noLongerAllowed } from '../who-may.ts';

export interface CancelStepParts extends StepRunParts {
  readonly roles: Roles;
  readonly people: Pick<People, 'find'>;
  readonly policy: Pick<RequestPolicy, 'verifyEveryMs'>;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  /** Whether the machine's clock has jumped, so that nobody knows what time it is. */
  readonly isTimeInDoubt?: () => boolean;
}

/** While nobody knows whether the time of an approval is over, or who may approve. */
const IN_DOUBT_MS = 5 * SECOND_MS;

/**
 * Carries a cancellation of one purchase a pass further. It cannot be taken back, so that those who stand behind it are
 * looked at before each call, and one that got no answer is unknown at once: `run-cancellation` looks at it as such. Where
 * nobody can act in the executing person's name it waits for a sign-in; the bot goes on looking alone.
 *
 * @see "Cancel a new-commerce subscription", "Cancel software purchases"
 */
export async function runCancelStep(parts: CancelStepParts, run: StepRun): Promise<void> {
  const { roles, policy, tokens, clock } = parts;
  const { record, step, wasSent } = run;
  const bars = (stored: RequestRecord, own: ClearingStep, now: Date): string | undefined => {
    const lost = noLongerAllowed(stored.request, roles);
    return (
      barsSending(stored, own, now) ?? (lost === undefined || lost === 'roles-unread' ? undefined : 'not-approved')
    );
  };

  // What is bound to a time or to roles is not sent before these are certain again; what was sent is looked for meanwhile.
  const isInDoubt = parts.isTimeInDoubt?.() === true || noLongerAllowed(record.request, roles) === 'roles-unread';
  if (isInDoubt && !wasSent) return run.wait(IN_DOUBT_MS);
  const barred = run.isFromBeforeRestore ? 'restored' : bars(record, step, clock());
  if (barred !== undefined && !wasSent) return run.fail(undefined, barred);
  if (isOrderBusy(record, step)) return run.wait(SOMETHING_FIRST_MS);
  const { actAs, canAct, lookAs } = actingOn(record.request, tokens);
  const pause = async (met: Pick<WithoutSignIn, 'error' | 'isTurnedAway'> = {}): Promise<void> => {
    const reachable = await reachableStandIns(record.request, roles, parts.people);
    await run.change((stored, now, own) => pauseStep(stored, now, own, { roles, policy, actAs, reachable, ...met }));
  };
  if (!canAct && !wasSent) return pause();
  if (lookAs === undefined) return run.fail(undefined, 'unreadable');

  const lookedAt = instant(clock());
  const seen = await run.see(lookAs);
  if (seen instanceof PartnerCenterError)
    return isAboutSignIn(seen) && canAct ? pause({ error: seen }) : run.unread(seen);
  if (seen.kind === 'done') return run.done();
  if (step.state === 'accepted' || barred !== undefined) return run.undone();
  if (seen.kind === 'impossible') return run.fail(undefined, seen.why);
  if (isInDoubt) return run.wait(IN_DOUBT_MS);
  // One look is not enough for what cannot be taken back: the outcome is unknown, and is looked at as such.
  if (isUnanswered(step)) return run.fail(undefined, 'no-answer');
  if (step.sendings >= (step.sendingsAllowed ?? MAX_SENDINGS))
    return run.fail(undefined, wasRefused(step) ? undefined : 'no-answer');
  if (!canAct) return pause();
  if (!countsStill(lookedAt, clock())) return run.wait(SOMETHING_FIRST_MS);
  return run.send(seen, {
    actAs,
    sendBefore: sendingEnds(record.request, lookedAt),
    intend: (stored, now, own, sending) =>
      bars(stored, own, now) === undefined && noLongerAllowed(stored.request, roles) === undefined
        ? intendStep({ ...stored, request: goesOn(stored.request) }, own, sending)
        : refuse('barred'),
    notDone: (error) => (isAboutSignIn(error) ? pause({ error, isTurnedAway: true }) : run.fail(error)),
  });
}

/** Whether a line has to wait, because another one of its order is being sent: an order is changed one call at a time. */
const isOrderBusy = ({ steps }: RequestRecord, { order, state, holdingId }: ClearingStep): boolean =>
  order !== undefined &&
  state === 'asked' &&
  steps.some(
    (one) =>
      one.order?.orderId === order.orderId &&
      (one.state === 'sent' || (one.state === 'asked' && one.holdingId < holdingId)),
  );

/** Whether it was sent, and no answer was seen. */
const isUnanswered = ({ state, refused }: ClearingStep): boolean =>
  state === 'sent' && (refused === undefined || refused.fault === 'unavailable' || refused.fault === 'malformed');
