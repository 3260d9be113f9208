import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { sendAnswer } from './http.ts';

/** What is about one connection, and not handed on. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Hands a page of the bot's own to a browser: in Teams they are reached at an address of the bot, here at the one of this
 * page, so that both are of one origin. 502: the bot is not there.
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
  const { accept = '*/*', 'accept-language': language = '' } = request.headers;
  const passed = httpRequest(
    botOrigin + (request.url ?? '/'),
    { agent: false, headers: { Accept: accept, 'Accept-Language': language } },
    (answer) => {
      const headers = Object.entries(answer.headers).filter(([name]) => !OF_CONNECTION.has(name));
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers));
      answer.pipe(response);
    },
  );
  passed.on('error', absent);
  passed.end();
}
