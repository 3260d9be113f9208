/**
 * Every kind of entry that is written, but for checkpoints, which stand in chains of their own that nobody is shown. Whoever
 * shows a record has words for each of them; what another version has written may be none of them.
 */
export type AuditAction =
  | `request.${
      | 'opened'
      | 'sending'
      | 'sent'
      | 'not-sent'
      | 'planned'
      | 'approved'
      | 'declined'
      | 'passed'
      | 'reminded'
      | 'expiring'
      | 'escalated'
      | 'still-unknown'
      | 'withdrawn'
      | 'abandoned'
      | 'expired'
      | 'void'
      | 'continued'
      | 'taken-over'
      | 'remove-now'
      | 'closed'}`
  | 'approval.undelivered'
  | `cancellation.${'begun' | 'ended'}`
  /** Of earlier versions. */
  | 'suspension.asked'
  /** Of one step, which `detail.step` names. */
  | StepEvent
  | `open-point.${'ticked' | 'unticked'}`
  | `batch.${'begun' | 'clearing' | 'asked' | 'stopped'}`
  | 'undo.reminded'
  | 'delegated-admin.left-open'
  /** Somebody has tried what they may not do; and more of that, which was only counted. */
  | 'refused'
  | 'refused.more'
  | `audit.${'shown' | 'searched' | 'exported' | 'verified'}`
  /** So many events were never stored, since the store took nothing for long. */
  | 'audit.lost'
  /** A note of a command was not written with the key. */
  | 'spool.refused'
  | `bot.${'started' | 'stopped'}`;

export type StepEvent = `step.${'asked' | 'intent' | 'outcome' | 'verified'}`;

/** Of what a step is, as `detail.step` says it. */
export type StepName = 'removal' | 'suspend' | 'reactivate' | 'auto-renew-off' | 'delegated-admin' | 'cancel';
/** What a requester confirms alone. All other steps begin with an approval, and none of them is `step.asked`. */
export type AskedStep = Extract<StepName, 'suspend' | 'reactivate' | 'auto-renew-off'>;

/** What can be recorded of each kind of step. */
export type OfStep =
  | { readonly event: 'step.asked'; readonly step: AskedStep }
  | { readonly event: Exclude<StepEvent, 'step.asked'>; readonly step: StepName };

/** What is looked for: a kind of entry, or one of a single kind of step. */
export type SoughtAction = AuditAction | SoughtStep<OfStep>;
type SoughtStep<Of> = Of extends OfStep ? `${Of['event']}:${Of['step']}` : never;
