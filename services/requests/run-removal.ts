import { instant, SECOND_MS, type Clock, type Instant } from '../clock.ts';
import type { Directory } from '../customers/directory.ts';
import type { NewId, RequestId } from '../ids.ts';
import { asPerson, PartnerCenterError, type ActAs, type PartnerCenter } from '../partner-center/partner-center.ts';
import type { TokenSource } from '../partner-center/token-source.ts';
import type { Roles } from '../people/roles.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import type { DriftLine, Readiness } from '../readiness/readiness.ts';
import { isGone } from '../readiness/relationship.ts';
import type { Change } from './change.ts';
import {
  foundInTheWay,
  intendRemoval,
  recheck,
  refusedCall,
  removalAnswered,
  removalDone,
  removalRefused,
  removalUnanswered,
  voidRequest,
  waitFor,
} from './executing.ts';
import { lapse } from './lapsing.ts';
import { canMove } from './life.ts';
import type { RequestPolicy } from './moves.ts';
import { NOT_RESENT, type RemovalRequest, type RequestRecord, type VoidReason, type WaitingFor } from './request.ts';
import type { Claim, RequestStore } from './request-store.ts';

export interface RemovalRunnerParts {
  readonly requests: RequestStore;
  readonly partnerCenter: PartnerCenter;
  readonly reader: ReadinessReader;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly directory: Pick<Directory, 'removed'>;
  readonly roles: Roles;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
}

/** In whose name the removal is carried out: the last approver's. */
const executor = ({ approvals, requester, removal }: RemovalRequest): ActAs =>
  removal?.actAs ?? asPerson(approvals.at(-1)?.by.id ?? requester.id);

/** A removal without an answer is sent again only after so many looks found the customer still ours. */
const LOOKS_BEFORE_RESENDING = 2;
const LONGEST_PAUSE_MS = 300 * SECOND_MS;

/**
 * Carries an approved removal a step further, until it is done or a person has to act. Before the one
 * irreversible call everything is read again and compared with what was approved, and the intent is stored;
 * after it only what can be read counts. A call without an answer is never repeated before reading has shown
 * that it was not carried out, and then under the same `MS-RequestId`.
 *
 * @see "Remove a reseller relationship with a customer"
 */
export function createRemovalRunner(parts: RemovalRunnerParts) {
  return async (id: RequestId, claim: Claim): Promise<void> => {
    const { request } = known(await parts.requests.read(id));
    await new RemovalRun(parts, request, claim).step();
  };
}

/** One step of one removal, from the request as it was stored when the step began. */
class RemovalRun {
  readonly #parts: RemovalRunnerParts;
  readonly #before: RemovalRequest;
  readonly #claim: Claim;
  readonly #actAs: ActAs;

  constructor(parts: RemovalRunnerParts, before: RemovalRequest, claim: Claim) {
    this.#parts = parts;
    this.#before = before;
    this.#claim = claim;
    this.#actAs = executor(before);
  }

