import type { Refusals } from '../audit/refusals.ts';
import { instant, type Clock } from '../clock.ts';
import type { CustomerId, HoldingId, NewId, RequestId, UserId } from '../ids.ts';
import { asPerson, type Customer, type PartnerCenter } from '../partner-center/partner-center.ts';
import type { People } from '../people/people.ts';
import type { Colleagues } from '../people/colleagues.ts';
import { refOf, type Person, type PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import type { Readiness, StepAction } from '../readiness/readiness.ts';
import { cancellable, MAX_CANCELS, toCancel } from './cancellation.ts';
import { createApproving, type Approving, type ApprovingParts } from './approving.ts';
import type { Change } from './change.ts';
import type { Claims } from './claims.ts';
import {
  continueAfterRefusal,
  decline,
  withdraw,
  type Click,
  type Decision,
  type DecisionRefusal,
} from './deciding.ts';
import { isSettling, takenOver as takenOverFrom } from './giving-back.ts';
import { close } from './closing.ts';
import { createGivingBack, type GivingBack, type NoteRefused } from './give-back.ts';
import { isFinal } from './life.ts';
import { byPerson, type RequestPolicy } from './moves.ts';
import { openDraft } from './opening.ts';
import { barsPassing, othersToAsk, passOn } from './passing.ts';
import type { PersonRequests } from './person-requests.ts';
import { isOpen, type RemovalRequest, type RequestForm, type RequestRecord, type ToCancel } from './request.ts';
import { refuse, type Changed, type Refused, type RequestStore } from './request-store.ts';
import { askToSend, isDomain, reasonFault, TICKET_LENGTH, type ReasonFault } from './sending.ts';
import { STEPS_PER_CHANGE, takeSteps, wantedSteps, type WantedStep } from './clearing.ts';
import type { Limits } from './limits.ts';
import type { Left } from './suspensions-today.ts';
import { isReachable, proposing, refOfApprover, whoToAsk, type Approver, type CannotBeAsked } from './whom-to-ask.ts';
import { peopleAmong } from './who-may.ts';

export type ClearingRefusal =
  | 'not-a-requester'
  /** Somebody else has an open request for this customer. */
  | 'taken'
  /** The request is on its way: nothing is changed beside it. */
  | 'request-open'
  /** What the request before this one has begun is still under way. */
  | 'settling'
  /** The store is so full that nothing new is begun. */
  | 'no-room'
  /** So many suspensions were begun today that no more may be. */
  | 'no-suspensions-left'
  /** Nothing of what was named can be changed so (any more). */
  | 'nothing-to-do';

export type SendRefusal =
  | 'not-a-requester'
  | 'taken'
  | 'request-open'
  /** What the request before this one has begun is still under way. */
  | 'settling'
  | 'no-room'
  /** This person has as many requests on their way as one may have. */
  | 'too-many-open'
  | ReasonFault
  | 'wrong-domain'
  | 'ticket-too-long'
  /**
   * Nobody but the requester may approve; none was chosen, or one who may not decide on this request; the chosen one has
   * not the app, and it could not be installed for them; more approvals are needed than approvers can be reached.
   */
  | CannotBeAsked
  /** Fewer approvers than it takes are known, since not all who may approve could be read. */
  | 'approvers-unread'
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

/** Why there are not enough people to ask. */
export type CannotAsk = 'no-approver' | 'nobody-reachable' | 'too-few-approvers' | 'approvers-unread';

/** What a requester does alone: all of it can be taken back. */
export type OwnAction = Exclude<StepAction, 'cancel'>;

export interface AskedClearing {
  readonly person: Person;
  readonly action: OwnAction;
  readonly readiness: Readiness;
  readonly customer: Customer;
  readonly holdingIds: readonly HoldingId[];
  /** The message whose card asked, which shows the progress from now on. */
  readonly messageId?: string;
}

export interface AskedRemoval {
  readonly person: Person;
  readonly customer: Customer;
  readonly form: Omit<RequestForm, 'approver'> & { readonly approver?: UserId };
  readonly messageId?: string;
}

export interface AskedCancellation extends Omit<AskedRemoval, 'form'> {
  readonly form: Omit<AskedRemoval['form'], 'notice' | 'nextProvider'>;
  readonly readiness: Readiness;
  /** What was chosen of what can be cancelled. */
  readonly holdingIds: readonly HoldingId[];
}

/** What people do with requests. Who they are is attested by Teams; what they may do is checked here each time. */
export interface RemovalRequests extends GivingBack, Approving {
  find(id: RequestId): Promise<RequestRecord | undefined>;
  /** The newest request for a customer, open or not. */
  ofCustomer(id: CustomerId): Promise<RequestRecord | undefined>;
  /** What a person has asked for, newest first, at most so many. */
  ofPerson(id: UserId, limit: number): Promise<readonly RequestRecord[]>;
  /**
   * Does what the requester has confirmed. It is begun at once, and goes on after a crash. Of suspensions only as many
   * are begun as are left for today.
   */
  clear(asked: AskedClearing): Promise<Changed | Refused<ClearingRefusal>>;
  /** Takes a filled-in request; it is sent once everything was read again. */
  send(asked: AskedRemoval): Promise<Changed | Refused<SendRefusal>>;
  /** The same for a request to cancel what was chosen. */
  sendCancellation(asked: AskedCancellation): Promise<Changed | Refused<CancellationRefusal>>;
  /** How many suspensions may be begun today, of everybody together. */
  suspensionsLeft(): Promise<Left>;
  /** How many requests a person has on their way, and may have. */
  openOf(person: UserId): Promise<{ readonly count: number; readonly most: number }>;
  /** Who can be asked for approval by this person. */
  approversFor(requester: UserId): Promise<readonly Approver[]>;
  /** Why nobody's request can be sent to enough approvers now, if so; whichever of them is chosen. */
  cannotAsk(requester: UserId): Promise<CannotAsk | undefined>;
  /** Who could be asked instead of those who are. */
  othersToAsk(request: RemovalRequest): Promise<readonly Approver[]>;
  /** Has somebody else asked, who has opened the bot. */
  pass(id: RequestId, click: Click & { readonly to: UserId; readonly instead?: UserId }): Promise<Decision | undefined>;
  decline(id: RequestId, click: Click & { readonly reason: string }): Promise<Decision | undefined>;
  /** By an auditor, where nobody can tell what became of it. */
  close(id: RequestId, click: Click & { readonly reason: string }): Promise<Decision | undefined>;
  withdraw(id: RequestId, click: Click): Promise<Decision | undefined>;
  continueAfterRefusal(id: RequestId, click: Click): Promise<Decision | undefined>;
}

export interface RemovalRequestsParts {
  readonly requests: RequestStore;
  readonly claims: Claims;
  readonly personRequests: PersonRequests;
  readonly people: People;
  /** Left out where the partner's directory is not asked. */
  readonly colleagues?: Colleagues;
  readonly roles: Roles;
  readonly reader: ReadinessReader;
  readonly partnerCenter: PartnerCenter;
  readonly tokens: ApprovingParts['tokens'];
  readonly policy: RequestPolicy;
  readonly limits: Pick<Limits, 'open' | 'suspensions'>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Says how many of somebody's refused tries are recorded; all of them, where it is left out. */
  readonly refusals?: Pick<Refusals, 'admit'>;
}

export function createRemovalRequests(parts: RemovalRequestsParts): RemovalRequests {
  const { requests, claims, people, colleagues, roles, policy, limits, clock, newId } = parts;

  /** The requester's own draft for a customer; opened where there is none. */
  const draftFor = async (
    customer: Customer,
    requester: PersonRef,
  ): Promise<RequestRecord | Refused<'taken' | 'request-open' | 'settling' | 'no-room'>> => {
    const latest = await claims.latest(customer.id);
    if (latest !== undefined && !isFinal(latest.request.state)) return ownDraft(latest, requester);
    if (isSettling(latest)) return refuse('settling');
    const claim = await claims.claim(customer.id, newId(), requester.id);
    if (claim.kind === 'no-room') return refuse('no-room');
    if (claim.kind === 'taken') return claim.record ? ownDraft(claim.record, requester) : refuse('taken');
    const { requestId: id, previous } = claim;
    // Read after the claim: what it begins from now on is not sent.
    const before = previous === undefined ? undefined : await requests.read(previous);
    if (isSettling(before)) return refuse('settling');
    const takenOver = { takenOver: takenOverFrom(before) };
    await parts.personRequests.note(requester.id, id, instant(clock()));
    const opened = await requests.change(id, (record, now) =>
      record
        ? refuse({ opened: record })
        : openDraft(now, policy, {
            ...{ id, customer, requester, ...takenOver },
            ...(previous !== undefined && { previous }),
          }),
    );
    // The same person's other click was faster.
    if (opened.kind === 'refused') return ownDraft(opened.why.opened, requester);
    if (previous !== undefined) await undo.settle(previous);
    return opened.record;
  };

  const decide = async (
    id: RequestId,
    person: PersonRef,
    rule: (record: RequestRecord, now: Date) => Change | Refused<DecisionRefusal>,
  ): Promise<Decision | undefined> => {
    if ((await requests.read(id)) === undefined) return undefined;
    const decided = await requests.change(id, (record, now) => (record ? rule(record, now) : refuse('stale-card')));
    return decided.kind === 'changed' ? decided : refused(id, person, decided.why);
  };

  const refused = async (id: RequestId, person: PersonRef, why: DecisionRefusal): Promise<Decision | undefined> => {
    await noteRefused(id, person, why);
    const record = await requests.read(id);
    return record && { kind: 'refused', why, record };
  };

  /** Who tries what they may not do is on the record too. */
  const noteRefused: NoteRefused = async (id, person, why) => {
    if (!NOT_THEIRS.has(why)) return;
    if (parts.refusals?.admit(person.id) === false) return;
    const refused = { action: 'refused', actor: byPerson(person.id), detail: { why } };
    await requests.change(id, (record) => (record ? { request: record.request, audit: [refused] } : refuse('missing')));
  };

  const undo = createGivingBack({ requests, claims, roles, newId, noteRefused });

  /** Whether this person may have one more on its way; one for this customer that is on its way needs no place. */
  const hasOpenPlace = async (customer: Customer, person: PersonRef): Promise<boolean> => {
    const latest = (await claims.latest(customer.id))?.request;
    const isOnItsWay = latest !== undefined && !isFinal(latest.state) && !isPlainDraft(latest);
    if (isOnItsWay) return true;
    const { count, most } = await limits.open.of(person.id);
    return count < most;
  };

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

  const known = async (ids: readonly UserId[]): Promise<readonly Approver[]> => {
    const canBeAdded = (await colleagues?.canAddApp()) === true;
    return Promise.all(
      ids.map(async (id): Promise<Approver> => {
        const person = await people.find(id);
        const name = colleagues?.nameOf(id);
        return {
          id,
          ...(person && { person }),
          ...(name !== undefined && { name }),
          ...(canBeAdded && { canBeAdded }),
        };
      }),
    );
  };
  const approversFor = async (requester: UserId): Promise<readonly Approver[]> => {
    const [eligible, manager] = await Promise.all([
      known(roles.approversFor(requester)),
      colleagues?.managerOf(requester),
    ]);
    return proposing(eligible, manager);
  };

  /** Whom a request would be sent to; where there are too few, it may be that not all could be read. */
  const whoIsAsked = (
    chosen: UserId | undefined,
    eligible: readonly Approver[],
  ): ReturnType<typeof whoToAsk> | 'approvers-unread' => {
    const asked = whoToAsk(chosen, eligible, policy.approvalsRequired, roles);
    const isKnown = typeof asked !== 'string' || asked === 'approver-unreachable' || !roles.areApproversUnread();
    return isKnown ? asked : 'approvers-unread';
  };

  /** Has the app installed for those of them who have not got it. Who cannot be reached all the same is not asked. */
  const reach = async (
    asked: readonly [Approver, ...Approver[]],
  ): Promise<readonly PersonRef[] | 'approver-unreachable' | 'too-few-approvers'> => {
    const reached = await Promise.all(
      asked.map(async (one) => isReachable(one) || (await colleagues?.addAppFor(one.id)) === true),
    );
    if (reached[0] !== true) return 'approver-unreachable';
    const able = asked.filter((_, at) => reached[at]);
    return peopleAmong(able, roles).length < policy.approvalsRequired ? 'too-few-approvers' : able.map(refOfApprover);
  };

  const handIn = async (
    { person, customer, form, messageId }: AskedRemoval,
    cancels?: readonly ToCancel[],
  ): Promise<Changed | Refused<SendRefusal>> => {
    const asked = whoIsAsked(form.approver, await approversFor(person.id));
    const why = roles.isRequester(person.id) ? formFault(form, customer) : 'not-a-requester';
    if (why !== undefined) return refuse(why);
    if (typeof asked === 'string') return refuse(asked);
    if (!(await hasOpenPlace(customer, person))) return refuse('too-many-open');
    const approvers = await reach(asked);
    if (typeof approvers === 'string') return refuse(approvers);
    const draft = await draftFor(customer, refOf(person));
    if ('why' in draft) return draft;
    if (!(await limits.open.take(person.id, draft.request.id))) return refuse('too-many-open');
    const trimmed = { ...form, reason: form.reason.trim(), domain: form.domain.trim(), approver: asked[0].id };
    return requests.change(draft.request.id, (record, now): Change | Refused<'request-open' | 'clearing'> => {
      if (record?.request.state !== 'draft' || record.request.sendingSince !== undefined) return refuse('request-open');
      if (record.steps.some(isOpen)) return refuse('clearing');
      const more = { ...(cancels && { cancels }), ...(messageId !== undefined && { messageId }) };
      return askToSend(record, now, { form: trimmed, approvers, ...more });
    });
  };

  return {
    find: (id) => requests.read(id),
    ofCustomer: (id) => claims.latest(id),
    async ofPerson(id, limit) {
      const ids = (await parts.personRequests.of(id)).slice(0, limit);
      const records = await Promise.all(ids.map((one) => requests.read(one)));
      return records.filter((record) => record !== undefined);
    },
    approversFor,
    async cannotAsk(requester) {
      const asked = whoIsAsked(undefined, await approversFor(requester));
      if (typeof asked !== 'string') return undefined;
      return asked === 'approver-unreachable' || asked === 'not-an-approver' ? 'nobody-reachable' : asked;
    },
    othersToAsk: (request) => known(othersToAsk(request, roles)),
    ...undo.givingBack,

    async clear({ person, action, readiness, customer, holdingIds, messageId }) {
      if (!roles.isRequester(person.id)) return refuse('not-a-requester');
      const offers = readiness.offers.filter((one) => one.action === action && holdingIds.includes(one.holdingId));
      if (offers.length === 0) return refuse('nothing-to-do');
      if (action === 'suspend' && (await limits.suspensions.left()).count === 0) {
        // The same yes again, delivered twice, finds what it began.
        const latest = await claims.latest(customer.id);
        const begun = latest !== undefined && holdingIds.every((one) => isBusy(latest, one));
        return begun ? { kind: 'changed', record: latest } : refuse('no-suspensions-left');
      }
      const draft = await draftFor(customer, refOf(person));
      if ('why' in draft) return draft;
      const { id } = draft.request;
      const all = offers.flatMap((one) => wantedSteps(one, draft, newId));
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
                ...(messageId !== undefined && { messageId }),
              })
            : refuse('request-open'),
        );
      }
      // Where they were not stored, what was counted is free again by itself.
      if (counted?.key !== undefined && changed.kind === 'changed') await limits.suspensions.stored(counted.key);
      return changed;
    },
    suspensionsLeft: () => limits.suspensions.left(),
    openOf: (person) => limits.open.of(person),

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

    ...createApproving({ ...parts, decide, refused }),
    close: (id, click) => decide(id, click.person, (record, now) => close(record, now, roles, click)),
    decline: (id, click) => decide(id, click.person, (record, now) => decline(record, now, roles, click)),
    async pass(id, { to, ...click }) {
      const [chosen] = roles.isApprover(to) ? await known([to]) : [];
      const before = (await requests.read(id))?.request;
      const isAllowed = before !== undefined && barsPassing(before, click.person, roles) === undefined;
      const isReached =
        chosen !== undefined && (isReachable(chosen) || (isAllowed && (await colleagues?.addAppFor(to)) === true));
      return decide(id, click.person, (record, now) =>
        isReached
          ? passOn(record, now, roles, { ...click, to: refOfApprover(chosen) })
          : refuse(barsPassing(record.request, click.person, roles) ?? 'not-available'),
      );
    },
    withdraw: (id, click) => decide(id, click.person, (record, now) => withdraw(record, now, roles, click)),
    continueAfterRefusal: (id, click) =>
      decide(id, click.person, (record, now) => continueAfterRefusal(record, now, roles, click)),
  };
}

