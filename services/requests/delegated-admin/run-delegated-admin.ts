import type { Clock, Instant } from '../../clock.ts';
import type { NewId, RequestId } from '../../ids.ts';
import { attempt } from '../../partner-center/attempt.ts';
import type { DelegatedAdmin } from '../../partner-center/delegated-admin.ts';
import { PartnerCenterError, type ActAs } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import { RolesUnreadError, type Roles } from '../../people/roles.ts';
import { hasEnded } from '../../readiness/delegated-admin.ts';
import { noLongerAllowed } from '../who-may.ts';
import type { Change } from '../change.ts';
import {
  afterPass,
  endAccepted,
  endNotAccepted,
  endNothing,
  intendEnd,
  mayEnd,
  relationshipsSeen,
  waitForTime,
  whyUnread,
  type Bar,
  type SeenRelationship,
} from './ending-delegated-admin.ts';
import { actAsOf } from '../removing/executor.ts';
import type { RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord } from '../request.ts';
import type { EndingDelegatedAdmin } from './ending-relationships.ts';
import type { RequestStore } from '../request-store.ts';
import type { Claim } from '../../storage/claim.ts';
import { changeInWork, known } from '../working.ts';

export interface DelegatedAdminRunnerParts {
  readonly requests: RequestStore;
  readonly delegatedAdmin: DelegatedAdmin;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly roles: Roles;
  readonly policy: Pick<RequestPolicy, 'verifyEveryMs'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
  /** Whether the machine's time cannot be trusted at the moment; then nothing is judged by it. */
  readonly isTimeInDoubt?: () => boolean;
}

/**
 * Ends the delegated admin relationships that a removal was approved with, in the name of whoever carried it out, and
 * never before the removal is done. Called again until all of them are over or a day has passed: each time it reads
 * first, stores the intent before it sends anything, and counts only what it can read.
 *
 * @see Microsoft Graph, "Create requests" with the action `terminate`
 */
export function createDelegatedAdminRunner(parts: DelegatedAdminRunnerParts) {
  const { requests, delegatedAdmin, tokens, roles, policy, clock, newId, restoredAt } = parts;

  return async (id: RequestId, claim: Claim): Promise<unknown> => {
    const change = async (decide: (record: RequestRecord, now: Date) => Change): Promise<RemovalRequest> =>
      (await changeInWork(requests, id, claim, decide)).request;

    const { request } = known(await requests.read(id));
    const ending = request.delegatedAdmin;
    const actAs = actAsOf('gdap', request);
    if (request.state !== 'done' || ending === undefined || ending.endedAt !== undefined) return change(endNothing);
    const isInDoubt = parts.isTimeInDoubt?.() === true || noLongerAllowed(request, roles) === 'roles-unread';
    if (isInDoubt) return change((record, now) => waitForTime(record, now, policy));
    if (!tokens.canActAs(actAs, 'irreversibly'))
      return change((record, now) => afterPass(record, now, policy, { why: 'sign-in' }));

    const seen = await attempt(() => seeAll(request.customer.id, ending, actAs));
    if (seen instanceof PartnerCenterError)
      return change((record, now) => afterPass(record, now, policy, { why: whyUnread(seen), error: seen }));
    const bar = whyNothingIsSent(request);
    let now = await change((record) => relationshipsSeen(record, seen.all, seen.others, bar));

    const isInTime = clock().toISOString() < ending.until;
    for (const one of isInTime ? (now.delegatedAdmin?.relationships ?? []).filter(mayEnd) : []) {
      const correlationId = newId();
      now = await change((record) => intendEnd(record, one.id, { requestId: newId(), correlationId }));
      const requestId = now.delegatedAdmin?.relationships.find((sent) => sent.id === one.id)?.requestId ?? '';
      const answer = await attempt(() => delegatedAdmin.terminate(one.id, { actAs, requestId, correlationId }));
      if (answer instanceof PartnerCenterError) {
        await change((record) => endNotAccepted(record, one.id, answer));
        if (answer.fault !== 'refused' && answer.fault !== 'not-found') return pauseAfter(answer);
      } else await change((record) => endAccepted(record, one.id, answer.status));
    }
    return change((record, at) => afterPass(record, at, policy, { hasMoved: hasMoved(ending, record.request) }));

    /** What one call met with, the others would too. */
    function pauseAfter(error: PartnerCenterError): Promise<unknown> {
      const why = whyUnread(error);
      return change((record, at) =>
        afterPass(record, at, policy, { isSending: true, ...(why !== 'unread' && { why }), error }),
      );
    }
  };

  /** Somebody may have thought better of it since, or may not do it any more. */
  function whyNothingIsSent(request: RemovalRequest): Bar | undefined {
    if (restoredAt !== undefined && request.approvals.some(({ at }) => at <= restoredAt)) return 'restored';
    const lost = noLongerAllowed(request, roles);
    if (lost === 'roles-unread') throw new RolesUnreadError();
    return lost === undefined ? undefined : 'no-longer-allowed';
  }

  /** The list tells of new ones too; one that is missing from it is asked for by itself, since that proves nothing. */
  async function seeAll(customerId: string, { relationships }: EndingDelegatedAdmin, actAs: ActAs) {
    const listed = await delegatedAdmin.relationships(customerId, { actAs });
    const byId = new Map(listed.map((one) => [one.id, one]));
    const all = new Map<string, SeenRelationship>();
    for (const { id, state } of relationships) {
      if (state === 'done') continue;
      const one = byId.get(id) ?? (await oneOf(customerId, id, actAs));
      all.set(id, one === undefined || hasEnded(one) ? { kind: 'over' } : { kind: 'seen', status: one.status });
    }
    const planned = new Set(relationships.map(({ id }) => id));
    const others = listed.filter((one) => !planned.has(one.id) && !hasEnded(one)).map((one) => one.displayName);
    return { all, others };
  }

  /** @returns `undefined` where there is no such relationship. */
  async function oneOf(customerId: string, id: string, actAs: ActAs) {
    const one = await attempt(() => delegatedAdmin.relationship(customerId, id, { actAs }));
    if (!(one instanceof PartnerCenterError)) return one;
    if (one.fault === 'not-found') return undefined;
    throw one;
  }
}

export type DelegatedAdminRunner = ReturnType<typeof createDelegatedAdminRunner>;

/** Whether anything came closer to its end. */
function hasMoved(before: EndingDelegatedAdmin, { delegatedAdmin: after }: RemovalRequest): boolean {
  const states = ({ relationships }: EndingDelegatedAdmin): string =>
    JSON.stringify(relationships.map(({ state }) => state));
  return after !== undefined && states(after) !== states(before);
}
