import { z } from 'zod';
import type { ActAs } from '../partner-center/partner-center.ts';
import type { CustomerId, HoldingId, RequestId, UserId } from '../ids.ts';
import type { Inactive } from '../readiness/inactive.ts';
import type { DriftLine, Facts, HoldingClass, Line, LiveDelegatedAdmin } from '../readiness/readiness.ts';
import type { ShownCard, Slot } from './card-slots.ts';
import { OrderLine, type ClearingStep } from './clearing/clearing-step.ts';
import { EndingDelegatedAdmin } from './delegated-admin/ending-relationships.ts';
import { STATES } from './life.ts';
import { Refused } from './removing/refused-call.ts';

const instant = z.string();
const userId: z.ZodType<UserId> = z.string();
const PersonRef = z.object({ id: userId, name: z.string() });

/** What the requester filled in. */
const Form = z.object({
  /** 10 to 500 characters; foreign text. */
  reason: z.string(),
  /** As typed by hand; is the customer's domain. */
  domain: z.string(),
  ticket: z.string().exactOptional(),
  /** *The notice our contract asks for was given.* */
  notice: z.boolean(),
  /** *The customer has its next provider or wants none.* */
  nextProvider: z.boolean(),
  /** *End delegated administration after the removal*; missing where there was none to be asked about. */
  endDelegatedAdmin: z.boolean().exactOptional(),
  approver: userId,
});
export type RequestForm = z.output<typeof Form>;

/** What is approved: nothing else is carried out. */
const Plan = z.object({
  readAt: instant,
  digest: z.string(),
  facts: z.custom<Facts>((value) => typeof value === 'object' && value !== null),
  /** What may block and what is to know, as it was when the request was sent. */
  lines: z.custom<readonly Line[]>((value) => Array.isArray(value)),
  /** Legacy subscriptions that had ended or been suspended before, by whomever. */
  inactive: z.custom<readonly Inactive[]>((value) => Array.isArray(value)),
  /** What differs from a plan for the customer that was approved before and is void. */
  since: z
    .object({ requestId: z.string(), lines: z.custom<readonly DriftLine[]>((value) => Array.isArray(value)) })
    .exactOptional(),
  /** The language that the customer is written to in, as `de-CH`, where its profile says so. */
  customerLocale: z.string().exactOptional(),
  /** The delegated admin relationships that are ended after the removal; missing where that was not asked for. */
  delegatedAdmin: z.custom<readonly LiveDelegatedAdmin[]>((value) => Array.isArray(value)).exactOptional(),
});
export type Plan = z.output<typeof Plan>;

const Approval = z.object({ by: PersonRef, at: instant, comment: z.string().exactOptional() });
export type Approval = z.output<typeof Approval>;

/** Somebody was asked instead of somebody else. */
const Passed = z.object({ from: PersonRef, to: PersonRef, by: PersonRef, at: instant });
export type Passed = z.output<typeof Passed>;

/** What was done while nobody decided. */
const Chased = z.object({
  /** How many reminders have had their time. */
  reminded: z.number(),
  /** It was said that the time is running out. */
  warned: z.boolean().exactOptional(),
  escalated: z
    .object({
      /** `told`: they cannot decide. `unreachable`: they have not opened the bot. `nobody`: they are asked already, or asked for it. */
      as: z.enum(['asked', 'told', 'unreachable', 'nobody']),
      to: PersonRef.exactOptional(),
      at: instant,
    })
    .exactOptional(),
});
export type Chased = z.output<typeof Chased>;

/** The one irreversible call. What is here was stored before its first byte was sent. */
const Removal = z.object({
  /** `MS-RequestId`: the same however often the call has to be sent, until an answer is seen. */
  requestId: z.string(),
  /** `MS-CorrelationId` of the newest sending. */
  correlationId: z.string(),
  digest: z.string(),
  actAs: z.custom<ActAs>((value) => typeof value === 'string'),
  sentAt: instant,
  /** How often it was sent, without the times that it was turned away. */
  sendings: z.number(),
  /** It was answered that nothing was carried out, or it was not sent in time, and it is made again by itself: no answer is missing. */
  isTurnedAway: z.boolean().exactOptional(),
  /** No sending of it has ever left. */
  isUnsent: z.literal(true).exactOptional(),
  /** When Partner Center accepted it. */
  acceptedAt: instant.exactOptional(),
  /** When the customer was seen to be gone. */
  goneAt: instant.exactOptional(),
});
export type Removal = z.output<typeof Removal>;

