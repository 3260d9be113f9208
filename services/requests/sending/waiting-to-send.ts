import { instant, later, MINUTE_MS } from '../../clock.ts';
import type { Roles } from '../../people/roles.ts';
import { barsCarryingOut } from '../removing/carrying-out.ts';
import type { Change } from '../change.ts';
import type { Click, DecisionRefusal } from '../deciding/deciding.ts';
import { byPerson, without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord, WaitingFor } from '../request.ts';
import type { RefusedCall } from '../removing/refused-call.ts';
import { refuse, type Refused } from '../request-store.ts';

const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/**
 * Nobody can read in the requester's name, and without that nothing is sent: they get a new card, and it goes on once
 * they have signed in. A planned request keeps its place meanwhile. It may wait for as long as a draft may lie.
 */
export function waitToSend(
  { request }: RequestRecord,
  now: Date,
  policy: Pick<RequestPolicy, 'verifyEveryMs' | 'draftTtlMs'>,
  said?: RefusedCall,
): Change {
  const before = request.waitingFor;
  const since = before?.since ?? instant(now);
  const waitedMs = now.getTime() - Date.parse(since);
  const nextLookAt = later(now, Math.max(policy.verifyEveryMs, Math.min(waitedMs / 4, LONGEST_PAUSE_MS)));
  const refused = said ?? before?.refused;
  const waitingFor: WaitingFor = { why: 'sign-in', since, nextLookAt, looks: 0, ...(refused && { refused }) };
  const work = { run: { at: nextLookAt }, clock: { at: later(new Date(since), policy.draftTtlMs) } };
  if (before !== undefined) return { request: { ...request, waitingFor }, audit: [], work };
  return {
    request: { ...request, waitingFor, revision: request.revision + 1 },
    audit: [],
    outbox: [{ recipient: request.requester.id, slot: 'request', mode: 'new', headline: 'sign-in' }],
    work,
  };
}

/** *Sign in and send*: everything is read again in the requester's name, by this process, and it is sent. */
export function goOnSending(
  { request }: RequestRecord,
  now: Date,
  roles: Roles,
  click: Click,
): Change | Refused<DecisionRefusal> {
  const why = barsCarryingOut(request, now, roles, click);
  if (why !== undefined) return refuse(why);
  const { id } = request.requester;
  return {
    request: { ...sending(request), revision: request.revision + 1 },
    audit: [{ action: 'request.sending', actor: byPerson(id), target: request.customer.id }],
    outbox: [{ recipient: id, slot: 'request', mode: 'edit' }],
    work: { run: { here: true } },
  };
}

/** Nobody is waited for any more. */
export const sending = (request: RemovalRequest): RemovalRequest => without(request, 'waitingFor');
