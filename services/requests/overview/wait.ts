import type { Instant } from '../../clock.ts';
import type { PersonRef } from '../../people/person.ts';
import { waitingForSignIn } from '../clearing/pausing-clearing.ts';
import { executorOf } from '../removing/executor.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';

/** What an open request waits for. */
export type WaitKind =
  /** Whoever asks has not sent it yet. */
  | 'sending'
  /** A decision. */
  | 'decision'
  /** Somebody in whose name something is done has to sign in. */
  | 'sign-in'
  /** Whoever asked has to say when. */
  | 'remove-now'
  /** Partner Center has refused it; whoever asked may go on. */
  | 'continuing'
  /** The day for which it is planned. */
  | 'day'
  /** An answer of Partner Center. */
  | 'partner-center'
  /** Somebody has to find out what became of it. */
  | 'outcome'
  /** The directory, which does not say who may do what. */
  | 'roles'
  /** A clock that is right. */
  | 'clock'
  /** The bot itself, which is at it. */
  | 'bot';

export interface Wait {
  readonly kind: WaitKind;
  /** Whom it waits for; nobody where it waits for no person. Any one of them will do, but for decisions that more than one has to make. */
  readonly people: readonly PersonRef[];
  readonly since: Instant;
  /** Until when that is waited for. */
  readonly until?: Instant;
}

/** What a request waits for, for whom and since when; nothing once it has ended. */
export function waitOf(record: RequestRecord): Wait | undefined {
  const { request } = record;
  const { state, stateSince, requester, waitingFor, plannedFor, sendingSince, executeBy } = request;
  const since = waitingFor?.since ?? stateSince;
  const until = executeBy !== undefined && { until: executeBy };
  switch (state) {
    case 'draft': {
      const [step] = waitingForSignIn(record);
      if (waitingFor?.why === 'sign-in') return { kind: 'sign-in', people: [requester], since };
      if (step !== undefined) return { kind: 'sign-in', people: [requester], since: step.askedAt };
      if (plannedFor !== undefined)
        return { kind: 'day', people: [], since: sendingSince ?? stateSince, until: startOf(plannedFor.day) };
      if (sendingSince !== undefined) return { kind: 'bot', people: [], since: sendingSince };
      return { kind: 'sending', people: [requester], since: stateSince };
    }
    case 'pending':
      return {
        kind: 'decision',
        people: undecided(request),
        since: request.passed?.at(-1)?.at ?? request.sentAt ?? stateSince,
        ...(request.approveBy !== undefined && { until: request.approveBy }),
      };
    case 'approved':
      return { ...ofApproved(request, since), ...until };
    case 'executing':
      return { ...ofApproved(request, since) };
    case 'verifying':
      return { kind: 'partner-center', people: [], since };
    case 'unknown':
      return { kind: 'outcome', people: [], since: stateSince };
    case 'blocked':
      return { kind: 'continuing', people: [requester], since: stateSince, ...until };
    case 'done':
    case 'declined':
    case 'withdrawn':
    case 'expired':
    case 'void':
    case 'abandoned':
    case 'closed':
      return undefined;
  }
}

function ofApproved(request: RemovalRequest, since: Instant): Wait {
  switch (request.waitingFor?.why) {
    case 'sign-in':
      return { kind: 'sign-in', people: [executorOf(request)], since };
    case 'remove-now':
      return { kind: 'remove-now', people: [request.requester], since };
    case 'roles-unread':
      return { kind: 'roles', people: [], since };
    case 'clock':
      return { kind: 'clock', people: [], since };
    case 'unread':
    case 'throttled':
    case 'no-answer':
    case 'still-listed':
      return { kind: 'partner-center', people: [], since };
    case undefined:
      return { kind: 'bot', people: [], since };
  }
}

/** Approvers who were asked and have not approved. */
const undecided = ({ approvers, approvals }: RemovalRequest): readonly PersonRef[] =>
  approvers.filter(({ id }) => !approvals.some(({ by }) => by.id === id));

/** Planned days are days of UTC. */
const startOf = (day: string): Instant => `${day}T00:00:00.000Z`;
