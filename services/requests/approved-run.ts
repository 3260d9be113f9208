import { SECOND_MS, type Clock, type Instant } from '../clock.ts';
import type { NewId } from '../ids.ts';
import { asPerson, type ActAs, type PartnerCenter, type PartnerCenterError } from '../partner-center/partner-center.ts';
import type { TokenSource } from '../partner-center/token-source.ts';
import type { Roles } from '../people/roles.ts';
import type { ReadinessReader } from '../readiness/reader.ts';
import type { DriftLine } from '../readiness/readiness.ts';
import type { Change } from './change.ts';
import { voidRequest, waitFor } from './executing.ts';
import { isTimeOver, lapse } from './lapsing.ts';
import { canMove } from './life.ts';
import type { RequestPolicy } from './moves.ts';
import type { RemovalRequest, RequestRecord, VoidReason, WaitingFor } from './request.ts';
import type { Claim, RequestStore } from './request-store.ts';

export interface ApprovedRunParts {
  readonly requests: RequestStore;
  readonly partnerCenter: PartnerCenter;
  readonly reader: ReadinessReader;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly roles: Roles;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
  /** Whether the machine's clock has jumped, so that nobody knows what time it is. */
  readonly isTimeInDoubt?: () => boolean;
}

/** In whose name an approved request is carried out: the last approver's. */
const executor = ({ approvals, requester, removal }: RemovalRequest): ActAs =>
  removal?.actAs ?? asPerson(approvals.at(-1)?.by.id ?? requester.id);

const LONGEST_PAUSE_MS = 300 * SECOND_MS;

/**
 * One step of carrying an approved request out, from the request as it was stored when the step began: what holds
 * whatever was approved. What is done, and how it is seen, is its kind's own.
 */
export abstract class ApprovedRun {
  protected readonly before: RemovalRequest;
  protected readonly actAs: ActAs;
  readonly #parts: ApprovedRunParts;
  readonly #claim: Claim;

  constructor(parts: ApprovedRunParts, before: RemovalRequest, claim: Claim) {
    this.#parts = parts;
    this.before = before;
    this.#claim = claim;
    this.actAs = executor(before);
  }

  /** Something was sent, reading showed that it was not carried out, and it may not be sent again: a person's turn. */
  protected abstract blockUnsent(): Promise<void>;

  /** Somebody may have withdrawn it since, or it may have been carried out: nobody knows any more. */
  protected isFromBeforeRestore(): boolean {
    const { restoredAt } = this.#parts;
    return restoredAt !== undefined && this.before.approvals.some(({ at }) => at <= restoredAt);
  }

  /** Whether who stands behind it may still do so. */
  protected noLongerAllowed(): ReturnType<typeof noLongerAllowed> {
    return noLongerAllowed(this.before, this.#parts.roles);
  }

  protected isTooLate(): boolean {
    return isTimeOver(this.before, this.#parts.clock());
  }

  /** Whether nobody knows if its time is over: nothing is begun then. */
  protected isTimeInDoubt(): boolean {
    return this.#parts.isTimeInDoubt?.() === true;
  }

  /** The approval's time is over. */
  protected async tooLate(): Promise<void> {
    if (!canMove(this.before.state, 'expired')) return this.blockUnsent();
    const { policy } = this.#parts;
    await this.change((record, now) => lapse(record, now, policy) ?? voidRequest(record, now, 'drift'));
  }

  protected async giveUp(why: VoidReason, drift: readonly DriftLine[] = []): Promise<void> {
    if (!canMove(this.before.state, 'void')) return this.blockUnsent();
    await this.change((record, now) => voidRequest(record, now, why, drift));
  }

  protected async wait(why: WaitingFor['why'], error?: PartnerCenterError): Promise<void> {
    await this.change((record, now) =>
      waitFor(record, now, { why, forMs: this.pauseMs(record.request, error), ...(error && { error }) }),
    );
  }

  /** Longer each time, and as long as the service asks for. */
  protected pauseMs({ waitingFor }: RemovalRequest, error?: PartnerCenterError): number {
    const { verifyEveryMs } = this.#parts.policy;
    const longer = verifyEveryMs * 1.3 ** Math.max(0, (waitingFor?.looks ?? 0) - 3);
    return Math.max(Math.min(longer, LONGEST_PAUSE_MS), error?.retryAfterMs ?? 0);
  }

  protected async change(decide: (record: RequestRecord, now: Date) => Change): Promise<RequestRecord> {
    const { requests } = this.#parts;
    const decided = await requests.change(this.before.id, (record, now) => decide(known(record), now), this.#claim);
    if (decided.kind === 'refused') throw new Error('a step of what was approved is never refused');
    return decided.record;
  }
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

export function known(record: RequestRecord | undefined): RequestRecord {
  if (record === undefined) throw new Error('a request whose work is due is stored');
  return record;
}
