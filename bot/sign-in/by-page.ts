import type { Clock } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
import type { BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import { ExchangeError } from '../../services/sign-in/exchange-error.ts';
import type { PeopleTokens, SignIn } from '../../services/sign-in/people-tokens.ts';
import { createShortMemory } from '../../services/sign-in/short-memory.ts';
import { RETURN_TICKET_MS } from '../../services/sign-in/tickets.ts';

/**
 * Signs somebody in with what the page has handed over, once: however often Teams brings it, it leads to the same. What
 * has come of it may be long over: whoever acts on it looks whether the person still is signed in.
 */
export type SignInByPage = (person: UserId, handedOver: string, authContext?: string) => Promise<SignIn>;

/** A flood of sign-ins pushes out the oldest. */
const MOST_KEPT = 1_000;

export function createSignInByPage(parts: {
  readonly people: Pick<PeopleTokens, 'signIn'>;
  readonly browser: Pick<BrowserSignIn, 'redeem'>;
  readonly clock: Clock;
}): SignInByPage {
  const { clock } = parts;
  const begun = createShortMemory<Promise<SignIn>>({ lastsMs: RETURN_TICKET_MS, most: MOST_KEPT, clock });

  const signIn = async (person: UserId, handedOver: string, authContext?: string): Promise<SignIn> => {
    try {
      const token = await parts.browser.redeem(person, handedOver);
      if (token === undefined) return { kind: 'refused', why: 'not-valid' };
      return await parts.people.signIn(person, token, authContext);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const { fault, aadsts } = error;
      return { kind: 'refused', why: fault, ...(aadsts !== undefined && { aadsts }) };
    }
  };

  return (person, handedOver, authContext) => {
    const key = [person, handedOver, authContext].join(' ');
    const known = begun.get(key);
    if (known !== undefined) return known;
    const trying = signIn(person, handedOver, authContext);
    begun.set(key, trying);
    trying.catch(() => begun.take(key));
    return trying;
  };
}
