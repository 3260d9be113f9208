import { find, make } from './dom.js';
import { chooseLocale, say, writeWords } from './words.js';

/** @typedef {{ name: string, locale: string, aadObjectId: string, tenantId: string }} TabPerson */
/** @typedef {{ id: number, uuidAsString?: string, func: string, args?: readonly unknown[] }} Asked what teams-js posts to whatever frames the page */

const asked = new URLSearchParams(location.search);
const person = asked.get('person') ?? 'requester';
/** @type {HTMLSelectElement} */
const theme = find(document, '#theme');
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
theme.value =
  asked.get('theme') ?? ((localStorage.getItem('theme') ?? (dark ? 'dark' : 'light')) === 'dark' ? 'dark' : 'default');

/**
 * @template T
 * @param {string} path
 * @returns {Promise<T>}
 */
async function askChat(path) {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify({ person }) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

const sitting = /** @type {TabPerson} */ (await askChat('/api/tab-person'));
chooseLocale(sitting.locale);
writeWords(document);
find(document, '#name').textContent = say('tabOf', { name: sitting.name });

/**
 * What Teams answers a page in a frame of its own, as far as this one asks: `app.initialize`, `app.getContext` and
 * `authentication.getAuthToken` of teams-js.
 *
 * @type {Readonly<Record<string, () => readonly unknown[] | Promise<readonly unknown[]>>>}
 */
const answers = {
  initialize: () => [
    'content',
    'web',
    JSON.stringify({ apiVersion: 4, hostVersionsInfo: {}, isLegacyTeams: false, supports: {} }),
    '2.0.1',
  ],
  getContext: () => [
    {
      ...{ locale: sitting.locale, theme: theme.value, frameContext: 'content', hostClientType: 'web' },
      ...{ entityId: 'overview', subEntityId: asked.get('request') ?? undefined },
      ...{ userObjectId: sitting.aadObjectId, tid: sitting.tenantId },
    },
  ],
  'authentication.getAuthToken': async () => {
    const { token } = /** @type {{ token?: string }} */ (await askChat('/api/sso-token'));
    return token === undefined ? [false, 'resourceRequiresConsent'] : [true, token];
  },
};

const frame = make('iframe', { src: '/tab', title: say('tabOf', { name: sitting.name }) });

window.addEventListener('message', async ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  const { id, uuidAsString, func } = /** @type {Asked} */ (data);
  const args = await answers[func]?.();
  if (args !== undefined) frame.contentWindow?.postMessage({ id, uuidAsString, args }, location.origin);
});
const wear = () => {
  document.documentElement.dataset.theme = theme.value === 'default' ? 'light' : 'dark';
};
wear();
theme.addEventListener('change', () => {
  wear();
  frame.contentWindow?.postMessage({ func: 'themeChange', args: [theme.value] }, location.origin);
});
find(document, '#place').append(frame);