/** One purchase that a cancellation ends, as its approvers see it. */
const ToCancel = z.object({
  holdingId: z.custom<HoldingId>((value) => typeof value === 'string'),
  class: z.custom<HoldingClass>((value) => typeof value === 'string'),
  /** Foreign text. */
  name: z.string(),
  quantity: z.number(),
  /** Where it is not cancelled by its subscription. */
  order: OrderLine.exactOptional(),
  /** The last moment in which Partner Center cancels it. */
  until: instant,
});
export type ToCancel = z.output<typeof ToCancel>;

/** Why nothing moves at the moment, and when it is looked at next. */
export const WaitingFor = z.object({
  why: z.enum([
    /** Partner Center cannot be read. */
    'unread',
    /** Partner Center asks us to stay away for a while. */
    'throttled',
    /** No answer to the removal call. */
    'no-answer',
    /** Accepted, and the customer is still in the list. */
    'still-listed',
    /** Nobody can act in the executing person's name until they sign in, or another approver does it. */
    'sign-in',
    /** The requester has to say when: it is carried out in their name. */
    'remove-now',
    /** Nobody can tell whether those who stand behind it still may. */
    'roles-unread',
    /** The machine's clock has jumped, so nobody knows whether the approval's time is over. */
    'clock',
  ]),
  /** Since when it is this that is waited for. */
  since: instant.exactOptional(),
  nextLookAt: instant.exactOptional(),
  /** How many looks in a row have seen that the customer is still ours. */
  looks: z.number(),
  refused: Refused.exactOptional(),
});
export type WaitingFor = z.output<typeof WaitingFor>;

/** Why a request that was to be sent is a draft again. */
const NotSent = z.object({
  why: z.enum([
    ...(['blocked', 'unread', 'wrong-domain', 'unread-delegated-admin'] as const),
    /** Partner Center says so of the customer, though its list names it still. */
    'no-relationship',
    /** Of those it was handed in with, somebody has lost their role. */
    ...(['not-a-requester', 'not-an-approver'] as const),
    /** Something of it can be cancelled no longer, or is more than it was. */
    'not-cancellable',
    /** Its window ends before anybody could decide. */
    'no-time',
  ]),
  at: instant,
  /** The day for which it had been planned. */
  plannedFor: z.string().exactOptional(),
  /** What it is about, where it is not all. Foreign text. */
  names: z.array(z.string()).exactOptional(),
});
export type NotSent = z.output<typeof NotSent>;

/** Why a request ended without what it asks for, where a person has to be told more than the state. */
const VoidReason = z.enum([
  'drift',
  'blocked',
  'gone',
  /** All that was to be cancelled is gone: somebody else has cancelled it. */
  'nothing-left',
  'no-longer-requester',
  'no-longer-approver',
  /** The store was put back from a backup after it was handed in; where it was approved, the customer is still there, or is not. */
  'restored',
  'restored-gone',
]);
export type VoidReason = z.output<typeof VoidReason>;

/** How often somebody was reminded of what a request that came to nothing has left suspended. */
const Undo = z.object({
  reminded: z.number(),
  /** Who was told besides the requester. */
  escalatedTo: userId.exactOptional(),
  /** When it could not be read, last, whether it is suspended still. */
  unreadAt: instant.exactOptional(),
});

/** Something that stays open after a removal was seen to. @see PointName */
const Ticked = z.object({ point: z.string(), by: PersonRef, at: instant });
export type Ticked = z.output<typeof Ticked>;

const OfBatch = z.object({ id: z.string(), form: z.number().exactOptional() });
export type OfBatch = z.output<typeof OfBatch>;

/**
 * What one request of a customer asks for: to end the relationship, or to cancel purchases. Instants are ISO 8601 in UTC.
 * `revision` grows with every change of what can be pressed, so that the buttons of older cards are known.
 */
