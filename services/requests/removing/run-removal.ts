import type { Instant } from '../../clock.ts';
import type { Directory } from '../../customers/directory.ts';
import type { HoldingId, RequestId } from '../../ids.ts';
import { PartnerCenterError, type ActAs, type PartnerCenter } from '../../partner-center/partner-center.ts';
import { isGone, type RelationshipSeen } from '../../readiness/relationship.ts';
import { isAboutSignIn } from './acting.ts';
import { ApprovedRun, type ApprovedRunParts } from './approved-run.ts';
import {
  foundInTheWay,
  intendRemoval,
  recheck,
  removalAnswered,
  removalDone,
  removalReconciled,
  removalRefused,
  removalUnanswered,
} from './executing.ts';
import { refusedCall, NOT_RESENT } from './refused-call.ts';
import type { RemovalRequest } from '../request.ts';
import { countsStill, MOST_READINGS, sendingEnds } from './sending-time.ts';
import type { Claim } from '../../storage/claim.ts';
import { askEach, isBehind, suspendedHere, unlisted } from '../clearing/said-by-each.ts';
import { known } from '../working.ts';

export interface RemovalRunnerParts extends ApprovedRunParts {
  readonly directory: Pick<Directory, 'removed'>;
}

/** A removal without an answer is sent again only after so many looks found the customer still ours; after twice as many the next time. */
const LOOKS_BEFORE_RESENDING = 2;
/** So often it is sent without an answer, in all. */
const MOST_SENDINGS = 5;

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
class RemovalRun extends ApprovedRun {
  readonly #parts: RemovalRunnerParts;

  constructor(parts: RemovalRunnerParts, before: RemovalRequest, claim: Claim) {
    super(parts, before, claim);
    this.#parts = parts;
  }

  async step(): Promise<void> {
    switch (this.before.state) {
      case 'approved':
        return this.#begin();
      case 'executing':
        return wasTurnedAway(this.before) ? this.#begin() : this.#reconcile();
      case 'verifying':
      case 'unknown':
        return this.#look();
      case 'blocked':
        return this.#readWhatBlocks();
      default:
        return; // ended, or a person's turn: a late wake-up
    }
  }

  /**
   * Reads everything again; sends only what was approved, and only while the approval holds.
   *
   * @param looks how many in a row have seen that an earlier sending was not carried out.
   * @param readings how many there are with this one, since those before took so long that they do not count any more.
   */
  async #begin(looks = 0, readings = 1): Promise<void> {
    const { requests, partnerCenter, reader, clock } = this.#parts;
    const { id, customer } = this.before;
    if (this.isFromBeforeRestore()) return this.#lookAfterRestore();
    if (await this.isStoppedByRoles({ looks })) return;
    if (this.isTimeInDoubt()) return this.wait('clock');
    if (this.isTooLate()) return this.tooLate();
    if (!this.canAct) return this.wait('sign-in', { looks });

