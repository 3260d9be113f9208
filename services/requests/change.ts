import type { AuditEvent } from '../audit/audit-chain.ts';
import type { Instant } from '../clock.ts';
import type { UserId } from '../ids.ts';
import type { RemovalRequest } from './request.ts';
import type { OutboxItem, Slot } from './card-slots.ts';
import type { ClearingStep } from './clearing/clearing-step.ts';

/** When a piece of work has to be looked at. */
export type Due =
  /** By whichever process comes first. */
  | { readonly at: Instant }
  /** By this process, which has the click in its hands: claimed in the commit that stores the decision. */
  | { readonly here: true }
  /** Stays with whoever is at it, and its lease begins anew. */
  | { readonly held: true };

/**
 * The pieces of work of a request: its removal or its sending, its clocks, a look after clearing has ended, and after
 * its own end the reminders of what it has left suspended, or the end of delegated administration (GDAP).
 */
export type Work = 'run' | 'clock' | 'look' | 'undo' | 'gdap';

/**
 * What a rule makes of a request, as values. All of it is stored in one commit, with the record of it;
 * nothing is sent and nobody is told before.
 */
export interface Change {
  readonly request: RemovalRequest;
  readonly audit: readonly AuditEvent[];
  readonly outbox?: readonly OutboxItem[];
  readonly steps?: readonly { readonly step: ClearingStep; readonly due?: Due }[];
  /** `null`: there is nothing left to do. What is left out stays as it is. */
  readonly work?: Partial<Record<Work, Due | null>>;
  /** A message that is known to show a card. */
  readonly shown?: readonly { readonly recipient: UserId; readonly slot: Slot; readonly messageId: string }[];
}

export const requestPartition = (id: string): string => `request:${id}`;
export const STEP_KEY = 'step:';
/** A holding has one row for its status and one for its auto-renew. */
export const stepKey = ({ action, holdingId }: Pick<ClearingStep, 'action' | 'holdingId'>): string =>
  `${STEP_KEY}${action === 'auto-renew-off' ? 'auto-renew' : 'status'}:${holdingId}`;
export const OUTBOX_KEY = 'outbox:';
export const outboxKey = (recipient: UserId, slot: Slot): string => `${OUTBOX_KEY}${recipient}:${slot}`;
export const shownKey = (recipient: UserId, slot: Slot): string => `card:${recipient}:${slot}`;
