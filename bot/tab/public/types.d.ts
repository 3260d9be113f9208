/** What the bot answers. Names, reasons and values of others are foreign text, and are set as text only. */

export interface Customer {
  readonly name: string;
  readonly domain: string;
  readonly id: string;
}

export interface Wait {
  readonly what: string;
  readonly people: readonly string[];
  readonly since: string;
  readonly until?: string;
}

export interface RequestRow {
  readonly id: string;
  readonly customer: Customer;
  readonly state: string;
  readonly tone: string;
  readonly requester: string;
  readonly opened: string;
  readonly since: string;
  readonly wait?: Wait;
}

export interface RequestList {
  readonly rows: readonly RequestRow[];
  readonly next?: string;
  readonly counts?: readonly { readonly label: string; readonly tone: string; readonly count: number }[];
  readonly notes?: readonly string[];
  readonly months?: readonly string[];
}

export interface Entry {
  readonly seq: number;
  readonly what: string;
  readonly who: string;
  readonly at: string;
  readonly details: readonly (readonly [string, string])[];
  readonly request?: string;
  readonly customer?: string;
}

export interface OneRequest {
  readonly id: string;
  readonly customer: Customer;
  readonly state: string;
  readonly tone: string;
  readonly since: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly wait?: Wait;
  readonly entries: readonly Entry[];
  readonly hasReceipt: boolean;
  readonly verdict?: { readonly isWhole: boolean; readonly text: string; readonly head?: string };
}

export interface Waiting {
  readonly rows: readonly RequestRow[];
  readonly more?: string;
  readonly people: readonly { readonly name: string; readonly count: number }[];
  readonly notes?: readonly string[];
}

export interface Blockers {
  readonly customers: number;
  readonly watched: string;
  /** With a key where its customers may be shown. */
  readonly kinds: readonly {
    readonly key?: string;
    readonly label: string;
    readonly customers: number;
    readonly purchases?: number;
  }[];
  readonly oldestLook?: string;
  readonly notes: readonly string[];
}

export interface BlockedCustomers {
  readonly rows: readonly { readonly customer: Customer; readonly purchases?: number; readonly lookedAt: string }[];
  readonly next?: string;
}

/** What the record can be searched by. */
export interface Searchable {
  readonly kinds: readonly { readonly action: string; readonly text: string }[];
  readonly people: readonly Named[];
  readonly customers: readonly Named[];
  readonly notes: readonly string[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Found {
  readonly entries: readonly Entry[];
  readonly next?: string;
  /** Where there is more to search. */
  readonly lookedBackTo?: string;
  /** Names of what could not be read. */
  readonly leftOut: readonly string[];
}

/** What of teams-js the page uses. @see "@microsoft/teams-js" */
export interface TeamsJs {
  readonly app: {
    initialize(): Promise<void>;
    getContext(): Promise<{
      readonly app: { readonly locale: string; readonly theme: string };
      readonly page: { readonly subPageId?: string };
    }>;
    notifySuccess(): void;
    registerOnThemeChangeHandler(handler: (theme: string) => void): void;
  };
  readonly authentication: { getAuthToken(): Promise<string> };
}

declare global {
  interface Window {
    readonly microsoftTeams?: TeamsJs;
  }
}
