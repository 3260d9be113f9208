import type { AuditView } from '../../cards/audit-card.ts';
import type { FoundEntriesView } from '../../cards/found-entries-card.ts';
import type { AuditEntry, AuditEvent } from '../../services/audit/audit-chain.ts';
import type { UserId } from '../../services/ids.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import { CORRELATION_ID, CUSTOMER_ID, customerOf, NONCE, READ_AT, REQUEST_ID } from './readiness-views.ts';
import { APPROVER_ID, REQUESTER_ID } from './request-records.ts';

const person = (id: UserId): AuditEvent['actor'] => `person:${id}`;
export const UNKNOWN_ID = '9c1f7a52-7d1e-4b7c-9a35-2f6f0c9d1e99';
export const HEAD = 'ab'.repeat(32);
const MAC = 'cd'.repeat(32);

/** An entry of every kind there is, with what others wrote where that is kept. */
export function everyEntry({ reason, description }: ForeignTexts): readonly AuditEntry[] {
  const [requester, approver] = [person(REQUESTER_ID), person(APPROVER_ID)];
  const asked = (['suspend', 'reactivate', 'auto-renew-off'] as const).map((step): AuditEvent => ({
    ...{ action: 'step.asked', actor: requester },
    detail: { step, subscriptions: [CUSTOMER_ID] },
  }));
  const steps = (['removal', 'suspend', 'reactivate', 'auto-renew-off', 'cancel', 'delegated-admin'] as const).flatMap(
    (step): readonly AuditEvent[] => [
      {
        action: 'step.intent',
        actor: approver,
        detail: { step, correlationId: CORRELATION_ID, digest: 'ef'.repeat(32) },
      },
      { action: 'step.outcome', actor: approver, detail: { step, status: 400, code: '600024', fault: 'refused' } },
      { action: 'step.verified', actor: 'bot', detail: { step, correlationId: CORRELATION_ID } },
    ],
  );
  const plain = [
    'opened',
    'sending',
    'approved',
    'withdrawn',
    'abandoned',
    'expired',
    'continued',
    'closed',
    'remove-now',
  ] as const;
  const whys = [
    ...['own-request', 'not-an-approver', 'not-the-requester', 'drift', 'blocked', 'gone', 'no-longer-requester'],
    ...['no-longer-approver', 'unread', 'wrong-domain', 'not-seen', 'reconciled', 'no-answer', 'ended', description],
    ...['not-a-requester', 'overtaken', 'active-already', 'gone-already', 'no-access', 'no-relationship', 'sign-in'],
    ...['ended-already', 'throttled', 'role-missing', 'refused', 'not-active', 'restored', 'no-longer-allowed'],
    ...['unread-delegated-admin', 'not-asked', 'has-a-part', 'not-unknown', 'nothing-left', 'not-cancellable'],
    ...['no-time', 'window-is-over', 'more', 'too-late', 'not-approved', 'unreadable', 'not-done', 'passed-on'],
    ...['not-an-auditor', 'no-role', 'not-theirs', 'no-sign-in', 'restored-gone', 'still-listed'],
  ];
  const events: readonly AuditEvent[] = [
    ...plain.map((name): AuditEvent => ({ action: `request.${name}`, actor: requester, target: CUSTOMER_ID })),
    {
      action: 'request.sent',
      actor: requester,
      detail: { reason, ticket: reason, notice: true, approvers: [APPROVER_ID] },
    },
    { action: 'request.approved', actor: approver, detail: { comment: reason, approvals: 1, of: 2 } },
    { action: 'cancellation.ended', actor: 'bot', detail: { done: 3, of: 4 } },
    { action: 'cancellation.begun', actor: 'bot', target: CUSTOMER_ID },
    { action: 'approval.undelivered', actor: 'bot', target: APPROVER_ID },
    { action: 'request.declined', actor: approver, detail: { reason } },
    { action: 'request.taken-over', actor: approver, detail: { from: REQUESTER_ID, correlationId: CORRELATION_ID } },
    ...(['reminded', 'expiring', 'escalated', 'still-unknown'] as const).map((name): AuditEvent => ({
      action: `request.${name}`,
      actor: 'bot',
      target: CUSTOMER_ID,
    })),
    { action: 'request.passed', actor: approver, detail: { from: APPROVER_ID, to: UNKNOWN_ID } },
    { action: 'request.not-sent', actor: 'bot', detail: { why: 'unread' } },
    { action: 'request.planned', actor: 'bot', detail: { day: '2031-03-12' } },
    { action: 'suspension.asked', actor: requester, detail: { subscriptions: [CUSTOMER_ID] } },
    ...asked,
    ...steps,
    ...whys.map((why): AuditEvent => ({ action: 'refused', actor: person(UNKNOWN_ID), detail: { why } })),
    { action: 'request.void', actor: 'bot', detail: { why: 'drift', drift: ['{}'] } },
    { action: 'delegated-admin.left-open', actor: 'bot', detail: { relationship: '1', why: 'role-missing' } },
    { action: 'open-point.ticked', actor: approver, detail: { point: 'azure-roles' } },
    { action: 'open-point.unticked', actor: requester, detail: { point: description } },
    { action: 'undo.reminded', actor: 'bot', detail: { to: REQUESTER_ID, subscriptions: [CUSTOMER_ID] } },
    { action: 'audit.searched', actor: approver, detail: { named: description } },
    { action: 'audit.lost', actor: 'bot', detail: { events: 12 } },
    { action: 'spool.refused', actor: 'bot', detail: { file: description } },
  ];
  // Of another version.
  const others: readonly Pick<AuditEntry, 'action' | 'actor'>[] = [{ action: 'step.elsewhere', actor: 'bot' }];
  return [...events, ...others].map((event, n) => ({ ...event, seq: n + 1, at: READ_AT, prev: MAC, mac: MAC }));
}

/** The record of a request that has had everything happen to it. */
export function auditView(foreign: ForeignTexts, more: Partial<AuditView> = {}): AuditView {
  const entries = everyEntry(foreign);
  return {
    requestId: REQUEST_ID,
    customer: customerOf(foreign),
    verdict: { kind: 'intact', head: HEAD, entries: entries.length },
    entries,
    names: new Map([
      [REQUESTER_ID, foreign.name],
      [APPROVER_ID, foreign.name],
    ]),
    things: new Map([[CUSTOMER_ID, foreign.name]]),
    nonce: NONCE,
    ...more,
  };
}

/** What was found over several requests and what belongs to none, eight entries of it. */
export function foundView(foreign: ForeignTexts, more: Partial<FoundEntriesView> = {}): FoundEntriesView {
  const requests = [REQUEST_ID, REQUEST_ID, UNKNOWN_ID, undefined];
  return {
    sought: {},
    entries: everyEntry(foreign)
      .filter(({ action }) => /^(request\.(sent|approved|declined)|refused|step\.outcome)$/.test(action))
      .slice(0, 8)
      .map((entry, at) => {
        const requestId = requests[at % requests.length];
        return {
          entry,
          place: `${entry.at} ${entry.seq} request:${REQUEST_ID}`,
          who: foreign.name,
          ...(requestId !== undefined && { customer: foreign.name, request: { requestId, nonce: NONCE } }),
        };
      }),
    isFurther: false,
    unreadable: 0,
    ...more,
  };
}