    reader.forget(customer.id);
    const here = suspendedHere(known(await requests.read(id)).steps);
    const ask = (ids: readonly HoldingId[]) => askEach(partnerCenter, customer.id, ids, this.actAs);
    const [readiness, comeBackUrl, said] = await Promise.all([
      reader.read(customer.id, this.actAs, { fresh: true }),
      comeBackLink(partnerCenter, this.actAs),
      ask(here.map(({ holdingId }) => holdingId)),
    ]);
    if (said instanceof PartnerCenterError) return this.wait('unread', { error: said });
    const found = recheck(this.before, readiness);
    if (found.kind === 'unread') return this.unreadOrGone(readiness);
    const drift = here
      .filter(({ holdingId }) => said.get(holdingId) === 'active')
      .map(({ name }) => ({ kind: 'blocks-now' as const, name }));
    const saidByMissing = await ask(unlisted(this.before, readiness));
    if (saidByMissing instanceof PartnerCenterError) return this.wait('unread', { error: saidByMissing });
    if (drift.length === 0 && isBehind(readiness, new Map([...said, ...saidByMissing]))) return this.wait('unread');
    if (found.kind === 'void') return this.giveUp(found.why, [...found.drift, ...drift]);
    if (drift.length > 0) return this.giveUp('drift', drift);
    if (await this.isStoppedByRoles({ looks })) return;
    if (this.isTimeInDoubt()) return this.wait('clock');
    if (this.isTooLate()) return this.tooLate();
    const { readAt } = readiness;
    if (countsStill(readAt, clock())) return this.#send(readAt, comeBackUrl);
    return readings < MOST_READINGS ? this.#begin(looks, readings + 1) : this.wait('unread');
  }

  async #lookAfterRestore(): Promise<void> {
    const { customer } = this.before;
    if (this.lookAs === undefined) return this.wait('sign-in');
    const seen = await isGone(this.#parts.partnerCenter, customer, { actAs: this.lookAs });
    switch (seen.kind) {
      case 'gone':
        return this.#mayBeOurs() ? this.#seenGone() : this.giveUp('restored-gone');
      case 'unreadable':
        return this.wait('unread', { error: seen.error });
      case 'unclear':
        return this.wait('unread');
      case 'still-there':
        return this.giveUp('restored');
    }
  }

  /** Before our own call, or after one that was turned away, it was somebody else who removed it. */
  protected override gone(): Promise<void> {
    return this.#mayBeOurs() ? this.#seenGone() : this.giveUp('gone');
  }

  /** Whether a call of ours may have been carried out; what was turned away was not. */
  #mayBeOurs(): boolean {
    return (this.before.removal?.sendings ?? 0) > 0;
  }

  protected override isTurnedAway(): boolean {
    return this.before.state === 'executing' && !this.#mayBeOurs();
  }

  async #send(readAt: Instant, comeBackUrl: string | undefined): Promise<void> {
    const { partnerCenter, policy, newId, reader } = this.#parts;
    const fresh = { actAs: this.actAs, requestId: newId(), correlationId: newId() };
    const intended = await this.change((record, now) => {
      const intent = intendRemoval(record, now, fresh);
      return { ...intent, request: { ...intent.request, ...(comeBackUrl !== undefined && { comeBackUrl }) } };
    });
    const { requestId, correlationId } = intended.request.removal ?? fresh;
    const { id } = this.before.customer;
    const call = { actAs: this.actAs, requestId, correlationId, sendBefore: sendingEnds(this.before, readAt) };
    reader.forget(id);
    try {
      const answer = await partnerCenter.removeRelationship(id, call);
      await this.change((record, now) => removalAnswered(record, now, policy, { status: answer.status, ids: answer }));
    } catch (error) {
      if (!(error instanceof PartnerCenterError)) throw error;
      // It had to wait for a place for so long that what was read, or the approval, counts no more.
      if (error.fault === 'not-sent') return this.#notSent(error);
      await this.#notAccepted(error);
    }
  }

  async #notSent(error: PartnerCenterError): Promise<void> {
    const { removal } = this.before;
    const isUnsent = removal === undefined || removal.isUnsent === true;
    return this.wait('unread', { error, isTurnedAway: true, ...(isUnsent && { isUnsent }) });
  }

  async #notAccepted(error: PartnerCenterError): Promise<void> {
    if (error.fault === 'throttled') return this.wait('throttled', { error, isTurnedAway: true });
    if (isAboutSignIn(error)) return this.wait('sign-in', { error, isTurnedAway: true });
    // Of an earlier sending no answer was seen. A no to this one says nothing about that one, and that there is no
    // relationship may be what that one has done.
    if (this.#mayBeOurs() && error.saysNoRelationship) return this.#reconcile(error);
    if (this.#mayBeOurs() || !error.isRefusal) return this.#unanswered(error);
    await this.change((record, now) => removalRefused(record, now, refusedCall(error)));
  }

  /**
   * The refusal is stored; what stands in the way after all is read then, since the service knew of something. Where the
   * customer is answered as none of ours, that is looked at until the list says so too, or the approval has run out.
   */
  async #readWhatBlocks(): Promise<void> {
    const { reader, partnerCenter } = this.#parts;
    if (this.lookAs === undefined) return this.#nothingRead();
    const { customer, lines } = await reader.read(this.before.customer.id, this.lookAs, { fresh: true });
    const seen =
      customer === undefined ? await isGone(partnerCenter, this.before.customer, { actAs: this.lookAs }) : undefined;
    // An answer was seen to our own call, so that it was somebody else.
    if (seen?.kind === 'gone') return this.giveUp('gone');
    const inTheWay = lines.filter(({ group }) => group === 'blocks');
    await this.change((record, now) => {
      const again = seen && { forMs: this.pauseMs(record.request, now, errorOf(seen)) };
      return foundInTheWay(record, now, inTheWay, again);
    });
  }

  async #nothingRead(): Promise<void> {
    await this.change((record, now) => foundInTheWay(record, now, []));
  }

  /**
   * The intent is stored, and nobody knows what became of the call: reading comes first.
   *
   * @param error what a later sending was answered with.
   */
  async #reconcile(error?: PartnerCenterError): Promise<void> {
    const { partnerCenter } = this.#parts;
    const { customer } = this.before;
    const seen = this.lookAs && (await isGone(partnerCenter, customer, { actAs: this.lookAs }));
    if (seen?.kind === 'gone') return this.#seenGone(error);
    // Who is waited for is said by the next step.
    await this.#unanswered(error ?? (seen && errorOf(seen)), this.canAct ? {} : { forMs: 0 });
  }

  async #look(): Promise<void> {
    const { partnerCenter, policy, clock } = this.#parts;
    const { state, stateSince, customer, removal, waitingFor } = this.before;
    // What it is followed for, whatever the last look was held up by.
    const why = removal?.acceptedAt === undefined ? 'no-answer' : 'still-listed';
    const seen =
      this.lookAs === undefined
        ? ({ kind: 'unseen' } as const)
        : await isGone(partnerCenter, customer, { actAs: this.lookAs });
    if (seen.kind === 'gone') return this.#seenGone();
    const acceptedAt = new Date(removal?.acceptedAt ?? stateSince);
    if (state === 'verifying' && clock().getTime() - acceptedAt.getTime() >= policy.verifyForMs) {
      const look = seen.kind === 'unseen' ? { forMs: 0 } : {};
      await this.change((record, now) => removalUnanswered(record, now, policy, 'still-listed', look));
      return;
    }
    // Whoever has to send it again is waited for, while the bot goes on looking alone.
    const isWaitedFor = !this.canAct && why === 'no-answer';
    const looks = waitingFor?.why === why || waitingFor?.why === 'sign-in' ? waitingFor.looks : 0;
    if (seen.kind === 'unseen') return this.wait('sign-in', { looks });
    const waits = isWaitedFor ? 'sign-in' : why;
    if (seen.kind === 'unreadable') return this.wait(waits, { looks, error: seen.error });
    // That it was not carried out is not seen by this either.
    if (seen.kind === 'unclear') return this.wait(waits, { looks: 0 });
    // What was accepted and is still listed is waited for; what got no answer may have to be sent again.
    const sendings = removal?.sendings ?? 1;
    const mayResend = why === 'no-answer' && looks + 1 >= LOOKS_BEFORE_RESENDING * sendings;
    if (!mayResend) return this.wait(waits, { looks: looks + 1 });
    return sendings < MOST_SENDINGS ? this.#begin(looks + 1) : this.blockUnsent();
  }

  /**
   * A call of ours was sent, and the customer is seen to be gone.
   *
   * @param error what the newest sending was answered with, where it was no yes.
   */
  async #seenGone(error?: PartnerCenterError): Promise<void> {
    const { requests, partnerCenter, directory, reader } = this.#parts;
    const { id, customer } = this.before;
    const { request } = known(await requests.read(id));
    const comeBackUrl =
      request.comeBackUrl ?? (this.canAct ? await comeBackLink(partnerCenter, this.actAs) : undefined);
    directory.removed(customer.id);
    reader.forget(customer.id);
    await this.change((record, now) =>
      record.request.state === 'executing'
        ? removalReconciled(record, now, comeBackUrl, error)
        : removalDone(record, now, comeBackUrl),
    );
  }

  /**
   * A call was sent, reading showed that it was not carried out, and it may not be sent again: a person's turn. Where no
   * answer was seen to it, it is looked for as long as one that was accepted may take to show, and once more at the end.
   */
  protected override async blockUnsent(): Promise<void> {
    const { policy, clock, partnerCenter } = this.#parts;
    const { state, customer, removal, waitingFor } = this.before;
    const { requestId = '', correlationId = '', sentAt } = removal ?? {};
    if (this.#mayBeOurs()) {
      if (state !== 'unknown') return this.#unanswered();
      const mayShowYet = sentAt !== undefined && clock().getTime() - Date.parse(sentAt) < policy.verifyForMs;
      if (mayShowYet) return this.wait('no-answer', { looks: (waitingFor?.looks ?? 0) + 1 });
      const seen = this.lookAs && (await isGone(partnerCenter, customer, { actAs: this.lookAs }));
      if (seen?.kind === 'gone') return this.#seenGone();
      const error = seen && errorOf(seen);
      if (seen?.kind !== 'still-there') return this.wait('no-answer', { ...(error && { error }) });
    }
    const refused = { fault: NOT_RESENT, ids: { requestId, correlationId } };
    await this.change((record, now) => removalRefused(record, now, refused));
  }

  async #unanswered(error?: PartnerCenterError, seen: { readonly forMs?: number } = {}): Promise<void> {
    const met = { ...seen, ...(error && { error }) };
    await this.change((record, now) => removalUnanswered(record, now, this.#parts.policy, 'no-answer', met));
  }
}

export type RemovalRunner = ReturnType<typeof createRemovalRunner>;

const errorOf = (seen: RelationshipSeen): PartnerCenterError | undefined =>
  seen.kind === 'unreadable' ? seen.error : undefined;

/** Whether the last sending was answered, and nothing was carried out: what is waited for came after the intent. */
const wasTurnedAway = ({ removal, waitingFor }: RemovalRequest): boolean =>
  removal?.isTurnedAway === true || waitingFor !== undefined;

/** The receipt can do without it; the removal does not wait for it. */
async function comeBackLink(partnerCenter: PartnerCenter, actAs: ActAs): Promise<string | undefined> {
  try {
    return await partnerCenter.relationshipRequestUrl({ actAs });
  } catch (error) {
    if (error instanceof PartnerCenterError) return undefined;
    throw error;
  }
}
