import { z } from 'zod';
import type { PressedButton } from '../../cards/actions.ts';
import type { Texts } from '../../cards/texts/texts.ts';
import type { Person } from '../../services/people/person.ts';
import { authContextClaims, type PeopleTokens } from '../../services/sign-in/people-tokens.ts';
import type { SignInByPage } from './by-page.ts';
import type { Needs } from './needs-person.ts';
import type { TellSignInRefusal } from './refused-sign-ins.ts';
import { canBePutRight, refusalSentence, type Prompt, type SignInPrompt } from './sign-in-prompt.ts';

/** What an Execute is answered with in the place of its effect. @see "Universal Action Model" */
export type SignInAnswer =
  | {
      readonly statusCode: 401;
      readonly type: 'application/vnd.microsoft.activity.loginRequest';
      readonly value: SignInPrompt;
    }
  | {
      readonly statusCode: 412;
      readonly type: 'application/vnd.microsoft.error.preconditionFailed';
      readonly value: { readonly code: string; readonly message: string };
    };

export type CardSignInOutcome =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'answer'; readonly body: SignInAnswer }
  | { readonly kind: 'sentence'; readonly text: string };

/** With what Teams repeats an action: the token of single sign-on, or what the sign-in page handed over. */
const Repeated = z.looseObject({
  authentication: z.looseObject({ token: z.string().min(1) }).optional(),
  /** No longer than what the page hands over, since what has come of it is kept for a while. */
  state: z.string().min(1).max(1_000).optional(),
});

export interface CardSignInParts {
  readonly needs: Needs;
  readonly people: PeopleTokens;
  readonly byPage: SignInByPage;
  readonly prompt: Prompt;
  readonly authContext?: string;
  /** Told why a sign-in did not count, for whoever operates the bot. */
  readonly tellRefusal: TellSignInRefusal;
}

/**
 * Sees to it that whoever presses a button is signed in where that takes it. Until they are, the button has no effect.
 */
export function createCardSignIn({ needs, people, byPage, prompt, authContext, tellRefusal }: CardSignInParts) {
  const login = async (person: Person, texts: Texts, claims?: string): Promise<CardSignInOutcome> => ({
    kind: 'answer',
    body: {
      statusCode: 401,
      type: 'application/vnd.microsoft.activity.loginRequest',
      value: await prompt(person.id, texts, claims),
    },
  });

  return async (value: unknown, button: PressedButton, person: Person, texts: Texts): Promise<CardSignInOutcome> => {
    const need = await needs(button, person);
    const context = need === 'person-now' || need === 'step-up' ? authContext : undefined;
    if (need === 'nothing' || (need === 'step-up' && context === undefined)) return { kind: 'go-on' };
    const { authentication, state } = Repeated.safeParse(value).data ?? {};
    if (authentication === undefined && state === undefined) {
      if (people.isSignedIn(person.id, context)) return { kind: 'go-on' };
      const isStepUp = context !== undefined && people.isSignedIn(person.id);
      return login(person, texts, isStepUp ? authContextClaims(context) : undefined);
    }
    const signIn = await (authentication === undefined
      ? byPage(person.id, state ?? '', context)
      : people.signIn(person.id, authentication.token, context));
    // Also where a second device of theirs sends the same again, when the first has signed them in already.
    if (people.isSignedIn(person.id, context)) return { kind: 'go-on' };
    // Signed in, and out since; or not as strongly as this takes.
    if (signIn.kind === 'signed-in') return login(person, texts, context && authContextClaims(context));
    tellRefusal(signIn);
    const message = refusalSentence(signIn, texts);
    if (!canBePutRight(signIn)) return { kind: 'sentence', text: message };
    if (authentication === undefined)
      return signIn.claims === undefined ? { kind: 'sentence', text: message } : login(person, texts, signIn.claims);
    return {
      kind: 'answer',
      body: {
        statusCode: 412,
        type: 'application/vnd.microsoft.error.preconditionFailed',
        value: { code: '412', message },
      },
    };
  };
}

export type CardSignIn = ReturnType<typeof createCardSignIn>;
