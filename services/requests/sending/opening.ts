import { instant, later } from '../../clock.ts';
import type { RequestId } from '../../ids.ts';
import type { Customer } from '../../partner-center/partner-center.ts';
import type { PersonRef } from '../../people/person.ts';
import { stepKey, type Change } from '../change.ts';
import { STEPS_PER_CHANGE } from '../clearing/clearing.ts';
import { byPerson, type RequestPolicy } from '../moves.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';
import type { OfBatch, RequestRecord } from '../request.ts';

/** A new draft, opened by the first change for a customer or by asking for the removal. */
export function openDraft(
  now: Date,
  policy: RequestPolicy,
  opened: {
    readonly id: RequestId;
    readonly customer: Customer;
    readonly requester: PersonRef;
    readonly previous?: RequestId;
    /** What the request before it has left suspended, which is this one's from now on; as much as one commit takes. */
    readonly takenOver?: readonly ClearingStep[];
    /** Where several are worked on together. */
    readonly batch?: OfBatch;
  },
): Change {
  const { id, customer, requester, previous, takenOver = [], batch } = opened;
  return {
    request: {
      schema: 1,
      id,
      kind: 'removal',
      state: 'draft',
      stateSince: instant(now),
      revision: 1,
      customer: { id: customer.id, companyName: customer.companyName, domain: customer.domain },
      requester,
      openedAt: instant(now),
      ...(previous !== undefined && { previous }),
      ...(batch && { batch }),
      approvers: [],
      approvalsRequired: policy.approvalsRequired,
      approvals: [],
    },
    audit: [
      {
        action: 'request.opened',
        actor: byPerson(requester.id),
        target: customer.id,
        detail: {
          domain: customer.domain,
          previous,
          ...(batch && { batch: batch.id }),
          ...(takenOver.length > 0 && { suspended: takenOver.map(({ holdingId }) => holdingId) }),
        },
      },
    ],
    ...(takenOver.length > 0 && { steps: takenOver.slice(0, STEPS_PER_CHANGE).map((step) => ({ step })) }),
    work: { clock: { at: later(now, policy.draftTtlMs) } },
  };
}

/**
 * What one commit did not take of what the request before it has left suspended; `undefined` where all of it is taken over.
 * What was taken over is never taken again, whatever has become of it.
 */
export function takeOverMore({ request, steps }: RequestRecord, all: readonly ClearingStep[]): Change | undefined {
  const known = new Set(steps.map(stepKey));
  const left = all.filter((step) => !known.has(stepKey(step))).slice(0, STEPS_PER_CHANGE);
  return left.length === 0 ? undefined : { request, audit: [], steps: left.map((step) => ({ step })) };
}
