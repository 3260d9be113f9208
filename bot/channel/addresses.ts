/** Every address the bot answers, and the one method it answers there. */
const addresses = {
  '/api/messages': 'POST',
  '/healthz': 'GET',
  '/readyz': 'GET',
} as const;

/** What becomes of a request before anybody looks into it. */
export type Way =
  { readonly kind: 'known' } | { readonly kind: 'refused'; readonly status: 404 | 405; readonly allow?: string };

/**
 * @param url the target of the request as it was sent; whatever comes after `?` does not count.
 * @param pages what is answered besides, as configured.
 */
export function wayOf(method: string | undefined, url: string | undefined, pages: readonly string[] = []): Way {
  const path = (url ?? '').split('?', 1)[0] ?? '';
  const isPage = pages.includes(path);
  if (!isPage && !isAddress(path)) return { kind: 'refused', status: 404 };
  const allow = isAddress(path) ? addresses[path] : 'GET';
  return method === allow ? { kind: 'known' } : { kind: 'refused', status: 405, allow };
}

const isAddress = (path: string): path is keyof typeof addresses => Object.hasOwn(addresses, path);
