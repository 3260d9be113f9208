import type { Clock } from '../../clock.ts';
import type { HoldingId, UserId } from '../../ids.ts';
import type { Customer } from '../../partner-center/partner-center.ts';
import { refOf, type Person, type PersonRef } from '../../people/person.ts';
import type { Roles } from '../../people/roles.ts';
import type { Readiness } from '../../readiness/readiness.ts';
import { cancellable, MAX_CANCELS, toCancel } from '../cancelling/cancellation.ts';
import type { Change } from '../change.ts';
import type { Claims } from '../claims.ts';
import { isOpen } from '../clearing/clearing-step.ts';
import { isFinal } from '../life.ts';
import type { Limits } from './limits.ts';
import type { RequestPolicy } from '../moves.ts';
import type { DraftFor, NoDraft } from '../own-draft.ts';
import type { OfBatch, RemovalRequest, RequestForm, ToCancel } from '../request.ts';
import { refuse, type Changed, type Refused, type RequestStore } from '../request-store.ts';
import { askToSend, isDomain, reasonFault, TICKET_LENGTH, type ReasonFault } from './sending.ts';
import type { ReachingApprovers } from '../deciding/reaching-approvers.ts';
import type { NobodyToAsk } from './whom-to-ask.ts';

export type SendRefusal =
  | 'not-a-requester'
  | NoDraft
  /** This person has as many requests on their way as one may have. */
  | 'too-many-open'
  | ReasonFault
  | 'wrong-domain'
  | 'ticket-too-long'
  | NobodyToAsk
  /** Suspensions are still under way. */
  | 'clearing';

export type CancellationRefusal =
  | SendRefusal
  /** Nothing was chosen. */
  | 'nothing-chosen'
  /** More than one request cancels. */
  | 'too-many'
  /** Some of it can be cancelled no longer, or not in the time that is left. */
  | 'not-cancellable';

export interface AskedRemoval {
  readonly person: Person;
  readonly customer: Customer;
  readonly form: Omit<RequestForm, 'approver'> & { readonly approver?: UserId };
  readonly messageId?: string;
  /** Where several removals are asked for together: they take one place of those that a person may have on their way. */
  readonly batch?: OfBatch;
}

export interface AskedCancellation extends Omit<AskedRemoval, 'form' | 'batch'> {
  readonly form: Omit<AskedRemoval['form'], 'notice' | 'nextProvider'>;
  readonly readiness: Readiness;
  /** What was chosen of what can be cancelled. */
  readonly holdingIds: readonly HoldingId[];
}

/** Handing in what was filled in; it is sent once everything was read again. */
export interface HandingIn {
  /** Takes a filled-in request for a removal. */
  send(asked: AskedRemoval): Promise<Changed | Refused<SendRefusal>>;
  /** The same for a request to cancel what was chosen. */
  sendCancellation(asked: AskedCancellation): Promise<Changed | Refused<CancellationRefusal>>;
}

export interface HandingInParts {
  readonly requests: RequestStore;
  readonly claims: Pick<Claims, 'latest'>;
  readonly approvers: Pick<ReachingApprovers, 'whoIsAsked' | 'reach'>;
  readonly roles: Pick<Roles, 'isRequester'>;
  readonly limits: Pick<Limits, 'open'>;
  readonly policy: Pick<RequestPolicy, 'approvalsRequired'>;
  readonly clock: Clock;
  readonly draftFor: DraftFor;
}

export function createHandingIn(parts: HandingInParts): HandingIn {
  const { requests, claims, approvers, roles, limits, policy, clock, draftFor } = parts;

  const openFor = async ({ id }: Customer): Promise<RemovalRequest | undefined> => {
    const latest = (await claims.latest(id))?.request;
    return latest === undefined || isFinal(latest.state) ? undefined : latest;
  };

  /** Whether this person may have one more on its way; one for this customer that is on its way needs no place. */
  const hasOpenPlace = async (
    latest: RemovalRequest | undefined,
    person: PersonRef,
    batch: OfBatch | undefined,
  ): Promise<boolean> => {
    if (latest !== undefined && !isPlainDraft(latest)) return true;
    const { count, most } = await limits.open.of(person.id, batch?.id);
    return count < most;
  };

  const handIn = async (
    { person, customer, form, messageId, batch: together }: AskedRemoval,
    cancels?: readonly ToCancel[],
  ): Promise<Changed | Refused<SendRefusal>> => {
    const why = roles.isRequester(person.id) ? formFault(form, customer) : 'not-a-requester';
    if (why !== undefined) return refuse(why);
    const wanted = await approvers.whoIsAsked(person.id, form.approver);
    if (typeof wanted === 'string') return refuse(wanted);
    const latest = await openFor(customer);
    // What could not be sent, and is mended by itself, is one of those that it was handed in with.
    const isMended = cancels === undefined && latest?.batch?.form !== undefined;
    const batch = together ?? (isMended ? latest.batch : undefined);
    if (!(await hasOpenPlace(latest, person, batch))) return refuse('too-many-open');
    const asked = await approvers.reach(person.id, form.approver);
    if (typeof asked === 'string') return refuse(asked);
    // By which form it is asked for stands in it once it was handed in.
    const draft = await draftFor(customer, refOf(person), batch && { id: batch.id });
    if ('why' in draft) return draft;
    if (!(await limits.open.take(person.id, draft.request.id, batch?.id))) return refuse('too-many-open');
    const trimmed = { ...form, reason: form.reason.trim(), domain: form.domain.trim(), approver: asked[0].id };
    return requests.change(draft.request.id, (record, now): Change | Refused<'request-open' | 'clearing'> => {
      if (record?.request.state !== 'draft' || record.request.sendingSince !== undefined) return refuse('request-open');
      if (record.steps.some(isOpen)) return refuse('clearing');
      const more = {
        ...(cancels && { cancels }),
        ...(messageId !== undefined && { messageId }),
        ...(batch && { batch }),
      };
      // As many as were asked for now, whatever was set when the draft was opened.
      const request = { ...record.request, approvalsRequired: policy.approvalsRequired };
      return askToSend({ ...record, request }, now, { form: trimmed, approvers: asked, ...more });
    });
  };

  return {
    send: (asked) => handIn(asked),
    async sendCancellation({ readiness, holdingIds, form, ...asked }) {
      const chosen = [...new Set(holdingIds)];
      if (chosen.length === 0) return refuse('nothing-chosen');
      if (chosen.length > MAX_CANCELS) return refuse('too-many');
      const cancels = cancellable(readiness, clock())
        .filter(({ holdingId }) => chosen.includes(holdingId))
        .map(toCancel);
      if (cancels.length < chosen.length) return refuse('not-cancellable');
      return handIn({ ...asked, form: { ...form, notice: false, nextProvider: false } }, cancels);
    },
  };
}

const isPlainDraft = ({ state, sendingSince }: RemovalRequest): boolean =>
  state === 'draft' && sendingSince === undefined;

function formFault(form: AskedRemoval['form'], customer: Customer): SendRefusal | undefined {
  const why = reasonFault(form.reason);
  if (why !== undefined) return why;
  if (!isDomain(form.domain, customer.domain)) return 'wrong-domain';
  return (form.ticket ?? '').length > TICKET_LENGTH ? 'ticket-too-long' : undefined;
}
