import { confirmStepCard } from '../../cards/confirm-step-card.ts';
import { customerPickerCard, type CustomerPickerView } from '../../cards/customer-picker-card.ts';
import { dryRunCard } from '../../cards/dry-run-card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { readinessCard } from '../../cards/readiness-card.ts';
import { removeNowCard, requestCard, withdrawCard } from '../../cards/request-card.ts';
import { requestFormCard } from '../../cards/request-form-card.ts';
import { requestsCard } from '../../cards/requests-card.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { HoldingLine, Line } from '../../services/readiness/readiness.ts';
import type { RemovalRequest } from '../../services/requests/request.ts';
import { standingOfCancellation } from '../../services/requests/cancelling/cancellation.ts';
import type { ClearingStep } from '../../services/requests/clearing/clearing-step.ts';
import { cancellationOf, ENDS, everyCancellation } from './cancellation-views.ts';
import type { ForeignTexts } from './foreign-texts.ts';
import {
  customerOf,
  guidNumber,
  holdingLine,
  IDS,
  NONCE,
  offerOf,
  READ_AT,
  readinessOf,
  readinessView,
  REQUEST_ID,
  stepOf,
} from './readiness-views.ts';
import { APPROVER_ID, everyRequest, recordOf, REQUESTER_ID, requestOf } from './request-records.ts';
import type { Sketch, Sketches } from './sketch.ts';

const CLEAR = { kind: 'clear' } as const;
const UNREAD = { fault: 'unavailable', meaning: undefined, ids: IDS } as const;
const TEAMS_ID = '29:1';
const ORDER = { orderId: '20310309', lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DW9S' };
const STATUSES = [
  ...['active', 'suspended', 'pending', 'none', 'unknown', 'expired', 'disabled', 'deleted'],
  ...['pending_review', 'pending_po_upload', 'po_upload_complete', 'po_review_rejected'],
];

/** What hardly anybody ever sees. */
export function seldomCards(foreign: ForeignTexts, texts: Texts): Sketches {
  return {
    ...readinessCards(foreign, texts),
    ...ownCards(foreign, texts),
    ...requestCards(foreign, texts),
  };
}

function readinessCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const { name } = foreign;
  const show = (lines: readonly Line[], view: Parameters<typeof readinessView>[2] = {}): Sketch => ({
    card: readinessCard(
      readinessView(foreign, CLEAR, { readiness: readinessOf(foreign, CLEAR, lines), ...view }),
      texts,
    ),
  });
  const software: HoldingLine = holdingLine(foreign, { class: 'perpetual-software', remedies: [] });
  const done = (action: ClearingStep['action'], n: number): ClearingStep =>
    stepOf(foreign, 'done', { action, holdingId: guidNumber(n), wasSoBefore: true });
  const asked = (action: 'suspend' | 'auto-renew-off'): Sketch => ({
    kind: 'confirm',
    card: confirmStepCard(
      {
        ...{ customer: customerOf(foreign), action, all: false, nonce: NONCE, yesNonce: NONCE, isSandbox: false },
        offers: [offerOf(foreign, { action, class: 'new-commerce-licence', clears: false })],
      },
      texts,
    ),
  });
  const many = Array.from({ length: 300 }, (_, n) => stepOf(foreign, 'done', { holdingId: guidNumber(n + 2) }));
  return {
    'readiness: an order to cancel': show([software], {
      offers: [offerOf(foreign, { action: 'cancel', class: 'perpetual-software', order: ORDER })],
    }),
    'readiness: a draft to drop': show([], { draft: { requestId: REQUEST_ID, nonce: NONCE } }),
    'readiness: being cleared': show([], { underWay: [stepOf(foreign, 'sent')] }),
    'readiness: 300 suspended from here': show([], { steps: many }),
    'readiness: 300 suspended from here, a page of them': show([holdingLine(foreign)], { steps: many, from: 8 }),
    'readiness: suspended from here, to be given back': show([], {
      steps: [stepOf(foreign, 'done')],
      offers: [offerOf(foreign, { action: 'reactivate', clears: false })],
    }),
    'readiness: every status': show(
      STATUSES.map((status, n) => holdingLine({ name, status }, { group: 'may-block', holdingId: guidNumber(n) })),
      { from: 1 },
    ),
    'readiness: a transfer to somebody, and what cannot move': show([
      { ...{ group: 'to-know', kind: 'transfer', holdingId: guidNumber(1), status: 'pending' }, count: 1, to: name },
      holdingLine(foreign, { notTransferable: foreign.description }),
      { group: 'to-know', kind: 'unread-note', source: 'transfer-eligibility', fault: 'unavailable', ids: IDS },
    ]),
    'readiness: steps that were done before, and two that nobody can tell of': show([], {
      steps: [
        done('reactivate', 1),
        done('auto-renew-off', 2),
        stepOf(foreign, 'failed', { holdingId: guidNumber(3), acceptedAt: READ_AT }),
        stepOf(foreign, 'failed', { holdingId: guidNumber(4), endedFor: 'restored' }),
      ],
    }),
    'suspend: access, without a known end': asked('suspend'),
    'auto-renew-off: without a known end': asked('auto-renew-off'),
    'dry run: with cancellations': {
      card: dryRunCard(
        {
          ...{ customer: customerOf(foreign), lines: [], approvers: [name], nonce: NONCE, isSandbox: false },
          run: {
            kind: 'would-remove',
            steps: [
              { kind: 'ask-for-cancellation' },
              { kind: 'cancel', name, holdingId: guidNumber(1) },
              { kind: 'cancel', name, holdingId: guidNumber(2), order: ORDER },
              { kind: 'remove' },
            ],
          },
        },
        texts,
      ),
    },
  };
}

