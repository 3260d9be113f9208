/**
 * Where something is settled that cannot be settled here. No source states the addresses of Partner Center's pages,
 * so the link leads to its entrance, and the words on the card say where to go from there.
 */
export const LINKS = {
  'partner-center': 'https://partner.microsoft.com/dashboard',
  'azure-portal': 'https://portal.azure.com',
} as const;

/** The tab beside the chat, as the app's manifest names it. */
export const TAB_ENTITY = 'overview';

/** Where the tab is: as a whole, or at one request. `undefined`, where there is none or nobody can say where. */
export type TabLink = (requestId?: string) => string | undefined;

/**
 * Leads to the tab in Teams, and in it to a request.
 *
 * @param appId the app's id in Teams, as its administration has it: in the organisation's catalogue that is not the one in the manifest.
 * @see "Deep link to an application": its tabs get `subEntityId` as `page.subPageId`.
 */
export function linkToTab(appId: string, requestId?: string): string {
  const url = `https://teams.microsoft.com/l/entity/${encodeURIComponent(appId)}/${TAB_ENTITY}`;
  if (requestId === undefined) return url;
  return `${url}?context=${encodeURIComponent(JSON.stringify({ subEntityId: requestId }))}`;
}

/** Where Partner Center's links for a customer's administrator lead. @see "Request a relationship with a customer" */
const ADMIN_CENTER = 'https://admin.microsoft.com';

/** Whether a link that the service has given may be opened from a card: another one is only shown. */
export const isOfMicrosoft = (url: string): boolean => URL.parse(url)?.origin === ADMIN_CENTER;
