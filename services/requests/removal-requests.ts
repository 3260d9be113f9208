import type { AuditEvent } from '../audit/audit-chain.ts';
import type { Refusals } from '../audit/refusals.ts';
import type { Clock } from '../clock.ts';
import type { CustomerId, NewId, RequestId, UserId } from '../ids.ts';
import type { PartnerCenter } from '../partner-center/partner-center.ts';
import type { People } from '../people/people.ts';
import type { Colleagues } from '../people/colleagues.ts';
import type { PersonRef } from '../people/person.ts';
import type { Roles } from '../people/roles.ts';
import { createApproving, type Approving, type ApprovingParts } from './deciding/approving.ts';
import { createBeginClearing, type AskedClearing, type ClearingRefusal } from './clearing/begin-clearing.ts';
import type { Change } from './change.ts';
import type { Claims } from './claims.ts';
import { close } from './removing/closing.ts';
import {
  continueAfterRefusal,
  decline,
  withdraw,
  type Click,
  type Decision,
  type DecisionRefusal,
} from './deciding/deciding.ts';
import { createGivingBack, type GivingBack, type NoteRefused } from './giving-back/give-back.ts';
import { tick } from './following-up/ticking.ts';
import { createHandingIn, type HandingIn } from './sending/hand-in.ts';
import type { Limits } from './sending/limits.ts';
import { byPerson, type RequestPolicy } from './moves.ts';
import { createOwnDraft } from './own-draft.ts';
import { barsPassing, othersToPassTo, passOn } from './deciding/passing.ts';
import type { PersonRequests } from './person-requests.ts';
import { shownWhereLookedUp, shownWherePressed, type ShownAt } from './pressed-card.ts';
import type { RemovalRequest, RequestRecord } from './request.ts';
import { refuse, type Changed, type Refused, type RequestStore } from './request-store.ts';
import { createReachingApprovers, type CannotAsk } from './deciding/reaching-approvers.ts';
import type { Left } from './clearing/suspensions-today.ts';
import { createWaitingForDecision } from './deciding/waiting-for-decision.ts';
import { isReachable, refOfApprover, type Approver } from './sending/whom-to-ask.ts';

/** What people do with requests. Who they are is attested by Teams; what they may do is checked here each time. */
export interface RemovalRequests extends GivingBack, HandingIn, Approving {
  find(id: RequestId): Promise<RequestRecord | undefined>;
  /** The newest request for a customer, open or not. */
  ofCustomer(id: CustomerId): Promise<RequestRecord | undefined>;
  /** What waits for this person's decision, what was asked last first. */
  waitingFor(approver: UserId): Promise<readonly RequestRecord[]>;
  /** What a person has asked for, newest first, at most so many. */
  ofPerson(id: UserId, limit: number): Promise<readonly RequestRecord[]>;
  /**
   * Does what the requester has confirmed. It is begun at once, and goes on after a crash. Of suspensions only as many
   * are begun as are left for today.
   */
  clear(asked: AskedClearing): Promise<Changed | Refused<ClearingRefusal>>;
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
  /** Has somebody else asked, who has the app or gets it now. */
  pass(id: RequestId, click: Click & { readonly to: UserId; readonly instead?: UserId }): Promise<Decision | undefined>;
  decline(id: RequestId, click: Click & { readonly reason: string }): Promise<Decision | undefined>;
  /** By an auditor, where nobody can tell what became of it. */
  close(id: RequestId, click: Click & { readonly reason: string }): Promise<Decision | undefined>;
  withdraw(id: RequestId, click: Click): Promise<Decision | undefined>;
  continueAfterRefusal(id: RequestId, click: Click): Promise<Decision | undefined>;
  /**
   * Notes that this person was shown a request on this message, so that it is settled with the request.
   *
   * @returns the revision of the request that is there.
   */
  wasShown(id: RequestId, person: PersonRef, where: ShownAt): Promise<number | undefined>;
  /** Puts on the record that somebody wanted to open what is not theirs to do; any other reason is no try of that kind. */
  readonly noteRefused: NoteRefused;
  /** Notes that something that stays open was seen to, or was not after all. */
  tick(
    id: RequestId,
    click: Click & { readonly point: string; readonly isDone: boolean },
  ): Promise<Decision | undefined>;
}

export interface RemovalRequestsParts {
  readonly requests: RequestStore;
  readonly claims: Claims;
  readonly personRequests: PersonRequests;
  /** What people were asked to decide. */
  readonly askedOf: PersonRequests;
  readonly people: People;
  /** Left out where the partner's directory is not asked. */
  readonly colleagues?: Colleagues;
  /** What is being carried out, for whoever may do it with a sign-in of theirs (nothing). */
  readonly running?: () => Promise<readonly RequestId[]>;
  readonly roles: Roles;
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
  const { requests, claims, roles, limits, newId } = parts;

