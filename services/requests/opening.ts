import { instant, later } from '../clock.ts';
import type { RequestId } from '../ids.ts';
import type { Customer } from '../partner-center/partner-center.ts';
import type { PersonRef } from '../people/person.ts';
import type { Change } from './change.ts';
import { byPerson, type RequestPolicy } from './moves.ts';
import type { ClearingStep } from './clearing-step.ts';

/** A new draft, opened by the first change for a customer or by asking for the removal. */
export function openDraft(
  now: Date,
  policy: RequestPolicy,
  opened: {
    readonly id: RequestId;
    readonly customer: Customer;
    readonly requester: PersonRef;
    readonly previous?: RequestId;
    /** What the request before it has left suspended, which is this one's from now on. */
    readonly takenOver?: readonly ClearingStep[];
  },
): Change {
  const { id, customer, requester, previous, takenOver = [] } = opened;
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
          ...(takenOver.length > 0 && { suspended: takenOver.map(({ holdingId }) => holdingId) }),
        },
      },
    ],
    ...(takenOver.length > 0 && { steps: takenOver.map((step) => ({ step })) }),
    work: { clock: { at: later(now, policy.draftTtlMs) } },
  };
}