  async step(): Promise<void> {
    if (this.#before.state === 'blocked') return this.#readWhatBlocks();
    if (!this.#parts.tokens.canActAs(this.#actAs)) return this.#waitForSignIn();
    switch (this.#before.state) {
      case 'approved':
        return this.#begin();
      case 'executing':
        return this.#reconcile();
      case 'verifying':
      case 'unknown':
        return this.#look();
      default:
        return; // ended, or a person's turn: a late wake-up
    }
  }

  /** Reads everything again; sends only what was approved, and only while the approval holds. */
  async #begin(): Promise<void> {
    const { requests, partnerCenter, reader, roles } = this.#parts;
    const { id, customer } = this.#before;
    if (this.#isFromBeforeRestore()) return this.#lookAfterRestore();
    const barred = noLongerAllowed(this.#before, roles);
    if (barred !== undefined) return this.#giveUp(barred);
    if (this.#isTooLate()) return this.#tooLate();

    reader.forget(customer.id);
    const [readiness, comeBackUrl, reactivated] = await Promise.all([
      reader.read(customer.id, this.#actAs, { fresh: true }),
      comeBackLink(partnerCenter, this.#actAs),
      activeAgain(partnerCenter, known(await requests.read(id)), this.#actAs),
    ]);
    if (reactivated instanceof PartnerCenterError) return this.#wait('unread', reactivated);
    const found = recheck(this.#before, readiness);
    if (found.kind === 'unread') return this.#unreadOrGone(readiness);
    const drift = reactivated.map((name) => ({ kind: 'blocks-now' as const, name }));
    if (found.kind === 'void') return this.#giveUp(found.why, [...found.drift, ...drift]);
    if (drift.length > 0) return this.#giveUp('drift', drift);
    if (this.#isTooLate()) return this.#tooLate();
    await this.#send(comeBackUrl);
  }

  /** Somebody may have withdrawn it since, or it may have been carried out: nobody knows any more. */
  #isFromBeforeRestore(): boolean {
    const { restoredAt } = this.#parts;
    return restoredAt !== undefined && this.#before.approvals.some(({ at }) => at <= restoredAt);
  }

  async #lookAfterRestore(): Promise<void> {
    const { removal, customer } = this.#before;
    const seen = await isGone(this.#parts.partnerCenter, customer, { actAs: this.#actAs });
    switch (seen.kind) {
      case 'gone':
        return removal === undefined ? this.#giveUp('restored-gone') : this.#seenGone();
      case 'unreadable':
        return this.#wait('unread', seen.error);
      case 'still-there':
        return this.#giveUp('restored');
    }
  }

  /** What cannot be read may be so because the customer is ours no longer. */
  async #unreadOrGone({ customer }: Readiness): Promise<void> {
    const { partnerCenter } = this.#parts;
    if (customer !== undefined) return this.#wait('unread');
    const seen = await isGone(partnerCenter, this.#before.customer, { actAs: this.#actAs });
    if (seen.kind !== 'gone') return this.#wait('unread');
    // Before our own call it was somebody else who removed it.
    return this.#before.removal === undefined ? this.#giveUp('gone') : this.#seenGone();
  }

  async #send(comeBackUrl: string | undefined): Promise<void> {
    const { partnerCenter, policy, newId, reader } = this.#parts;
    const fresh = { actAs: this.#actAs, requestId: newId(), correlationId: newId() };
    const intended = await this.#change((record, now) => {
      const intent = intendRemoval(record, now, fresh);
      return { ...intent, request: { ...intent.request, ...(comeBackUrl !== undefined && { comeBackUrl }) } };
    });
    const { requestId, correlationId } = intended.request.removal ?? fresh;
    const { id } = this.#before.customer;
    reader.forget(id);
    try {
      const answer = await partnerCenter.removeRelationship(id, { actAs: this.#actAs, requestId, correlationId });
      await this.#change((record, now) => removalAnswered(record, now, policy, { status: answer.status, ids: answer }));
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      await this.#notAccepted(error);
    }
  }

  async #notAccepted(error: PartnerCenterError): Promise<void> {
    const { policy } = this.#parts;
    const { status = 0, code, ids } = error;
    if (error.fault === 'throttled') return this.#wait('throttled', error);
    if (error.fault === 'sign-in-needed') return this.#wait('sign-in', error);
    const mayBeGone = error.saysNoRelationship && !(await this.#isStillOurs(error));
    await this.#change((record, now) => {
      if (mayBeGone) return removalAnswered(record, now, policy, { status, ids, ...(code !== undefined && { code }) });
      return error.isRefusal
        ? removalRefused(record, now, refusedCall(error))
        : removalUnanswered(record, now, policy, 'no-answer', error);
    });
  }

  /** The refusal is stored; what stands in the way after all is read then, since the service knew of something. */
  async #readWhatBlocks(): Promise<void> {
    const { reader } = this.#parts;
    const { lines } = await reader.read(this.#before.customer.id, this.#actAs, { fresh: true });
    const inTheWay = lines.filter(({ group }) => group === 'blocks');
    await this.#change((record) => foundInTheWay(record, inTheWay));
  }

  /**
   * Whether 400/3000 is a refusal. The service has been seen to say so of a relationship that does not exist, and
   * nothing documents another code for one that cannot be removed: the customer itself tells, unless an
   * earlier sending without an answer may show yet.
   */
  async #isStillOurs({ status, code }: PartnerCenterError): Promise<boolean> {
    if (status !== 400 || code !== '3000' || this.#before.state === 'unknown') return false;
    try {
      await this.#parts.partnerCenter.customer(this.#before.customer.id, { actAs: this.#actAs });
      return true;
    } catch (error) {
      if (error instanceof PartnerCenterError) return false;
      throw error;
    }
  }

  /** The intent is stored, and nobody knows what became of the call: reading comes first. */
  async #reconcile(): Promise<void> {
    const { partnerCenter, policy } = this.#parts;
    const { waitingFor, customer } = this.#before;
    // What is waited for came after the intent: the call was turned away, and nothing was carried out.
    if (waitingFor !== undefined) return this.#begin();
    const seen = await isGone(partnerCenter, customer, { actAs: this.#actAs });
    if (seen.kind === 'gone') return this.#seenGone();
    const error = seen.kind === 'unreadable' ? seen.error : undefined;
    await this.#change((record, now) => removalUnanswered(record, now, policy, 'no-answer', error));
  }

  async #look(): Promise<void> {
    const { partnerCenter, policy, clock } = this.#parts;
    const { state, stateSince, customer, removal, waitingFor } = this.#before;
    // What it is followed for, whatever the last look was held up by.
    const why = removal?.acceptedAt === undefined ? 'no-answer' : 'still-listed';
    const seen = await isGone(partnerCenter, customer, { actAs: this.#actAs });
    if (seen.kind === 'gone') return this.#finish();
    if (state === 'verifying') {
      const acceptedAt = new Date(removal?.acceptedAt ?? stateSince);
      if (clock().getTime() - acceptedAt.getTime() < policy.verifyForMs)
        return this.#wait('still-listed', seen.kind === 'unreadable' ? seen.error : undefined);
      await this.#change((record, now) => removalUnanswered(record, now, policy, 'still-listed'));
      return;
    }
    if (seen.kind === 'unreadable') return this.#wait(why, seen.error);
    // What was accepted and is still listed is waited for; what got no answer may have to be sent again.
    const looks = waitingFor?.why === why ? waitingFor.looks + 1 : 1;
    const mayResend = why === 'no-answer' && looks >= LOOKS_BEFORE_RESENDING;
    return mayResend ? this.#begin() : this.#wait(why);
  }

  /** A call of ours was sent, and the customer is seen to be gone, whatever was answered. */
  async #seenGone(): Promise<void> {
    const { policy } = this.#parts;
    const { state, removal } = this.#before;
    const ids = { requestId: removal?.requestId ?? '', correlationId: removal?.correlationId ?? '' };
    if (state === 'executing')
      await this.#change((record, now) => removalAnswered(record, now, policy, { status: 0, code: 'read', ids }));
    await this.#finish();
  }

  async #finish(): Promise<void> {
    const { requests, partnerCenter, directory, reader } = this.#parts;
    const { id, customer } = this.#before;
    const { request } = known(await requests.read(id));
    const comeBackUrl = request.comeBackUrl ?? (await comeBackLink(partnerCenter, this.#actAs));
    directory.removed(customer.id);
    reader.forget(customer.id);
    await this.#change((record, now) => removalDone(record, now, comeBackUrl));
  }

  /** The approval's time is over. */
  async #tooLate(): Promise<void> {
    if (!canMove(this.#before.state, 'expired')) return this.#blockUnsent();
    const { policy } = this.#parts;
    await this.#change((record, now) => lapse(record, now, policy) ?? voidRequest(record, now, 'drift'));
  }

  async #giveUp(why: VoidReason, drift: readonly DriftLine[] = []): Promise<void> {
    if (!canMove(this.#before.state, 'void')) return this.#blockUnsent();
    await this.#change((record, now) => voidRequest(record, now, why, drift));
  }

  /** A call was sent, reading showed that it was not carried out, and it may not be sent again: a person's turn. */
  async #blockUnsent(): Promise<void> {
    const { requestId = '', correlationId = '' } = this.#before.removal ?? {};
    const refused = { fault: NOT_RESENT, ids: { requestId, correlationId } };
    await this.#change((record, now) => removalRefused(record, now, refused));
  }

  /** Nobody can look either: a call that may be on its way is said to be unknown first. */
  async #waitForSignIn(): Promise<void> {
    const { policy } = this.#parts;
    if (this.#before.state !== 'executing' || this.#before.waitingFor !== undefined) return this.#wait('sign-in');
    await this.#change((record, now) => removalUnanswered(record, now, policy, 'no-answer'));
  }

  async #wait(why: WaitingFor['why'], error?: PartnerCenterError): Promise<void> {
    const { policy } = this.#parts;
    await this.#change((record, now) =>
      waitFor(record, now, { why, forMs: pauseMs(record.request, policy, error), ...(error && { error }) }),
    );
  }

  async #change(decide: (record: RequestRecord, now: Date) => Change): Promise<RequestRecord> {
    const { requests } = this.#parts;
    const decided = await requests.change(this.#before.id, (record, now) => decide(known(record), now), this.#claim);
    if (decided.kind === 'refused') throw new Error('a step of a removal is never refused');
    return decided.record;
  }

  #isTooLate(): boolean {
    const { executeBy } = this.#before;
    return executeBy === undefined || instant(this.#parts.clock()) >= executeBy;
  }
}

export type RemovalRunner = ReturnType<typeof createRemovalRunner>;

function known(record: RequestRecord | undefined): RequestRecord {
  if (record === undefined) throw new Error('a request whose work is due is stored');
  return record;
}

/** Whether whoever asked or approved has lost the role for it since. */
export function noLongerAllowed(
  { requester, approvals }: RemovalRequest,
  roles: Roles,
): 'no-longer-requester' | 'no-longer-approver' | undefined {
  if (!roles.isRequester(requester.id)) return 'no-longer-requester';
  const stand = approvals.every(({ by }) => roles.isApprover(by.id) && !roles.isSamePerson(by.id, requester.id));
  return stand ? undefined : 'no-longer-approver';
}

/** Longer each time, and as long as the service asks for. */
function pauseMs({ waitingFor }: RemovalRequest, { verifyEveryMs }: RequestPolicy, error?: PartnerCenterError): number {
  const longer = verifyEveryMs * 1.3 ** Math.max(0, (waitingFor?.looks ?? 0) - 3);
  return Math.max(Math.min(longer, LONGEST_PAUSE_MS), error?.retryAfterMs ?? 0);
}

/** The receipt can do without it; the removal does not wait for it. */
async function comeBackLink(partnerCenter: PartnerCenter, actAs: ActAs): Promise<string | undefined> {
  try {
    return await partnerCenter.relationshipRequestUrl({ actAs });
  } catch (error) {
    if (error instanceof PartnerCenterError) return undefined;
    throw error;
  }
}

/** Names of what was suspended here and is active again; each is asked for by itself, since lists lag behind. */
async function activeAgain(
  partnerCenter: PartnerCenter,
  { request, steps }: RequestRecord,
  actAs: ActAs,
): Promise<readonly string[] | PartnerCenterError> {
  const isActive = async (holdingId: string): Promise<boolean> => {
    try {
      return (await partnerCenter.subscription(request.customer.id, holdingId, { actAs })).status === 'active';
    } catch (error) {
      if (error instanceof PartnerCenterError && error.fault === 'not-found') return false;
      throw error;
    }
  };
  try {
    const suspended = steps.filter(
      ({ action, state }) => (action === 'suspend' && state === 'done') || action === 'reactivate',
    );
    const active = await Promise.all(suspended.map(({ holdingId }) => isActive(holdingId)));
    return suspended.filter((_, index) => active[index]).map(({ name }) => name);
  } catch (error) {
    if (error instanceof PartnerCenterError) return error;
    throw error;
  }
}
