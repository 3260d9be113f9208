import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { DAY_MS, type Clock } from '../clock.ts';
import type { CustomerId, RequestId, UserId } from '../ids.ts';

/** What makes a card's buttons of one person's, one occasion's and one moment's. */
export interface Nonces {
  /** For cards before there is a request: of a person, a customer and a day. */
  ofCustomer(person: UserId, customer: CustomerId): string;
  /** Also what was made yesterday, so that midnight breaks no card. */
  isOfCustomer(nonce: string, person: UserId, customer: CustomerId): boolean;
  /** For cards of a request; changes with its revision. */
  ofRequest(person: UserId, request: { readonly id: RequestId; readonly revision: number }): string;
  isOfRequest(nonce: string, person: UserId, request: { readonly id: RequestId; readonly revision: number }): boolean;
}

/**
 * @param secret at least 32 bytes; a key of its own is derived from it.
 * @param restoredAs id of a store that was put back from a backup. Revisions are counted anew there, so that cards from
 *   before it are known as old by this.
 */
export function createNonces(secret: Uint8Array, clock: Clock, restoredAs = ''): Nonces {
  const salt = new TextEncoder().encode(restoredAs);
  const key = createSecretKey(
    new Uint8Array(hkdfSync('sha256', secret, salt, 'reseller-offboarding card nonce 1', 32)),
  );
  const mac = (...parts: readonly (string | number)[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
  const day = (): number => Math.floor(clock().getTime() / DAY_MS);
  const ofCustomer = (person: UserId, customer: CustomerId, onDay = day()): string =>
    mac('customer', person, customer, onDay);
  const ofRequest: Nonces['ofRequest'] = (person, { id, revision }) => mac('request', person, id, revision);

  return {
    ofCustomer: (person, customer) => ofCustomer(person, customer),
    isOfCustomer: (nonce, person, customer) =>
      [day(), day() - 1].some((onDay) => isEqual(nonce, ofCustomer(person, customer, onDay))),
    ofRequest,
    isOfRequest: (nonce, person, request) => isEqual(nonce, ofRequest(person, request)),
  };
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
