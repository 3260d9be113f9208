import assert from 'node:assert/strict';
import { MINUTE_MS, HOUR_MS, SECOND_MS } from '../../../services/clock.ts';
import { asPerson } from '../../../services/partner-center/partner-center.ts';
import { createRoles } from '../../../services/people/roles.ts';
import type { CustomerRead } from '../../../services/requests/deciding/access.ts';
import type { Change } from '../../../services/requests/change.ts';
import { approve, decline, withdraw, type Click } from '../../../services/requests/deciding/deciding.ts';
import {
  intendRemoval,
  removalAnswered,
  removalDone,
  removalRefused,
  removalUnanswered,
  voidRequest,
} from '../../../services/requests/removing/executing.ts';
import { lapse } from '../../../services/requests/deciding/lapsing.ts';
import type { StateName } from '../../../services/requests/life.ts';
import { moveTo, type RequestPolicy } from '../../../services/requests/moves.ts';
import { openDraft } from '../../../services/requests/sending/opening.ts';
import type { RemovalRequest, RequestForm, RequestRecord } from '../../../services/requests/request.ts';
import type { RefusedCall } from '../../../services/requests/removing/refused-call.ts';
import type { ClearingStep } from '../../../services/requests/clearing/clearing-step.ts';
import { askToSend, sendAfterReading } from '../../../services/requests/sending/sending.ts';
import { UNDO_POLICY } from '../../../services/requests/giving-back/undo-clock.ts';
import { assess, contoso, NOW } from '../readiness/holdings-of.ts';

export { contoso, NOW };
export const after = (ms: number, from: Date = NOW): Date => new Date(from.getTime() + ms);

/** Ada asks; Bo and Cy may approve. Some have a second account. */
export const ada = { id: 'ada', name: 'Ada' };
export const adaAdmin = { id: 'ada-admin', name: 'Ada (admin)' };
export const bo = { id: 'bo', name: 'Bo' };
export const boAdmin = { id: 'bo-admin', name: 'Bo (admin)' };
export const cy = { id: 'cy', name: 'Cy' };
export const eve = { id: 'eve', name: 'Eve' };
export const roles = createRoles({
  requesters: ['ada', 'bo'],
  approvers: ['ada', 'ada-admin', 'bo', 'bo-admin', 'cy'],
  auditors: [],
  samePerson: [
    ['ada', 'ada-admin'],
    ['bo', 'bo-admin'],
  ],
});

export const policy: RequestPolicy = {
  approvalsRequired: 1,
  approvalTtlMs: 72 * HOUR_MS,
  executionTtlMs: HOUR_MS,
  executeAs: 'approver',
  draftTtlMs: 24 * HOUR_MS,
  verifyEveryMs: 15 * SECOND_MS,
  verifyForMs: 30 * MINUTE_MS,
  chase: { remindAfterMs: 4 * HOUR_MS, escalateAfterMs: 24 * HOUR_MS },
  undo: UNDO_POLICY,
};
export const twoNeeded: RequestPolicy = { ...policy, approvalsRequired: 2 };

export const form: RequestForm = {
  reason: 'They move to another partner.',
  domain: 'contoso.com',
  notice: true,
  nextProvider: true,
  approver: 'bo',
};
export const ids = { requestId: 'request-id-1', correlationId: 'correlation-id-1' };
export const refusedBySomething: RefusedCall = { fault: 'refused', status: 400, code: '900', description: 'No.', ids };

export const recordFor = (request: RemovalRequest, steps: readonly ClearingStep[] = []): RequestRecord => ({
  request,
  steps,
  shown: () => undefined,
});
/** Somebody presses on the card as it is, and can read the customer. */
export const by = (person: Click['person']): Click & { readonly read: CustomerRead } => ({
  person,
  isCurrent: () => true,
  read: { actAs: asPerson(person.id), correlationId: 'correlation-id-0' },
});

/** The change that a rule makes; fails when it refuses. */
export function changeOf(decided: Change | { readonly kind: 'refused'; readonly why: unknown } | undefined): Change {
  assert.ok(decided !== undefined && 'request' in decided, `refused: ${JSON.stringify(decided)}`);
  return decided;
}
/** Why a rule refuses; fails when it does not. */
export function whyOf(decided: Change | { readonly kind: 'refused'; readonly why: unknown }): unknown {
  assert.ok(!('request' in decided), 'it was not refused');
  return decided.why;
}

/** A request in some state, come there by the rules themselves, all at one moment. */
export function requestIn(state: StateName, { with: withPolicy = policy } = {}): RemovalRequest {
  const from = (before: StateName): RequestRecord => recordFor(requestIn(before, { with: withPolicy }));
  switch (state) {
    case 'draft':
      return openDraft(NOW, withPolicy, { id: 'request-1', customer: contoso, requester: ada }).request;
    case 'pending': {
      const sending = askToSend(from('draft'), NOW, { form, approvers: [bo, cy] }).request;
      return sendAfterReading(recordFor(sending), NOW, withPolicy, assess({})).request;
    }
    case 'approved':
      return changeOf(approve(from('pending'), NOW, withPolicy, roles, by(bo))).request;
    case 'executing':
      return intendRemoval(from('approved'), NOW, { actAs: asPerson('bo'), ...ids }).request;
    case 'verifying':
      return removalAnswered(from('executing'), NOW, withPolicy, { status: 200, ids }).request;
    case 'unknown':
      return removalUnanswered(from('executing'), NOW, withPolicy, 'no-answer').request;
    case 'blocked':
      return removalRefused(from('executing'), NOW, refusedBySomething).request;
    case 'done':
      return removalDone(from('verifying'), NOW, undefined).request;
    case 'declined':
      return changeOf(decline(from('pending'), NOW, roles, { ...by(bo), reason: 'Not before the audit.' })).request;
    case 'withdrawn':
      return changeOf(withdraw(from('pending'), NOW, roles, by(ada))).request;
    case 'expired':
      return changeOf(lapse(from('pending'), after(withPolicy.approvalTtlMs), withPolicy)).request;
    case 'void':
      return voidRequest(from('approved'), NOW, 'drift').request;
    case 'abandoned':
      return changeOf(withdraw(from('draft'), NOW, roles, by(ada))).request;
    case 'closed':
      return moveTo(requestIn('unknown'), 'closed', NOW);
  }
}
