import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpClient } from '@azure/core-rest-pipeline';
import {
  CloudAdapter,
  type Activity,
  type ConversationReference,
  type InvokeResponse,
  type ResourceResponse,
  type TurnContext,
} from 'botbuilder';
import type { AuthenticateRequestResult, BotFrameworkAuthentication, ConnectorClient } from 'botframework-connector';
import { SECOND_MS, type Clock } from '../../services/clock.ts';
import type { ConversationTurns } from './conversation-turns.ts';
import { SendError } from './messenger.ts';
import type { Credential } from '../../services/sign-in/app-tokens.ts';
import { PUBLIC_AUTHORITY, type Authority } from '../../services/sign-in/authority.ts';
import type { ActivityRules } from './activity-guard.ts';
import type { BotConfig } from '../config/bot.ts';
import { botCredential } from './bot-credential.ts';
import { createBotToken } from './bot-token.ts';
import { createChannelGuard, type Admitted, type ChannelGuard } from './channel-guard.ts';
import { createConnectorHttp } from './connector-http.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import { createTurnSpans } from '../telemetry/turns.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { noAuthentication, TeamsAuthentication } from './teams-authentication.ts';

/** Where the Bot Framework publishes the keys of its channels, in the public cloud. */
export const PUBLISHED_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

export type TurnLogic = (context: TurnContext) => Promise<void>;

/** The bot's line to Teams, both ways. */
export interface TeamsAdapter extends Pick<ChannelGuard, 'knock' | 'refuse'> {
  /** Begins to fetch the keys with which Teams signs, where it has to. Waits for nothing. */
  start(): void;
  stop(): void;
  /**
   * Answers an activity: runs a turn for what really is from Teams, and refuses everything else with an empty body:
   * 400 for what is no activity, 401 for what Teams has not signed, 403 for what is not for this bot.
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
  /** Towards Teams, and where its keys are published. */
  readonly fetch?: typeof fetch;
  /** Towards Entra (its library's own). */
  readonly http?: HttpClient;
  /** The Entra that the bot is registered in (the public cloud's). */
  readonly authority?: Authority;
  /** With what the bot asks for its own token (as configured). */
  readonly credential?: Credential;
  readonly now?: Clock;
  /** How long one call to Teams may take (10 s). */
  readonly timeoutMs?: number;
  /** How turns in a conversation are taken, for what is said in answer to an activity (it is said at once). */
  readonly turns?: ConversationTurns;
}

/** Teams waits 15 s for the end of a turn, and who has pressed a button 5 s for its answer; then what is said does not wait any longer. */
const SAID_WITHIN_MS = 8 * SECOND_MS;
const SAID_BESIDE_AN_ANSWER_WITHIN_MS = SECOND_MS;

function unlessNoTurn(error: unknown): void {
  if (!(error instanceof SendError)) throw error;
}

/** What the SDK is told of who speaks with whom. */
interface Authentication {
  readonly sdk: BotFrameworkAuthentication;
  /** Missing where nobody has to sign. */
  readonly keys?: SigningKeys;
  /** What the SDK would find out by itself about a request that the guard has admitted. */
  readonly resultFor: (admitted: Admitted) => Promise<AuthenticateRequestResult>;
}

/** The SDK's adapter, of which only the turn itself is used: its own door answers strangers with its errors. */
class Turns extends CloudAdapter {
  readonly #take: ConversationTurns | undefined;

  constructor(sdk: BotFrameworkAuthentication, take?: ConversationTurns) {
    super(sdk);
    this.#take = take;
  }

  /** What is said in answers counts too, so that together with all else it is no more than Teams takes. What somebody waits for is said all the same. */
  override async sendActivities(context: TurnContext, activities: Activity[]): Promise<ResourceResponse[]> {
    const { conversation, type: answered } = context.activity;
    const mostMs = answered === 'invoke' ? SAID_BESIDE_AN_ANSWER_WITHIN_MS : SAID_WITHIN_MS;
    for (const { type } of activities)
      if (type === 'message')
        await this.#take?.(conversation.id, { mostMs }, () => Promise.resolve()).catch(unlessNoTurn);
    return super.sendActivities(context, activities);
  }

  take(
    authenticated: AuthenticateRequestResult,
    activity: Activity,
    logic: TurnLogic,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authenticated, activity, logic);
  }
}

export function createTeamsAdapter(config: BotConfig, log: Log, options: TeamsAdapterOptions = {}): TeamsAdapter {
  const rules: ActivityRules = {
    serviceHosts: config.channelServiceHosts,
    ...(config.allowedTenants !== undefined && { allowedTenants: config.allowedTenants }),
  };
  const now = options.now ?? (() => new Date());
  const { sdk, keys, resultFor } = authenticationFor(config, log, { ...options, now });
  const guard = createChannelGuard({
    ...{ rules, log, now },
    ...(keys && { signed: { appId: config.appId ?? '', keys } }),
  });
  const turns = new Turns(sdk, options.turns);
  const inTurnSpan = createTurnSpans();
  turns.onTurnError = (context, error) => {
    log.error('a turn failed', { activityType: context.activity.type, error: loggableError(error) });
    return Promise.resolve();
  };

  return {
    start: () => keys?.start(),
    stop: () => keys?.stop(),
    knock: (request) => guard.knock(request),
    refuse: (request, status, what) => guard.refuse(request, status, what),

    async process(request, response, body, logic) {
      const guarded = guard.admit(request, body);
      if (guarded.kind === 'refused') {
        answer(response, guarded.status);
        return;
      }
      const { activity } = guarded;
      await inTurnSpan(activity.type, async () => {
        try {
          answerTurn(response, activity, await turns.take(await resultFor(guarded), activity, logic));
        } catch (error) {
          log.error('a turn could not be answered', { error: loggableError(error) });
          answer(response, 200);
        }
        return response.statusCode;
      });
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

function authenticationFor(
  config: BotConfig,
  log: Log,
  options: TeamsAdapterOptions & { readonly now: Clock },
): Authentication {
  const { now, fetch: send = fetch, timeoutMs = 10 * SECOND_MS } = options;
  const { channelServiceHosts: serviceHosts, appId = '', openIdMetadataUrl = PUBLISHED_KEYS } = config;
  const connector = { httpClient: createConnectorHttp({ fetch: send, serviceHosts, timeoutMs, now }) };
  if (config.auth === 'none') {
    const sdk = noAuthentication(connector);
    return { sdk, resultFor: ({ activity }) => sdk.authenticateRequest(activity, '') };
  }
  // Whoever has no identity is told so now, and not when the first card is sent.
  const configured = (): Credential =>
    botCredential(config, { authority: options.authority ?? PUBLIC_AUTHORITY, http: options.http, now });
  if (options.credential === undefined) configured();
  const newCredential = (): Credential => options.credential ?? configured();
  const sdk = new TeamsAuthentication({
    ...{ appId, serviceHosts, connector },
    token: createBotToken({ newCredential, now, timeoutMs }),
  });
  return {
    sdk,
    keys: createSigningKeys({ openIdMetadataUrl, fetch: send, now, log }),
    resultFor: async ({ claims }) => {
      if (claims === undefined) throw new Error('the guard has admitted what nobody has signed');
      return sdk.resultFor(claims);
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