export const RemovalRequest = z.object({
  schema: z.literal(1),
  id: z.custom<RequestId>((value) => typeof value === 'string'),
  /** A draft may become either; it is settled when it is sent. */
  kind: z.enum(['removal', 'cancellation']),
  state: z.enum(STATES),
  stateSince: instant,
  revision: z.number(),
  customer: z.object({
    id: z.custom<CustomerId>((value) => typeof value === 'string'),
    /** Foreign text. */
    companyName: z.string(),
    domain: z.string(),
  }),
  requester: PersonRef,
  openedAt: instant,
  /** The request for the same customer before this one: it came to nothing, or cancelled something. */
  previous: z.string().exactOptional(),
  /** Where it was asked for, or cleared, together with others; `form`: by which of the forms of that batch. */
  batch: OfBatch.exactOptional(),
  form: Form.exactOptional(),
  /** *Send request* was pressed; it is sent once everything has been read again. Only in a draft. */
  sendingSince: instant.exactOptional(),
  /** The day of UTC on which it is sent, since on the days before so many others are. Only while it is being sent. */
  plannedFor: z.object({ day: z.string(), most: z.number() }).exactOptional(),
  notSent: NotSent.exactOptional(),
  sentAt: instant.exactOptional(),
  plan: Plan.exactOptional(),
  /** What a cancellation cancels, and nothing else. */
  cancels: z.array(ToCancel).exactOptional(),
  /** Who is asked, each with a card. */
  approvers: z.array(PersonRef),
  /** Approvers who have a card besides, since they may carry it out in somebody's stead. */
  alsoTold: z.array(userId).exactOptional(),
  /** Who was asked instead of whom, in order. */
  passed: z.array(Passed).exactOptional(),
  chased: Chased.exactOptional(),
  /** Approvers to whom their card could not be shown for so long that whoever asked was told. */
  undelivered: z.array(userId).exactOptional(),
  approvalsRequired: z.number(),
  approvals: z.array(Approval),
  approveBy: instant.exactOptional(),
  executeBy: instant.exactOptional(),
  /** Whether the time that is left is that of a window in which something can be cancelled. */
  endsWithWindow: z.literal(true).exactOptional(),
  /** In whose name it is carried out, from the last approval on. @see executorOf */
  executor: PersonRef.exactOptional(),
  declined: z.object({ by: PersonRef, at: instant, reason: z.string() }).exactOptional(),
  /** Who has had a part in it besides those whom it names. @see whoTookPart */
  tookPart: z.array(userId).exactOptional(),
  /** By an auditor, who has found out elsewhere what became of it. */
  closed: z.object({ by: PersonRef, at: instant, reason: z.string() }).exactOptional(),
  voided: z
    .object({ why: VoidReason, drift: z.custom<readonly DriftLine[]>((value) => Array.isArray(value)) })
    .exactOptional(),
  removal: Removal.exactOptional(),
  /** What Partner Center answered when it refused the removal. */
  refused: Refused.exactOptional(),
  /** It was refused before, and somebody has gone on from there. */
  wasRefused: z.literal(true).exactOptional(),
  /** What was read to stand in the way after the refusal. */
  inTheWay: z.custom<readonly Line[]>((value) => Array.isArray(value)).exactOptional(),
  waitingFor: WaitingFor.exactOptional(),
  /** How often people were told that its outcome is unknown still, and everybody who was besides those who have a part in it. */
  stillUnknown: z.object({ told: z.number(), to: z.array(PersonRef).exactOptional() }).exactOptional(),
  /** The link by which the customer's administrator can accept us again. */
  comeBackUrl: z.string().exactOptional(),
  /** Once the removal is done, where ending it is part of what was approved. */
  delegatedAdmin: EndingDelegatedAdmin.exactOptional(),
  undo: Undo.exactOptional(),
  /** What of that which stays open was seen to, by whom. */
  ticked: z.array(Ticked).exactOptional(),
});
export type RemovalRequest = z.output<typeof RemovalRequest>;

/** Everything kept about one request. */
export interface RequestRecord {
  readonly request: RemovalRequest;
  readonly steps: readonly ClearingStep[];
  /** What sums its record up at the moment; printed on receipts, so that a copy of it is kept elsewhere. */
  readonly auditHead?: string;
  shown(recipient: UserId, slot: Slot): ShownCard | undefined;
}
