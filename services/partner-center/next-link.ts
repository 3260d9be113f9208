import type { Answer } from './transport.ts';

/**
 * The query of an OData next link, and nothing else of it; only of one that leads where we are.
 *
 * @throws {PartnerCenterError} `malformed` for any other.
 */
export function nextQuery(
  link: string,
  { url: origin, path }: { readonly url: string; readonly path: string },
  answer: Answer,
): Readonly<Record<string, string>> {
  const url = URL.parse(link);
  const isHere = url?.origin === new URL(origin).origin && url.pathname.toLowerCase() === path.toLowerCase();
  if (!isHere) throw answer.malformed();
  return Object.fromEntries(url.searchParams);
}
