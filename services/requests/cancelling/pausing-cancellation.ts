import type { AuditEvent } from '../../audit/audit-chain.ts';
import type { UserId } from '../../ids.ts';
import type { ActAs, PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { Roles } from '../../people/roles.ts';
import type { Change } from '../change.ts';
import { lookAgain } from '../clearing/clearing.ts';
import { uncounted, waitFor } from '../removing/executing.ts';
import { refusedCall } from '../removing/refused-call.ts';
import { actAsOf } from '../removing/executor.ts';
import { without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';

/** What keeps one purchase from being cancelled until somebody has signed in. */
export interface WithoutSignIn {
  readonly roles: Roles;
  readonly policy: Pick<RequestPolicy, 'verifyEveryMs'>;
  /** In whose name it was tried. */
  readonly actAs: ActAs;
  /** Who can be written to, of those who may do it in their stead. */
  readonly reachable?: ReadonlySet<UserId>;
  /** The call that was not accepted, where there was one. */
  readonly error?: PartnerCenterError;
  /** It is the cancellation that was answered so: nothing was carried out by this sending. */
  readonly isTurnedAway?: boolean;
}

/**
 * Nobody can act in the executing person's name: this step stays as it is, and nobody is at it, until they have signed
 * in, or another approver goes on in their stead. The request says who is waited for, as a removal does.
 */
export function pauseStep(record: RequestRecord, now: Date, step: ClearingStep, met: WithoutSignIn): Change {
  const { roles, policy, actAs, error, isTurnedAway = false, reachable } = met;
  const kept = isTurnedAway ? turnedAway(step) : step;
  // Somebody has just taken it over.
  if (actAsOf('run', record.request) !== actAs) return lookAgain(record, now, kept, { ms: 1 });
  const refused = error && refusedCall(error);
  const waiting = waitFor(record, now, roles, {
    ...{ why: 'sign-in', forMs: policy.verifyEveryMs },
    ...(refused && { refused }),
    ...(reachable && { reachable }),
  });
  return {
    ...waiting,
    audit: isTurnedAway && error ? [stepTurnedAway(record, step, error)] : [],
    steps: [{ step: { ...kept, waitsForSignIn: true } }],
  };
}

/** An answer was seen, so this sending does not count; one before it may have had none, so its id stays. */
export const turnedAway = (step: ClearingStep): ClearingStep => ({
  ...without(step, 'refused'),
  state: 'asked',
  sendings: step.sendings - 1,
});

export const isPaused = ({ waitsForSignIn }: ClearingStep): boolean => waitsForSignIn === true;

/** What has waited for a sign-in is gone on with, by this process. Who is waited for is said until something is sent. */
export const resumeCancelling = ({ request, steps }: RequestRecord): Change => ({
  request,
  audit: [],
  steps: steps
    .filter(isPaused)
    .map((step) => ({ step: without(step, 'waitsForSignIn'), due: { here: true } as const })),
  work: { run: null },
});

/** Something is sent (again), so nobody is waited for. */
export const goesOn = (request: RemovalRequest): RemovalRequest =>
  request.waitingFor?.why === 'sign-in'
    ? { ...without(request, 'waitingFor'), revision: request.revision + 1 }
    : request;

/** The record of a sending by which nothing was carried out: somebody has to sign in, or its time was over before its first byte. */
export const stepTurnedAway = (
  { request }: RequestRecord,
  { action, actAs, holdingId, requestId, correlationId }: ClearingStep,
  { fault, status, code }: PartnerCenterError,
): AuditEvent => ({
  action: 'step.outcome',
  actor: actAs,
  target: request.customer.id,
  detail: {
    ...{ step: action, subscription: holdingId, requestId, correlationId },
    ...{ fault, status, code, ...uncounted(fault) },
  },
});
