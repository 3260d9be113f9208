import { z } from 'zod';
import type { HoldingId } from '../../ids.ts';
import type { ActAs } from '../../partner-center/partner-center.ts';
import type { HoldingClass, StepAction } from '../../readiness/readiness.ts';
import { Refused } from '../removing/refused-call.ts';

const instant = z.string();

/** A line of an order. @see `OrderLineToCancel` */
export const OrderLine = z.object({ orderId: z.string(), lineItemNumber: z.number(), offerId: z.string() });

/** What a step does with a subscription. @see `StepAction` for where it is offered. */
const action = z.enum(['suspend', 'reactivate', 'auto-renew-off', 'cancel'] satisfies StepAction[]);

/** What a requester does alone: all of it can be taken back. */
export type OwnAction = Exclude<StepAction, 'cancel'>;

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
  /** Since when it had been suspended from here, where it is given back or suspended again: from there its 90 days count. */
  suspendedAt: instant.exactOptional(),
  /** Of what was left suspended: when it was seen that there is no such subscription any more. */
  goneAt: instant.exactOptional(),
  correlationId: z.string().exactOptional(),
  /** What was answered when it was sent, where that was no yes; of what was never sent, why it could not be read. */
  refused: Refused.exactOptional(),
  /** Why it could not be read back after it was sent: no answer to the change. */
  unread: Refused.exactOptional(),
  /** Why it came to nothing, where Partner Center did not say so. */
  endedFor: z.string().exactOptional(),
});
export type ClearingStep = z.output<typeof ClearingStep>;

export const isOpen = (step: ClearingStep): boolean => step.state !== 'done' && step.state !== 'failed';

/** Whether a step has left something suspended that was active before, or may have: what *Reactivate* gives back. */
export const leftSuspended = (step: ClearingStep): boolean => {
  const { action: done, state, wasSoBefore, suspendedAt, goneAt } = step;
  if (goneAt !== undefined) return false;
  if (done === 'reactivate') return state === 'failed';
  if (done !== 'suspend') return false;
  if (state === 'failed') return suspendedAt !== undefined || isUncertain(step);
  return state === 'done' && wasSoBefore !== true;
};

/** Ends that say nothing of whether what was sent was carried out. */
const UNSEEN: ReadonlySet<string | undefined> = new Set(['unreadable', 'not-seen', 'no-answer', 'restored']);

/** Whether nobody knows what became of a suspension: it was sent, and neither an answer to it nor a reading says no. */
export const isUncertain = ({ action: done, state, sendings, acceptedAt, endedFor, refused }: ClearingStep): boolean =>
  done === 'suspend' &&
  state === 'failed' &&
  sendings > 0 &&
  (acceptedAt !== undefined ||
    UNSEEN.has(endedFor) ||
    refused === undefined ||
    refused.fault === 'unavailable' ||
    refused.fault === 'malformed');
