import type { HoldingId, RequestId } from '../../ids.ts';
import { attempt } from '../../partner-center/attempt.ts';
import { PartnerCenterError, type ActAs } from '../../partner-center/partner-center.ts';
import { ApprovedRun, type ApprovedRunParts } from '../removing/approved-run.ts';
import { isAboutSignIn } from '../removing/acting.ts';
import { cancelSteps, isUnknown, recheckCancellation, unlistedSubscriptions } from './cancellation.ts';
import { beginCancelling, concludeCancelling, lookedAtUnknown, type SeenCancelling } from './executing-cancellation.ts';
import { isPaused, resumeCancelling } from './pausing-cancellation.ts';
import type { RequestRecord } from '../request.ts';
import type { ClearingStep } from '../clearing/clearing-step.ts';
import type { Claim } from '../../storage/claim.ts';
import { askEach } from '../clearing/said-by-each.ts';
import { countsStill, MOST_READINGS } from '../removing/sending-time.ts';
import { reachableStandIns } from '../removing/stand-ins.ts';
import { seeTarget } from '../clearing/step-effects.ts';
import { known } from '../working.ts';

/**
 * Carries an approved cancellation a step further, until it has ended or a person has to act. Before anything is
 * cancelled everything is read again and compared with what was approved; then each purchase is a step of its own,
 * which `run-step` sends and reads back. What they came to is put together here, and what is unknown is looked at.
 *
 * @see "Cancel a new-commerce subscription", "Cancel software purchases"
 */
export function createCancellationRunner(parts: ApprovedRunParts) {
  return async (id: RequestId, claim: Claim): Promise<void> => {
    const record = known(await parts.requests.read(id));
    await new CancellationRun(parts, record, claim).step();
  };
}

/** One step of one cancellation, from the request as it was stored when the step began. */
class CancellationRun extends ApprovedRun {
  readonly #parts: ApprovedRunParts;
  readonly #record: RequestRecord;

  constructor(parts: ApprovedRunParts, record: RequestRecord, claim: Claim) {
    super(parts, record.request, claim);
    this.#parts = parts;
    this.#record = record;
  }

  async step(): Promise<void> {
    switch (this.before.state) {
      case 'approved':
        return this.#begin();
      case 'executing':
        return this.#goOn();
      case 'unknown':
        return this.#look();
      default:
        return; // ended, or a person's turn: a late wake-up
    }
  }

  /**
   * Reads everything again; begins only what was approved, and only while the approval holds.
   *
   * @param readings how many there are with this one, since one before took so long that it does not count any more.
   */
  async #begin(readings = 1): Promise<void> {
    const { partnerCenter, reader, newId, clock } = this.#parts;
    const { customer } = this.before;
    if (this.isFromBeforeRestore()) return this.giveUp('restored');
    if (await this.isStoppedByRoles()) return;
    if (this.isTimeInDoubt()) return this.wait('clock');
    if (this.isTooLate()) return this.tooLate();
    if (!this.canAct) return this.wait('sign-in');

    reader.forget(customer.id);
    const readiness = await reader.read(customer.id, this.actAs, { fresh: true });
    const found = recheckCancellation(this.#record, readiness, clock());
    if (found.kind === 'unread') return this.unreadOrGone(readiness);
    const missing = unlistedSubscriptions(this.#record, readiness);
    const said = await askEach(partnerCenter, customer.id, missing, this.actAs);
    if (said instanceof PartnerCenterError) return this.wait('unread', { error: said });
    // Then the list is behind, and counts for nothing.
    if (said.values().some((status) => status === 'active' || status === 'suspended')) return this.wait('unread');
    if (found.kind === 'void') return this.giveUp(found.why, found.drift);
    if (this.isTimeInDoubt()) return this.wait('clock');
    if (this.isTooLate()) return this.tooLate();
    if (!countsStill(readiness.readAt, clock()))
      return readings < MOST_READINGS ? this.#begin(readings + 1) : this.wait('unread');
    const named = <T>(one: T) => ({ ...one, requestId: newId() });
    const begun = { left: found.left.map(named), gone: found.gone.map(named), actAs: this.actAs };
    await this.change((record, now) => beginCancelling(record, now, begun));
  }

  /** Each purchase goes on by itself, except where somebody has to sign in for it. */
  async #goOn(): Promise<void> {
    if (!this.#record.steps.some(isPaused)) return this.#conclude();
    // What may not be sent any more ends by itself, without anybody.
    if (!this.canAct && this.#mayBeSent()) return this.wait('sign-in');
    await this.change(resumeCancelling);
  }

  /** Whether the approval still stands; while the time is in doubt, nobody says that it does not. */
  #mayBeSent(): boolean {
    if (this.isFromBeforeRestore() || this.noLongerAllowed() !== undefined) return false;
    return this.isTimeInDoubt() || !this.isTooLate();
  }

  async #conclude(): Promise<void> {
    const { policy } = this.#parts;
    await this.change(
      (record, now) =>
        concludeCancelling(record, now, policy) ?? { request: record.request, audit: [], work: { run: null } },
    );
  }

  /** Everything whose outcome is unknown is asked for by itself, since lists lag behind. */
  async #look(): Promise<void> {
    const { policy, roles, people } = this.#parts;
    const { lookAs } = this;
    if (lookAs === undefined) return this.wait('sign-in');
    const steps = cancelSteps(this.#record).filter(isUnknown);
    const seen = new Map<HoldingId, SeenCancelling>(
      await Promise.all(steps.map(async (step) => [step.holdingId, await this.#see(step, lookAs)] as const)),
    );
    const error = [...seen.values()].find((one) => one.kind === 'unread')?.error;
    if (error !== undefined && isAboutSignIn(error) && this.canAct) return this.wait('sign-in', { error });
    const isCertain = this.#mayBeSent() && !this.isTimeInDoubt();
    const mayResend = isCertain && (this.canAct ? 'now' : 'once-signed-in');
    const stead = mayResend === 'once-signed-in' && {
      reachable: await reachableStandIns(this.before, roles, people),
    };
    await this.change((record, now) =>
      lookedAtUnknown(record, now, policy, {
        ...{ seen, mayResend, roles, actAs: this.actAs, ...stead },
        pauseMs: this.pauseMs(record.request, now, error),
      }),
    );
  }

  async #see(step: ClearingStep, actAs: ActAs): Promise<SeenCancelling> {
    const { partnerCenter, reader, clock } = this.#parts;
    const { id } = this.before.customer;
    const seen = await attempt(() => seeTarget(partnerCenter, id, step, { actAs, clock }));
    if (seen instanceof PartnerCenterError) return { kind: 'unread', error: seen };
    if (seen.kind === 'done') reader.forget(id);
    return seen.kind === 'to-do' ? { kind: 'to-do' } : seen;
  }

  protected override blockUnsent(): Promise<void> {
    return Promise.reject(new Error('a cancellation is given up only before anything of it was begun'));
  }
}

export type CancellationRunner = ReturnType<typeof createCancellationRunner>;
