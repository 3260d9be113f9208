import { instant, later, type Instant } from '../../clock.ts';
import { isFromTheFuture } from '../../steady-clock.ts';
import type { Change } from '../change.ts';
import { cardsOfDraft, moveTo, tell, without, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';

/**
 * Whether what was approved may not be carried out any more. An approval from the future was given before the clock
 * was set back: how long ago, nobody can tell.
 */
export const isTimeOver = ({ executeBy, approvals }: RemovalRequest, now: Date): boolean =>
  executeBy === undefined || instant(now) >= executeBy || approvals.some(({ at }) => isFromTheFuture(at, now));

/** When it is looked whether the time of an approval is over. */
export const lapseAt = (request: RemovalRequest, now: Date): Instant =>
  isTimeOver(request, now) ? instant(now) : (request.executeBy ?? instant(now));

/**
 * What the clocks make of a request: nobody decided in time, the approval was not carried out in time, a
 * draft lay too long. `undefined` while time is left, and where the removal may be on its way: that is
 * followed to its end whatever the time.
 */
export function lapse({ request, steps }: RequestRecord, now: Date, policy: RequestPolicy): Change | undefined {
  const at = instant(now);
  const actor = 'bot';
  const target = request.customer.id;
  switch (request.state) {
    case 'draft': {
      // One that waited for its day begins to lie about when it comes back.
      const { openedAt, plannedFor, notSent, waitingFor } = request;
      const isWaiting = waitingFor !== undefined;
      const since = waitingFor?.since ?? (notSent?.plannedFor === undefined ? openedAt : notSent.at);
      const mayLie = plannedFor !== undefined && !isWaiting;
      if (mayLie || at < later(new Date(since), policy.draftTtlMs)) return undefined;
      const moved = without(moveTo(request, 'abandoned', now), 'sendingSince', 'waitingFor');
      return {
        // Nobody has taken it back.
        request: isWaiting ? without(moved, 'plannedFor') : moved,
        audit: [{ action: 'request.abandoned', actor, target }],
        outbox: cardsOfDraft({ request, steps }).map((card) =>
          isWaiting ? { ...card, mode: 'new' as const, headline: 'not-sent' as const } : card,
        ),
        work: { run: null, clock: null, look: null },
      };
    }
    case 'pending':
    case 'approved':
    case 'blocked': {
      const isOver =
        request.state === 'pending'
          ? request.approveBy === undefined || at >= request.approveBy
          : isTimeOver(request, now);
      if (!isOver) return undefined;
      const expired = without(moveTo(request, 'expired', now), 'waitingFor');
      return {
        request: expired,
        audit: [{ action: 'request.expired', actor, target, detail: { was: request.state } }],
        outbox: tell(expired, { requester: 'new', approvers: 'approved' }, 'expired'),
        work: { run: null, clock: null },
      };
    }
    default:
      return undefined;
  }
}
