/** Somebody who uses Teams. */
export interface Person {
  /** What tests and the page call this person by. */
  readonly key: string;
  readonly name: string;
  readonly aadObjectId: string;
  /** The id Teams gives a person towards one bot, `29:…`. */
  readonly id: string;
  /** Teams' own language tag, as `en-US`. */
  locale: string;
}

export const REQUESTER_OBJECT_ID = '5b0f7a52-7d1e-4b7c-9a35-2f6f0c9d1e41';
export const MANAGER_OBJECT_ID = 'c2a9d3e6-18f4-4d0b-8c57-61b7e04f9a28';
export const CHAT_TENANT_ID = '7c1d4f0e-52ab-4c39-9d7e-3b6f8a2e9c15';
export const CHAT_BOT_ID = '9f3e6d10-4a8b-4c55-b1d2-7e0c5a9b8f64';
export const CHAT_BOT_NAME = 'Reseller Offboarding';

/** The two who sit at the page unless a test brings its own: one asks, the other decides. */
export const defaultPeople = (): Person[] => [
  {
    key: 'requester',
    name: 'Jonas Weber',
    aadObjectId: REQUESTER_OBJECT_ID,
    id: '29:1jW0pQx7bVb2s5rTzKc9uYdE4hFgA6mNnLiOeRtSvUwXyZ0aBcDeFgHiJkLmNoPq',
    locale: 'en-US',
  },
  {
    key: 'manager',
    name: 'Elena Marsh',
    aadObjectId: MANAGER_OBJECT_ID,
    id: '29:1eM4kTz8cWd3t6sUaLd0vZeF5iGhB7nOoMjPfStUwVxYzA1bCdEfGhIjKlMnOpQr',
    locale: 'en-US',
  },
];
