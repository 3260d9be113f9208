/**
 * Where something is settled that cannot be settled here. No source states the addresses of Partner Center's pages,
 * so the link leads to its entrance, and the words on the card say where to go from there.
 */
export const LINKS = {
  'partner-center': 'https://partner.microsoft.com/dashboard',
  'azure-portal': 'https://portal.azure.com',
} as const;
