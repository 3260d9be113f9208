import type { ActAs } from './partner-center.ts';

/** Where a call's bearer token comes from. */
export interface TokenSource {
  /**
   * @returns the token to send, or `undefined` when calls go without one.
   * @throws {SignInNeededError} when this process holds nothing with which to act as that person.
   */
  tokenFor(actAs: ActAs): Promise<string | undefined>;
  /** Whether work in that name can be done by this process now, without asking the person. */
  canActAs(actAs: ActAs): boolean;
}

export class SignInNeededError extends Error {
  override readonly name = 'SignInNeededError';
  readonly actAs: ActAs;
  constructor(actAs: ActAs) {
    super(`no token can be had for ${actAs}`);
    this.actAs = actAs;
  }
}

/** For a Partner Center on this machine that asks for no token. The configuration allows it for loopback addresses only. */
export const noTokens: TokenSource = {
  tokenFor: () => Promise.resolve(undefined),
  canActAs: () => true,
};
