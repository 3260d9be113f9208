import type { UserId } from '../../services/ids.ts';
import type { BrowserSignIn } from '../../services/sign-in/browser-sign-in.ts';
import type { PeopleTokens, SignIn } from '../../services/sign-in/people-tokens.ts';

/** Signs somebody in with what the page has handed over, once, however often Teams brings it. */
export type SignInByPage = (person: UserId, handedOver: string, authContext?: string) => Promise<SignIn>;

export function createSignInByPage(parts: {
  readonly people: Pick<PeopleTokens, 'signIn'>;
  readonly browser: Pick<BrowserSignIn, 'redeem'>;
}): SignInByPage {
  const underWay = new Map<string, Promise<SignIn>>();

  const signIn = async (person: UserId, handedOver: string, authContext?: string): Promise<SignIn> => {
    const token = await parts.browser.redeem(person, handedOver);
    if (token === undefined) return { kind: 'refused', why: 'not-valid' };
    return parts.people.signIn(person, token, authContext);
  };

  return (person, handedOver, authContext) => {
    const key = `${person} ${handedOver}`;
    const trying = underWay.get(key) ?? signIn(person, handedOver, authContext).finally(() => underWay.delete(key));
    underWay.set(key, trying);
    return trying;
  };
}
