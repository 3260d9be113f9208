import type { AuditEvent } from '../audit/audit-chain.ts';
import type { Instant } from '../clock.ts';
import type { HoldingId, UserId } from '../ids.ts';
import type { OutboxItem, RemovalRequest, Slot, Suspension } from './request.ts';

/** When a piece of work has to be looked at. */
export type Due =
  /** By whichever process comes first. */
  | { readonly at: Instant }
  /** By this process, which has the click in its hands: claimed in the commit that stores the decision. */
  | { readonly here: true }
  /** Stays with whoever is at it, and its lease begins anew. */
  | { readonly held: true };

/** The pieces of work of a request: its removal or its sending, its clocks, and a look after clearing has ended. */
export type Work = 'run' | 'clock' | 'look';

/**
 * What a rule makes of a request, as values. All of it is stored in one commit, with the record of it;
 * nothing is sent and nobody is told before.
 */
export interface Change {
  readonly request: RemovalRequest;
  readonly audit: readonly AuditEvent[];
  readonly outbox?: readonly OutboxItem[];
  readonly suspensions?: readonly { readonly suspension: Suspension; readonly due?: Due }[];
  /** `null`: there is nothing left to do. What is left out stays as it is. */
  readonly work?: Partial<Record<Work, Due | null>>;
  /** A message that is known to show a card. */
  readonly shown?: readonly { readonly recipient: UserId; readonly slot: Slot; readonly messageId: string }[];
}

export const requestPartition = (id: string): string => `request:${id}`;
export const SUSPENSION_KEY = 'suspension:';
export const suspensionKey = (id: HoldingId): string => `${SUSPENSION_KEY}${id}`;
export const OUTBOX_KEY = 'outbox:';
export const outboxKey = (recipient: UserId, slot: Slot): string => `${OUTBOX_KEY}${recipient}:${slot}`;
export const shownKey = (recipient: UserId, slot: Slot): string => `card:${recipient}:${slot}`;
