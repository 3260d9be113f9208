import type { AuditEvent } from '../../audit/audit-chain.ts';
import { DAY_MS, HOUR_MS, instant, later } from '../../clock.ts';
import type { PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { Change } from '../change.ts';
import { actAsOf } from '../removing/executor.ts';
import { tell, without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import type { EndingDelegatedAdmin, EndingRelationship, NotEnded } from './ending-relationships.ts';
import { refusedCall } from '../removing/refused-call.ts';

/** So long after the removal it is tried to end delegated administration; what is left then is a person's turn. */
const TRIED_FOR_MS = DAY_MS;
const LONGEST_PAUSE_MS = HOUR_MS;
/** A call without an answer is sent again only after so many looks found the relationship active. */
const LOOKS_BEFORE_RESENDING = 2;

/** With these nothing is sent for a relationship any more. */
export type Bar = Extract<NotEnded, 'restored' | 'no-longer-allowed'>;
const GIVEN_UP: ReadonlySet<NotEnded | undefined> = new Set<NotEnded>([
  'restored',
  'no-longer-allowed',
] satisfies Bar[]);

/** What is to be ended once the removal is done: what the approver saw, and nothing else. */
export function endingOf({ form, plan }: RemovalRequest, now: Date): EndingDelegatedAdmin | undefined {
  if (form?.endDelegatedAdmin !== true || plan?.delegatedAdmin === undefined) return undefined;
  return {
    relationships: plan.delegatedAdmin.map(({ id, name }) => ({ id, name, state: 'asked', sendings: 0, looks: 0 })),
    later: [],
    until: later(now, TRIED_FOR_MS),
    pauses: 0,
  };
}

/** A relationship as it was read: its state in lower case, or that there is none of this id any more. */
export type SeenRelationship = { readonly kind: 'seen'; readonly status: string } | { readonly kind: 'over' };

/**
 * What a reading makes of all relationships. One is over only when it was seen to be.
 *
 * @param others names of relationships that the approval does not cover.
 * @param bar why nothing may be sent, if so; what is on its way is followed all the same.
 */
export function relationshipsSeen(
  { request }: RequestRecord,
  seen: ReadonlyMap<string, SeenRelationship>,
  others: readonly string[],
  bar?: Bar,
): Change {
  const before = endingIn(request);
  const relationships = before.relationships.map((one) => afterLook(one, seen.get(one.id), bar));
  const over = relationships.filter(({ state }, at) => state === 'done' && before.relationships[at]?.state !== 'done');
  return changed(request, { ...before, relationships, later: [...others].sort() }, [
    ...over.map((one): AuditEvent => ({
      action: 'step.verified',
      actor: 'bot',
      target: request.customer.id,
      detail: {
        step: 'delegated-admin',
        relationship: one.id,
        correlationId: one.correlationId,
        ...(one.sendings === 0 && { why: 'ended-already' }),
      },
    })),
  ]);
}

function afterLook(
  one: EndingRelationship,
  seen: SeenRelationship | undefined,
  bar: Bar | undefined,
): EndingRelationship {
  if (one.state === 'done' || seen === undefined) return one;
  if (seen.kind === 'over') return { ...without(one, 'why', 'refused', 'status'), state: 'done' };
  const { status } = seen;
  if (status === 'terminationrequested' || status === 'terminating')
    return { ...without(one, 'refused'), state: 'accepted', status, why: 'not-seen' };
  if (one.state === 'accepted') return { ...one, status, why: 'not-seen' };
  // A call without an answer may show yet.
  if (one.state === 'sent' && one.looks < LOOKS_BEFORE_RESENDING)
    return { ...one, status, why: 'no-answer', looks: one.looks + 1 };
  if (bar !== undefined) return { ...one, status, why: bar };
  return status === 'active' ? { ...one, status } : { ...one, status, why: 'not-active' };
}

/** Whether the end of a relationship may be asked for, as it was seen in the last look. */
export const mayEnd = ({ state, status, looks, why }: EndingRelationship): boolean =>
  status === 'active' &&
  !GIVEN_UP.has(why) &&
  (state === 'asked' || (state === 'sent' && looks >= LOOKS_BEFORE_RESENDING));

/** The intent, stored before the first byte. A re-send keeps the id, unless every call before it was answered. */
export function intendEnd(
  { request }: RequestRecord,
  relationshipId: string,
  sending: { readonly requestId: string; readonly correlationId: string },
): Change {
  const before = endingIn(request);
  const relationships = before.relationships.map((one) =>
    one.id === relationshipId
      ? {
          ...without(one, 'why', 'refused'),
          state: 'sent' as const,
          looks: 0,
          requestId: one.requestId ?? sending.requestId,
          ...(one.state === 'sent' && { isUnanswered: true as const }),
          correlationId: sending.correlationId,
          sendings: one.sendings + 1,
        }
      : one,
  );
  const intended = relationships.find(({ id }) => id === relationshipId);
  return {
    ...changed(request, { ...before, relationships }, [
      {
        action: 'step.intent',
        actor: actAsOf('gdap', request),
        target: request.customer.id,
        detail: {
          step: 'delegated-admin',
          relationship: relationshipId,
          requestId: intended?.requestId,
          correlationId: sending.correlationId,
          sending: intended?.sendings,
        },
      },
    ]),
    work: { gdap: { held: true } },
  };
}

/** Microsoft Graph took it. That it is over is read. */
export const endAccepted = (record: RequestRecord, relationshipId: string, status: number): Change =>
  answered(record, relationshipId, { status }, (one) => ({ ...one, state: 'accepted', why: 'not-seen' }));

/**
 * It was not taken, or nobody knows. Where an answer says no, the next sending is another call, unless one before this
 * got no answer: of that one only reading tells.
 */
export function endNotAccepted(record: RequestRecord, relationshipId: string, error: PartnerCenterError): Change {
  const { fault, status, code } = error;
  // Without a token nothing was sent: an earlier sending may have had no answer, so its id stays.
  const isRefusal = error.isRefusal && fault !== 'sign-in-needed';
  const said = { fault, status, code, ...(isRefusal ? { refused: true } : { unknown: true }) };
  return answered(record, relationshipId, said, (one) => {
    // What codes mean is known of Partner Center alone.
    const after = { ...one, why: whyNotSent(error), refused: without(refusedCall(error), 'meaning') };
    if (!isRefusal) return after;
    return { ...(one.isUnanswered === true ? after : without(after, 'requestId')), state: 'asked' };
  });
}

function answered(
  { request }: RequestRecord,
  relationshipId: string,
  said: Readonly<Record<string, string | number | boolean | undefined>>,
  next: (one: EndingRelationship) => EndingRelationship,
): Change {
  const before = endingIn(request);
  const asked = before.relationships.find(({ id }) => id === relationshipId);
  const relationships = before.relationships.map((one) => (one.id === relationshipId ? next(one) : one));
  return changed(request, { ...before, relationships }, [
    {
      action: 'step.outcome',
      actor: actAsOf('gdap', request),
      target: request.customer.id,
      detail: {
        step: 'delegated-admin',
        relationship: relationshipId,
        requestId: asked?.requestId,
        correlationId: asked?.correlationId,
        ...said,
      },
    },
  ]);
}

/** Why the call that asks for an end was not carried out. */
function whyNotSent({ fault, isRefusal }: PartnerCenterError): NotEnded {
  return keepsFromAll(fault) ?? (isRefusal ? 'refused' : 'no-answer');
}

/** Why nothing can be read. */
export const whyUnread = ({ fault }: PartnerCenterError): NotEnded => keepsFromAll(fault) ?? 'unread';

/** What keeps somebody from all relationships, not from one. */
function keepsFromAll(fault: PartnerCenterError['fault']): NotEnded | undefined {
  switch (fault) {
    case 'throttled':
      return 'throttled';
    case 'sign-in-needed':
      return 'sign-in';
    case 'unauthorised':
    case 'forbidden':
      return 'role-missing';
    default:
      return undefined;
  }
}

/**
 * The end of one pass over all relationships: it has ended, or goes on after a pause that grows while nothing moves.
 *
 * @param held what kept this pass from going on, if anything.
 */
export function afterPass(
  { request }: RequestRecord,
  now: Date,
  { verifyEveryMs }: Pick<RequestPolicy, 'verifyEveryMs'>,
  held: {
    readonly why?: NotEnded;
    readonly error?: PartnerCenterError;
    readonly hasMoved?: boolean;
    /** Of what is being ended nothing is to be sent any more. */
    readonly isSending?: boolean;
  } = {},
): Change {
  const before = endingIn(request);
  const { why, error, hasMoved = false, isSending = false } = held;
  const isKept = ({ state, why: own }: EndingRelationship): boolean =>
    state === 'done' || own === 'no-answer' || GIVEN_UP.has(own) || (isSending && state === 'accepted');
  const relationships = before.relationships.map((one): EndingRelationship =>
    why === undefined || isKept(one) ? one : { ...one, why },
  );
  const isSettled = why === undefined && relationships.every((one) => one.state === 'done' || GIVEN_UP.has(one.why));
  const pauses = hasMoved ? 0 : before.pauses + 1;
  const after = { ...before, relationships, pauses };
  if (!isSettled && instant(now) < before.until) {
    const pauseMs = Math.min(verifyEveryMs * 1.5 ** pauses, LONGEST_PAUSE_MS);
    return {
      ...changed(request, after, []),
      work: { gdap: { at: later(now, Math.max(pauseMs, error?.retryAfterMs ?? 0)) } },
    };
  }
  const open = relationships.filter(({ state }) => state !== 'done');
  const ended = { ...request, delegatedAdmin: { ...after, endedAt: instant(now) } };
  const isAnyOpen = open.length > 0 || after.later.length > 0;
  return {
    request: ended,
    audit: open.map((one) => ({
      action: 'delegated-admin.left-open',
      actor: 'bot' as const,
      target: request.customer.id,
      detail: { relationship: one.id, why: one.why },
    })),
    // Somebody has to follow up what is open.
    outbox: isAnyOpen
      ? tell(ended, { requester: 'new', approvers: 'approved' }, 'delegated-admin-open')
      : tell(ended, { requester: 'edit', approvers: 'edit' }),
    work: { gdap: null },
  };
}

/** Looked at again once the time may be certain; nothing is given up meanwhile. */
export const waitForTime = (
  { request }: RequestRecord,
  now: Date,
  { verifyEveryMs }: Pick<RequestPolicy, 'verifyEveryMs'>,
): Change => ({ request, audit: [], work: { gdap: { at: later(now, verifyEveryMs) } } });

/** There is nothing (more) to be ended. */
export const endNothing = ({ request }: RequestRecord): Change => ({ request, audit: [], work: { gdap: null } });

function endingIn({ delegatedAdmin }: RemovalRequest): EndingDelegatedAdmin {
  if (delegatedAdmin === undefined) throw new Error('delegated administration is ended only where it was asked for');
  return delegatedAdmin;
}

/** Receipts are edited where something on them has changed. */
function changed(request: RemovalRequest, delegatedAdmin: EndingDelegatedAdmin, audit: Change['audit']): Change {
  const after = { ...request, delegatedAdmin };
  const isSame = pictureOf(endingIn(request)) === pictureOf(delegatedAdmin);
  return { request: after, audit, outbox: isSame ? [] : tell(after, { requester: 'edit', approvers: 'edit' }) };
}

const pictureOf = ({ relationships, later: names }: EndingDelegatedAdmin): string =>
  JSON.stringify([relationships.map(({ state, why, status }) => [state, why, status]), names]);
