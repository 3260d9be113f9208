import type { Texts } from '../../cards/texts/texts.ts';
import type { UserId } from '../../services/ids.ts';
import type { BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { PeopleTokens, SignInRefusal } from '../../services/sign-in/people-tokens.ts';

/** What Teams is asked with to sign somebody in: an OAuth card, and the value of a login request. */
export interface SignInPrompt {
  readonly text: string;
  readonly connectionName: string;
  /** Single sign-on: Teams gets a token for that resource by itself. Missing where that was not enough. */
  readonly tokenExchangeResource?: { readonly id: string; readonly uri: string };
  readonly buttons: readonly [{ readonly type: 'signin'; readonly title: string; readonly value: string }];
}

export interface PromptParts {
  readonly people: Pick<PeopleTokens, 'wantedOf'>;
  readonly browser: Pick<BrowserSignIn, 'linkFor'>;
  readonly appUri: string;
  readonly newId: () => string;
}

/** Teams sends it back with a token; there is no connection of the Bot Framework behind it. */
export const CONNECTION = 'reseller-offboarding';

/** @param claims what the sign-in has to fulfil besides what the last one was missing. */
export type Prompt = (person: UserId, texts: Texts, claims?: string) => Promise<SignInPrompt>;

/** @see "Add authentication to your Teams bot", "Add SSO for bots with Adaptive Cards" */
export function createPrompt({ people, browser, appUri, newId }: PromptParts): Prompt {
  return async (person, texts, asked) => {
    const claims = asked ?? people.wantedOf(person);
    return {
      text: texts.say(claims === undefined ? 'sign-in.prompt' : 'sign-in.prompt-more'),
      connectionName: CONNECTION,
      ...(claims === undefined && { tokenExchangeResource: { id: newId(), uri: appUri } }),
      buttons: [{ type: 'signin', title: texts.say('button.sign-in'), value: await browser.linkFor(person, claims) }],
    };
  };
}

/** Whether another sign-in, on the page, can put it right. Consent is an administrator's: the page asks nobody for it. */
export const canBePutRight = ({ why }: SignInRefusal): boolean => !HOPELESS.has(why);

const HOPELESS: ReadonlySet<SignInRefusal['why']> = new Set(['consent', 'misconfigured', 'unavailable', 'blocked']);

/** Why a sign-in did not count, in a sentence that says what to do. */
export const refusalSentence = ({ why }: SignInRefusal, texts: Texts): string => texts.say(`sign-in.refused-${why}`);
