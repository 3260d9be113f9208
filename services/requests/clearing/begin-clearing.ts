import type { HoldingId, NewId } from '../../ids.ts';
import { asPerson, type Customer } from '../../partner-center/partner-center.ts';
import { refOf, type Person } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Readiness } from '../../readiness/readiness.ts';
import type { Claims } from '../claims.ts';
import { isBegun, STEPS_PER_CHANGE, takeSteps, wantedSteps, type WantedStep } from './clearing.ts';
import { isOpen, type OwnAction } from './clearing-step.ts';
import type { Limits } from '../sending/limits.ts';
import type { DraftFor, NoDraft } from '../own-draft.ts';
import type { OfBatch, RequestRecord } from '../request.ts';
import { refuse, type Changed, type Refused, type RequestStore } from '../request-store.ts';

export type ClearingRefusal =
  | 'not-a-requester'
  | NoDraft
  /** So many suspensions were begun today that no more may be. */
  | 'no-suspensions-left'
  /** Nothing of what was named can be changed so (any more). */
  | 'nothing-to-do';

export interface AskedClearing {
  readonly person: Person;
  readonly action: OwnAction;
  readonly readiness: Readiness;
  readonly customer: Customer;
  readonly holdingIds: readonly HoldingId[];
  /** The message whose card asked, which shows the progress from now on. */
  readonly messageId?: string;
  /** Where several customers are cleared together. */
  readonly batch?: OfBatch;
}

export interface BeginClearingParts {
  readonly requests: RequestStore;
  readonly claims: Pick<Claims, 'latest'>;
  readonly roles: Roles;
  readonly limits: Pick<Limits, 'suspensions'>;
  readonly newId: NewId;
  readonly draftFor: DraftFor;
}

/**
 * Does what a requester has confirmed, in a draft of their own. It is begun at once, and goes on after a crash. Of
 * suspensions only as many are begun as are left for today.
 */
export function createBeginClearing({ requests, claims, roles, limits, newId, draftFor }: BeginClearingParts) {
  /** What is under way already takes nothing of today's suspensions. */
  const countedSuspensions = async (
    draft: RequestRecord,
    all: readonly WantedStep[],
  ): Promise<{ readonly steps: readonly WantedStep[]; readonly key?: string }> => {
    const fresh = all.filter(({ holdingId }) => !isBusy(draft, holdingId));
    if (fresh.length === 0) return { steps: all };
    const { taken, key } = await limits.suspensions.take(
      draft.request.id,
      fresh.map(({ holdingId }) => holdingId),
    );
    return { steps: fresh.filter(({ holdingId }) => taken.includes(holdingId)), key };
  };

  return async ({
    person,
    action,
    readiness,
    customer,
    holdingIds,
    messageId,
    batch,
  }: AskedClearing): Promise<Changed | Refused<ClearingRefusal>> => {
    if (!roles.isRequester(person.id)) return refuse('not-a-requester');
    const offers = readiness.offers.filter((one) => one.action === action && holdingIds.includes(one.holdingId));
    if (offers.length === 0) return refuse('nothing-to-do');
    if (action === 'suspend' && (await limits.suspensions.left()).count === 0) {
      // The same yes again, delivered twice, finds what it began.
      const latest = await claims.latest(customer.id);
      const begun =
        latest !== undefined &&
        holdingIds.every((one) => isBusy(latest, one) || isBegun(latest, { action, holdingId: one }, readiness.readAt));
      return begun ? { kind: 'changed', record: latest } : refuse('no-suspensions-left');
    }
    const draft = await draftFor(customer, refOf(person), batch);
    if ('why' in draft) return draft;
    const { id } = draft.request;
    const all = offers
      .flatMap((one) => wantedSteps({ ...one, action }, draft, newId))
      .filter((step) => !isBegun(draft, step, readiness.readAt));
    // The same yes again, delivered twice, finds what it began, and touches nothing.
    if (all.length === 0) return { kind: 'changed', record: draft };
    const counted = action === 'suspend' ? await countedSuspensions(draft, all) : undefined;
    if (counted?.steps.length === 0) return refuse('no-suspensions-left');
    const wanted = counted?.steps ?? all;
    let changed: Changed | Refused<'request-open'> = { kind: 'changed', record: draft };
    for (let at = 0; at < wanted.length && changed.kind === 'changed'; at += STEPS_PER_CHANGE) {
      const steps = wanted.slice(at, at + STEPS_PER_CHANGE);
      changed = await requests.change(id, (record, now) =>
        record?.request.state === 'draft' && record.request.sendingSince === undefined
          ? takeSteps(record, now, {
              actAs: asPerson(person.id),
              steps,
              readAt: readiness.readAt,
              ...(messageId !== undefined && { messageId }),
            })
          : refuse('request-open'),
      );
    }
    // Where they were not stored, what was counted is free again by itself.
    if (counted?.key !== undefined && changed.kind === 'changed') await limits.suspensions.stored(counted.key);
    return changed;
  };
}

/** Whether the status of a subscription is being changed. */
const isBusy = ({ steps }: RequestRecord, id: HoldingId): boolean =>
  steps.some((one) => one.holdingId === id && one.action !== 'auto-renew-off' && isOpen(one));
