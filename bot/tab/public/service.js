/** What the bot did not tell, and why. `code` is one that there are words for. */
export class Refusal extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

let locale = 'en';

/** @param {string} chosen */
export const speak = (chosen) => {
  locale = chosen;
};

/**
 * Asks the bot for something. What is left out of a question is not sent.
 *
 * @template T
 * @param {string} what
 * @param {Record<string, string | undefined>} [question]
 * @returns {Promise<T>}
 */
export async function ask(what, question = {}) {
  const given = Object.entries(question).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(/** @type {[string, string][]} */ (given));
  const response = await send(`/api/tab/${what}${query.size > 0 ? `?${query}` : ''}`);
  return response.json();
}

/**
 * Fetches a file, and hands it to whoever sits there.
 *
 * @param {string} what
 * @param {Record<string, string>} [body] what is sent for it, if anything is
 */
export async function download(what, body) {
  const sent = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await send(`/api/tab/${what}`, body === undefined ? {} : sent);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'record';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Teams keeps the token, and gives a new one when it is time. One that is over at that very moment is asked for once more.
 *
 * @param {string} url
 * @param {RequestInit} [init]
 */
async function send(url, init = {}) {
  const first = await sendOnce(url, init);
  const response = first.status === 401 ? await sendOnce(url, init) : first;
  if (response.ok) return response;
  throw new Refusal(await codeOf(response));
}

/**
 * @param {string} url
 * @param {RequestInit} init
 */
async function sendOnce(url, init) {
  const token = await window.microsoftTeams?.authentication.getAuthToken().catch(() => undefined);
  if (token === undefined) throw new Refusal('sign-in');
  const headers = { ...init.headers, Authorization: `Bearer ${token}`, 'Accept-Language': locale };
  try {
    return await fetch(url, { ...init, headers });
  } catch {
    throw new Refusal('unavailable');
  }
}

/** @param {Response} response */
async function codeOf(response) {
  try {
    const { error } = /** @type {{ error?: unknown }} */ (await response.json());
    if (typeof error === 'string') return error;
  } catch {
    // A refusal before the request was read has nothing in it but its status.
  }
  return { 401: 'sign-in', 403: 'no-role', 429: 'busy' }[response.status] ?? 'unavailable';
}
