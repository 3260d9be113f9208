import type { BotConfig } from '../config/bot.ts';
import type { Log } from '../log.ts';
import { createServer, type BotServer, type ServerParts } from './server.ts';
import { createTeamsAdapter, type TeamsAdapter, type TeamsAdapterOptions, type TurnLogic } from './teams-adapter.ts';

/** The bot's line to Teams, both ways. */
export interface Line extends Pick<TeamsAdapter, 'start' | 'stop' | 'reach'> {
  /**
   * Where activities come in, once it listens.
   *
   * @param around what there is at the same door besides.
   */
  door(turn: TurnLogic, around: Pick<ServerParts, 'isReady' | 'pages' | 'forms'>): BotServer;
}

/** By the Bot Framework over HTTP: its connector outwards, and a server with the guard behind it inwards. */
export function createHttpLine(config: BotConfig, log: Log, options: TeamsAdapterOptions): Line {
  const adapter = createTeamsAdapter(config, log, options);
  return {
    start() {
      adapter.start();
    },
    stop() {
      adapter.stop();
    },
    reach: (reference, work) => adapter.reach(reference, work),
    door: (turn, around) =>
      createServer({
        onKnock: adapter.knock,
        onRefused: adapter.refuse,
        onActivity: (request, response, body) => adapter.process(request, response, body, turn),
        ...around,
        log,
      }),
  };
}
