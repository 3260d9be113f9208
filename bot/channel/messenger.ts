import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import type { Address, Person } from '../../services/people/person.ts';

/** Somebody who can be written to. */
export type Reachable = Person & { readonly address: Address };

/** Whether somebody is known at all, and has the app. */
export const isReachable = (person: Person | undefined): person is Reachable => person?.address !== undefined;

/** A message of the bot: a card and nothing else, since Teams makes two messages of a card with a text. */
export interface Outgoing {
  readonly card: AdaptiveCard;
  /** What the notification says. Plain text. */
  readonly summary: string;
}

/** A message about a file, in the shape that Teams has for it. @see "Send and receive files from a bot" */
export interface OutgoingFile {
  readonly attachment: {
    readonly contentType: `application/vnd.microsoft.teams.card.file.${'consent' | 'info'}`;
    readonly name: string;
    readonly contentUrl?: string;
    readonly content: Readonly<Record<string, unknown>>;
  };
  readonly summary: string;
}

/** Writes to people of its own accord. */
export interface Messenger {
  /**
   * Sends a new message, which notifies the person.
   *
   * @returns the id to edit or delete it by.
   * @throws {SendError} `unavailable` does not tell whether the message arrived.
   */
  send(to: Reachable, message: Outgoing | OutgoingFile): Promise<string>;
  /**
   * Changes a message in place, which notifies nobody.
   *
   * @param message or what tells it when its turn has come; where that has nothing to show any more, nothing is sent.
   * @throws {SendError}
   */
  edit(to: Reachable, messageId: string, message: Outgoing | (() => Outgoing | undefined)): Promise<void>;
  /** @throws {SendError} `gone` when there is no such message any more. */
  delete(to: Reachable, messageId: string): Promise<void>;
}

/**
 * Why something could not be sent.
 *
 * - `not-installed`: the person removed or blocked the app. Nothing arrives until it is added again.
 * - `gone`: there is no such conversation or message.
 * - `throttled`: too much was sent; try again later.
 * - `too-large`: Teams takes no message of this size.
 * - `refused`: the address or the message will never do, however often it is tried.
 * - `unavailable`: no answer, or an answer of a service in trouble; try again later.
 */
export type SendFault = 'not-installed' | 'gone' | 'throttled' | 'too-large' | 'refused' | 'unavailable';

/** Something could not be sent. Holds no text of the message, of the service or of the token. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly fault: SendFault;
  /** Missing when no answer came. */
  readonly status?: number;
  /** How long to stay away, where that is known. */
  readonly retryAfterMs?: number;

  constructor(
    fault: SendFault,
    known: { readonly status?: number | undefined; readonly retryAfterMs?: number | undefined } = {},
    options?: ErrorOptions,
  ) {
    super(`The message could not be sent: ${fault}`, options);
    this.fault = fault;
    if (known.status !== undefined) this.status = known.status;
    if (known.retryAfterMs !== undefined) this.retryAfterMs = known.retryAfterMs;
  }

  /** Whether the same may be sent again later. */
  get isTransient(): boolean {
    return this.fault === 'throttled' || this.fault === 'unavailable';
  }
}
