import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendAnswer } from './http.ts';

/** What is about one connection, and not handed on. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Of what a browser sends, what a page of the bot may want to know. */
const HANDED_ON = ['accept', 'accept-language', 'authorization', 'content-type', 'content-length', 'if-none-match'];

/** Whether a page of the bot's own is asked for, or something by such a page: to sign in on, or the tab. */
export const isBotPage = (path: string): boolean =>
  path.startsWith('/auth/') || path === '/tab' || path.startsWith('/tab/') || path.startsWith('/api/tab/');

/**
 * Hands a page of the bot's own to a browser, and to the bot what such a page asks: in Teams they are reached at an address of
 * the bot, here at the one of this page, so that both are of one origin. 502: the bot is not there.
 */
export function passToBot(botOrigin: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  const absent = (): void => {
    if (response.headersSent) response.destroy();
    else sendAnswer(response, { status: 502, body: { error: 'The bot cannot be reached.' } });
  };
  if (botOrigin === undefined) {
    absent();
    return;
  }
  const headers = HANDED_ON.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const passed = httpRequest(
    botOrigin + (request.url ?? '/'),
    { agent: false, method: request.method ?? 'GET', headers: Object.fromEntries(headers) },
    (answer) => {
      const answered = Object.entries(answer.headers).filter(([name]) => !OF_CONNECTION.has(name));
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(answered));
      answer.on('error', absent);
      answer.pipe(response);
    },
  );
  passed.on('error', absent);
  request.pipe(passed);
}
