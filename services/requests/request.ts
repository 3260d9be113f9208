import { z } from 'zod';
import type { Meaning } from '../partner-center/known-codes.ts';
import type { ActAs } from '../partner-center/partner-center.ts';
import type { CustomerId, HoldingId, RequestId, UserId } from '../ids.ts';
import type { Inactive } from '../readiness/inactive.ts';
import type { DriftLine, Facts, HoldingClass, Line, LiveDelegatedAdmin, StepAction } from '../readiness/readiness.ts';
import { STATES } from './life.ts';

const instant = z.string();
const userId: z.ZodType<UserId> = z.string();
const PersonRef = z.object({ id: userId, name: z.string() });
const Ids = z.object({ requestId: z.string(), correlationId: z.string() });

/** A call that Partner Center did not carry out, as it is kept: the code, the service's own words, the ids to quote. */
const Refused = z.object({
  fault: z.string(),
  status: z.number().exactOptional(),
  code: z.string().exactOptional(),
  /** What the code means, where it is known. */
  meaning: z.custom<Meaning>((value) => typeof value === 'string').exactOptional(),
  /** Foreign text. */
  description: z.string().exactOptional(),
  ids: Ids,
});
export type RefusedCall = z.output<typeof Refused>;
/** The fault of a removal call that got no answer, was not carried out, and may not be sent again. */
export const NOT_RESENT = 'not-resent';

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
  /** It was answered that nothing was carried out, and it is made again by itself: no answer is missing. */
  isTurnedAway: z.boolean().exactOptional(),
  /** When Partner Center accepted it. */
  acceptedAt: instant.exactOptional(),
  /** When the customer was seen to be gone. */
  goneAt: instant.exactOptional(),
});
export type Removal = z.output<typeof Removal>;

/** A line of an order. @see `OrderLineToCancel` */
const OrderLine = z.object({ orderId: z.string(), lineItemNumber: z.number(), offerId: z.string() });

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
    /** Of those it was planned with, somebody has lost their role. */
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
  /** The store was put back from a backup after the approval; the customer is still there, or is not. */
  'restored',
  'restored-gone',
]);
export type VoidReason = z.output<typeof VoidReason>;

/** Why a delegated admin relationship is not ended (yet). */
const NotEnded = z.enum([
  /** Microsoft Graph cannot be read. */
  'unread',
  'throttled',
  /** Nobody can act in the name of whoever carries it out until they sign in. */
  'sign-in',
  /** Microsoft Graph does not let that person do it. */
  'role-missing',
  /** No answer to the call. */
  'no-answer',
  'refused',
  /** Only what is active can be ended. */
  'not-active',
  /** Accepted, and not ended yet. */
  'not-seen',
  /** Approved before the store was put back from a backup: nothing is sent for it. */
  'restored',
  /** The requester or an approver has lost their role: nothing more is sent. */
  'no-longer-allowed',
]);
export type NotEnded = z.output<typeof NotEnded>;

/** One relationship on its way to its end. What is here was stored before its call was sent. */
const EndingRelationship = z.object({
  id: z.string(),
  /** Foreign text. */
  name: z.string(),
  state: z.enum([
    'asked',
    /** The intent is stored, so it may be on its way. */
    'sent',
    /** It is being ended, by our asking or somebody else's. */
    'accepted',
    /** Seen to be over. */
    'done',
  ]),
  /** As Microsoft Graph says it, in lower case, when it was read last. */
  status: z.string().exactOptional(),
  /** The same however often the call has to be sent, until an answer is seen. */
  requestId: z.string().exactOptional(),
  /** A sending got no answer: whatever is answered to a later one says nothing about it, so the id stays. */
  isUnanswered: z.literal(true).exactOptional(),
  correlationId: z.string().exactOptional(),
  sendings: z.number(),
  /** How often it was seen to be active since the call that got no answer. */
  looks: z.number(),
  why: NotEnded.exactOptional(),
  refused: Refused.exactOptional(),
});
export type EndingRelationship = z.output<typeof EndingRelationship>;

/** Delegated administration that is ended after the removal. */
const EndingDelegatedAdmin = z.object({
  relationships: z.array(EndingRelationship),
  /** Names of those that came after the approval: they are left as they are. Foreign text. */
  later: z.array(z.string()),
  /** Until when it is tried. */
  until: instant,
  /** How often it was paused since something moved. */
  pauses: z.number(),
  /** When the last one was over, or the rest was left as it is. */
  endedAt: instant.exactOptional(),
});
export type EndingDelegatedAdmin = z.output<typeof EndingDelegatedAdmin>;

/** How often somebody was reminded of what a request that came to nothing has left suspended. */
const Undo = z.object({
  reminded: z.number(),
  /** Who was told besides the requester. */
  escalatedTo: userId.exactOptional(),
  /** When it could not be read, last, whether it is suspended still. */
  unreadAt: instant.exactOptional(),
});

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
  /** What was read to stand in the way after the refusal. */
  inTheWay: z.custom<readonly Line[]>((value) => Array.isArray(value)).exactOptional(),
  waitingFor: WaitingFor.exactOptional(),
  /** How often people were told that its outcome is unknown still, and who besides those who have a part in it. */
  stillUnknown: z.object({ told: z.number(), to: PersonRef.exactOptional() }).exactOptional(),
  /** The link by which the customer's administrator can accept us again. */
  comeBackUrl: z.string().exactOptional(),
  /** Once the removal is done, where ending it is part of what was approved. */
  delegatedAdmin: EndingDelegatedAdmin.exactOptional(),
  undo: Undo.exactOptional(),
});
export type RemovalRequest = z.output<typeof RemovalRequest>;

