import type { UserId } from '../ids.ts';
import type { ActAs } from '../partner-center/partner-center.ts';
import { SignInNeededError, type TokenSource } from '../partner-center/token-source.ts';
import type { AppTokens } from './app-tokens.ts';
import type { PeopleTokens } from './people-tokens.ts';

const personOf = (actAs: ActAs): UserId | undefined => (actAs === 'bot' ? undefined : actAs.slice('person:'.length));

/** Everything in nobody's name, whoever it is for: what is asked so is the bot's own affair. */
export const appOnlyTokens = (app: AppTokens): TokenSource => ({
  tokenFor: (_actAs, service) => app.tokenFor(service),
  canActAs: (actAs) => actAs === 'bot',
  refused(_actAs, service, token) {
    app.refused(service, token);
    return true;
  },
});

/** Each in their own name: people with what they have signed in with, the bot with its own registration, if it has one. */
export const onBehalfOfTokens = (
  people: PeopleTokens,
  app: AppTokens | undefined,
  /** An authentication context that has to be met for what cannot be taken back. */
  authContext?: string,
): TokenSource => ({
  async tokenFor(actAs, service) {
    const person = personOf(actAs);
    if (person !== undefined) return people.tokenFor(person, service);
    if (app === undefined) throw new SignInNeededError(actAs);
    return app.tokenFor(service);
  },
  canActAs(actAs, how) {
    const person = personOf(actAs);
    return person === undefined ? app !== undefined : people.isSignedIn(person, how && authContext);
  },
  refused(actAs, service, token, why) {
    const person = personOf(actAs);
    if (person !== undefined) return people.refused(person, service, token, why);
    app?.refused(service, token);
    return app !== undefined && why === undefined;
  },
});
