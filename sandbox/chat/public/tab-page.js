const TAB = /^https:\/\/teams\.microsoft\.com\/l\/entity\/[^/]+\/overview$/;

/**
 * Where the tab of the app is here, for a link that opens it in Teams: the page that plays Teams around it.
 *
 * @param {string | undefined} link
 * @param {string} person who follows it
 * @returns {string | undefined} nothing for any other link
 */
export function tabPageOf(link, person) {
  const url = link === undefined ? null : URL.parse(link);
  if (url === null || !TAB.test(url.origin + url.pathname)) return undefined;
  const page = new URL('teams-tab.html', location.href);
  page.searchParams.set('person', person);
  const request = subEntityIn(url.searchParams.get('context') ?? '{}');
  if (request !== undefined) page.searchParams.set('request', request);
  return page.href;
}

/** @param {string} context @returns {string | undefined} */
function subEntityIn(context) {
  try {
    const { subEntityId } = JSON.parse(context);
    return typeof subEntityId === 'string' ? subEntityId : undefined;
  } catch {
    return undefined;
  }
}
