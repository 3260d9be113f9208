import { createHash } from 'node:crypto';
import type { HoldingId } from '../services/ids.ts';

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
const named = (ids: readonly HoldingId[]): string => digestOf([...ids].sort());
const reached = (ids: readonly HoldingId[]): string => digestOf(['all of', [...ids].sort()]);

/**
 * The nonce of a card that names several things, on however many pages. What is pressed says so which ones were named:
 * what has come since was not seen by anybody.
 */
export const naming = (nonce: string, ids: readonly HoldingId[]): string => `${nonce}.${named(ids)}`;

/** The same for a *Yes* that stands below the last of them only: no nonce of an earlier page confirms anything. */
export const confirming = (nonce: string, ids: readonly HoldingId[]): string => `${nonce}.${reached(ids)}`;

/** Such a nonce without the names, or any other one as it is. */
export const withoutNames = (nonce: string): string => nonce.split('.')[0] ?? '';

const namesIn = (nonce: string): string | undefined => nonce.split('.')[1];

export const doesName = (nonce: string, ids: readonly HoldingId[]): boolean => namesIn(nonce) === named(ids);

export const doesConfirm = (nonce: string, ids: readonly HoldingId[]): boolean => namesIn(nonce) === reached(ids);
