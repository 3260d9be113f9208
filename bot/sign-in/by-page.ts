import type { Clock } from '../../services/clock.ts';
import type { UserId } from '../../services/ids.ts';
import type { BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { PeopleTokens, SignIn } from '../../services/sign-in/people-tokens.ts';
import { RETURN_TICKET_MS } from '../../services/sign-in/tickets.ts';

/** Signs somebody in with what the page has handed over, once: however often Teams brings it, it leads to the same. */
export type SignInByPage = (person: UserId, handedOver: string, authContext?: string) => Promise<SignIn>;

/** A flood of sign-ins pushes out the oldest. */
const MOST_KEPT = 1_000;

export function createSignInByPage(parts: {
  readonly people: Pick<PeopleTokens, 'signIn'>;
  readonly browser: Pick<BrowserSignIn, 'redeem'>;
  readonly clock: Clock;
}): SignInByPage {
  const begun = new Map<string, { readonly signIn: Promise<SignIn>; readonly sinceMs: number }>();

  const signIn = async (person: UserId, handedOver: string, authContext?: string): Promise<SignIn> => {
    const token = await parts.browser.redeem(person, handedOver);
    if (token === undefined) return { kind: 'refused', why: 'not-valid' };
    return parts.people.signIn(person, token, authContext);
  };

  return (person, handedOver, authContext) => {
    const key = `${person} ${handedOver}`;
    const nowMs = parts.clock().getTime();
    for (const [old, { sinceMs }] of begun)
      if (nowMs - sinceMs > RETURN_TICKET_MS || begun.size >= MOST_KEPT) begun.delete(old);
    const kept = begun.get(key) ?? { signIn: signIn(person, handedOver, authContext), sinceMs: nowMs };
    begun.set(key, kept);
    kept.signIn.catch(() => begun.delete(key));
    return kept.signIn;
  };
}