/** What a step does with a subscription. @see `StepAction` for where it is offered. */
const action = z.enum(['suspend', 'reactivate', 'auto-renew-off', 'cancel'] satisfies StepAction[]);

/**
 * One step of clearing: a change of one holding that the requester has confirmed, or that was approved. Of each
 * holding the newest is kept (and the newest of its auto-renew); the record of all of them is the audit's.
 */
export const ClearingStep = z.object({
  action,
  holdingId: z.custom<HoldingId>((value) => typeof value === 'string'),
  class: z.custom<HoldingClass>((value) => typeof value === 'string'),
  /** Foreign text. */
  name: z.string(),
  quantity: z.number(),
  /** By which line of which order it is cancelled, where it is not by the subscription. */
  order: OrderLine.exactOptional(),
  /** Add-ons that go with it; they are given back with it too. Foreign text. */
  addOns: z.array(z.object({ holdingId: z.string(), name: z.string(), quantity: z.number() })).exactOptional(),
  /** The base without which an add-on cannot be active again. */
  baseId: z.string().exactOptional(),
  actAs: z.custom<ActAs>((value) => typeof value === 'string'),
  askedAt: instant,
  state: z.enum([
    /** Confirmed, and nothing was sent yet. */
    'asked',
    /** The intent is stored, so it may be on its way. */
    'sent',
    /** Partner Center accepted it, and does not show it yet. */
    'accepted',
    /** Partner Center shows it. */
    'done',
    'failed',
  ]),
  /** `MS-RequestId` of the sending under way. */
  requestId: z.string(),
  sendings: z.number(),
  /** How often it may be sent in all, where that is more than usual. */
  sendingsAllowed: z.number().exactOptional(),
  looks: z.number(),
  /** Nobody is at it until somebody has signed in to go on with it. */
  waitsForSignIn: z.literal(true).exactOptional(),
  /** When Partner Center accepted it. */
  acceptedAt: instant.exactOptional(),
  /** Of a cancellation without an answer: when reading had shown that it was not carried out. */
  notDoneAt: instant.exactOptional(),
  /** Whether it was so before anything was sent, by somebody else's doing. */
  wasSoBefore: z.boolean().exactOptional(),
  doneAt: instant.exactOptional(),
  /** Of what is given back: since when it had been suspended, from where its 90 days count. */
  suspendedAt: instant.exactOptional(),
  /** Of what was left suspended: when it was seen that there is no such subscription any more. */
  goneAt: instant.exactOptional(),
  correlationId: z.string().exactOptional(),
  refused: Refused.exactOptional(),
  /** Why it came to nothing, where Partner Center did not say so. */
  endedFor: z.string().exactOptional(),
});
export type ClearingStep = z.output<typeof ClearingStep>;

export const isOpen = (step: ClearingStep): boolean => step.state !== 'done' && step.state !== 'failed';

/** Whether a step has left something suspended that was active before, or may have: what *Reactivate* gives back. */
export const leftSuspended = (step: ClearingStep): boolean => {
  const { action: done, state, wasSoBefore, goneAt } = step;
  if (goneAt !== undefined) return false;
  if (done === 'reactivate') return state === 'failed';
  return done === 'suspend' && ((state === 'done' && wasSoBefore !== true) || isUncertain(step));
};

/** Whether nobody knows what became of a suspension: it was sent, and no answer was seen that says no. */
export const isUncertain = ({ action: done, state, sendings, refused }: ClearingStep): boolean =>
  done === 'suspend' &&
  state === 'failed' &&
  sendings > 0 &&
  (refused === undefined || refused.fault === 'unavailable' || refused.fault === 'malformed');

/** Which card of which person: everybody has at most one of each kind for a request. */
export type Slot =
  /** The requester's, while blockers are cleared. */
  | 'clearing'
  /** The requester's, from *Send request* on. */
  | 'request'
  /** An approver's. */
  | 'approval'
  /** What is still suspended, for whoever is told when its requester did nothing about it. */
  | 'undo'
  /** Who or what is waited for, for whoever is told when nobody decides, or nobody knows what became of it. */
  | 'escalation';

/** What a new card's toast says. */
export type Headline =
  | 'ready'
  | 'approval-wanted'
  /** To those who have not decided. */
  | 'reminder'
  /** Nobody has decided, and somebody else is asked or told. */
  | 'undecided'
  /** The time is running out. */
  | 'expiring'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'void'
  /** Somebody else has ended the relationship. */
  | 'gone'
  | 'blocked'
  | 'unknown'
  /** For another day. */
  | 'still-unknown'
  | 'closed'
  | 'undelivered'
  | 'sign-in'
  | 'remove-now'
  | 'removed'
  | 'cancelled'
  | 'not-sent'
  | 'still-suspended'
  | 'delegated-admin-open';

/** A card to be shown: `new` where somebody waits for it, `edit` where only the picture changes. */
export interface OutboxItem {
  readonly recipient: UserId;
  readonly slot: Slot;
  readonly mode: 'new' | 'edit';
  readonly headline?: Headline;
}

/** A message that shows a slot's card. */
export const ShownCard = z.object({ messageId: z.string(), editedAt: instant.exactOptional() });
export type ShownCard = z.output<typeof ShownCard>;

/** Everything kept about one request. */
export interface RequestRecord {
  readonly request: RemovalRequest;
  readonly steps: readonly ClearingStep[];
  /** What sums its record up at the moment; printed on receipts, so that a copy of it is kept elsewhere. */
  readonly auditHead?: string;
  shown(recipient: UserId, slot: Slot): ShownCard | undefined;
}
