import type { RequestId } from '../../ids.ts';
import type { PartnerCenter } from '../../partner-center/partner-center.ts';
import type { Claim } from '../../storage/claim.ts';
import { stepKey } from '../change.ts';
import { isOpen } from './clearing-step.ts';
import { runCancelStep, type CancelStepParts } from '../cancelling/run-cancel-step.ts';
import { runClearingStep, type ClearingStepParts } from './run-clearing-step.ts';
import { createSharedLooks } from './shared-looks.ts';
import { StepRun } from './step-run.ts';

export type StepRunnerParts = Omit<ClearingStepParts & CancelStepParts, 'looks'> & {
  readonly partnerCenter: Pick<PartnerCenter, 'subscriptions'>;
};

/**
 * Carries one step further: reads what it is about, and only where the change is still to be made stores the intent and
 * sends it. Called again until the step has ended; whatever happened in between, reading comes first, and a change
 * without an answer is sent again under the same `MS-RequestId`.
 */
export function createStepRunner(parts: StepRunnerParts) {
  const looks = createSharedLooks(parts.partnerCenter);
  return async (id: RequestId, key: string, claim: Claim): Promise<void> => {
    const record = await parts.requests.read(id);
    const step = record?.steps.find((one) => stepKey(one) === key);
    if (record === undefined || step === undefined || !isOpen(step)) return;
    const run = new StepRun({ ...parts, looks }, record, step, claim);
    return step.action === 'cancel' ? runCancelStep(parts, run) : runClearingStep(parts, run);
  };
}

export type StepRunner = ReturnType<typeof createStepRunner>;
