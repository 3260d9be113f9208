import { asPerson } from '../../services/partner-center/partner-center.ts';
import { cleanText } from '../../services/clean-text.ts';
import type { Line, LiveDelegatedAdmin } from '../../services/readiness/readiness.ts';
import type { Passed, RemovalRequest, RequestRecord } from '../../services/requests/request.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import type {
  EndingDelegatedAdmin,
  EndingRelationship,
  NotEnded,
} from '../../services/requests/delegated-admin/ending-relationships.ts';
import type { RefusedCall } from '../../services/requests/removing/refused-call.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import { CORRELATION_ID, CUSTOMER_ID, IDS, READ_AT, REQUEST_ID } from './readiness-views.ts';

export const REQUESTER_ID = '5b0f7a52-7d1e-4b7c-9a35-2f6f0c9d1e41';
export const APPROVER_ID = 'c2a9d3e6-18f4-4d0b-8c57-61b7e04f9a28';
export const OTHER_APPROVER_ID = 'd7b8e4f1-29a5-4e6c-9d18-72c8f15a0b39';
export const UNTIL = '2031-03-12T07:05:06.000Z';
export const COME_BACK_URL =
  'https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=7c1d4f0e';

export const refusedCall = ({ description }: ForeignTexts, call: Partial<RefusedCall> = {}): RefusedCall => ({
  fault: 'refused',
  status: 400,
  code: '600024',
  description,
  ids: IDS,
  ...call,
});

const removal: NonNullable<RemovalRequest['removal']> = {
  requestId: IDS.requestId,
  correlationId: CORRELATION_ID,
  digest: '00'.repeat(32),
  actAs: asPerson(APPROVER_ID),
  sentAt: READ_AT,
  sendings: 1,
};

/** A request that was sent, in some state; `more` is what that state knows besides. */
export function requestOf(
  foreign: ForeignTexts,
  state: RemovalRequest['state'],
  more: Partial<RemovalRequest> = {},
): RemovalRequest {
  const { name, domain, reason } = foreign;
  return {
    schema: 1,
    id: REQUEST_ID,
    kind: 'removal',
    state,
    stateSince: READ_AT,
    revision: 3,
    customer: { id: CUSTOMER_ID, companyName: name, domain },
    requester: { id: REQUESTER_ID, name },
    openedAt: READ_AT,
    form: { reason, domain, ticket: cleanText(name, 60), notice: true, nextProvider: true, approver: APPROVER_ID },
    sentAt: READ_AT,
    approvers: [{ id: APPROVER_ID, name }],
    approvalsRequired: 1,
    approvals: [],
    approveBy: UNTIL,
    ...more,
  };
}

export const planOf = ({ domain }: ForeignTexts, lines: readonly Line[]): NonNullable<RemovalRequest['plan']> => ({
  readAt: READ_AT,
  digest: '00'.repeat(32),
  facts: { customerId: CUSTOMER_ID, domain, resellers: [], holdings: [], policyVersion: 1 },
  lines: lines.filter(({ group }) => group !== 'blocks'),
  inactive: [],
});

/** Delegated administration as an approver sees it: with and without roles and an end, and more than a card shows. */
export const everyDelegatedAdmin = ({ name }: ForeignTexts): readonly LiveDelegatedAdmin[] => [
  { id: '1', name, autoExtends: false },
  { id: '2', name, roles: 1, endsAt: UNTIL, autoExtends: false },
  { id: '3', name, roles: 5, endsAt: UNTIL, autoExtends: true },
  ...Array.from({ length: 20 }, (_, n) => ({ id: `${n + 4}`, name, roles: 21, autoExtends: false })),
];

const WHYS: readonly NotEnded[] = [
  ...(['unread', 'throttled', 'sign-in', 'role-missing', 'no-answer', 'refused', 'not-active', 'not-seen'] as const),
  ...(['restored', 'no-longer-allowed'] as const),
];

