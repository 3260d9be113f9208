/** Every address the bot answers, and the one method it answers there. */
const addresses = {
  '/api/messages': 'POST',
  '/healthz': 'GET',
  '/readyz': 'GET',
} as const;

/** What becomes of a request before anybody looks into it. */
export type Way =
  { readonly kind: 'known' } | { readonly kind: 'refused'; readonly status: 404 | 405; readonly allow?: string };

/** What is answered besides, as configured: a method a path. */
export type MoreAddresses = ReadonlyMap<string, 'GET' | 'POST'>;
const NO_MORE: MoreAddresses = new Map();

/** @param url the target of the request as it was sent; whatever comes after `?` does not count. */
export function wayOf(method: string | undefined, url: string | undefined, more: MoreAddresses = NO_MORE): Way {
  const path = pathOf(url);
  const allow = isAddress(path) ? addresses[path] : more.get(path);
  if (allow === undefined) return { kind: 'refused', status: 404 };
  return method === allow ? { kind: 'known' } : { kind: 'refused', status: 405, allow };
}

export const pathOf = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? '';

const isAddress = (path: string): path is keyof typeof addresses => Object.hasOwn(addresses, path);
