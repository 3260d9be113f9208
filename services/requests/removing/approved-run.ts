import { HOUR_MS, MINUTE_MS, type Clock, type Instant } from '../../clock.ts';
import type { NewId } from '../../ids.ts';
import type { PartnerCenter, PartnerCenterError } from '../../partner-center/partner-center.ts';
import type { TokenSource } from '../../partner-center/token-source.ts';
import type { People } from '../../people/people.ts';
import type { Roles } from '../../people/roles.ts';
import type { ReadinessReader } from '../../readiness/reader.ts';
import type { DriftLine, Readiness } from '../../readiness/readiness.ts';
import { isGone } from '../../readiness/relationship.ts';
import { actingOn, isAboutSignIn, signInWanted, type Acting } from './acting.ts';
import type { Change } from '../change.ts';
import { voidRequest, waitFor, type Waiting } from './executing.ts';
import { refusedCall } from './refused-call.ts';
import { isTimeOver, lapse } from '../deciding/lapsing.ts';
import { canMove } from '../life.ts';
import { moveTo, type RequestPolicy } from '../moves.ts';
import type { RemovalRequest, RequestRecord, VoidReason, WaitingFor } from '../request.ts';
import type { RequestStore } from '../request-store.ts';
import type { Claim } from '../../storage/claim.ts';
import { reachableStandIns } from './stand-ins.ts';
import { noLongerAllowed } from '../who-may.ts';
import { changeInWork } from '../working.ts';

export interface ApprovedRunParts {
  readonly requests: RequestStore;
  readonly partnerCenter: PartnerCenter;
  readonly reader: ReadinessReader;
  readonly tokens: Pick<TokenSource, 'canActAs'>;
  readonly roles: Roles;
  readonly people: Pick<People, 'find'>;
  readonly policy: RequestPolicy;
  readonly clock: Clock;
  readonly newId: NewId;
  /** When the store was put back from a backup, if it was. */
  readonly restoredAt?: Instant;
  /** Whether the machine's clock has jumped, so that nobody knows what time it is. */
  readonly isTimeInDoubt?: () => boolean;
}

const LONGEST_PAUSE_MS = 5 * MINUTE_MS;
/** An outcome may stay unknown for days; it is looked at all the time. */
const LONGEST_PAUSE_UNKNOWN_MS = HOUR_MS;

/**
 * One step of carrying an approved request out, from the request as it was stored when the step began: what holds
 * whatever was approved. What is done, and how it is seen, is its kind's own.
 */
export abstract class ApprovedRun {
  protected readonly before: RemovalRequest;
  protected readonly actAs: Acting['actAs'];
  protected readonly canAct: Acting['canAct'];
  protected readonly lookAs: Acting['lookAs'];
  readonly #parts: ApprovedRunParts;
  readonly #claim: Claim;

  constructor(parts: ApprovedRunParts, before: RemovalRequest, claim: Claim) {
    this.#parts = parts;
    this.before = before;
    this.#claim = claim;
    const { actAs, canAct, lookAs } = actingOn(before, parts.tokens);
    this.actAs = actAs;
    this.canAct = canAct;
    this.lookAs = lookAs;
  }

  /** Something was sent, reading showed that it was not carried out, and it may not be sent again: a person's turn. */
  protected abstract blockUnsent(): Promise<void>;

  /** Whether an answer was seen to all that was sent: nothing of it was carried out, and nothing is on its way. */
  protected isTurnedAway(): boolean {
    return false;
  }

  /** Somebody may have withdrawn it since, or it may have been carried out: nobody knows any more. */
  protected isFromBeforeRestore(): boolean {
    const { restoredAt } = this.#parts;
    return restoredAt !== undefined && this.before.approvals.some(({ at }) => at <= restoredAt);
  }

