import type * as Library from 'adaptivecards';

/** What the chat service tells the page. */
export interface Person {
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly locale: string;
  readonly installed: boolean;
}

export interface Message {
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly text?: string;
  readonly card?: Card;
  readonly file?: FileCard;
  readonly summary?: string;
  /** What a person has written and the bot did not take. */
  readonly isNotSent?: true;
  readonly edits: number;
  readonly at: string;
}

/** A question whether a bot may put a file into somebody's OneDrive, or the file that is there. */
export interface FileCard {
  readonly kind: 'consent' | 'info';
  readonly name: string;
  readonly description?: string;
  readonly sizeInBytes?: number;
  readonly contentUrl?: string;
}

export interface Card {
  readonly type: string;
  readonly version?: string;
  readonly fallbackText?: string;
  readonly refresh?: { readonly userIds?: readonly string[]; readonly action?: unknown };
  readonly [name: string]: unknown;
}

export interface Everything {
  readonly botName: string;
  readonly hasPartnerCenter: boolean;
  /** Whether the bot can be ended from here, and starts again then. */
  readonly canEndBot: boolean;
  /** How real Teams is played; missing where that cannot be chosen. */
  readonly teams?: Teams;
  readonly people: readonly Person[];
  readonly messages: Readonly<Record<string, readonly Message[]>>;
}

export interface Teams {
  readonly isReal: boolean;
  readonly signOn: 'enough' | 'no-second-factor' | 'no-consent' | 'entra-down';
  /** Whether the bot is being started anew for it. */
  readonly isChanging: boolean;
  readonly hasFailed?: boolean;
}

export interface InvokeAnswer {
  readonly status: number;
  readonly body?: { readonly statusCode?: number; readonly type?: string; readonly value?: unknown };
  /** The page to sign in on, where Teams has no other way. */
  readonly signIn?: string;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** Anything with text, as it may come back from the chat service when it refuses. */
export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

export interface Subscription {
  readonly id: string;
  readonly friendlyName: string;
  readonly offerName: string;
  readonly class: string;
  readonly status: string;
  readonly quantity: number;
  readonly autoRenewEnabled?: boolean;
  readonly commitmentEndDate?: string;
}

/** What a customer holds besides subscriptions. */
export interface Holding {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
}

export interface Customer {
  readonly id: string;
  readonly companyName: string;
  readonly domain: string;
  readonly relationship: string;
  readonly note?: string;
  readonly subscriptions: readonly Subscription[];
  readonly entitlements: readonly {
    readonly type: string;
    readonly name: string;
    readonly quantity: number;
    readonly expiryDate?: string;
  }[];
  readonly azure: readonly { readonly friendlyName: string; readonly status: string }[];
  readonly pendingOrders: readonly { readonly name: string; readonly status: string }[];
  readonly transfers: readonly { readonly id: string; readonly status: string }[];
  readonly gdap: readonly { readonly displayName: string; readonly status: string }[];
}

export interface PartnerCenterState {
  readonly now: string;
  readonly scenario: string;
  readonly total: number;
  readonly customers: readonly Customer[];
}

export interface Call {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code?: string;
  readonly ms?: number;
}

export interface Faults {
  readonly latencyMs: number;
  readonly rules: readonly { readonly id?: string; readonly [name: string]: unknown }[];
  readonly switches: unknown;
}

declare global {
  /** `adaptivecards.min.js`, loaded before the page's own scripts. */
  const AdaptiveCards: typeof Library;
}
