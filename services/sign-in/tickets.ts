import { hkdfSync } from 'node:crypto';
import { base64url, EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS, type Clock } from '../clock.ts';
import type { NewId, UserId } from '../ids.ts';
import { createShortMemory } from './short-memory.ts';

/** What goes to a browser and comes back, and must be whole, unread and in time. */
export interface Tickets<T> {
  seal(value: T): Promise<string>;
  /** @returns `undefined` for whatever is not ours, too old, or opened before. */
  open(sealed: string): Promise<T | undefined>;
}

/** The way to a sign-in page: whose it is, and what has to be fulfilled there. */
export interface StartTicket {
  readonly person: UserId;
  readonly claims?: string;
}

/** The way back from it. */
export interface ReturnTicket {
  readonly person: UserId;
  /** Of PKCE: whoever has only the code has nothing. */
  readonly verifier: string;
}

export const StartTicket: z.ZodType<StartTicket> = z.object({ person: z.string(), claims: z.string().exactOptional() });
export const ReturnTicket: z.ZodType<ReturnTicket> = z.object({ person: z.string(), verifier: z.string() });

/** A button may lie in a chat for a while. */
export const START_TICKET_MS = 60 * MINUTE_MS;
/** Somebody signs in meanwhile, with a second factor. */
export const RETURN_TICKET_MS = 15 * MINUTE_MS;
const LONGEST_TICKET = 4_000;
/** Only those that are ours are counted. */
const MOST_OPENED = 100_000;
const CIPHER = { alg: 'dir', enc: 'A256GCM' } as const;

/**
 * Tickets of one kind, sealed with a key that is only the bot's.
 *
 * @param once whether each opens only once in this process.
 */
export function createTickets<T>(
  schema: z.ZodType<T>,
  parts: {
    readonly secret: Uint8Array;
    /** Told apart from other kinds, and from other uses of the secret. */
    readonly kind: string;
    readonly lastsMs: number;
    readonly once: boolean;
    readonly clock: Clock;
    readonly newId: NewId;
  },
): Tickets<T> {
  const { kind, lastsMs, once, clock, newId } = parts;
  const key = new Uint8Array(hkdfSync('sha256', parts.secret, new Uint8Array(), `sign-in ticket ${kind}`, 32));
  /** Opened ones, until they would be too old anyway. */
  const opened = createShortMemory<true>({ lastsMs, most: MOST_OPENED, clock });

  return {
    seal: (value) =>
      new EncryptJWT({ value })
        .setProtectedHeader(CIPHER)
        .setJti(newId())
        .setExpirationTime(Math.floor((clock().getTime() + lastsMs) / SECOND_MS))
        .encrypt(key),
    async open(sealed) {
      if (sealed.length > LONGEST_TICKET) return undefined;
      const now = clock();
      const payload = await jwtDecrypt(sealed, key, {
        keyManagementAlgorithms: [CIPHER.alg],
        contentEncryptionAlgorithms: [CIPHER.enc],
        requiredClaims: ['exp', 'jti'],
        currentDate: now,
      }).then(
        (decrypted) => decrypted.payload,
        () => undefined,
      );
      const id = payload?.jti;
      if (payload === undefined || id === undefined) return undefined;
      if (once) {
        if (opened.get(id) === true) return undefined;
        opened.set(id, true);
      }
      return schema.safeParse(payload['value']).data;
    },
  };
}

/** For `code_challenge` and its verifier. @see RFC 7636 */
export const newVerifier = (random: (bytes: number) => Uint8Array): string => base64url.encode(random(32));