/** Help, the choice of a customer, and the form. */
function ownCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const { name } = foreign;
  const pick = (view: Partial<CustomerPickerView>): Sketch => ({
    isAboutCustomer: false,
    card: customerPickerCard(
      {
        ...{ customers: [], hasMore: false, directory: { kind: 'ready' } },
        found: { kind: 'search', words: name, more: false },
        ...view,
      },
      texts,
    ),
  });
  const unreadSearch = { kind: 'search', words: name, more: false, unread: UNREAD } as const;
  const isNobody = { isRequester: false, isApprover: false, isAuditor: false, personId: REQUESTER_ID };
  return {
    'help: where people sign in': {
      isAboutCustomer: false,
      card: helpCard({ ...isNobody, isRequester: true, signsIn: true }, texts),
    },
    'help: nobody can tell who may do what': {
      isAboutCustomer: false,
      card: helpCard({ ...isNobody, areRolesUnread: true }, texts),
    },
    'picker: nobody found yet': pick({ directory: { kind: 'loading', known: 8 } }),
    'picker: could not be searched': pick({ found: unreadSearch }),
    'picker: could not be searched for others': pick({ found: unreadSearch, customers: [customerOf(foreign)] }),
    'form: approvers who do not have the bot yet': {
      card: requestFormCard(
        {
          ...{ customer: customerOf(foreign), filledIn: {}, nonce: NONCE, isSandbox: false },
          approvers: [
            { id: APPROVER_ID, name, canBeAdded: true },
            { id: REQUESTER_ID, name },
          ],
        },
        texts,
      ),
    },
  };
}

function requestCards(foreign: ForeignTexts, texts: Texts): Sketches {
  const all = everyRequest(foreign);
  const approved = all['approved'] ?? requestOf(foreign, 'approved');
  const show = (request: RemovalRequest): Sketch => ({
    kind: 'request',
    card: requestCard(
      {
        ...{ record: recordOf(request), openPoints: [], teamsId: TEAMS_ID, nonce: NONCE, isSandbox: false },
        ...{ isRequester: true, canWithdraw: false },
      },
      texts,
    ),
  });
  const voided = (why: 'restored' | 'restored-gone'): Sketch =>
    show(requestOf(foreign, 'void', { executeBy: READ_AT, voided: { why, drift: [] } }));
  const waiting = (why: 'roles-unread' | 'clock'): Sketch =>
    show({ ...approved, waitingFor: { why, looks: 0, nextLookAt: READ_AT } });
  const ends = ENDS(foreign);
  const toCancelNow = cancellationOf(foreign, 'approved', [], { waitingFor: { why: 'remove-now', looks: 0 } });
  const refused = cancellationOf(foreign, 'blocked', [ends['past its window'] ?? {}]);
  const cancellation = (record: typeof refused, waitsForMe?: 'remove-now'): Sketch => {
    const standing = standingOfCancellation(record);
    return {
      kind: 'request',
      card: requestCard(
        {
          ...{ record, openPoints: [], teamsId: TEAMS_ID, nonce: NONCE, isSandbox: false },
          ...{ isRequester: true, canWithdraw: true },
          ...(waitsForMe && { waitsForMe }),
          ...(standing && { cancellation: standing }),
        },
        texts,
      ),
    };
  };
  const decision = { record: toCancelNow, nonce: NONCE, isSandbox: false };
  const rows = [
    ...Object.values(all).map((request) => recordOf(request)),
    ...Object.values(everyCancellation(foreign)),
  ];
  const last = rows.map((record) => ({ record, nonce: NONCE })).slice(30);
  return {
    'request void: restored': voided('restored'),
    'request void: restored, and the customer gone': voided('restored-gone'),
    'request waits: roles unread': waiting('roles-unread'),
    'request waits: the clock has jumped': waiting('clock'),
    'cancellation of mine: to be carried out now': cancellation(toCancelNow, 'remove-now'),
    'cancellation of mine: none of it could be cancelled': cancellation(refused),
    'confirm: cancel now': { kind: 'confirm', card: removeNowCard(decision, texts) },
    'confirm: drop a draft': {
      kind: 'confirm',
      card: withdrawCard({ record: recordOf(requestOf(foreign, 'draft')), nonce: NONCE, customerNonce: NONCE }, texts),
    },
    ...Object.fromEntries(
      Array.from({ length: Math.ceil(last.length / 10) }, (_, n) => [
        `requests: from ${30 + n * 10} on`,
        { isAboutCustomer: false, card: requestsCard({ requests: last.slice(n * 10, n * 10 + 10) }, texts) },
      ]),
    ),
  };
}
