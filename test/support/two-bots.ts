import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { startBot, type Bot } from '../../bot/compose.ts';
import { parseConfig } from '../../bot/config/config.ts';
import { createLog } from '../../bot/log.ts';
import { newGuid } from '../../services/ids.ts';
import { openAzureStore } from '../../services/storage/azure/azure-store.ts';
import type { Tables } from '../../services/storage/azure/tables.ts';
import { startChat, type Chat, type ChatOptions } from '../../sandbox/chat/chat.ts';
import { startPartnerCenter, type PartnerCenterStandIn } from '../../sandbox/partner-center/server.ts';
import { startDoor } from './door.ts';
import { journeyEnv, partnerCenterControls, type Journey } from './journey.ts';
import { TableModel } from './table-model.ts';

export interface TwoBotsOptions {
  readonly chat?: ChatOptions;
  /** How each of them reaches Partner Center (as it would at work). */
  readonly http?: readonly (HttpClient | undefined)[];
  /** How the first of them reaches the table that they share (as the other one does). */
  readonly firstTables?: (tables: Tables) => Tables;
}

/** Two bots with one store, behind one address that gives what comes to each of them in turn. */
export interface TwoBots extends Pick<Journey, 'chat' | 'calls' | 'changes' | 'control'> {
  readonly tables: TableModel;
  readonly partnerCenter: PartnerCenterStandIn;
  readonly logLines: readonly string[];
  /** From now on everything comes to one of them, or to each in turn again. */
  only(which: 0 | 1 | undefined): void;
  close(): Promise<void>;
}

export async function startTwoBots(options: TwoBotsOptions = {}): Promise<TwoBots> {
  const partnerCenter = await startPartnerCenter({ staleListMs: 300 });
  const chat: Chat = await startChat({ partnerCenterUrl: partnerCenter.url, ...options.chat });
  const tables = new TableModel();
  const logLines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => logLines.push(line) });
  const config = parseConfig(journeyEnv(partnerCenter.url, './nowhere'));
  const start = (http: HttpClient = createDefaultHttpClient(), own: Tables = tables): Promise<Bot> =>
    startBot({
      ...{ config, log, http, newId: newGuid },
      clock: () => new Date(),
      elapsedMs: () => performance.now(),
      openStore: (boot) => openAzureStore({ boot, tables: own }),
    });
  const bots = await Promise.all([start(options.http?.[0], options.firstTables?.(tables)), start(options.http?.[1])]);
  let chosen: 0 | 1 | undefined;
  let turns = 0;
  const door = await startDoor({ to: () => bots[chosen ?? (turns++ % 2 === 0 ? 0 : 1)].url });
  chat.connect(`${door.url}/api/messages`);
  for (const person of ['requester', 'manager']) await chat.install(person);

  return {
    ...{ chat, tables, partnerCenter, logLines },
    ...partnerCenterControls(partnerCenter.url),
    only(which) {
      chosen = which;
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.stop()));
      await door.close();
      await chat.close();
      await partnerCenter.close();
    },
  };
}