/** A removal that is done, and the end of delegated administration at every point. */
function everyEnding(foreign: ForeignTexts, done: RemovalRequest): Readonly<Record<string, RemovalRequest>> {
  const { name, reason, domain, status } = foreign;
  const planned = everyDelegatedAdmin(foreign);
  const form = { reason, domain, notice: true, nextProvider: true, endDelegatedAdmin: true, approver: APPROVER_ID };
  const of = (
    relationships: readonly Partial<EndingRelationship>[],
    more: Partial<EndingDelegatedAdmin> = {},
  ): RemovalRequest => ({
    ...done,
    form,
    plan: { ...planOf(foreign, []), delegatedAdmin: planned },
    delegatedAdmin: {
      relationships: relationships.map((one, n) => ({
        ...{ id: `${n}`, name, state: 'asked', sendings: 0, looks: 0 },
        ...one,
      })),
      later: [],
      until: UNTIL,
      pauses: 0,
      ...more,
    },
  });
  const refused = refusedCall(foreign, { fault: 'forbidden', status: 403, code: 'Authorization_RequestDenied' });
  const ended = { endedAt: READ_AT };
  return {
    'done, delegated administration is next': of([{}]),
    'done, delegated administration is being ended': of([{ state: 'accepted', why: 'not-seen' }, { state: 'done' }]),
    'done, delegated administration has ended': of([{ state: 'done' }], ended),
    'done, delegated administration came later': of([{ state: 'done' }], { ...ended, later: [name] }),
    'done, much delegated administration is left': of(
      Array.from({ length: 300 }, () => ({ why: 'refused' as const, refused })),
      { ...ended, later: Array.from({ length: 300 }, () => name) },
    ),
    'done, delegated administration waits for each reason': of(WHYS.map((why) => ({ why, status, refused }))),
    'done, delegated administration is left for each reason': of(
      WHYS.map((why) => ({ why, status })),
      ended,
    ),
  };
}

export const recordOf = (request: RemovalRequest, steps: readonly ClearingStep[] = []): RequestRecord => ({
  request,
  steps,
  shown: () => undefined,
});

/** The approver has passed it on, or whoever asked has. */
export const passOf = ({ name }: ForeignTexts, by = APPROVER_ID): Passed => ({
  from: { id: APPROVER_ID, name },
  to: { id: OTHER_APPROVER_ID, name },
  by: { id: by, name },
  at: READ_AT,
});

