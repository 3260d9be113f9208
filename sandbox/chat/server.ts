import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Channel } from './activities.ts';
import type { BotLine } from './bot-line.ts';
import { isBotPage, passToBot } from './bot-pages.ts';
import type { Client } from './client.ts';
import type { ConnectorServer } from './connector-server.ts';
import type { Conversation } from './conversation.ts';
import { FaultSettings } from './faults.ts';
import { readBody, sendAnswer, type Answer } from './http.ts';
import { parseJson } from './json.ts';
import type { Changes } from './messages.ts';
import { OneDrive } from './one-drive.ts';
import { createPageApi } from './page-api.ts';
import { createPageEvents } from './page-events.ts';
import { sendPageFile } from './page-files.ts';
import { passToPartnerCenter } from './partner-center-proxy.ts';
import { TeamsSetting, type TeamsSwitch } from './real-teams.ts';
import type { SentFiles } from './sent-files.ts';
import type { SingleSignOn } from './single-sign-on.ts';

const EndBot = z.object({ how: z.enum(['end', 'kill']) });

export interface ChatHandlerParts {
  readonly channel: Channel;
  readonly conversations: readonly Conversation[];
  readonly changes: Changes;
  readonly client: Client;
  /** What Teams has people signed in with now. */
  readonly signOn: () => SingleSignOn | undefined;
  readonly files: SentFiles;
  readonly line: BotLine;
  readonly connector: ConnectorServer;
  readonly drive: OneDrive;
  readonly partnerCenterUrl: string | undefined;
  readonly reset: () => Promise<void>;
  /** Nothing where the bot is not ours to end. */
  readonly endBot: ((how: 'end' | 'kill') => Promise<void>) | undefined;
  /** Nothing where Teams is played in one way only. */
  readonly teams: TeamsSwitch | undefined;
}

export interface ChatHandler {
  readonly handle: RequestListener;
  readonly close: () => void;
}

/** Everything the chat service answers: the bot below `/connector`, its pages below `/auth` and `/tab`, files below `/drive`, tests below `/_…`, the page elsewhere. */
export function createChatHandler(parts: ChatHandlerParts): ChatHandler {
  const { connector, line, partnerCenterUrl } = parts;
  const events = createPageEvents(parts);
  const answerPage = createPageApi(parts);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname.startsWith('/connector/')) {
      await connector.handle(request, response, pathname.slice('/connector'.length), searchParams);
      return;
    }
    if (OneDrive.isPath(pathname)) {
      await parts.drive.handle(request, response, pathname);
      return;
    }
    if (isBotPage(pathname)) {
      passToBot(line.origin, request, response);
      return;
    }
    if (method === 'GET' && pathname.startsWith('/files/')) {
      parts.files.send(response, pathname);
      return;
    }
    if (method === 'GET' && pathname === '/api/events') {
      events.open(response, searchParams.get('device') ?? '');
      return;
    }
    if (method === 'GET' && !pathname.startsWith('/pc/') && !pathname.startsWith('/_')) {
      await sendPageFile(response, pathname);
      return;
    }
    if (isFromElsewhere(request)) {
      sendAnswer(response, { status: 403, body: { error: 'Only this page may do that.' } });
      return;
    }
    const body = (await readBody(request)) ?? '';
    if (pathname.startsWith('/pc/')) {
      sendAnswer(response, await passToPartnerCenter(partnerCenterUrl, method, pathname.slice(3) + search, body));
    } else if (pathname.startsWith('/_')) {
      sendAnswer(response, await answerControl(parts, method, pathname, body));
    } else sendAnswer(response, await answerPage(pathname, parseJson(body)));
  };

  return {
    handle: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (request.destroyed && !request.complete) return;
        console.error('The chat service failed.', error);
        if (response.headersSent) response.destroy();
        else sendAnswer(response, { status: 500, body: { error: 'The chat service failed.' } });
      });
    },
    close: events.close,
  };
}

/** A page of another site, open in the same browser, could send too. */
const isFromElsewhere = ({ headers }: IncomingMessage): boolean => headers['sec-fetch-site'] === 'cross-site';

async function answerControl(
  { connector, reset, endBot, teams }: ChatHandlerParts,
  method: string,
  path: string,
  body: string,
): Promise<Answer> {
  if (path === '/_log' && method === 'GET') return { status: 200, body: { entries: connector.log } };
  if (method !== 'POST') return { status: 405, body: { error: 'Not that way.' } };
  if (path === '/_reset') {
    await reset();
    return { status: 200, body: {} };
  }
  if (path === '/_bot' && endBot !== undefined) {
    const asked = EndBot.safeParse(parseJson(body));
    if (!asked.success) return { status: 400, body: { error: asked.error.message } };
    await endBot(asked.data.how);
    return { status: 200, body: {} };
  }
  if (path === '/_teams' && teams !== undefined) {
    const asked = TeamsSetting.safeParse(parseJson(body));
    if (!asked.success) return { status: 400, body: { error: asked.error.message } };
    await teams.set(asked.data);
    return { status: 200, body: {} };
  }
  if (path !== '/_faults') return { status: 404, body: { error: `There is nothing at ${path}.` } };
  const settings = FaultSettings.safeParse(body === '' ? {} : parseJson(body));
  if (!settings.success) return { status: 400, body: { error: settings.error.message } };
  connector.faults.set(settings.data.rules);
  return { status: 200, body: settings.data };
}
