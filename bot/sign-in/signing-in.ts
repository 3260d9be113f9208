import type { Language } from '../../cards/texts/texts.ts';
import type { Clock } from '../../services/clock.ts';
import type { NewId } from '../../services/ids.ts';
import type { Meantime } from '../../services/sign-in/meantime.ts';
import type { Pages } from '../channel/page.ts';
import type { SignInConfig } from '../config/sign-in.ts';
import type { Log } from '../log.ts';
import { createSignInByPage } from './by-page.ts';
import { createCardSignIn, type CardSignIn } from './card-sign-in.ts';
import { createChatSignIn, type ChatSignIn } from './chat-sign-in.ts';
import { createNeeds, type NeedsParts } from './needs-person.ts';
import { createSignInPages } from './pages.ts';
import { createTellSignInRefusal } from './refused-sign-ins.ts';
import { createPrompt } from './sign-in-prompt.ts';
import type { Tokens } from './tokens.ts';

/** The three places where people sign in. */
export interface SigningIn {
  readonly card: CardSignIn;
  readonly chat: ChatSignIn;
  readonly pages: Pages;
}

export interface SigningInParts extends NeedsParts {
  readonly signIn: NonNullable<Tokens['signIn']>;
  readonly config: Pick<SignInConfig, 'appUri' | 'authContext'>;
  /** What is kept between two steps of a sign-in. */
  readonly meantime: Meantime;
  readonly fallbackLanguage: Language;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** How people sign in from a card, from what they type, and on the pages. */
export function createSigningIn(parts: SigningInParts): SigningIn {
  const { signIn, config, removals, policy, meantime, fallbackLanguage, clock, newId, log } = parts;
  const { people, browser } = signIn;
  const { appUri, authContext } = config;
  const prompt = createPrompt({ people, browser, appUri, newId });
  const byPage = createSignInByPage({ people, browser, clock });
  const tellRefusal = createTellSignInRefusal(log, clock);
  return {
    card: createCardSignIn({
      ...{ people, byPage, prompt, tellRefusal },
      needs: createNeeds({ removals, policy }),
      ...(authContext !== undefined && { authContext }),
    }),
    chat: createChatSignIn({ people, byPage, prompt, meantime, clock, log, tellRefusal }),
    pages: createSignInPages({ browser, fallbackLanguage, log, clock }),
  };
}