/** A request at every point of its life, by a name that says which. */
export function everyRequest(foreign: ForeignTexts): Readonly<Record<string, RemovalRequest>> {
  const { name, reason } = foreign;
  const approver = { id: APPROVER_ID, name };
  const approval = { by: approver, at: READ_AT, comment: reason };
  const requester = { id: REQUESTER_ID, name };
  const approved = { approvals: [approval], executeBy: UNTIL, executor: approver };
  const sent = { ...approved, removal };
  const refused = refusedCall(foreign);
  const signInRefused = refusedCall(foreign, {
    ...{ fault: 'unauthorised', status: 401, code: '900421', meaning: 'needs-mfa' },
  });
  const of = (state: RemovalRequest['state'], more: Partial<RemovalRequest> = {}): RemovalRequest =>
    requestOf(foreign, state, more);
  const asked = { reason, domain: foreign.domain, notice: true, nextProvider: true, approver: APPROVER_ID };
  const done = of('done', {
    ...sent,
    removal: { ...removal, acceptedAt: READ_AT, goneAt: READ_AT },
    comeBackUrl: COME_BACK_URL,
  });
  return {
    'being sent': of('draft', { sendingSince: READ_AT }),
    'planned for another day': of('draft', { sendingSince: READ_AT, plannedFor: { day: '2031-03-12', most: 10 } }),
    'waiting for its requester to be sent': of('draft', {
      ...{ sendingSince: READ_AT, plannedFor: { day: '2031-03-12', most: 10 } },
      waitingFor: { why: 'sign-in', since: READ_AT, nextLookAt: READ_AT, looks: 0 },
    }),
    'planned, and withdrawn': of('abandoned', { plannedFor: { day: '2031-03-12', most: 1 } }),
    'not sent': of('draft', { notSent: { why: 'blocked', at: READ_AT } }),
    pending: of('pending'),
    'pending with delegated administration to be ended': of('pending', {
      form: { ...asked, endDelegatedAdmin: true },
      plan: { ...planOf(foreign, []), delegatedAdmin: everyDelegatedAdmin(foreign) },
    }),
    'pending with delegated administration to be left': of('pending', { form: { ...asked, endDelegatedAdmin: false } }),
    'pending with one of two approvals': of('pending', { approvalsRequired: 2, approvals: [approval] }),
    'pending, passed on': of('pending', {
      approvers: [{ id: OTHER_APPROVER_ID, name }],
      passed: [passOf(foreign)],
    }),
    'pending, and reminded of': of('pending', { chased: { reminded: 2 } }),
    ...Object.fromEntries(
      (['asked', 'told', 'unreachable'] as const).map((as) => [
        `pending, and others ${as}`,
        of('pending', {
          chased: {
            ...{ reminded: 1, warned: true },
            escalated: { as, at: READ_AT, ...(as !== 'unreachable' && { to: { id: OTHER_APPROVER_ID, name } }) },
          },
        }),
      ]),
    ),
    'pending without ticket and ticks': of('pending', {
      form: { reason, domain: foreign.domain, notice: false, nextProvider: false, approver: APPROVER_ID },
    }),
    approved: of('approved', approved),
    ...Object.fromEntries(
      (['unread', 'throttled', 'sign-in'] as const).map((why) => [
        `approved and waiting: ${why}`,
        of('approved', { ...approved, waitingFor: { why, looks: 1, nextLookAt: UNTIL } }),
      ]),
    ),
    'approved and waiting: remove-now': of('approved', {
      ...approved,
      executor: requester,
      waitingFor: { why: 'remove-now', since: READ_AT, looks: 0 },
    }),
    'approved and waiting for its requester: sign-in': of('approved', {
      ...approved,
      executor: requester,
      waitingFor: { why: 'sign-in', looks: 0, nextLookAt: UNTIL },
    }),
    executing: of('executing', sent),
    'executing and waiting: sign-in': of('executing', {
      ...sent,
      waitingFor: { why: 'sign-in', looks: 0, nextLookAt: UNTIL, refused: signInRefused },
    }),
    'unknown and waiting: sign-in': of('unknown', {
      ...sent,
      waitingFor: { why: 'sign-in', looks: 1, nextLookAt: UNTIL },
    }),
    'executing and throttled': of('executing', {
      ...sent,
      waitingFor: { why: 'throttled', looks: 1, nextLookAt: UNTIL, refused },
    }),
    verifying: of('verifying', { ...sent, waitingFor: { why: 'still-listed', looks: 1, nextLookAt: UNTIL } }),
    'unknown without an answer': of('unknown', {
      ...sent,
      waitingFor: { why: 'no-answer', looks: 1, nextLookAt: UNTIL, refused: { ...refused, fault: 'unavailable' } },
    }),
    'unknown and still listed': of('unknown', {
      ...sent,
      removal: { ...removal, acceptedAt: READ_AT },
      waitingFor: { why: 'still-listed', looks: 9, nextLookAt: UNTIL },
    }),
    blocked: of('blocked', { ...sent, refused }),
    'blocked and not sent again': of('blocked', { ...sent, refused: { fault: 'not-resent', ids: IDS } }),
    done,
    ...everyEnding(foreign, done),
    'done, some of it seen to': {
      ...done,
      plan: planOf(foreign, [
        { group: 'to-know', kind: 'delegated-admin', names: [name] },
        { group: 'to-know', kind: 'azure-roles' },
        {
          ...{ group: 'may-block', kind: 'holding', holdingId: 'h', class: 'new-commerce-licence', name, quantity: 3 },
          ...{ status: 'suspended', remedies: [], billedUntil: UNTIL },
        },
      ]),
      ticked: [{ point: 'azure-roles', by: approver, at: READ_AT }],
    },
    'done without a link': of('done', { ...sent, removal: { ...removal, goneAt: READ_AT } }),
    declined: of('declined', { declined: { by: approver, at: READ_AT, reason } }),
    withdrawn: of('withdrawn'),
    expired: of('expired'),
    'void by drift': of('void', {
      ...approved,
      voided: {
        why: 'drift',
        drift: [
          { kind: 'new', name, class: 'legacy-licence', quantity: 4 },
          { kind: 'more', name, from: 4, to: 9 },
          { kind: 'less', name, from: 9, to: 4 },
          { kind: 'blocks-now', name },
          { kind: 'blocks-less', name },
          { kind: 'gone', name },
          { kind: 'domain', from: foreign.domain, to: foreign.domain },
          { kind: 'reseller', partnerId: foreign.status },
          { kind: 'policy', from: 1, to: 2 },
        ],
      },
    }),
    'void by much drift': of('void', {
      ...approved,
      voided: {
        why: 'drift',
        drift: Array.from(
          { length: 300 },
          () => ({ kind: 'new', name, class: 'legacy-licence', quantity: 4 }) as const,
        ),
      },
    }),
    'void since something blocks': of('void', { ...approved, voided: { why: 'blocked', drift: [] } }),
    'void since the requester is none any more': of('void', {
      ...approved,
      voided: { why: 'no-longer-requester', drift: [] },
    }),
    'void since the approver is none any more': of('void', {
      ...approved,
      voided: { why: 'no-longer-approver', drift: [] },
    }),
    'void since a restore, and undecided': of('void', { voided: { why: 'restored', drift: [] } }),
    'void, and the customer gone': of('void', { ...approved, voided: { why: 'gone', drift: [] } }),
    'void, and the customer gone before our call was sent': of('void', {
      ...sent,
      ...{ removal: { ...removal, sendings: 0, isUnsent: true }, voided: { why: 'gone', drift: [] } },
    }),
    'void, and the customer gone after a refusal': of('void', {
      ...sent,
      ...{ refused, voided: { why: 'gone', drift: [] } },
    }),
    abandoned: of('abandoned'),
    'abandoned, and the customer gone': of('abandoned', { voided: { why: 'gone', drift: [] } }),
    'pending, and the card not shown': of('pending', { undelivered: [approver.id] }),
    closed: of('closed', { ...sent, closed: { by: approver, at: READ_AT, reason } }),
  };
}