/** Whether the status of a subscription is being changed. */
const isBusy = ({ steps }: RequestRecord, id: HoldingId): boolean =>
  steps.some((one) => one.holdingId === id && one.action !== 'auto-renew-off' && isOpen(one));

const isPlainDraft = ({ state, sendingSince }: RemovalRequest): boolean =>
  state === 'draft' && sendingSince === undefined;

/** Tries at what is somebody else's to do. */
const NOT_THEIRS: ReadonlySet<DecisionRefusal> = new Set([
  ...([
    'own-request',
    'not-an-auditor',
    'has-a-part',
    'not-an-approver',
    'not-the-requester',
    'not-a-requester',
    'not-asked',
  ] as const),
]);

const ownDraft = (record: RequestRecord, { id }: PersonRef): RequestRecord | Refused<'taken' | 'request-open'> => {
  if (record.request.requester.id !== id) return refuse('taken');
  return record.request.state === 'draft' ? record : refuse('request-open');
};

function formFault(form: AskedRemoval['form'], customer: Customer): SendRefusal | undefined {
  const why = reasonFault(form.reason);
  if (why !== undefined) return why;
  if (!isDomain(form.domain, customer.domain)) return 'wrong-domain';
  return (form.ticket ?? '').length > TICKET_LENGTH ? 'ticket-too-long' : undefined;
}
