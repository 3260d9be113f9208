import { approvalCard, confirmApproveCard, confirmDeclineCard } from '../../cards/approval-card.ts';
import { cancellationFormCard, type CancellationFormView } from '../../cards/cancellation-form-card.ts';
import { requestListCard } from '../../cards/request-list-card.ts';
import { movedCard, requestCard, withdrawCard, type RequestView } from '../../cards/request-card.ts';
import type { FormProblem } from '../../cards/form-inputs.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { HoldingClass } from '../../services/readiness/readiness.ts';
import { waitsForPerson } from '../../services/requests/removing/carrying-out.ts';
import { standingOfCancellation } from '../../services/requests/cancelling/cancellation.ts';
import type { RemovalRequest, RequestRecord, ToCancel } from '../../services/requests/request.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import { CORRELATION_ID, customerOf, guidNumber, NONCE, READ_AT, stepOf, TERM_END } from './readiness-views.ts';
import { APPROVER_ID, recordOf, refusedCall, requestOf, REQUESTER_ID, UNTIL } from './request-records.ts';
import type { Sketch, Sketches } from './sketch.ts';

const TEAMS_ID = '29:1jW0pQx7bVb2s5rTzKc9uYdE4hFgA6mNnLiOeRtSvUwXyZ0aBcDeFgHiJkLmNoPq';
const LINE = { orderId: 'a7c2e4d1f9b3', lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DW9S' };
const CANCELLED: readonly HoldingClass[] = [
  ...(['new-commerce-licence', 'software-subscription', 'perpetual-software', 'marketplace'] as const),
];

/** So many purchases, of every class that can be cancelled in turn. */
export const cancelsOf = ({ name }: Pick<ForeignTexts, 'name'>, count = CANCELLED.length): readonly ToCancel[] =>
  Array.from({ length: count }, (_, n): ToCancel => {
    const holdingClass = CANCELLED[n % CANCELLED.length] ?? 'new-commerce-licence';
    const isByOrder = holdingClass.includes('software');
    return {
      ...{ holdingId: guidNumber(n + 1), class: holdingClass, name, quantity: n + 1, until: TERM_END },
      ...(isByOrder && { order: LINE }),
    };
  });

/** The step that cancels one of them. */
export const cancelStep = (
  one: ToCancel,
  state: ClearingStep['state'],
  more: Partial<ClearingStep> = {},
): ClearingStep =>
  stepOf(one, state, {
    ...{ action: 'cancel', holdingId: one.holdingId, class: one.class, quantity: one.quantity },
    ...(one.order && { order: one.order }),
    ...more,
  });

const NO_MFA = { fault: 'unauthorised', status: 401, code: '900421', meaning: 'needs-mfa' } as const;

/** States in which what is not one's own to press is drawn too. */
const SEEN_BY_OTHERS: ReadonlySet<RemovalRequest['state']> = new Set(['executing', 'done']);

/** What can become of one purchase, each by a name. */
export const ENDS = (foreign: ForeignTexts): Readonly<Record<string, Partial<ClearingStep>>> => ({
  done: { state: 'done', doneAt: READ_AT, correlationId: CORRELATION_ID },
  'done by others': { state: 'done', doneAt: READ_AT, wasSoBefore: true, sendings: 0 },
  waiting: { state: 'asked', sendings: 0 },
  'waiting for a sign-in': { state: 'asked', sendings: 0, waitsForSignIn: true },
  'on its way': { state: 'sent' },
  accepted: { state: 'accepted', acceptedAt: READ_AT },
  refused: { state: 'failed', refused: refusedCall(foreign, { code: '900150', status: 403, meaning: 'role-missing' }) },
  'past its window': { state: 'failed', refused: refusedCall(foreign, { code: '900117', meaning: 'window-is-over' }) },
  'window seen to be over': { state: 'failed', sendings: 0, endedFor: 'window-is-over' },
  'more than it was': { state: 'failed', sendings: 0, endedFor: 'more' },
  'too late': { state: 'failed', sendings: 0, endedFor: 'too-late' },
  'without an answer': {
    state: 'failed',
    endedFor: 'no-answer',
    refused: refusedCall(foreign, { fault: 'unavailable' }),
  },
  'not done': { state: 'failed', endedFor: 'no-answer', notDoneAt: READ_AT },
});

/** Failed in ways that are told otherwise where they can be read again by hand. */
const TOLD_HERE = (foreign: ForeignTexts): readonly Partial<ClearingStep>[] => [
  { endedFor: 'not-seen', acceptedAt: READ_AT },
  { endedFor: 'unreadable', acceptedAt: READ_AT, unread: refusedCall(foreign, {}) },
  { endedFor: 'restored', sendings: 0 },
  { refused: refusedCall(foreign, {}) },
  ...(['already-deleted', 'changed-meanwhile', 'not-from-this-state'] as const).map((meaning) => ({
    refused: refusedCall(foreign, { meaning }),
  })),
  ...(['cancel-the-subscription', 'no-such-subscription'] as const).map((meaning) => ({
    refused: refusedCall(foreign, { meaning }),
  })),
];

/** A cancellation, with a step for each of these ends. */
export function cancellationOf(
  foreign: ForeignTexts,
  state: RemovalRequest['state'],
  ends: readonly Partial<ClearingStep>[] = [],
  more: Partial<RemovalRequest> = {},
): RequestRecord {
  const cancels = cancelsOf(foreign, Math.max(ends.length, CANCELLED.length));
  const steps = cancels.slice(0, ends.length).map((one, n) => cancelStep(one, ends[n]?.state ?? 'asked', ends[n]));
  return recordOf(requestOf(foreign, state, { kind: 'cancellation', cancels: [...cancels], ...more }), steps);
}

/** A cancellation at every point of its life, by a name that says which. */
export function everyCancellation(foreign: ForeignTexts): Readonly<Record<string, RequestRecord>> {
  const { name, reason } = foreign;
  const ends = ENDS(foreign);
  const end = (...names: string[]): readonly Partial<ClearingStep>[] => names.map((one) => ends[one] ?? {});
  const approver = { id: APPROVER_ID, name };
  const approved = { approvals: [{ by: approver, at: READ_AT, comment: reason }], executeBy: UNTIL };
  const waiting = (why: 'no-answer' | 'still-listed' | 'unread' | 'sign-in') => ({
    ...approved,
    waitingFor: { why, looks: 1, nextLookAt: UNTIL },
  });
  const of = (
    state: RemovalRequest['state'],
    some: readonly Partial<ClearingStep>[] = [],
    more: Partial<RemovalRequest> = {},
  ): RequestRecord => cancellationOf(foreign, state, some, more);
  return {
    'being sent': of('draft', [], { sendingSince: READ_AT }),
    pending: of('pending'),
    'pending with one of two approvals': of('pending', [], { approvalsRequired: 2, approvals: approved.approvals }),
    'pending until a window ends': of('pending', [], { endsWithWindow: true }),
    approved: of('approved', [], approved),
    'approved and waiting': of('approved', [], waiting('unread')),
    'approved and waiting for a sign-in': of('approved', [], waiting('sign-in')),
    'executing and waiting for a sign-in': of('executing', end('done', 'waiting for a sign-in'), {
      ...approved,
      waitingFor: { why: 'sign-in', looks: 0, nextLookAt: UNTIL, refused: refusedCall(foreign, NO_MFA) },
    }),
    'unknown and waiting for a sign-in': of('unknown', end('done', 'without an answer'), waiting('sign-in')),
    executing: of('executing', end('done', 'on its way', 'accepted', 'waiting'), approved),
    verifying: of('verifying', end('done'), approved),
    'unknown without an answer': of('unknown', end('done', 'without an answer'), waiting('no-answer')),
    'unknown and not shown yet': of(
      'unknown',
      [{ ...ends['without an answer'], acceptedAt: READ_AT }],
      waiting('still-listed'),
    ),
    'blocked, can go on': of('blocked', end('done', 'refused', 'not done'), approved),
    'blocked for good': of('blocked', end('done', 'past its window', 'window seen to be over', 'too late'), approved),
    'blocked in every way': of('blocked', Object.values(ends), approved),
    'blocked, with what cannot be read again here': of(
      'blocked',
      TOLD_HERE(foreign).map((one) => ({ state: 'failed', ...one })),
      approved,
    ),
    done: of('done', end('done', 'done by others'), approved),
    declined: of('declined', [], { declined: { by: approver, at: READ_AT, reason } }),
    withdrawn: of('withdrawn'),
    'withdrawn after some': of('withdrawn', end('done', 'refused'), approved),
    expired: of('expired'),
    'expired with its window': of('expired', end('done', 'past its window'), { ...approved, endsWithWindow: true }),
    'void by drift': of('void', [], {
      ...approved,
      voided: {
        why: 'drift',
        drift: [
          { kind: 'more', name, from: 4, to: 9 },
          { kind: 'not-cancellable', name },
          { kind: 'domain', from: foreign.domain, to: foreign.domain },
        ],
      },
    }),
    ...Object.fromEntries(
      (['nothing-left', 'gone', 'restored', 'no-longer-requester', 'no-longer-approver'] as const).map((why) => [
        `void: ${why}`,
        of('void', [], { ...approved, voided: { why, drift: [] } }),
      ]),
    ),
    'void since a restore, and undecided': of('void', [], { voided: { why: 'restored', drift: [] } }),
    abandoned: of('abandoned'),
    'abandoned, and the customer gone': of('abandoned', [], { voided: { why: 'gone', drift: [] } }),
    closed: of('closed', end('without an answer'), approved),
    'pending for many': recordOf(
      requestOf(foreign, 'pending', { kind: 'cancellation', cancels: [...cancelsOf(foreign, 40)] }),
    ),
  };
}

/** Asking for a cancellation, deciding on it, and what becomes of it, on every card that shows it. */
export function cancellationCards(foreign: ForeignTexts, texts: Texts): Sketches {
  return { ...formCards(foreign, texts), ...lifeCards(foreign, texts) };
}

/** With each field, and with the form as a whole. */
export const everyProblem = ({ name }: ForeignTexts): readonly FormProblem[] => [
  ...(['reason', 'domain', 'ticket', 'approver', 'holdings'] as const).map((field) => ({ field, text: name })),
  { text: name },
];

function formCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const person = { id: APPROVER_ID, name: foreign.name, teamsId: TEAMS_ID, locale: 'en-US' };
  const cancels = cancelsOf(foreign);
  const ask = (view: Partial<CancellationFormView>): Sketch => ({
    card: cancellationFormCard(
      {
        ...{ customer: customerOf(foreign), cancels, chosen: [guidNumber(2)], filledIn: {} },
        ...{ approvers: [{ id: APPROVER_ID, person }, { id: REQUESTER_ID }], nonce: NONCE, isSandbox: false },
        ...view,
      },
      texts,
    ),
  });
  const filledIn = { reason: foreign.reason, domain: foreign.domain, ticket: foreign.name, approver: APPROVER_ID };
  return {
    'cancellation form: one chosen': ask({}),
    'cancellation form: all chosen, in a sandbox': ask({
      chosen: cancels.map(({ holdingId }) => holdingId),
      isSandbox: true,
    }),
    'cancellation form: refused': ask({ filledIn, chosen: [], problems: everyProblem(foreign) }),
    'cancellation form: nothing to cancel': ask({ cancels: [], problems: [{ text: foreign.name }] }),
    'cancellation form: three hundred': ask({ cancels: cancelsOf(foreign, 300), chosen: [guidNumber(299)] }),
  };
}

function lifeCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const sketches = Object.entries(everyCancellation(foreign)).flatMap(([point, record]) => {
    const cancellation = standingOfCancellation(record);
    const seen = { record, openPoints: [], teamsId: TEAMS_ID, nonce: NONCE, isSandbox: false };
    const view = { ...seen, ...(cancellation && { cancellation }) };
    const isPending = record.request.state === 'pending';
    const canSignIn = waitsForPerson(record.request) === 'sign-in';
    const mine = (more: Partial<RequestView> = {}) =>
      requestCard({ ...view, isRequester: true, canWithdraw: true, ...more }, texts);
    const shown = (name: string, card: Sketch['card']): readonly [string, Sketch] => [
      `${name}: ${point}`,
      { card, kind: 'request' },
    ];
    const both = [
      shown('cancellation of mine', mine()),
      shown('cancellation to approve', approvalCard({ ...view, canDecide: isPending, canSignIn }, texts)),
    ];
    if (!SEEN_BY_OTHERS.has(record.request.state)) return both;
    return [
      ...both,
      shown('cancellation of somebody', mine({ isRequester: false, canWithdraw: false, problem: foreign.name })),
      shown('cancellation approved', approvalCard({ ...view, canDecide: false, decided: 'approved' }, texts)),
    ];
  });
  const many = everyCancellation(foreign)['pending for many'] ?? cancellationOf(foreign, 'pending');
  const decision = { record: many, nonce: NONCE, isSandbox: true };
  return {
    ...Object.fromEntries(sketches),
    'confirm: approve a cancellation': { kind: 'confirm', card: confirmApproveCard(decision, texts) },
    'confirm: decline a cancellation': { kind: 'confirm', card: confirmDeclineCard(decision, texts) },
    'confirm: withdraw a cancellation': {
      kind: 'confirm',
      card: withdrawCard({ ...decision, customerNonce: NONCE }, texts),
    },
    'cancellation that goes on below': { card: movedCard(many, 'below', texts) },
    'all of a cancellation': { card: requestListCard({ ...decision, ...standingIn(many), from: 1 }, texts) },
  };
}

function standingIn(record: RequestRecord) {
  const cancellation = standingOfCancellation(record);
  return cancellation === undefined ? {} : { cancellation };
}
