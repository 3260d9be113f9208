/** @import { Answered, Card, Choice, Everything, InvokeAnswer, Message, Person, Teams } from './types.d.ts' */

/** A tab is a device: what a bot answers to a button is seen on the device that pressed it. */
export const device = sessionStorage.getItem('device') ?? crypto.randomUUID();
sessionStorage.setItem('device', device);

/**
 * @template T
 * @param {string} path
 * @param {unknown} [body] sent by POST when there is one
 * @returns {Promise<Answered<T>>} status 0 when the chat service cannot be reached
 */
async function call(path, body) {
  try {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(path, body === undefined ? {} : init);
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: /** @type {T} */ ({}) };
  }
}

/** Sends a file. @param {string} person @param {File} file */
export async function sendFileTo(person, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return call('api/file', { person, name: file.name, content });
}

/** @param {string} person @param {string} text */
export const sayTo = (person, text) => call('api/say', { person, text });

/** Sends once more what the bot did not take. @param {string} person @param {string} messageId */
export const sayAgain = (person, messageId) => call('api/say-again', { person, messageId });

/**
 * @param {string} person
 * @param {string} messageId
 * @param {{ title?: string, id?: string, verb: string, data: unknown }} action
 * @param {'manual' | 'automatic'} trigger
 * @param {string} [state] what the sign-in page handed over, where the button is pressed once more for that
 * @returns {Promise<InvokeAnswer>}
 */
export async function executeAction(person, messageId, action, trigger, state) {
  const asked = { person, device, messageId, action, trigger, state };
  const { status, body } = /** @type {Answered<InvokeAnswer>} */ (await call('api/action', asked));
  return status === 200 ? body : { status };
}

/** Hands over what the page of a sign-in card has ended with. @param {string} person @param {string} messageId @param {string} state */
export const signedIn = (person, messageId, state) => call('api/signed-in', { person, messageId, state });

/** Whether the bot may put a file there. @param {string} person @param {string} messageId @param {'accept' | 'decline'} action */
export const answerFile = (person, messageId, action) =>
  call('api/file-consent', { person, device, messageId, action });

/** @param {string} person @param {string} messageId @param {unknown} data */
export const submitData = (person, messageId, data) => call('api/submit', { person, messageId, data });

/**
 * @param {string} person
 * @param {string} messageId
 * @param {string} dataset
 * @param {string} query
 * @returns {Promise<Choice[] | undefined>} nothing when the bot does not answer
 */
export async function searchChoices(person, messageId, dataset, query) {
  const asked = { person, messageId, dataset, query };
  const { status, body } = /** @type {Answered<{ status: number, choices: Choice[] }>} */ (
    await call('api/search', asked)
  );
  return status === 200 && body.status === 200 ? body.choices : undefined;
}

/** @param {string} person @param {string} locale */
export const setLocale = (person, locale) => call('api/locale', { person, locale });

/**
 * The stand-in of Partner Center, behind its curtain.
 *
 * @template T
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<Answered<T>>}
 */
export const askPartnerCenter = (path, body) => call(`pc/${path}`, body);

/** Begins both chats anew, and what the bot knows with them. */
export const emptyChats = () => call('_reset', {});

/** Ends the bot and starts it again on what it has stored. @param {'end' | 'kill'} how */
export const endBot = (how) => call('_bot', { how });

/** Has Teams played in another way, and the bot started anew for it. @param {Pick<Teams, 'isReal' | 'signOn'>} setting */
export const changeTeams = (setting) => call('_teams', setting);

/**
 * @typedef {object} Listeners
 * @property {(everything: Everything) => void} everything
 * @property {(change: { person: string, message: Message }) => void} message
 * @property {(change: { person: string, message: Message }) => void} edited
 * @property {(change: { person: string, id: string }) => void} deleted
 * @property {(change: { person: string, id: string, card: Card }) => void} answered
 * @property {(change: { person: string }) => void} typing
 * @property {(person: Person) => void} person
 * @property {(teams: Teams) => void} teams
 * @property {(isOnline: boolean) => void} online
 */

/**
 * Hears what happens, from now on and after every interruption.
 *
 * @param {Listeners} listeners
 */
export function listen({ online, ...listeners }) {
  const events = new EventSource(`api/events?device=${encodeURIComponent(device)}`);
  events.addEventListener('open', () => online(true));
  events.addEventListener('error', () => online(false));
  for (const [name, listener] of Object.entries(listeners)) {
    events.addEventListener(name, ({ data }) => listener(JSON.parse(data)));
  }
}
