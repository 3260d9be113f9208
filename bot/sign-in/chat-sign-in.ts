import { ActivityTypes, type Activity, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { factsOf, say } from '../../dialogs/turn-facts.ts';
import { MINUTE_MS, type Clock } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
import type { PeopleTokens, SignIn } from '../../services/sign-in/people-tokens.ts';
import { createRefusalLog } from '../channel/refusal-log.ts';
import type { Log } from '../log.ts';
import { loggableError } from '../loggable-error.ts';
import type { Meantime } from '../../services/sign-in/meantime.ts';
import { createShortMemory } from '../../services/sign-in/short-memory.ts';
import { OutlastingTurn, inTime } from '../turns/slow-answers.ts';
import type { SignInByPage } from './by-page.ts';
import type { TellSignInRefusal } from './refused-sign-ins.ts';
import { canBePutRight, CONNECTION, refusalSentence, type Prompt } from './sign-in-prompt.ts';

/** An answer to an invoke: with which HTTP status, and what in it. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: object;
}

/** Signing in where somebody has typed something that takes it. */
export interface ChatSignIn {
  /** Asks for a sign-in, unless there is one. What was typed goes on by itself once there is. @returns whether it has asked. */
  ask(context: TurnContext): Promise<boolean>;
  /** *sign in* */
  signIn(context: TurnContext): Promise<void>;
  /** *sign out* */
  signOut(context: TurnContext): Promise<void>;
  /** @returns `undefined` for an invoke that is not about signing in. */
  invoked(context: TurnContext, goOn: (context: TurnContext) => Promise<void>): Promise<InvokeAnswer | undefined>;
}

const Exchange = z.looseObject({ id: z.string().max(500), token: z.string().min(1) });
const Verify = z.looseObject({ state: z.string().min(1).max(1_000) });
/** A word of Teams'; whoever has a client of their own may write anything there. */
const Failure = z.looseObject({ code: z.string().regex(/^[a-z]{1,60}$/i) });

/** What was typed longer ago is not what somebody still waits for. */
const PENDING_MS = 15 * MINUTE_MS;
const MOST_PENDING = 1_000;
/** The name of what was typed, in the meantime. */
const WORDS = 'words';
const OAUTH_CARD = 'application/vnd.microsoft.card.oauth';

export interface ChatSignInParts {
  readonly people: PeopleTokens;
  readonly byPage: SignInByPage;
  readonly prompt: Prompt;
  /** Where what was typed is kept until then. */
  readonly meantime: Meantime;
  readonly clock: Clock;
  readonly log: Log;
  /** Told why a sign-in did not count, for whoever operates the bot. */
  readonly tellRefusal: TellSignInRefusal;
}

export function createChatSignIn(parts: ChatSignInParts): ChatSignIn {
  const { people, byPage, prompt, meantime, clock, log, tellRefusal } = parts;
  const tellFailure = createRefusalLog(log, clock, 'single sign-on has failed in somebody’s Teams');
  /** What was acted upon already: Teams brings it several times. */
  const taken = createShortMemory<true>({ lastsMs: PENDING_MS, most: MOST_PENDING, clock });

  const ask = async (context: TurnContext): Promise<void> => {
    const { person, texts } = factsOf(context);
    const content = await prompt(person.id, texts);
    await context.sendActivity({
      type: ActivityTypes.Message,
      summary: texts.say('sign-in.summary'),
      attachments: [{ contentType: OAUTH_CARD, content }],
    });
  };

  /** Once, however many of somebody's devices have signed them in. */
  const goOnWith = async (
    context: TurnContext,
    person: UserId,
    goOn: (context: TurnContext) => Promise<void>,
  ): Promise<void> => {
    const waiting = await meantime.take(person, WORDS);
    if (waiting !== undefined) await goOn(new OutlastingTurn(context, JSON.parse(waiting) as Activity));
  };

  const isFirst = (brought: string): boolean => {
    const isNew = taken.get(brought) === undefined;
    taken.set(brought, true);
    return isNew;
  };

  const finish = async (
    context: TurnContext,
    signIn: SignIn,
    goOn: (context: TurnContext) => Promise<void>,
  ): Promise<boolean> => {
    const { person } = factsOf(context);
    if (signIn.kind === 'refused') tellRefusal(signIn);
    if (signIn.kind === 'refused' && !people.isSignedIn(person.id)) return false;
    await goOnWith(context, person.id, goOn);
    return true;
  };

  /** After the turn: Entra may take longer than Teams waits. */
  const later = (
    context: TurnContext,
    signing: Promise<SignIn>,
    goOn: (context: TurnContext) => Promise<void>,
  ): void => {
    const { texts } = factsOf(context);
    const outlasting = new OutlastingTurn(context);
    const finished = signing.then(async (signIn) => {
      if (!(await finish(outlasting, signIn, goOn)) && signIn.kind === 'refused')
        await say(outlasting, refusalSentence(signIn, texts));
    });
    finished.catch((error: unknown) => {
      log.error('a sign-in could not be finished', { error: loggableError(error) });
    });
  };

  return {
    async ask(context) {
      const { person } = factsOf(context);
      if (people.isSignedIn(person.id)) return false;
      await meantime.keep(person.id, WORDS, JSON.stringify(context.activity));
      await ask(context);
      return true;
    },
    async signIn(context) {
      const { person, texts } = factsOf(context);
      if (people.isSignedIn(person.id)) return say(context, texts.say('sign-in.already'));
      // Typed again once they are, it says so.
      await meantime.keep(person.id, WORDS, JSON.stringify(context.activity));
      await ask(context);
    },
    async signOut(context) {
      const { person, texts } = factsOf(context);
      const was = people.isSignedIn(person.id);
      people.signOut(person.id);
      await meantime.take(person.id, WORDS);
      await say(context, texts.say(was ? 'sign-in.signed-out' : 'sign-in.not-signed-in'));
    },
    async invoked(context, goOn) {
      const { person, texts } = factsOf(context);
      const value: unknown = context.activity.value;
      switch (context.activity.name) {
        case 'signin/tokenExchange': {
          const sent = Exchange.safeParse(value).data;
          const failed = (id: string, failureDetail: string): InvokeAnswer => ({
            status: 412,
            body: { id, connectionName: CONNECTION, failureDetail },
          });
          if (sent === undefined) return failed('', texts.say('sign-in.refused-not-valid'));
          const signing = people.signIn(person.id, sent.token);
          const signIn = (await inTime(signing))?.answer;
          const taken: InvokeAnswer = { status: 200, body: { id: sent.id, connectionName: CONNECTION } };
          if (signIn === undefined) {
            later(context, signing, goOn);
            return taken;
          }
          if (await finish(context, signIn, goOn)) return taken;
          if (signIn.kind === 'signed-in') throw new Error('a sign-in that counts is finished');
          if (canBePutRight(signIn)) return failed(sent.id, refusalSentence(signIn, texts));
          // Its button would lead through a window to the same.
          if (isFirst(`${person.id} ${signIn.why} ${sent.id}`)) await say(context, refusalSentence(signIn, texts));
          return taken;
        }
        case 'signin/verifyState': {
          const state = Verify.safeParse(value).data?.state ?? '';
          const signing = byPage(person.id, state);
          const isNew = isFirst(`${person.id} ${state}`);
          await inTime(signing);
          if (isNew) later(context, signing, goOn);
          return { status: 200 };
        }
        case 'signin/failure': {
          tellFailure(412, Failure.safeParse(value).data?.code ?? 'another fault');
          return { status: 200 };
        }
        default:
          return undefined;
      }
    },
  };
}
