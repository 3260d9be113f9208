import { instant, type Clock } from '../clock.ts';
import type { NewId, RequestId } from '../ids.ts';
import type { Customer } from '../partner-center/partner-center.ts';
import type { PersonRef } from '../people/person.ts';
import type { Claims } from './claims.ts';
import { isSettling, takenOver as takenOverFrom } from './giving-back/giving-back.ts';
import { isFinal } from './life.ts';
import type { RequestPolicy } from './moves.ts';
import { openDraft, takeOverMore } from './sending/opening.ts';
import type { PersonRequests } from './person-requests.ts';
import type { OfBatch, RequestRecord } from './request.ts';
import { refuse, type Refused, type RequestStore } from './request-store.ts';

export interface OwnDraftParts {
  readonly requests: RequestStore;
  readonly claims: Claims;
  readonly personRequests: PersonRequests;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Tells the request before it that this one has taken over what it has left suspended. */
  readonly settle: (previous: RequestId) => Promise<unknown>;
}

/** Why somebody has no draft for a customer, and none is opened. */
export type NoDraft =
  /** Somebody else has an open request for this customer. */
  | 'taken'
  /** The request is on its way: nothing is changed beside it. */
  | 'request-open'
  /** What the request before this one has begun is still under way. */
  | 'settling'
  /** The store is so full that nothing new is begun. */
  | 'no-room';

export type DraftFor = ReturnType<typeof createOwnDraft>;

/** The requester's own draft for a customer; opened where there is none. */
export function createOwnDraft({ requests, claims, personRequests, policy, clock, newId, settle }: OwnDraftParts) {
  /** Its requester's, with all that it has to take over: a crash may have come in between. */
  const continued = async (draft: RequestRecord, requester: PersonRef): Promise<RequestRecord | Refused<NoDraft>> => {
    const own = ownDraft(draft, requester);
    const { previous } = draft.request;
    return 'why' in own || previous === undefined ? own : takeOverFrom(previous, own);
  };

  const takeOverFrom = async (previous: RequestId, draft: RequestRecord): Promise<RequestRecord> => {
    const all = takenOverFrom(await requests.read(previous));
    for (let record = draft; ;) {
      if (takeOverMore(record, all) === undefined) return record;
      const changed = await requests.change(
        draft.request.id,
        (stored) => (stored && takeOverMore(stored, all)) ?? refuse('taken-over'),
      );
      if (changed.kind === 'refused') return (await requests.read(draft.request.id)) ?? record;
      record = changed.record;
    }
  };

  return async (
    customer: Customer,
    requester: PersonRef,
    /** Where several are worked on together; a draft that is there keeps what it was opened for. */
    batch?: OfBatch,
  ): Promise<RequestRecord | Refused<NoDraft>> => {
    const latest = await claims.latest(customer.id);
    if (latest !== undefined && !isFinal(latest.request.state)) return continued(latest, requester);
    if (isSettling(latest)) return refuse('settling');
    const claim = await claims.claim(customer.id, newId(), requester.id);
    if (claim.kind === 'no-room') return refuse('no-room');
    if (claim.kind === 'taken') return claim.record ? continued(claim.record, requester) : refuse('taken');
    const { requestId: id, previous } = claim;
    // Read after the claim: what it begins from now on is not sent.
    const before = previous === undefined ? undefined : await requests.read(previous);
    if (isSettling(before)) return refuse('settling');
    const takenOver = { takenOver: takenOverFrom(before) };
    await personRequests.note(requester.id, id, instant(clock()));
    const opened = await requests.change(id, (record, now) =>
      record
        ? refuse({ opened: record })
        : openDraft(now, policy, {
            ...{ id, customer, requester, ...takenOver },
            ...(previous !== undefined && { previous }),
            ...(batch && { batch }),
          }),
    );
    // The same person's other click was faster.
    if (opened.kind === 'refused') return continued(opened.why.opened, requester);
    if (previous === undefined) return opened.record;
    const draft = await takeOverFrom(previous, opened.record);
    await settle(previous);
    return draft;
  };
}

const ownDraft = (record: RequestRecord, { id }: PersonRef): RequestRecord | Refused<'taken' | 'request-open'> => {
  if (record.request.requester.id !== id) return refuse('taken');
  return record.request.state === 'draft' ? record : refuse('request-open');
};
