import { z } from 'zod';
import type { UserId } from '../ids.ts';

const instant = z.string();

/** Which card of which person: everybody has at most one of each kind for a request. */
export type Slot =
  /** The requester's, while blockers are cleared. */
  | 'clearing'
  /** The requester's, from *Send request* on. */
  | 'request'
  /** An approver's. */
  | 'approval'
  /** What is still suspended, for whoever is told when its requester did nothing about it. */
  | 'undo'
  /** Who or what is waited for, for whoever is told when nobody decides, or nobody knows what became of it. */
  | 'escalation';

/** What a new card's toast says. */
export type Headline =
  | 'ready'
  | 'approval-wanted'
  /** To those who have not decided. */
  | 'reminder'
  /** Nobody has decided, and somebody else is asked or told. */
  | 'undecided'
  /** The time is running out. */
  | 'expiring'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'void'
  /** Somebody else has ended the relationship. */
  | 'gone'
  | 'blocked'
  | 'unknown'
  /** For another day. */
  | 'still-unknown'
  | 'closed'
  | 'undelivered'
  | 'sign-in'
  | 'remove-now'
  | 'removed'
  | 'cancelled'
  | 'not-sent'
  | 'still-suspended'
  | 'delegated-admin-open'
  /** A request of several, from the card that lists them. */
  | 'opened';

/** A card to be shown: `new` where somebody waits for it, `edit` where only the picture changes. */
export interface OutboxItem {
  readonly recipient: UserId;
  readonly slot: Slot;
  readonly mode: 'new' | 'edit';
  readonly headline?: Headline;
}

/** A message that shows a slot's card. */
export const ShownCard = z.object({
  messageId: z.string(),
  editedAt: instant.exactOptional(),
  /** Whether it came as a new message, so that whatever showed the card before stands above it. */
  isLast: z.literal(true).exactOptional(),
  /** Messages that showed it before, and do not say yet that it goes on on another one. */
  left: z.array(z.string()).exactOptional(),
});
export type ShownCard = z.output<typeof ShownCard>;

/** Messages that have to be settled once this one shows the card. */
export function leftFor(
  messageId: string,
  known: Pick<ShownCard, 'messageId' | 'left'> | undefined,
): Pick<ShownCard, 'left'> {
  const before = known === undefined ? [] : [...(known.left ?? []), known.messageId];
  const left = [...new Set(before)].filter((one) => one !== messageId);
  return left.length === 0 ? {} : { left };
}

/** The same once these say that it goes on on another message. */
export function settledCard<T extends Pick<ShownCard, 'left'>>(card: T, done: readonly string[]): T {
  const { left = [], ...rest } = card;
  const others = left.filter((one) => !done.includes(one));
  return { ...rest, ...(others.length > 0 && { left: others }) } as T;
}