  const decide = async (
    id: RequestId,
    click: Pick<Click, 'person' | 'messageId'>,
    rule: (record: RequestRecord, now: Date) => Change | Refused<DecisionRefusal>,
  ): Promise<Decision | undefined> => {
    if ((await requests.read(id)) === undefined) return undefined;
    const decided = await requests.change(id, (record, now) => {
      if (record === undefined) return refuse('stale-card');
      const ruled = rule(record, now);
      return 'request' in ruled ? shownWherePressed(ruled, record, click) : ruled;
    });
    return decided.kind === 'changed' ? decided : refused(id, click.person, decided.why);
  };

  const refused = async (id: RequestId, person: PersonRef, why: DecisionRefusal): Promise<Decision | undefined> => {
    await noteRefused(id, person, why);
    const record = await requests.read(id);
    return record && { kind: 'refused', why, record };
  };

  /** Who tries what they may not do is on the record too. */
  const noteRefused: NoteRefused = async (id, person, why, what) => {
    if (!NOT_THEIRS.has(why)) return;
    if (parts.refusals?.admit(person.id) === false) return;
    const refused: AuditEvent = { action: 'refused', actor: byPerson(person.id), detail: { what, why } };
    await requests.change(id, (record) => (record ? { request: record.request, audit: [refused] } : refuse('missing')));
  };

  const undo = createGivingBack({ requests, claims, roles, newId, noteRefused });
  const draftFor = createOwnDraft({ ...parts, settle: (previous) => undo.settle(previous) });

  const approvers = createReachingApprovers(parts);

  return {
    find: (id) => requests.read(id),
    ofCustomer: (id) => claims.latest(id),
    async ofPerson(id, limit) {
      const ids = (await parts.personRequests.of(id)).slice(0, limit);
      const records = await Promise.all(ids.map((one) => requests.read(one)));
      return records.filter((record) => record !== undefined);
    },
    waitingFor: createWaitingForDecision({
      ...{ requests, roles, asked: parts.askedOf },
      ...(parts.running && { running: parts.running }),
    }),
    approversFor: (requester) => approvers.approversFor(requester),
    cannotAsk: (requester) => approvers.cannotAsk(requester),
    othersToAsk: (request) => approvers.known(othersToPassTo(request, roles)),
    ...undo.givingBack,

    clear: createBeginClearing({ requests, claims, roles, limits, newId, draftFor }),
    suspensionsLeft: () => limits.suspensions.left(),
    openOf: (person) => limits.open.of(person),

    ...createHandingIn({ ...parts, approvers, draftFor }),
    ...createApproving({ ...parts, decide, refused }),
    noteRefused,
    async wasShown(id, person, where) {
      const known = await requests.read(id);
      if (known !== undefined && shownWhereLookedUp(known, person, roles, where) !== undefined)
        await requests.change(
          id,
          (record) => (record && shownWhereLookedUp(record, person, roles, where)) ?? refuse('missing'),
        );
      return known?.request.revision;
    },
    close: (id, click) => decide(id, click, (record, now) => close(record, now, roles, click)),
    decline: (id, click) => decide(id, click, (record, now) => decline(record, now, roles, click)),
    async pass(id, { to, ...click }) {
      const before = (await requests.read(id))?.request;
      const isAllowed = before !== undefined && barsPassing(before, click.person, roles) === undefined;
      const [chosen] = roles.isApprover(to) ? await approvers.known([to]) : [];
      const isReached =
        chosen !== undefined && (isReachable(chosen) || (isAllowed && (await approvers.hasApp(chosen))));
      return decide(id, click, (record, now) =>
        isReached
          ? passOn(record, now, roles, { ...click, to: refOfApprover(chosen) })
          : refuse(barsPassing(record.request, click.person, roles) ?? 'not-available'),
      );
    },
    withdraw: (id, click) => decide(id, click, (record, now) => withdraw(record, now, roles, click)),
    continueAfterRefusal: (id, click) =>
      decide(id, click, (record, now) => continueAfterRefusal(record, now, roles, click)),
    tick: (id, click) => decide(id, click, (record, now) => tick(record, now, roles, click)),
  };
}

/** Tries at what is somebody else's to do. */
const NOT_THEIRS: ReadonlySet<DecisionRefusal> = new Set([
  ...([
    'own-request',
    'not-an-auditor',
    'has-a-part',
    'not-an-approver',
    'passed-on',
    'not-the-requester',
    'not-a-requester',
    'not-asked',
  ] as const),
]);
