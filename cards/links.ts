/**
 * Where something is settled that cannot be settled here. No source states the addresses of Partner Center's pages,
 * so the link leads to its entrance, and the words on the card say where to go from there.
 */
export const LINKS = {
  'partner-center': 'https://partner.microsoft.com/dashboard',
  'azure-portal': 'https://portal.azure.com',
} as const;

/** Where Partner Center's links for a customer's administrator lead. @see "Request a relationship with a customer" */
const ADMIN_CENTER = 'https://admin.microsoft.com';

/** Whether a link that the service has given may be opened from a card: another one is only shown. */
export const isOfMicrosoft = (url: string): boolean => URL.parse(url)?.origin === ADMIN_CENTER;
