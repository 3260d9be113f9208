import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  CloudAdapter,
  type Activity,
  type ConversationReference,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { SECOND_MS, type Clock } from '../../services/clock.ts';
import { admitActivity, type ActivityRules } from './activity-guard.ts';
import type { BotConfig } from '../config/bot.ts';
import { createConnectorHttp } from './connector-http.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { createRefusalLog } from './refusal-log.ts';
import { authenticationFor } from './teams-authentication.ts';

export type TurnLogic = (context: TurnContext) => Promise<void>;

/** The bot's line to Teams, both ways. */
export interface TeamsAdapter {
  /**
   * Answers an activity: runs a turn for what really is from Teams, and refuses everything else with an empty body:
   * 400 for what is no activity, 403 for what is not for this bot, 401 for what Teams has not signed.
   *
   * Never rejects: a turn that fails is logged, and its sender hears nothing of it.
   */
  process(request: IncomingMessage, response: ServerResponse, body: unknown, logic: TurnLogic): Promise<void>;
  /**
   * Runs work with a client for a conversation, without anybody having said something.
   *
   * @throws {SendError} and whatever else the work throws.
   */
  reach<T>(reference: ConversationReference, work: (connector: ConnectorClient) => Promise<T>): Promise<T>;
}

export interface TeamsAdapterOptions {
  readonly fetch?: typeof fetch;
  readonly now?: Clock;
  /** How long one call to Teams may take (10 s). */
  readonly timeoutMs?: number;
}

/** The SDK's adapter, of which only the turn itself is used: its own door answers strangers with its errors. */
class Turns extends CloudAdapter {
  take(authorization: string, activity: Activity, logic: TurnLogic): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

export function createTeamsAdapter(config: BotConfig, log: Log, options: TeamsAdapterOptions = {}): TeamsAdapter {
  const rules: ActivityRules = {
    serviceHosts: config.channelServiceHosts,
    ...(config.allowedTenants !== undefined && { allowedTenants: config.allowedTenants }),
  };
  const now = options.now ?? (() => new Date());
  const refused = createRefusalLog(log, now);
  const httpClient = createConnectorHttp({
    fetch: options.fetch ?? fetch,
    serviceHosts: config.channelServiceHosts,
    timeoutMs: options.timeoutMs ?? 10 * SECOND_MS,
    now,
  });
  const turns = new Turns(authenticationFor(config, { httpClient }));
  turns.onTurnError = (context, error) => {
    log.error('a turn failed', { activityType: context.activity.type, error: loggableError(error) });
    return Promise.resolve();
  };

  return {
    async process(request, response, body, logic) {
      const admission = admitActivity(body, rules);
      if (admission.kind === 'refused') {
        refused(admission.status, admission.why);
        answer(response, admission.status);
        return;
      }
      const turn = { began: false };
      try {
        const invoked = await turns.take(request.headers.authorization ?? '', admission.activity, (context) => {
          turn.began = true;
          return logic(context);
        });
        answerTurn(response, admission.activity, invoked);
      } catch (error) {
        // The SDK throws errors of many kinds at what is not authentic, and after that none: a failed turn is caught.
        if (turn.began) log.error('a turn could not be answered', { error: loggableError(error) });
        else refused(401, 'authentication');
        answer(response, turn.began ? 200 : 401);
      }
    },

    async reach(reference, work) {
      // The adapter keeps what its logic throws to itself.
      let outcome: { readonly done: Awaited<ReturnType<typeof work>> } | { readonly failed: unknown } | undefined;
      await turns.continueConversationAsync(config.appId ?? '', reference, async (context) => {
        try {
          outcome = { done: await work(context.turnState.get<ConnectorClient>(turns.ConnectorClientKey)) };
        } catch (error) {
          outcome = { failed: error };
        }
      });
      if (outcome === undefined) throw new Error('the adapter has not run the work');
      if ('failed' in outcome) throw outcome.failed;
      return outcome.done;
    },
  };
}

/** An invoke wants an answer in the same exchange. One that nobody answers is told so, and never that the bot is broken. */
function answerTurn(response: ServerResponse, activity: Activity, invoked: InvokeResponse | undefined): void {
  if (activity.type !== 'invoke') answer(response, 200);
  else if (invoked === undefined || invoked.status >= 500) answer(response, 404);
  else answer(response, invoked.status, invoked.body);
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.statusCode = status;
  if (text !== '') response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
