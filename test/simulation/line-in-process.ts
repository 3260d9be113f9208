import { BotAdapter, TurnContext, type Activity as BotActivity, type ResourceResponse } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { faultOf } from '../../bot/channel/connector-http.ts';
import type { Line } from '../../bot/channel/line.ts';
import { SendError } from '../../bot/channel/messenger.ts';
import type { BotServer } from '../../bot/channel/server.ts';
import type { TurnLogic } from '../../bot/channel/teams-adapter.ts';
import type { Activity } from '../../sandbox/chat/activities.ts';
import type { Writing } from '../../sandbox/chat/connector.ts';
import type { Answer } from '../../sandbox/chat/http.ts';
import type { DoorAnswer, TeamsInProcess } from './teams-in-process.ts';

/** Passed with every call to Teams. @returns the answer; throws a `SendError` where none comes. */
export type LineGate = (work: () => Answer) => Promise<Answer>;

const ANSWERED = Symbol('what an invoke is answered');

/**
 * Teams right at the bot's own ports: what it writes gets to the chats without the SDK's connector and its HTTP, and what
 * people do gets to the turn without a server and the guard.
 */
export class LineInProcess implements Line {
  readonly #connector: ConnectorClient;
  readonly #turns: Turns;
  readonly #onOpen: (line: LineInProcess) => void;
  #logic: TurnLogic | undefined;

  /** @param onOpen told once activities may come in. */
  constructor(teams: TeamsInProcess, gate: LineGate, onOpen: (line: LineInProcess) => void) {
    this.#connector = connectorOf(teams, gate);
    this.#turns = new Turns(this.#connector);
    this.#onOpen = onOpen;
  }

  start(): void {
    // There is nobody whose keys are to be had.
  }
  stop(): void {
    // Nothing has been started.
  }

  reach: Line['reach'] = (_reference, work) => work(this.#connector);

  door(turn: TurnLogic): BotServer {
    return {
      listen: async () => {
        this.#logic = turn;
        this.#onOpen(this);
        return { port: 3978, url: 'http://127.0.0.1:3978' };
      },
      close: () => Promise.resolve(),
    };
  }

  /** As the adapter behind the guard takes an activity, and answers it. */
  async take(activity: Activity): Promise<DoorAnswer> {
    if (this.#logic === undefined) throw new Error('the bot does not listen');
    const invoked = await this.#turns.take(JSON.parse(JSON.stringify(activity)) as BotActivity, this.#logic);
    if (activity.type !== 'invoke') return { status: 200, body: undefined };
    return invoked === undefined || invoked.status >= 500 ? { status: 404, body: undefined } : invoked;
  }
}

/** A turn of the SDK, and no more of it. */
class Turns extends BotAdapter {
  readonly #connector: ConnectorClient;

  constructor(connector: ConnectorClient) {
    super();
    this.#connector = connector;
    // Whoever has sent it hears nothing of a turn that fails.
    this.onTurnError = () => Promise.resolve();
  }

  async take(activity: BotActivity, logic: TurnLogic): Promise<DoorAnswer | undefined> {
    const context = new TurnContext(this, activity);
    context.turnState.set(this.ConnectorClientKey, this.#connector);
    await this.runMiddleware(context, logic);
    return context.turnState.get<DoorAnswer>(ANSWERED);
  }

  override async sendActivities(
    context: TurnContext,
    activities: readonly Partial<BotActivity>[],
  ): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) {
      if (activity.type === 'invokeResponse') context.turnState.set(ANSWERED, activity.value);
      else {
        const { id } = context.activity.conversation;
        responses.push(await this.#connector.conversations.sendToConversation(id, activity));
      }
    }
    return responses;
  }
  override updateActivity(): Promise<never> {
    return neverDone();
  }
  override deleteActivity(): Promise<never> {
    return neverDone();
  }
  override continueConversation(): Promise<never> {
    return neverDone();
  }
}

const neverDone = (): Promise<never> => Promise.reject(new Error('no turn does that'));

/** As much of the SDK's client as the bot asks. */
function connectorOf(teams: TeamsInProcess, gate: LineGate): ConnectorClient {
  const call = async (work: () => Answer): Promise<unknown> => {
    const { status, body } = await gate(work);
    if (status < 200 || status > 299) throw new SendError(faultOf(status), { status });
    return body;
  };
  const write = (conversationId: string, writing: () => Writing): Promise<unknown> =>
    call(() => teams.write(conversationId, writing()));
  const textual = (activity: object) => ({ activity: { ...activity }, body: JSON.stringify(activity) });
  const conversations = {
    sendToConversation: (to: string, activity: object) => write(to, () => ({ kind: 'send', ...textual(activity) })),
    updateActivity: (to: string, id: string, activity: object) =>
      write(to, () => ({ kind: 'edit', id, ...textual(activity) })),
    deleteActivity: (to: string, id: string) => write(to, () => ({ kind: 'delete', id })),
    getConversationMember: (to: string, id: string) => call(() => teams.member(to, id)),
  };
  return { conversations } as unknown as ConnectorClient;
}
