import { randomBytes } from 'node:crypto';
import type { Person } from '../people.ts';

/** A code from the sign-in page, on its way to a token. */
export interface CodeGiven {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly person: Person;
  readonly scope: string;
  /** S256. */
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly at: Date;
  redeemed: boolean;
}

/** A refresh token; Entra does not take the old one back when it gives a new one. */
export interface RefreshGiven {
  readonly clientId: string;
  readonly person: Person;
  usedAt: Date;
  revoked: boolean;
}

/** The codes and refresh tokens that were given, by their values. */
export class Given {
  readonly codes = new Map<string, CodeGiven>();
  readonly refreshTokens = new Map<string, RefreshGiven>();

  giveCode(code: Omit<CodeGiven, 'redeemed'>): string {
    const value = `0.A${randomBytes(48).toString('base64url')}`;
    this.codes.set(value, { ...code, redeemed: false });
    return value;
  }

  giveRefreshToken(clientId: string, person: Person, now: Date): string {
    const value = `1.A${randomBytes(48).toString('base64url')}`;
    this.refreshTokens.set(value, { clientId, person, usedAt: now, revoked: false });
    return value;
  }

  /** As when a password is changed or an administrator revokes sessions. */
  revoke({ objectId }: Person): void {
    for (const token of this.refreshTokens.values()) if (token.person.objectId === objectId) token.revoked = true;
  }

  clear(): void {
    this.codes.clear();
    this.refreshTokens.clear();
  }
}
