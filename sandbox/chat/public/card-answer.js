/** @import { InvokeAnswer } from './types.d.ts' */

/**
 * What a person sees of the bot's answer to a button. A card is not in it: it comes with the events, in their order.
 *
 * @typedef {{ kind: 'card' }
 *   | { kind: 'text', text: string }
 *   | { kind: 'sign-in', url: string, text: string | undefined }
 *   | { kind: 'failed', word: 'unableToReach' | 'somethingWrong' }} Outcome
 */

/** No connection, and no answer in time: what Teams calls unreachable. */
const UNREACHABLE = [0, 502, 504];

/** @param {InvokeAnswer} answer @returns {Outcome} */
export function readAnswer({ status, body, signIn }) {
  const url = webAddress(signIn);
  if (url !== undefined) return { kind: 'sign-in', url, text: reasonIn(body) };
  if (status !== 200)
    return { kind: 'failed', word: UNREACHABLE.includes(status) ? 'unableToReach' : 'somethingWrong' };
  const { statusCode, type, value } = body ?? {};
  if (statusCode !== 200) return { kind: 'failed', word: 'somethingWrong' };
  if (type === 'application/vnd.microsoft.card.adaptive') return { kind: 'card' };
  if (type === 'application/vnd.microsoft.activity.message') return { kind: 'text', text: String(value ?? '') };
  return { kind: 'failed', word: 'somethingWrong' };
}

/** Why somebody has to sign in: as the bot asks for it, or says that single sign-on was not enough. @param {InvokeAnswer['body']} body @returns {string | undefined} */
function reasonIn(body) {
  const { text, message } = /** @type {{ text?: unknown, message?: unknown }} */ (body?.value ?? {});
  return [message, text].find((one) => typeof one === 'string');
}

/** @param {string | undefined} text @returns {string | undefined} nothing when it is not the address of a web page */
export function webAddress(text) {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^(https?|mailto|msteams):$/.test(url.protocol) ? url.href : undefined;
}
