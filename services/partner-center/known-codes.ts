/** What a refusal means, where the service's code is known. */
export type Meaning =
  | 'already-deleted'
  | 'changed-meanwhile'
  | 'not-from-this-state'
  | 'not-while-suspended'
  | 'status-is-fixed'
  | 'window-is-over'
  | 'no-more-changes'
  | 'changed-too-often'
  | 'azure-still-active'
  | 'savings-plan'
  | 'cancel-the-subscription'
  | 'no-such-subscription'
  | 'base-not-active'
  | 'not-ready'
  | 'operation-pending'
  | 'no-relationship'
  | 'not-as-things-stand'
  | 'no-such-customer'
  | 'wrong-id'
  | 'needs-a-person'
  | 'needs-mfa'
  | 'wrong-audience'
  | 'bad-token'
  | 'direct-partners-not'
  | 'role-missing'
  | 'conditional-access'
  | 'cancellation-reason';

/**
 * Codes by status, since a code alone is not unique. `*`: whatever the status, which no source shows.
 *
 * @see "Partner Center REST error codes"; those of a removal and of sign-in are from captured answers
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '400/2011': 'already-deleted',
  '400/2055': 'changed-meanwhile',
  '412/*': 'changed-meanwhile',
  '400/800040': 'not-from-this-state',
  '400/800091': 'not-while-suspended',
  '400/800096': 'status-is-fixed',
  '400/900117': 'window-is-over',
  '400/900213': 'window-is-over',
  '400/900257': 'window-is-over',
  '400/900277': 'no-more-changes',
  '400/900279': 'no-more-changes',
  '400/900280': 'no-more-changes',
  '400/900311': 'changed-too-often',
  '400/900307': 'cancellation-reason',
  '403/900115': 'azure-still-active',
  '403/900321': 'savings-plan',
  '403/800077': 'cancel-the-subscription',
  '404/20003': 'no-such-subscription',
  '409/27009': 'base-not-active',
  '409/800082': 'not-ready',
  '409/900278': 'operation-pending',
  '400/3000': 'not-as-things-stand',
  '403/20002': 'no-relationship',
  '403/900159': 'no-relationship',
  '404/60003': 'no-such-customer',
  '400/900118': 'wrong-id',
  '400/800002': 'wrong-id',
  '403/900329': 'needs-a-person',
  '401/900421': 'needs-mfa',
  '401/900420': 'wrong-audience',
  '401/400': 'bad-token',
  '*/1002': 'direct-partners-not',
  '403/900308': 'role-missing',
  '403/900150': 'role-missing',
  '403/900309': 'conditional-access',
};

/** 3000 is said of whatever stands in the way of a removal, and of a relationship that is not there: its words tell which. */
const NO_RELATIONSHIP = /relationship\b.*\bdoes not exist/i;

/** @returns `undefined` for a code that is not known: then the service's own words are all there is. */
export function meaningOf(status: number | undefined, code: string | undefined, description = ''): Meaning | undefined {
  if (status === 400 && code === '3000' && NO_RELATIONSHIP.test(description)) return 'no-relationship';
  const ways = [`${status ?? ''}/${code ?? ''}`, `*/${code ?? ''}`, `${status ?? ''}/*`];
  return ways.map((way) => MEANINGS[way]).find((meaning) => meaning !== undefined);
}

/** Every code that is known, for who wants to go through them: status and code, as they are written in the table. */
export const knownCodes = (): readonly (readonly [where: string, meaning: Meaning])[] => Object.entries(MEANINGS);
