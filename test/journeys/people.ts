import { MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import type { Person } from '../../sandbox/chat/people.ts';
import type { User } from '../../sandbox/graph/directory.ts';

export const DEPUTY_OBJECT_ID = 'd7b8e4f1-29a5-4e6c-9d18-72c8f15a0b39';

/** A third person beside those whom the chat has anyway. */
export const deputy = (locale: Person['locale']): Person => ({
  key: 'deputy',
  name: 'Cyrus Hale',
  aadObjectId: DEPUTY_OBJECT_ID,
  id: '29:1cH7nUy9dXe4u7tVbMe1waZfG6jHiC8oPpNkQgTuVwXyAzB2cDeFgHiJkLmNoPqRs',
  locale,
});

const account = (id: string, displayName: string): User => ({
  ...{ id, displayName, userPrincipalName: `${id}@partner.example` },
  ...{ userType: 'Member', accountEnabled: true },
});

/** All three, as the partner's directory has them. */
export const accounts: readonly User[] = [
  account(REQUESTER_OBJECT_ID, 'Jonas Weber'),
  account(MANAGER_OBJECT_ID, 'Elena Marsh'),
  account(DEPUTY_OBJECT_ID, 'Cyrus Hale'),
];
