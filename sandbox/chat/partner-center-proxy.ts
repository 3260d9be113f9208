import type { Answer } from './http.ts';
import { parseJson } from './json.ts';

/** What the page may ask of the stand-in: what is behind its curtain, never its API. */
const PASSED = /^\/_(state|log|clock|faults|reset|scenarios|world)(\?|$)/;
const ANSWER_WITHIN_MS = 5_000;

/** Hands a call of the page on to the stand-in of Partner Center. 503: there is none, or it does not answer. */
export async function passToPartnerCenter(
  url: string | undefined,
  method: string,
  path: string,
  body: string,
): Promise<Answer> {
  if (!PASSED.test(path)) return { status: 404, body: { error: `There is nothing at ${path}.` } };
  if (url === undefined) return absent;
  try {
    const response = await fetch(url + path, {
      method,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body !== '' && { body, headers: { 'Content-Type': 'application/json' } }),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch {
    return absent;
  }
}

const absent: Answer = { status: 503, body: { error: 'There is no stand-in of Partner Center.' } };
