import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { NewId, UserId } from '../ids.ts';
import type { AuthorizationCode } from './authorization-code.ts';
import { createOwnMeantime, type Meantime } from './meantime.ts';
import { createTickets, newVerifier, RETURN_TICKET_MS, ReturnTicket, START_TICKET_MS, StartTicket } from './tickets.ts';

/** Signing in on a page, for whom Teams single sign-on is not enough. */
export interface BrowserSignIn {
  /** The address of the page where somebody signs in. */
  linkFor(person: UserId, claims?: string): Promise<string>;
  /** @returns where Entra takes over; `undefined` for a link that is not ours, or too old. */
  begin(ticket: string): Promise<string | undefined>;
  /**
   * Takes what Entra sends back.
   *
   * @returns what the page hands to Teams, which hands it to the bot; `undefined` for what is not ours, too old, or came before.
   */
  end(state: string, code: string): Promise<string | undefined>;
  /** Takes that Entra sent somebody back without a code. @returns whether it is ours, which is so once. */
  turnedBack(state: string): Promise<boolean>;
  /**
   * @returns the sign-on token; `undefined` for what was handed over to another person, or came before.
   * @throws {ExchangeError} where Entra refuses.
   */
  redeem(person: UserId, handedOver: string): Promise<string | undefined>;
}

/** Signed in on the page, and not yet with the bot. */
const Waiting = z.object({ code: z.string(), verifier: z.string() });

const HANDED_OVER_BYTES = 24;

export interface BrowserSignInParts {
  readonly code: AuthorizationCode;
  /** Where the page is, without its query. */
  readonly startUrl: string;
  readonly secret: Uint8Array;
  /** What a sign-in that came before was missing. */
  readonly wantedOf?: (person: UserId) => string | undefined;
  /** Where what waits is kept (in this process). */
  readonly meantime?: Meantime;
  readonly clock: Clock;
  readonly newId: NewId;
}

export function createBrowserSignIn({
  code,
  startUrl,
  secret,
  clock,
  newId,
  wantedOf,
  meantime = createOwnMeantime(clock),
}: BrowserSignInParts): BrowserSignIn {
  const common = { secret, clock, newId };
  const starts = createTickets(StartTicket, { ...common, kind: 'start', lastsMs: START_TICKET_MS, once: false });
  const returns = createTickets(ReturnTicket, { ...common, kind: 'return', lastsMs: RETURN_TICKET_MS, once: true });

  return {
    async linkFor(person, claims) {
      const ticket = await starts.seal({ person, ...(claims !== undefined && { claims }) });
      return `${startUrl}?ticket=${ticket}`;
    },
    async begin(ticket) {
      const opened = await starts.open(ticket);
      if (opened === undefined) return undefined;
      const { person } = opened;
      // The button may be older than what single sign-on then was missing.
      const claims = opened.claims ?? wantedOf?.(person);
      const verifier = newVerifier(randomBytes);
      const state = await returns.seal({ person, verifier });
      return code.startUrl({ state, verifier, ...(claims !== undefined && { claims }) });
    },
    async end(state, sent) {
      const opened = await returns.open(state);
      if (opened === undefined) return undefined;
      const handedOver = randomBytes(HANDED_OVER_BYTES).toString('base64url');
      const { person, verifier } = opened;
      await meantime.keep(person, handedOver, JSON.stringify({ code: sent, verifier }));
      return handedOver;
    },
    turnedBack: async (state) => (await returns.open(state)) !== undefined,
    async redeem(person, handedOver) {
      const kept = await meantime.take(person, handedOver);
      if (kept === undefined) return undefined;
      const found = Waiting.parse(JSON.parse(kept));
      return code.redeem(found.code, found.verifier);
    },
  };
}
