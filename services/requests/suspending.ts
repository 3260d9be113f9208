import { instant, later } from '../clock.ts';
import type { ActAs, PartnerCenterError } from '../partner-center/partner-center.ts';
import type { HoldingLine } from '../readiness/readiness.ts';
import type { Change } from './change.ts';
import { refusedCall } from './executing.ts';
import { isFinal } from './life.ts';
import { byPerson, without } from './moves.ts';
import { isOpen, type RequestRecord, type Suspension } from './request.ts';

/** A commit takes so many: each is a row of its own. */
export const SUSPENSIONS_PER_CHANGE = 60;
/** How often one suspension is sent in all, and looked at after it was accepted. */
export const MAX_SENDINGS = 5;
export const MAX_LOOKS = 40;
const FIRST_LOOK_MS = 300;
const LONGEST_LOOK_MS = 10_000;

/** What a person wants suspended, each by an `MS-RequestId` of its own. */
export interface WantedSuspension {
  readonly line: HoldingLine;
  readonly requestId: string;
}

/**
 * The requester has confirmed: these are suspended, and nothing else. What is under way already is not begun
 * again.
 */
export function suspend(
  record: RequestRecord,
  now: Date,
  wanted: { readonly actAs: ActAs; readonly lines: readonly WantedSuspension[]; readonly messageId?: string },
): Change {
  const { request } = record;
  const { id } = request.requester;
  const busy = new Set(record.suspensions.filter(isOpen).map(({ holdingId }) => holdingId));
  const begun = wanted.lines.filter(({ line }) => !busy.has(line.holdingId));
  return {
    request: { ...request, revision: request.revision + 1 },
    audit: [
      {
        action: 'suspension.asked',
        actor: byPerson(id),
        target: request.customer.id,
        detail: { subscriptions: begun.map(({ line }) => line.holdingId) },
      },
    ],
    suspensions: begun.map(({ line, requestId }) => ({
      suspension: {
        holdingId: line.holdingId,
        class: line.class,
        name: line.name,
        quantity: line.quantity,
        actAs: wanted.actAs,
        askedAt: instant(now),
        state: 'asked',
        requestId,
        sendings: 0,
        looks: 0,
      },
      due: { here: true },
    })),
    ...(wanted.messageId !== undefined && {
      shown: [{ recipient: id, slot: 'clearing', messageId: wanted.messageId }],
    }),
    outbox: [{ recipient: id, slot: 'clearing', mode: 'edit' }],
  };
}

/** The intent of one suspension, stored before it is sent. */
export function intendSuspension(
  record: RequestRecord,
  suspension: Suspension,
  sending: { readonly correlationId: string; readonly requestId?: string },
): Change {
  const sent: Suspension = {
    ...suspension,
    state: 'sent',
    requestId: sending.requestId ?? suspension.requestId,
    correlationId: sending.correlationId,
    sendings: suspension.sendings + 1,
  };
  return {
    request: record.request,
    audit: [event(record, 'step.intent', sent)],
    suspensions: [{ suspension: sent, due: { held: true } }],
    outbox: [progress(record)],
  };
}

/** Partner Center took it; what counts is what it shows. */
export function suspensionAccepted(
  record: RequestRecord,
  now: Date,
  suspension: Suspension,
  answer: { readonly status: number; readonly correlationId: string },
): Change {
  const accepted: Suspension = { ...suspension, state: 'accepted', correlationId: answer.correlationId };
  return {
    request: record.request,
    audit: [event(record, 'step.outcome', accepted, { status: answer.status })],
    suspensions: [{ suspension: accepted, due: { at: instant(now) } }],
  };
}

/** Not seen yet, or not to be had just now: looked at again, a little later each time. */
export function lookAgain(
  record: RequestRecord,
  now: Date,
  suspension: Suspension,
  after: { readonly ms?: number; readonly error?: PartnerCenterError } = {},
): Change {
  const looks = suspension.looks + 1;
  const ms = after.ms ?? Math.min(FIRST_LOOK_MS * 1.4 ** suspension.looks, LONGEST_LOOK_MS);
  const waiting: Suspension = {
    ...without(suspension, 'refused'),
    looks,
    ...(after.error && { refused: refusedCall(after.error) }),
  };
  return {
    request: record.request,
    audit: [],
    suspensions: [{ suspension: waiting, due: { at: later(now, ms) } }],
  };
}

/** The end of one suspension. After the last one everything is read again. */
export function suspensionEnded(
  record: RequestRecord,
  now: Date,
  suspension: Suspension,
  end:
    | { readonly kind: 'suspended' }
    | { readonly kind: 'failed'; readonly error?: PartnerCenterError; readonly why?: string },
): Change {
  const failed = end.kind === 'failed';
  const kept = without(suspension, 'refused');
  const ended: Suspension = {
    ...kept,
    state: end.kind,
    doneAt: instant(now),
    ...(end.kind === 'suspended' && suspension.sendings === 0 && { wasSuspended: true }),
    ...(failed && end.error
      ? { refused: refusedCall(end.error) }
      : failed && suspension.refused && { refused: suspension.refused }),
  };
  const others = record.suspensions.filter(({ holdingId }) => holdingId !== suspension.holdingId);
  const why = failed ? (end.why ?? end.error?.fault) : undefined;
  return {
    request: { ...record.request, revision: record.request.revision + 1 },
    audit: [event(record, failed ? 'step.outcome' : 'step.verified', ended, { why })],
    suspensions: [{ suspension: ended }],
    outbox: [progress(record)],
    ...(!others.some(isOpen) && { work: { look: { here: true } } }),
  };
}

/** What the reading after the last suspension says: somebody waits for *nothing stands in the way*, while it can be gone on. */
export function lookedAfterClearing(record: RequestRecord, isClear: boolean): Change {
  const isReady = isClear && !isFinal(record.request.state);
  return {
    request: record.request,
    audit: [],
    outbox: [isReady ? { ...progress(record), mode: 'new', headline: 'ready' } : progress(record)],
    work: { look: null },
  };
}

const progress = ({ request }: RequestRecord) =>
  ({ recipient: request.requester.id, slot: 'clearing', mode: 'edit' }) as const;

const event = (
  { request }: RequestRecord,
  action: string,
  { actAs, holdingId, requestId, correlationId, state, sendings }: Suspension,
  more: Readonly<Record<string, string | number | undefined>> = {},
) => ({
  action,
  actor: actAs,
  target: request.customer.id,
  detail: { step: 'suspend', subscription: holdingId, requestId, correlationId, state, sending: sendings, ...more },
});