  /** Whether who stands behind it may still do so. */
  protected noLongerAllowed(): ReturnType<typeof noLongerAllowed> {
    return noLongerAllowed(this.before, this.#parts.roles);
  }

  /** Whether it goes no further, since somebody has lost their role or nobody can tell who has which. */
  protected async isStoppedByRoles(seen: Pick<Partial<Waiting>, 'looks'> = {}): Promise<boolean> {
    const why = this.noLongerAllowed();
    if (why === undefined) return false;
    await (why === 'roles-unread' ? this.wait(why, seen) : this.giveUp(why));
    return true;
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
    if (!canMove(this.before.state, 'expired') && !this.isTurnedAway()) return this.blockUnsent();
    const { policy } = this.#parts;
    await this.change((record, now) => {
      const unsent = asUnsent(record, now);
      return lapse(unsent, now, policy) ?? voidRequest(unsent, now, 'drift');
    });
  }

  /** What cannot be read may be so because the customer is ours no longer. */
  protected async unreadOrGone({ customer, lines }: Readiness): Promise<void> {
    const refused = signInWanted(lines);
    if (refused !== undefined) return this.wait('sign-in', { refused });
    const atLeastMs = Math.max(0, ...lines.map((line) => (line.kind === 'unread' ? (line.retryAfterMs ?? 0) : 0)));
    if (customer !== undefined) return this.wait('unread', { atLeastMs });
    const seen = await isGone(this.#parts.partnerCenter, this.before.customer, { actAs: this.actAs });
    if (seen.kind === 'gone') return this.gone();
    return this.wait('unread', { atLeastMs, ...(seen.kind === 'unreadable' && { error: seen.error }) });
  }

  /** The relationship has ended before anything was sent that could have ended it: somebody else has done it. */
  protected gone(): Promise<void> {
    return this.giveUp('gone');
  }

  protected async giveUp(why: VoidReason, drift: readonly DriftLine[] = []): Promise<void> {
    if (!canMove(this.before.state, 'void') && !this.isTurnedAway()) return this.blockUnsent();
    await this.change((record, now) => voidRequest(asUnsent(record, now), now, why, drift));
  }

  /**
   * What is waited for, with the error of a call that has not succeeded. Where that says that the executing person's
   * sign-in is not accepted, it is a sign-in, whatever was wanted of the call.
   */
  protected async wait(
    wanted: WaitingFor['why'],
    {
      error,
      refused = error && refusedCall(error),
      atLeastMs = 0,
      ...seen
    }: Partial<Waiting> & { readonly error?: PartnerCenterError; readonly atLeastMs?: number } = {},
  ): Promise<void> {
    const { roles, people } = this.#parts;
    const why = error !== undefined && isAboutSignIn(error) && this.canAct ? 'sign-in' : wanted;
    const stead = why === 'sign-in' && { reachable: await reachableStandIns(this.before, roles, people) };
    await this.change((record, now) => {
      const forMs = Math.max(this.pauseMs(record.request, now, error), atLeastMs);
      return waitFor(record, now, roles, { ...seen, why, forMs, ...(refused && { refused }), ...stead });
    });
  }

  /** The longer it has been waited for, the longer it is until the next look, and as long as the service asks for. */
  protected pauseMs({ waitingFor, state, stateSince }: RemovalRequest, now: Date, error?: PartnerCenterError): number {
    const { verifyEveryMs } = this.#parts.policy;
    const waitedMs = now.getTime() - new Date(waitingFor?.since ?? stateSince).getTime();
    const longestMs = state === 'unknown' ? LONGEST_PAUSE_UNKNOWN_MS : LONGEST_PAUSE_MS;
    return Math.max(verifyEveryMs, Math.min(waitedMs / 4, longestMs), error?.retryAfterMs ?? 0);
  }

  protected change(decide: (record: RequestRecord, now: Date) => Change): Promise<RequestRecord> {
    return changeInWork(this.#parts.requests, this.before.id, this.#claim, decide);
  }
}

/** What was turned away was refused, as far as its end goes. */
function asUnsent(record: RequestRecord, now: Date): RequestRecord {
  const { request } = record;
  return canMove(request.state, 'void') ? record : { ...record, request: moveTo(request, 'blocked', now) };
}
