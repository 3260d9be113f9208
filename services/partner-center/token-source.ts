import type { ActAs } from './partner-center.ts';

/** What a token is for; one for the other is refused. */
export type Service = 'partner-center' | 'graph';

/** Where a call's bearer token comes from. */
export interface TokenSource {
  /**
   * @returns the token to send, or `undefined` when calls go without one.
   * @throws {SignInNeededError} when this process holds nothing with which to act as that person.
   */
  tokenFor(actAs: ActAs, service: Service): Promise<string | undefined>;
  /**
   * Whether work in that name can be done by this process now, without asking the person.
   *
   * @param how `irreversibly`: by somebody who has signed in as strongly as that takes.
   */
  canActAs(actAs: ActAs, how?: 'irreversibly'): boolean;
  /**
   * Takes note that a token was not accepted (401).
   *
   * @param why `needs-mfa`: how the person signed in is not enough, and no other token of the same sign-in would be.
   * @returns whether asking for a token again may give another one.
   */
  refused(actAs: ActAs, service: Service, token: string, why?: 'needs-mfa'): boolean;
}

export class SignInNeededError extends Error {
  override readonly name = 'SignInNeededError';
  readonly actAs: ActAs;
  constructor(actAs: ActAs, options?: ErrorOptions) {
    super(`no token can be had for ${actAs}`, options);
    this.actAs = actAs;
  }
}

/** For a Partner Center on this machine that asks for no token. The configuration allows it for loopback addresses only. */
export const noTokens: TokenSource = {
  tokenFor: () => Promise.resolve(undefined),
  canActAs: () => true,
  refused: () => false,
};
