/** Looked for so often: a window that is closed says nothing. */
const LOOK_MS = 300;

/** What the library of the page in the window is told of its host. See `app.initialize` of its library, teams-js. */
const HOST = [
  'authentication',
  'web',
  JSON.stringify({ apiVersion: 4, isLegacyTeams: false, hostVersionsInfo: {}, supports: {} }),
  '2.58.0',
];

/** @typedef {{ id?: number, uuidAsString?: string, func?: string, args?: unknown[] }} Message */

/**
 * Opens a page of the bot's to sign in on, and is for it what Teams is: it answers the library's first word, and takes
 * what the page hands over.
 *
 * @param {string} url
 * @returns {Promise<string | undefined>} what was handed over; nothing when it was closed before, or has failed
 */
export function openSignIn(url) {
  const { origin } = new URL(url);
  const opened = window.open(url, '_blank', 'popup,width=520,height=640');
  return new Promise((resolve) => {
    if (opened === null) return resolve(undefined);

    const finish = (/** @type {string | undefined} */ handedOver) => {
      window.removeEventListener('message', hear);
      clearInterval(timer);
      opened.close();
      resolve(handedOver);
    };
    const hear = (/** @type {MessageEvent} */ { source, origin: from, data }) => {
      if (source !== opened || from !== origin || typeof data !== 'object' || data === null) return;
      const { id, uuidAsString, func, args = [] } = /** @type {Message} */ (data);
      if (func === 'initialize') opened.postMessage({ id, uuidAsString, args: HOST }, origin);
      else if (func === 'authentication.authenticate.success') finish(String(args[0] ?? ''));
      else if (func === 'authentication.authenticate.failure') finish(undefined);
    };
    window.addEventListener('message', hear);
    const timer = setInterval(() => {
      if (opened.closed) finish(undefined);
    }, LOOK_MS);
  });
}
