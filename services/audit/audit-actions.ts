/**
 * Every kind of entry that is written. Whoever shows a record has words for each of them; what an older version has
 * written may be another one.
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
  | StepAction
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

export type StepAction = `step.${'asked' | 'intent' | 'outcome' | 'verified'}`;
