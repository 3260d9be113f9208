import type { JsonObject } from './json.ts';

/** A message as a person sees it on one device. */
export interface ShownMessage {
  /** Teams' own kind of id: milliseconds since 1970, never the same twice. */
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly text?: string;
  /** An Adaptive Card. */
  readonly card?: Record<string, unknown>;
  readonly file?: FileCard;
  /** What a toast says about a card. */
  readonly summary?: string;
  /** How often the bot has edited the message. */
  readonly edits: number;
  /** What a person has written and the bot did not take. */
  readonly isNotSent?: true;
  /** Instant of the first showing, ISO 8601. */
  readonly at: string;
}

/** What Teams draws for a file: a question whether a bot may put it there, or the file that is there. */
export type FileCard =
  | {
      readonly kind: 'consent';
      readonly name: string;
      readonly description: string;
      readonly sizeInBytes: number;
      readonly acceptContext: unknown;
      readonly declineContext: unknown;
    }
  | { readonly kind: 'info'; readonly name: string; readonly contentUrl: string };

/** What a message holds, without what Teams adds. */
export interface Content {
  readonly text?: string;
  readonly file?: FileCard;
  readonly card?: Record<string, unknown>;
  readonly summary?: string;
}

/** What has changed, for whoever looks on: a waiting test, or a page. */
export type Change =
  | { readonly kind: 'message'; readonly person: string; readonly message: ShownMessage }
  | { readonly kind: 'edited'; readonly person: string; readonly message: ShownMessage }
  | { readonly kind: 'deleted'; readonly person: string; readonly id: string }
  | {
      readonly kind: 'answered';
      readonly person: string;
      readonly device: string;
      readonly id: string;
      readonly card: JsonObject;
    }
  | { readonly kind: 'typing'; readonly person: string }
  | { readonly kind: 'person'; readonly person: string }
  /** Another Teams is played, or is about to be. */
  | { readonly kind: 'teams' }
  | { readonly kind: 'reset' };

export type ChangeListener = (change: Change) => void;

/** Tells everybody who listens, in the order they came. */
export class Changes {
  readonly #listeners = new Set<ChangeListener>();

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** @returns a function that ends the listening. */
  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

let lastStamp = 0;

/** Milliseconds since 1970, and always later than the one before. */
export function nextStamp(): number {
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  return lastStamp;
}
